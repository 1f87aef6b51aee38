#include "support/scratch.h"

#include <errno.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>

const char *scratch_name(struct arena *arena)
{
    const char *base = getenv("TMPDIR");
    uint64_t number = 0;

    (void)!getrandom(&number, sizeof number, GRND_NONBLOCK);
    return arena_printf(arena, "%s/cuhostlint-%016" PRIx64, base && base[0] == '/' ? base : "/tmp",
                        number);
}

const struct error *scratch_make(struct arena *arena, const char **folder)
{
    const char *path = scratch_name(arena);

    if (mkdir(path, 0700) != 0)
        return error_new(arena, ERROR_USAGE, "cannot make a temporary folder: %s", strerror(errno));
    *folder = path;
    return NULL;
}

const char *const *scratch_environment(struct arena *arena, const char *folder)
{
    const char **variables = arena_new_array(arena, 2, const char *);

    variables[0] = arena_printf(arena, "TMPDIR=%s", folder);
    return variables;
}

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *walk)
{
    (void)info, (void)type, (void)walk;
    return remove(path);
}

void scratch_remove(const char *folder)
{
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

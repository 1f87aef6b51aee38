#include "cache/trim.h"

#include "support/vec.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SHARDS = 16, ABANDONED_AFTER_SECONDS = 3600 };

struct entry {
    const char *name;
    struct timespec used;
    uint64_t size;
};

typedef VEC(struct entry) entries;

uint64_t trim_largest_entry(uint64_t max_bytes)
{
    return max_bytes / SHARDS / 2;
}

static int by_age(const void *a, const void *b)
{
    const struct entry *first = a, *second = b;

    if (first->used.tv_sec != second->used.tv_sec)
        return first->used.tv_sec < second->used.tv_sec ? -1 : 1;
    return (first->used.tv_nsec > second->used.tv_nsec) -
           (first->used.tv_nsec < second->used.tv_nsec);
}

static bool is_abandoned(const char *name, const struct stat *status)
{
    return strncmp(name, TRIM_TEMPORARY, strlen(TRIM_TEMPORARY)) == 0 &&
           strlen(name) == strlen(TRIM_TEMPORARY "XXXXXX") &&
           time(NULL) - status->st_mtime > ABANDONED_AFTER_SECONDS;
}

/* The user may have named a folder that holds other things too: they are not ours to remove. */
static bool is_entry(const char *name)
{
    size_t len = strspn(name, "0123456789abcdef");

    return len == TRIM_NAME_DIGITS && name[len] == '.' && name[len + 1] != '\0' &&
           name[len + 2] == '\0';
}

/* All entries of the shard; gives their size. */
static uint64_t list(struct arena *arena, DIR *folder, entries *found)
{
    uint64_t total = 0;

    for (const struct dirent *at; (at = readdir(folder)) != NULL;) {
        struct stat status;

        if (fstatat(dirfd(folder), at->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0 ||
            !S_ISREG(status.st_mode))
            continue;
        if (is_abandoned(at->d_name, &status)) {
            unlinkat(dirfd(folder), at->d_name, 0);
            continue;
        }
        if (!is_entry(at->d_name))
            continue;
        total += (uint64_t)status.st_size;
        vec_push(arena, found,
                 (struct entry){arena_strdup(arena, at->d_name), status.st_mtim,
                                (uint64_t)status.st_size});
    }
    return total;
}

void trim_shard(struct arena *arena, const char *shard, uint64_t max_bytes)
{
    uint64_t limit = max_bytes / SHARDS, total;
    entries found = {0};
    int file = open(shard, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *folder = file >= 0 ? fdopendir(file) : NULL;

    if (folder == NULL) {
        if (file >= 0)
            close(file);
        return;
    }
    total = list(arena, folder, &found);
    if (total > limit)
        qsort(found.data, found.len, sizeof *found.data, by_age);
    for (size_t i = 0; i < found.len && total > limit; i++) {
        unlinkat(dirfd(folder), found.data[i].name, 0);
        total -= found.data[i].size;
    }
    closedir(folder);
}

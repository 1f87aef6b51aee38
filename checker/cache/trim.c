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
           time(NULL) - status->st_mtime > ABANDONED_AFTER_SECONDS;
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
    DIR *folder = opendir(shard);

    if (folder == NULL)
        return;
    total = list(arena, folder, &found);
    if (total > limit)
        qsort(found.data, found.len, sizeof *found.data, by_age);
    for (size_t i = 0; i < found.len && total > limit; i++) {
        unlinkat(dirfd(folder), found.data[i].name, 0);
        total -= found.data[i].size;
    }
    closedir(folder);
}

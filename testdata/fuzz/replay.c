/* Runs a fuzz target on files and on the files in folders: the corpus, and what once crashed. */
#include "fuzz.h"
#include "support/error.h"
#include "support/file.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

static size_t replay_file(const char *path)
{
    struct arena *arena = arena_new();
    const char *bytes;
    size_t len;
    const struct error *error = file_read(arena, path, &bytes, &len);
    if (error) {
        fprintf(stderr, "%s\n", error->message);
    } else {
        fprintf(stderr, "%s\n", path); /* the last one is what crashed */
        LLVMFuzzerTestOneInput((const uint8_t *)bytes, len);
    }
    arena_free(arena);
    return !error;
}

static size_t replay(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode))
        return replay_file(path);
    DIR *folder = opendir(path);
    size_t count = 0;
    if (!folder)
        return 0;
    for (const struct dirent *entry; (entry = readdir(folder));) {
        char name[4096];
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.')
            count += replay_file(name);
    }
    closedir(folder);
    return count;
}

int main(int argc, char **argv)
{
    size_t count = 0;
    for (int i = 1; i < argc; i++)
        count += replay(argv[i]);
    printf("%zu inputs\n", count);
    return count == 0;
}

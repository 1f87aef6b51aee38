#include "sources.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool is_source(const char *path)
{
    static const char *const endings[] = {".c", ".cc", ".cpp", ".cu", ".hip"};
    const char *dot = strrchr(path, '.');

    for (size_t i = 0; dot != NULL && i < sizeof endings / sizeof *endings; i++)
        if (strcmp(dot, endings[i]) == 0)
            return true;
    return false;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void sources_list(struct arena *arena, const char *path, path_list *files)
{
    DIR *stream = opendir(path);
    size_t first = files->len;

    if (stream == NULL) {
        char *real = realpath(path, NULL);

        vec_push(arena, files, arena_strdup(arena, real != NULL ? real : path));
        free(real);
        return;
    }
    for (const struct dirent *entry; (entry = readdir(stream)) != NULL;) {
        char *real = realpath(arena_printf(arena, "%s/%s", path, entry->d_name), NULL);

        if (real != NULL && is_source(real))
            vec_push(arena, files, arena_strdup(arena, real));
        free(real);
    }
    closedir(stream);
    if (files->len > first)
        qsort(files->data + first, files->len - first, sizeof *files->data, by_name);
}

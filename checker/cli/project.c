#include "cli/project.h"

#include "support/file.h"

#include <string.h>
#include <unistd.h>

/* The nearest folder upwards that holds something called `name`, or NULL. */
static const char *nearest_with(struct arena *arena, const char *folder, const char *name)
{
    char *at = arena_strdup(arena, folder);

    for (;;) {
        char *slash = strrchr(at, '/');

        if (access(arena_printf(arena, "%s/%s", at, name), F_OK) == 0)
            return at[0] != '\0' ? at : "/";
        if (slash == NULL)
            return NULL;
        *slash = '\0';
    }
}

const char *project_root(struct arena *arena, const char *folder)
{
    const char *root = nearest_with(arena, folder, ".git");

    if (root == NULL)
        root = nearest_with(arena, folder, ".cuhostlint");
    return root != NULL ? root : folder;
}

/* The length of `folder` shortened to whole components until `path` lies in it. */
static size_t common_length(const char *folder, size_t len, const char *path)
{
    while (len > 0 &&
           !(strncmp(folder, path, len) == 0 && (path[len] == '/' || path[len] == '\0'))) {
        len--;
        while (len > 0 && folder[len] != '/')
            len--;
    }
    return len;
}

const char *project_common_root(struct arena *arena, const struct source_list *sources)
{
    const char *first;
    size_t len;

    if (sources->units.len == 0)
        return project_root(arena, file_current_folder(arena));
    first = sources->units.data[0].root;
    len = strlen(first);
    for (size_t i = 1; i < sources->units.len; i++)
        len = common_length(first, len, sources->units.data[i].root);
    return project_root(arena, len > 0 ? arena_strndup(arena, first, len) : "/");
}

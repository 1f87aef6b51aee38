#include "cli/fix_scope.h"

#include "cli/project.h"
#include "support/file.h"
#include "support/vec.h"

#include <string.h>
#include <sys/stat.h>

struct fix_scope {
    struct arena *arena;
    VEC(const char *) roots;
};

/* The project that a name belongs to; where a link of that name leads is not asked. */
static void add(struct fix_scope *scope, const char *name)
{
    struct stat status;
    bool is_folder = stat(name, &status) == 0 && S_ISDIR(status.st_mode);
    const char *slash = strrchr(name, '/');
    const char *folder = is_folder       ? name
                         : slash == NULL ? "."
                         : slash == name
                             ? "/"
                             : arena_strndup(scope->arena, name, (size_t)(slash - name));
    const char *real = file_real_path(scope->arena, folder);

    if (real != NULL)
        vec_push(scope->arena, &scope->roots, project_root(scope->arena, real));
}

const struct fix_scope *fix_scope_of(struct arena *arena, const struct options *options)
{
    struct fix_scope *scope = arena_new_object(arena, struct fix_scope);

    scope->arena = arena;
    for (size_t i = 0; i < options->inputs.len; i++)
        add(scope, options->inputs.data[i]);
    if (options->inputs.len > 0)
        return scope;
    add(scope, ".");
    if (options->database != NULL)
        add(scope, options->database);
    return scope;
}

bool fix_scope_holds(const struct fix_scope *scope, const char *path)
{
    for (size_t i = 0; i < scope->roots.len; i++) {
        const char *root = scope->roots.data[i];
        size_t len = strlen(root);

        if (len == 1 || (strncmp(path, root, len) == 0 && path[len] == '/'))
            return true;
    }
    return false;
}

#include "cache/folders.h"

#include "source/project/path.h"
#include "source/text/directives.h"
#include "source/text/text.h"

#include <string.h>

/* A set of paths, in the order in which they came. */
struct path_set {
    struct arena *arena;
    struct map known;
    path_list *list;
};

static void add(struct path_set *set, const char *path)
{
    if (map_get(&set->known, path) != MAP_NONE)
        return;
    map_set(&set->known, path, 0);
    vec_push(set->arena, set->list, path);
}

/* ---- the parts before the slash -------------------------------------------------------- */

static void add_part(void *context, const struct source_directive *directive, const char *from)
{
    struct path_set *parts = context;
    const char *slash;

    (void)from;
    if (!directive_includes(directive))
        return;
    slash = strrchr(directive->name, '/');
    if (slash != NULL && slash != directive->name)
        add(parts, arena_strndup(parts->arena, directive->name, (size_t)(slash - directive->name)));
}

static const path_list *parts_of(struct include_parts *parts, const struct source_unit *unit,
                                 const char *file)
{
    uint32_t index = map_get(&parts->by_file, file);
    struct arena *scratch;
    struct source_text text = {unit->text, unit->text_len};
    path_list list = {0};
    struct path_set set = {parts->arena, {.arena = parts->arena}, &list};

    if (index != MAP_NONE)
        return &parts->lists.data[index];
    scratch = arena_new();
    if ((unit->text != NULL && strcmp(unit->path, file) == 0) ||
        source_read_text(scratch, file, &text))
        source_each_directive(text.data, text.len, file, add_part, &set);
    arena_free(scratch);
    map_set(&parts->by_file, arena_strdup(parts->arena, file), (uint32_t)parts->lists.len);
    vec_push(parts->arena, &parts->lists, list);
    return &parts->lists.data[parts->lists.len - 1];
}

/* ---- the folders ------------------------------------------------------------------------ */

static void add_argument_folders(struct path_set *set, const struct source_unit *unit)
{
    static const char *const options[] = {"-isystem", "-idirafter", "-iquote"};

    for (size_t i = 0; i < unit->args.len; i++) {
        const char *word = unit->args.data[i];

        if (strncmp(word, "-I", 2) == 0 && word[2] == '/')
            add(set, word + 2);
        for (size_t j = 0; j < sizeof options / sizeof *options; j++)
            if (strcmp(word, options[j]) == 0 && i + 1 < unit->args.len)
                add(set, unit->args.data[i + 1]);
    }
    for (size_t i = 0; i < unit->cuda_includes.len; i++)
        add(set, unit->cuda_includes.data[i]);
}

void folders_searched(struct include_parts *parts, struct arena *arena,
                      const struct source_unit *unit, const path_list *files, path_list *folders)
{
    struct path_set roots = {arena, {.arena = arena}, folders};
    path_list names = {0};
    struct path_set subfolders = {arena, {.arena = arena}, &names};
    size_t root_count;

    add(&roots, "/usr/local/include");
    add(&roots, "/usr/include");
    add_argument_folders(&roots, unit);
    for (size_t i = 0; i < files->len; i++) {
        const path_list *named = parts_of(parts, unit, files->data[i]);

        add(&roots, source_path_parent(arena, files->data[i]));
        for (size_t j = 0; j < named->len; j++)
            add(&subfolders, named->data[j]);
    }
    root_count = folders->len;
    for (size_t i = 0; i < root_count; i++)
        for (size_t j = 0; j < names.len; j++)
            add(&roots, source_path_join(arena, folders->data[i], names.data[j]));
}

/* ---- versions of GCC -------------------------------------------------------------------- */

/* "/usr/lib/gcc/x86_64-linux-gnu" of "/usr/bin/../lib/gcc/x86_64-linux-gnu/12/../../..", as it is
 * written there; NULL where the file comes from no such folder. */
static const char *folder_of_versions(struct arena *arena, const char *file)
{
    static const char libraries[] = "/lib/gcc/";
    const char *target = strstr(file, libraries);
    const char *end = target != NULL ? strchr(target + sizeof libraries - 1, '/') : NULL;

    return end != NULL ? arena_strndup(arena, file, (size_t)(end - file)) : NULL;
}

void folders_of_compilers(struct arena *arena, const path_list *files, path_list *folders)
{
    struct path_set set = {arena, {.arena = arena}, folders};

    for (size_t i = 0; i < files->len; i++) {
        const char *folder = folder_of_versions(arena, files->data[i]);

        if (folder != NULL)
            add(&set, folder);
    }
}

/* Include folders for a file whose command is unknown or incomplete: the #include lines of the
 * file, and of what they reach, are matched against the project's tree. For a source without a
 * command, also the switch under which the project includes the runtime's headers; for a CUDA
 * source any switch that the headers ask for: it is only built with it on. */
#include "source/commands/words.h"
#include "source/declarations.h"
#include "source/project/path.h"
#include "source/project/toolkit.h"
#include "source/project/tree.h"
#include "source/text/directives.h"
#include "source/text/text.h"
#include "support/starts_with.h"

#include <string.h>

enum { MAX_FILES = 600 };

struct guess {
    struct arena *arena; /* of the unit */
    struct arena *scratch;
    struct source_unit *unit;
    struct source_cache *cache;
    struct words folders; /* where headers are looked for: the command's and the guessed */
    struct map known_folders;
    struct words queue; /* files whose #include lines are followed */
    struct map queued;
    struct words tests; /* what the parts of #if ask for that the line stands in; "": no one name */
    bool reads_cuda, reads_hip; /* a switch was found under which its headers are included */
};

static void add_folder(struct guess *guess, const char *folder)
{
    if (map_get(&guess->known_folders, folder) != MAP_NONE)
        return;
    map_set(&guess->known_folders, folder, 0);
    vec_push(guess->scratch, &guess->folders, folder);
}

static void add_folders_of_unit(struct guess *guess)
{
    static const char *const separate[] = {"-isystem", "-idirafter", "-iquote"};
    for (size_t i = 0; i < guess->unit->args.len; i++) {
        const char *word = guess->unit->args.data[i];
        if (strncmp(word, "-I", 2) == 0)
            add_folder(guess, word + 2);
        for (size_t k = 0; k < sizeof separate / sizeof separate[0]; k++)
            if (strcmp(word, separate[k]) == 0 && i + 1 < guess->unit->args.len)
                add_folder(guess, guess->unit->args.data[++i]);
    }
}

static void enqueue(struct guess *guess, const char *path)
{
    if (guess->queue.len >= MAX_FILES || map_get(&guess->queued, path) != MAP_NONE)
        return;
    map_set(&guess->queued, path, 0);
    vec_push(guess->scratch, &guess->queue, path);
}

/* The file that the compiler would find in `folder`. */
static const char *in_folder(struct guess *guess, const char *folder, const char *name)
{
    const char *path = source_path_normal(guess->scratch, folder, name);
    return source_path_is_file(path) ? path : NULL;
}

static const char *in_known_folders(struct guess *guess, const char *name)
{
    for (size_t i = 0; i < guess->folders.len; i++) {
        const char *path = in_folder(guess, guess->folders.data[i], name);
        if (path)
            return path;
    }
    return NULL;
}

static bool is_installed(struct guess *guess, const char *name)
{
    return in_folder(guess, "/usr/include", name) || in_folder(guess, "/usr/local/include", name);
}

/* Headers of the system, of the toolkit and of our own declarations need no folder. */
static bool is_of_system(struct guess *guess, const char *name)
{
    if (!strchr(name, '.') && !strchr(name, '/'))
        return true; /* <vector> */
    if (is_installed(guess, name))
        return true;
    for (size_t i = 0; i < guess->unit->cuda_includes.len; i++)
        if (in_folder(guess, guess->unit->cuda_includes.data[i], name))
            return true;
    for (size_t i = 0; i < source_declaration_count; i++)
        if (strcmp(source_declarations[i].path + sizeof "/cuhostlint/include", name) == 0)
            return true;
    return false;
}

/* The folder that makes `name` mean `path`. A name that climbs ("../common/x.h") needs one to
 * climb from: the header's own will do. */
static const char *folder_for(struct guess *guess, const char *path, const char *name,
                              const char *rest)
{
    const char *prefix = arena_strndup(guess->scratch, path, strlen(path) - strlen(rest) - 1);
    if (rest == name)
        return prefix;
    const char *slash = strchr(rest, '/');
    if (!slash || strncmp(name, "../", 3) != 0 || rest != name + 3)
        return NULL;
    return arena_printf(guess->scratch, "%s/%.*s", prefix, (int)(slash - rest), rest);
}

static void guess_one(struct guess *guess, const char *name, const char *from)
{
    const char *rest = name;
    while (strncmp(rest, "../", 3) == 0 || strncmp(rest, "./", 2) == 0)
        rest += rest[1] == '.' ? 3 : 2;
    /* the tree is walked only now: most files need none */
    guess->unit->guess_asked_tree = true;
    const struct source_tree *tree = source_tree_of(guess->cache, guess->unit->root);
    const char *path = source_tree_find(tree, rest, from);
    if (!path)
        return;
    const char *folder = folder_for(guess, path, name, rest);
    if (folder && map_get(&guess->known_folders, folder) == MAP_NONE) {
        const char *kept = arena_strdup(guess->arena, folder);
        add_folder(guess, kept);
        vec_push(guess->arena, &guess->unit->args, "-idirafter");
        vec_push(guess->arena, &guess->unit->args, kept);
        vec_push(guess->arena, &guess->unit->guessed, kept);
        if (source_toolkit_is_cccl_folder(kept)) /* the project's own: read where it is needed */
            vec_push(guess->arena, &guess->unit->cuda_includes, kept);
    }
    enqueue(guess, path);
}

static bool is_one_of(const char *word, size_t len, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(words[i]) == len && strncmp(word, words[i], len) == 0)
            return true;
    return false;
}

static bool is_verb(const char *part, size_t len)
{
    static const char *const verbs[] = {"USE", "USES",   "USING",   "WITH",  "HAVE",
                                        "HAS", "ENABLE", "ENABLED", "BUILD", "SUPPORT"};
    return is_one_of(part, len, verbs, sizeof verbs / sizeof verbs[0]);
}

/* "GPU", "USE_CUDA", "GGML_USE_CUDA", "CUDA_ENABLED": what is switched on stands last, beside a
 * word of switching or alone. */
static bool is_switch_of(const char *name, const char *const *things, size_t count)
{
    const char *last = strrchr(name, '_');
    if (!last)
        return is_one_of(name, strlen(name), things, count);
    const char *before = last;
    while (before > name && before[-1] != '_')
        before--;
    size_t before_len = (size_t)(last - before), last_len = strlen(last + 1);
    return (is_verb(before, before_len) && is_one_of(last + 1, last_len, things, count)) ||
           (is_verb(last + 1, last_len) && is_one_of(before, before_len, things, count));
}

static bool is_cuda_switch(const char *name)
{
    static const char *const things[] = {"CUDA", "GPU", "CUDART", "NVIDIA"};
    return is_switch_of(name, things, sizeof things / sizeof things[0]);
}

static bool is_hip_switch(const char *name)
{
    static const char *const things[] = {"HIP", "ROCM"};
    return is_switch_of(name, things, sizeof things / sizeof things[0]);
}

static void switch_on(struct guess *guess, const char *macro)
{
    if (source_decides_macro(guess->unit, macro))
        return;
    vec_push(guess->arena, &guess->unit->args, arena_printf(guess->arena, "-D%s=1", macro));
    vec_push(guess->arena, &guess->unit->guessed_switches, arena_strdup(guess->arena, macro));
}

static void follow_condition(struct guess *guess, const struct source_directive *directive)
{
    const char *name = directive->name;
    if (directive->kind != DIRECTIVE_IF && guess->tests.len > 0)
        guess->tests.len--;
    if (directive->kind != DIRECTIVE_ENDIF)
        vec_push(guess->scratch, &guess->tests, arena_strdup(guess->scratch, name));
    if (!guess->unit->has_command && guess->unit->language == SOURCE_CUDA && is_cuda_switch(name))
        switch_on(guess, name);
}

/* The innermost switch for that GPU among the conditions around; NULL: there is none. */
static const char *switch_around(const struct guess *guess, bool (*is_wanted)(const char *name))
{
    for (size_t i = guess->tests.len; i-- > 0;)
        if (is_wanted(guess->tests.data[i]))
            return guess->tests.data[i];
    return NULL;
}

/* An include of the runtime under a switch: what the project does with it is only there with the
 * switch on. A project for either GPU is read for the one that it asks for first. */
static void follow_runtime(struct guess *guess, const char *header)
{
    const struct source_unit *unit = guess->unit;
    bool is_hip = starts_with(header, "hip/hip_runtime");
    bool is_cuda = starts_with(header, "cuda_") || strcmp(header, "cuda.h") == 0;
    bool is_other = is_hip ? guess->reads_cuda || unit->language == SOURCE_CUDA
                           : guess->reads_hip || unit->language == SOURCE_HIP;
    if (unit->has_command || is_other || !(is_hip || is_cuda))
        return;
    const char *name = switch_around(guess, is_hip ? is_hip_switch : is_cuda_switch);
    if (!name)
        return;
    guess->reads_cuda |= is_cuda;
    guess->reads_hip |= is_hip;
    switch_on(guess, name);
}

/* A folder with stand-ins for C's own headers is for compilers that lack these. */
static bool replaces_c(struct guess *guess, const char *folder)
{
    static const char *const names[] = {"assert.h", "errno.h",  "limits.h", "math.h",
                                        "signal.h", "stdint.h", "stdio.h",  "stdlib.h",
                                        "string.h", "time.h",   "unistd.h"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (in_folder(guess, folder, names[i]))
            return true;
    return false;
}

/* The guessed folder is looked into before the system's. */
static void move_forward(struct guess *guess, const char *folder)
{
    struct source_unit *unit = guess->unit;
    for (size_t i = 0; i + 1 < unit->args.len; i++) {
        if (strcmp(unit->args.data[i], "-idirafter") != 0 ||
            strcmp(unit->args.data[i + 1], folder) != 0)
            continue;
        unit->args.data[i] = arena_printf(guess->arena, "-I%s", folder);
        for (size_t k = i + 2; k < unit->args.len; k++)
            unit->args.data[k - 1] = unit->args.data[k];
        unit->args.len--;
        return;
    }
}

/* <error.h> of the project, where the system has one too: the project's own option for the folder
 * is an -I, that it is found first. */
static void prefer_project(struct guess *guess, const char *path, const char *name)
{
    size_t len = strlen(path) - strlen(name);
    if (len == 0 || strncmp(name, "..", 2) == 0 || !is_installed(guess, name))
        return;
    const char *folder = arena_strndup(guess->scratch, path, len - 1);
    for (size_t i = 0; i < guess->unit->guessed.len; i++)
        if (strcmp(guess->unit->guessed.data[i], folder) == 0 && !replaces_c(guess, folder))
            move_forward(guess, folder);
}

static void follow_include(struct guess *guess, const char *name, bool quoted, const char *from)
{
    const char *here = source_path_parent(guess->scratch, from);
    const char *path = quoted ? in_folder(guess, here, name) : NULL;
    if (!path) {
        path = in_known_folders(guess, name);
        if (path)
            prefer_project(guess, path, name);
    }
    if (path) {
        if (source_path_is_below(path, guess->unit->root))
            enqueue(guess, path);
    } else if (!is_of_system(guess, name)) {
        guess_one(guess, arena_strdup(guess->scratch, name), from);
    }
}

static void follow_directive(void *context, const struct source_directive *directive,
                             const char *from)
{
    struct guess *guess = context;
    if (!directive_includes(directive)) {
        follow_condition(guess, directive);
    } else {
        follow_runtime(guess, directive->name);
        follow_include(guess, directive->name, directive->kind == DIRECTIVE_INCLUDE_QUOTED, from);
    }
}

static void follow_file(struct guess *guess, const char *path)
{
    struct arena *arena = arena_new();
    bool unsaved = guess->unit->text && strcmp(path, guess->unit->path) == 0;
    guess->tests.len = 0;
    struct source_text text = {.data = guess->unit->text, .len = guess->unit->text_len};
    if (unsaved || source_read_text(arena, path, &text))
        source_each_directive(text.data, text.len, path, follow_directive, guess);
    arena_free(arena);
}

void source_guess_includes(struct arena *arena, struct source_unit *unit)
{
    struct arena *scratch = arena_new();
    struct guess guess = {.arena = arena,
                          .scratch = scratch,
                          .unit = unit,
                          .cache =
                              unit->cache ? unit->cache : source_cache_new(scratch, NULL, NULL),
                          .known_folders = {.arena = scratch},
                          .queued = {.arena = scratch}};
    add_folders_of_unit(&guess);
    if (unit->through)
        enqueue(&guess, unit->through);
    enqueue(&guess, unit->path);
    for (size_t i = 0; i < guess.queue.len; i++) {
        follow_file(&guess, guess.queue.data[i]);
        vec_push(arena, &unit->guess_read, arena_strdup(arena, guess.queue.data[i]));
    }
    arena_free(scratch);
}

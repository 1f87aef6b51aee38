#include "source/commands/unit.h"

#include "source/commands/standard.h"
#include "source/commands/translate.h"
#include "source/project/path.h"
#include "source/project/toolkit.h"
#include "source/project/walk.h"
#include "source/text/sniff.h"

#include <string.h>

/* What is known of a file while its unit is made. */
struct draft {
    struct finder *finder;
    struct source_unit unit;
    struct translation translation;
    struct source_marks marks;
    const struct database_entry *entry;
    const struct database *database;
    bool entry_is_own; /* not that of another file */
};

static void note(struct finder *finder, const char *text)
{
    vec_push(finder->arena, &finder->list->notes, text);
}

static bool look_up(struct draft *draft, struct database *database)
{
    struct finder *finder = draft->finder;
    size_t others = 0;
    const struct database_entry *entry = source_database_find(database, draft->unit.path, &others);
    if (!entry)
        return false;
    draft->entry = entry;
    draft->database = database;
    draft->entry_is_own = true;
    if (others > 0)
        note(finder, arena_printf(finder->arena,
                                  "%s: '%s' names the file %zu times; the first entry "
                                  "that compiles it is used",
                                  draft->unit.shown, database->path, others + 1));
    return true;
}

/* A file that no database has borrows the arguments of the nearest one that has some. */
static void borrow(struct draft *draft, struct database *database)
{
    draft->entry = source_database_nearest(database, draft->unit.path, draft->unit.root);
    draft->database = database;
}

static void look_up_upwards(struct draft *draft)
{
    struct finder *finder = draft->finder;
    struct database *nearest = NULL;
    const char *folder = source_path_parent(finder->arena, draft->unit.path);
    for (;; folder = source_path_parent(finder->arena, folder)) {
        const struct folder_databases *databases =
            source_cache_databases_of(finder->cache, folder, finder->list);
        for (size_t i = 0; i < databases->found.len; i++) {
            if (look_up(draft, databases->found.data[i]))
                return;
            if (!nearest)
                nearest = databases->found.data[i];
        }
        if (strcmp(folder, "/") == 0)
            break;
    }
    if (nearest)
        borrow(draft, nearest);
}

/* A source tree without version control, an unpacked archive say: the folder that the user named
 * is the project, or the whole of what it was published in. */
static const char *root_without_mark(const struct draft *draft, const char *folder)
{
    const struct finder *finder = draft->finder;
    if (finder->database && source_path_is_below(draft->unit.path, finder->database->folder))
        return finder->database->folder;
    const char *named = finder->named ? finder->named : folder;
    const char *published = source_cache_licence_of(finder->cache, folder);
    return published && source_path_is_below(named, published) ? published : named;
}

static void find_root(struct draft *draft)
{
    struct finder *finder = draft->finder;
    const char *folder = source_path_parent(finder->arena, draft->unit.path);
    draft->unit.root = source_cache_root_of(finder->cache, folder);
    if (!draft->unit.root)
        draft->unit.root = root_without_mark(draft, folder);
}

static void find_command(struct draft *draft)
{
    struct finder *finder = draft->finder;
    if (finder->database) {
        if (!look_up(draft, finder->database))
            borrow(draft, finder->database);
    } else if (!finder->request->database) {
        look_up_upwards(draft);
    }
    /* A project without a version control is where its database is. */
    if (draft->database && draft->entry_is_own &&
        !source_cache_root_of(finder->cache, source_path_parent(finder->arena, draft->unit.path)) &&
        source_path_is_below(draft->unit.path, draft->database->folder))
        draft->unit.root = draft->database->folder;
}

static void translate_entry(struct draft *draft)
{
    struct finder *finder = draft->finder;
    struct words command = {0};
    source_database_command(finder->arena, draft->entry, &command);
    source_translation_init(&draft->translation, finder->arena, draft->entry->directory);
    draft->translation.response_budget = &finder->cache->response_budget;
    source_translate_command(&draft->translation, &command);
    draft->unit.directory = draft->entry->directory;
    draft->unit.has_command = true;
    draft->unit.origin =
        draft->entry_is_own
            ? arena_printf(finder->arena, "%s", draft->database->path)
            : arena_printf(finder->arena, "%s, as for %s", draft->database->path,
                           source_path_shown(finder->arena, finder->current, draft->entry->file));
}

bool source_args_are_command(const char *const *args, size_t count)
{
    return count > 0 && args[0][0] != '-' && args[0][0] != '@';
}

static void translate_compiler_args(struct draft *draft)
{
    struct finder *finder = draft->finder;
    struct words args = {0}, expanded = {0};
    for (size_t i = 0; i < finder->request->compiler_arg_count; i++)
        vec_push(finder->arena, &args, finder->request->compiler_args[i]);
    source_translation_init(&draft->translation, finder->arena, finder->current);
    if (source_args_are_command(args.data, args.len)) {
        source_translate_command(&draft->translation, &args);
    } else {
        source_expand_response_files(&draft->translation, &args, false, &expanded);
        source_translate_host(&draft->translation, &expanded);
    }
    draft->unit.directory = finder->current;
    draft->unit.has_command = true;
    draft->unit.origin = "the arguments behind --";
}

static void translate_extra_args(struct draft *draft)
{
    struct finder *finder = draft->finder;
    struct words args = {0};
    for (size_t i = 0; i < finder->request->extra_arg_count; i++)
        vec_push(finder->arena, &args, finder->request->extra_args[i]);
    source_translate_host(&draft->translation, &args);
}

static void translate(struct draft *draft)
{
    struct finder *finder = draft->finder;
    if (finder->request->has_compiler_args)
        translate_compiler_args(draft);
    else
        find_command(draft);
    if (draft->entry) {
        translate_entry(draft);
    } else if (!draft->unit.has_command) {
        draft->unit.directory = source_path_parent(finder->arena, draft->unit.path);
        source_translation_init(&draft->translation, finder->arena, draft->unit.directory);
        draft->unit.origin = "defaults";
    }
    translate_extra_args(draft);
    source_translation_finish(&draft->translation);
    for (size_t i = 0; i < draft->translation.notes.len; i++)
        note(finder, arena_printf(finder->arena, "%s: %s", draft->unit.shown,
                                  draft->translation.notes.data[i]));
}

static enum source_language language_of_name(const char *name)
{
    return strcmp(name, "cuda") == 0  ? SOURCE_CUDA
           : strcmp(name, "hip") == 0 ? SOURCE_HIP
           : strcmp(name, "c") == 0   ? SOURCE_C
                                      : SOURCE_CXX;
}

/* The language that the entry's own file has: what a borrowed "-x" or a compiler says is about
 * that file, not about ours. */
static void choose_language(struct draft *draft)
{
    struct source_unit *unit = &draft->unit;
    const struct translation *t = &draft->translation;
    enum source_language by_ending = SOURCE_CXX;
    bool known = source_language_of_ending(unit->path, &by_ending, &unit->is_header);
    bool about_us = draft->entry_is_own || !draft->entry;

    unit->language = by_ending;
    if (about_us && t->language) {
        unit->language = language_of_name(t->language);
    } else if (unit->is_header && by_ending == SOURCE_CXX) {
        unit->language = draft->marks.cuda ? SOURCE_CUDA
                         : draft->marks.cxx || strcmp(source_path_ending(unit->path), ".h") != 0
                             ? SOURCE_CXX
                             : SOURCE_C;
    } else if (about_us && t->default_language) {
        enum source_language compiler = language_of_name(t->default_language);
        if (by_ending == SOURCE_C || (compiler != SOURCE_CXX && by_ending == SOURCE_CXX))
            unit->language = compiler;
    } else if (!known) {
        unit->language = SOURCE_CXX;
    }
    /* hipcc takes whatever has an ending of C++ for HIP */
    bool is_hip = unit->language == SOURCE_CXX && draft->marks.cuda;
    if ((unit->language == SOURCE_CUDA || is_hip) && draft->marks.hip)
        unit->language = SOURCE_HIP;
}

static void add_arguments(struct draft *draft)
{
    static const char *const names[] = {
        [SOURCE_C] = "c", [SOURCE_CXX] = "c++", [SOURCE_CUDA] = "cuda", [SOURCE_HIP] = "cuda"};
    struct arena *arena = draft->finder->arena;
    struct source_unit *unit = &draft->unit;
    vec_push(arena, &unit->args, "-x");
    vec_push(arena, &unit->args, names[unit->language]);
    const char *standard =
        source_choose_standard(unit->language, draft->translation.standard, &draft->marks);
    if (standard)
        vec_push(arena, &unit->args, arena_printf(arena, "-std=%s", standard));
    for (size_t i = 0; i < draft->translation.args.len; i++)
        vec_push(arena, &unit->args, draft->translation.args.data[i]);
}

/* The folder of -I or -isystem at args[*i], which moves on to the option's last word; else NULL. */
static const char *include_folder(const struct words *args, size_t *i)
{
    if (strcmp(args->data[*i], "-isystem") == 0 && *i + 1 < args->len)
        return args->data[++*i];
    return strncmp(args->data[*i], "-I", 2) == 0 ? args->data[*i] + 2 : NULL;
}

/* The first include folder of the command that is a toolkit's. */
static bool find_toolkit_in_args(struct draft *draft, struct words *includes)
{
    const struct words *args = &draft->translation.args;
    for (size_t i = 0; i < args->len; i++) {
        const char *folder = include_folder(args, &i);
        if (folder && source_cache_is_toolkit(draft->finder->cache, folder) &&
            source_toolkit_at(draft->finder->arena, folder, includes))
            return true;
    }
    return false;
}

/* A thrust of the project's own is as slow to parse as the toolkit's, and says as little. */
static void add_own_cccl(struct draft *draft)
{
    const struct words *args = &draft->translation.args;
    for (size_t i = 0; i < args->len; i++) {
        const char *folder = include_folder(args, &i);
        if (folder && source_toolkit_is_cccl_folder(folder))
            vec_push(draft->finder->arena, &draft->unit.cuda_includes, folder);
    }
}

static void find_toolkit(struct draft *draft)
{
    struct arena *arena = draft->finder->arena;
    struct words includes = {0};
    const char *of_command = draft->translation.cuda_path;
    if (draft->finder->cuda_includes.len > 0)
        includes = draft->finder->cuda_includes;
    else if (!find_toolkit_in_args(draft, &includes) &&
             !(of_command && source_toolkit_at(arena, of_command, &includes)))
        includes = *source_cache_machine_toolkit(draft->finder->cache);
    add_own_cccl(draft);
    for (size_t i = 0; i < includes.len; i++)
        vec_push(arena, &draft->unit.cuda_includes, includes.data[i]);
}

/* Costs a look at the whole file, so only where no command of its own tells. */
static void sniff(struct draft *draft)
{
    enum source_language language;
    bool is_header = false;
    source_language_of_ending(draft->unit.path, &language, &is_header);
    bool told = draft->entry_is_own || draft->finder->request->has_compiler_args;
    if (told && !is_header)
        return;
    if (draft->unit.text) {
        source_sniff(draft->unit.text, draft->unit.text_len, &draft->marks);
        return;
    }
    const struct facts *facts = fact_store_get(draft->finder->cache->facts, draft->unit.path);
    if (facts)
        draft->marks = facts->marks;
}

struct source_unit source_make_unit(struct finder *finder, const char *path, const char *text,
                                    size_t text_len)
{
    struct draft draft = {.finder = finder};
    draft.unit.path = path;
    draft.unit.shown = source_path_shown(finder->arena, finder->current, path);
    draft.unit.text = text;
    draft.unit.text_len = text_len;
    draft.unit.cache = finder->cache;
    find_root(&draft);
    translate(&draft);
    sniff(&draft);
    choose_language(&draft);
    add_arguments(&draft);
    find_toolkit(&draft);
    return draft.unit;
}

void source_add_unit(struct finder *finder, const char *path, const char *text, size_t text_len)
{
    if (map_get(&finder->seen, path) != MAP_NONE)
        return;
    map_set(&finder->seen, path, 0);
    vec_push(finder->arena, &finder->list->units, source_make_unit(finder, path, text, text_len));
}

bool source_has_entry(struct finder *finder, const char *path)
{
    if (finder->database)
        return source_database_find(finder->database, path, NULL) != NULL;
    for (const char *folder = path; !finder->request->database && strcmp(folder, "/") != 0;) {
        folder = source_path_parent(finder->arena, folder);
        const struct folder_databases *databases =
            source_cache_databases_of(finder->cache, folder, finder->list);
        for (size_t i = 0; i < databases->found.len; i++)
            if (source_database_find(databases->found.data[i], path, NULL))
                return true;
    }
    return false;
}

bool source_is_lintable(const struct finder *finder, const char *path)
{
    enum source_language language;
    bool is_header;
    if (source_language_of_ending(path, &language, &is_header))
        return true;
    for (size_t i = 0; i < finder->request->compiler_arg_count; i++)
        if (strncmp(finder->request->compiler_args[i], "-x", 2) == 0)
            return true;
    return finder->database && source_database_find(finder->database, path, NULL) != NULL;
}

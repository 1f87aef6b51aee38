#include "source/commands/database.h"

#include "source/commands/database_image.h"
#include "source/project/path.h"
#include "support/file.h"
#include "support/json_untrusted.h"

#include <jansson.h>
#include <stdint.h>
#include <string.h>

enum { LARGEST_DATABASE = 1 << 29 }; /* a browser's, with all its commands, is an eighth of it */

static bool read_arguments(struct arena *arena, const json_t *array, struct words *words)
{
    size_t index;
    const json_t *item;
    json_array_foreach(array, index, item)
    {
        if (!json_is_string(item))
            return false;
        vec_push(arena, words, arena_strdup(arena, json_string_value(item)));
    }
    return words->len > 0;
}

static bool read_entry(struct arena *arena, const json_t *object, const char *folder,
                       struct database_entry *entry)
{
    const char *directory = json_string_value(json_object_get(object, "directory"));
    const char *file = json_string_value(json_object_get(object, "file"));
    const char *command = json_string_value(json_object_get(object, "command"));
    if (!file || !*file)
        return false;
    *entry = (struct database_entry){.next = MAP_NONE};
    entry->directory = source_path_normal(arena, folder, directory ? directory : ".");
    entry->file = source_path_normal(arena, entry->directory, file);
    if (read_arguments(arena, json_object_get(object, "arguments"), &entry->arguments))
        return true;
    entry->command = arena_strdup(arena, command);
    return command != NULL;
}

struct database *source_database_new(struct arena *arena, const char *path)
{
    struct database *database = arena_new_object(arena, struct database);
    database->path = path;
    database->folder = source_path_parent(arena, path);
    database->by_file.arena = arena;
    database->by_name.arena = arena;
    database->resolved.arena = arena;
    database->by_real.arena = arena;
    return database;
}

static void add_to_file(struct database *database, uint32_t index)
{
    const char *file = database->entries.data[index].file;
    uint32_t first = map_get(&database->by_file, file);
    if (first == MAP_NONE) {
        map_set(&database->by_file, file, index);
        first = index;
    } else {
        database->entries.data[database->entries.data[first].last].next = index;
    }
    database->entries.data[first].last = index;
}

void source_database_add(struct database *database, struct arena *arena,
                         struct database_entry entry)
{
    uint32_t index = (uint32_t)database->entries.len;
    vec_push(arena, &database->entries, entry);
    add_to_file(database, index);
    const char *name = source_path_base(entry.file);
    vec_push(arena, &database->next_of_name, map_get(&database->by_name, name));
    map_set(&database->by_name, name, index);
}

static const struct error *read_json(struct arena *arena, const char *path, const char *text,
                                     size_t len, json_t **root)
{
    json_error_t problem;
    *root = json_load_untrusted(text, len, &problem);
    if (!*root)
        return error_new(arena, ERROR_USAGE,
                         "the compilation database '%s' is broken at line %d, column %d: %s", path,
                         problem.line, problem.column, problem.text);
    if (json_is_array(*root))
        return NULL;
    json_decref(*root);
    return error_new(arena, ERROR_USAGE, "the compilation database '%s' holds no list of commands",
                     path);
}

const struct error *source_database_parse(struct arena *arena, const char *path, const char *text,
                                          size_t len, struct database **database)
{
    json_t *root;
    const struct error *error = read_json(arena, path, text, len, &root);
    if (error)
        return error;
    struct database *result = source_database_new(arena, path);
    size_t index;
    const json_t *object;
    json_array_foreach(root, index, object)
    {
        struct database_entry entry;
        if (read_entry(arena, object, result->folder, &entry))
            source_database_add(result, arena, entry);
    }
    json_decref(root);
    *database = result;
    return NULL;
}

static const struct error *read_file(struct arena *arena, const char *path,
                                     struct database **database)
{
    struct arena *scratch = arena_new();
    const char *text;
    size_t len;
    const struct error *error = file_read_untrusted(scratch, path, LARGEST_DATABASE, &text, &len);
    if (error)
        error = error_new(arena, ERROR_USAGE, "the compilation database: %s", error->message);
    else
        error = source_database_parse(arena, path, text, len, database);
    arena_free(scratch);
    return error;
}

const struct error *source_database_read(struct arena *arena, const char *path,
                                         const struct source_memory *memory,
                                         struct database **database)
{
    struct database_image image = database_image_of(path, memory);
    if (database_image_load(&image, arena, database))
        return NULL;
    const struct error *error = read_file(arena, path, database);
    if (!error)
        database_image_save(&image, *database);
    return error;
}

static bool is_compile_word(const char *word, size_t len)
{
    static const char *const words[] = {"-c",        "-dc",        "-dw",
                                        "--compile", "--device-c", "--device-w"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i]) == len && strncmp(word, words[i], len) == 0)
            return true;
    return false;
}

static bool compiles(const struct database_entry *entry)
{
    for (size_t i = 0; i < entry->arguments.len; i++)
        if (is_compile_word(entry->arguments.data[i], strlen(entry->arguments.data[i])))
            return true;
    for (const char *p = entry->command; p && *p;) {
        size_t len = strcspn(p, " \t");
        if (is_compile_word(p, len))
            return true;
        p += len + strspn(p + len, " \t");
    }
    return false;
}

static const struct database_entry *first_that_compiles(const struct database *database,
                                                        uint32_t first, size_t *others)
{
    uint32_t chosen = MAP_NONE;
    size_t count = 0;
    for (uint32_t i = first; i != MAP_NONE; i = database->entries.data[i].next) {
        count++;
        if (chosen == MAP_NONE && compiles(&database->entries.data[i]))
            chosen = i;
    }
    if (others)
        *others = count - 1;
    return &database->entries.data[chosen == MAP_NONE ? first : chosen];
}

/* The later entries come first, so that the first one stays. */
static void resolve_links(struct database *database, const char *name)
{
    struct arena *arena = database->by_real.arena;
    if (map_get(&database->resolved, name) != MAP_NONE)
        return;
    map_set(&database->resolved, arena_strdup(arena, name), 0);
    for (uint32_t i = map_get(&database->by_name, name); i != MAP_NONE;
         i = database->next_of_name.data[i]) {
        const char *real = file_real_path(arena, database->entries.data[i].file);
        if (real)
            map_set(&database->by_real, real, i);
    }
}

/* The first entry whose file is `path` by way of symbolic links. */
static uint32_t find_linked(struct database *database, const char *path)
{
    resolve_links(database, source_path_base(path));
    uint32_t found = map_get(&database->by_real, path);
    return found == MAP_NONE ? found
                             : map_get(&database->by_file, database->entries.data[found].file);
}

const struct database_entry *source_database_find(struct database *database, const char *path,
                                                  size_t *others)
{
    uint32_t first = map_get(&database->by_file, path);
    if (first == MAP_NONE)
        first = find_linked(database, path);
    return first == MAP_NONE ? NULL : first_that_compiles(database, first, others);
}

/* How many folders two paths share from the root on. */
static size_t shared_folders(const char *a, const char *b)
{
    size_t shared = 0;
    for (size_t i = 0; a[i] && a[i] == b[i]; i++)
        shared += a[i] == '/';
    return shared;
}

static size_t folder_count(const char *path)
{
    size_t count = 0;
    for (; *path; path++)
        count += *path == '/';
    return count;
}

static bool same_stem(const char *a, const char *b)
{
    size_t len = source_path_stem_length(a);
    return len == source_path_stem_length(b) &&
           strncmp(source_path_base(a), source_path_base(b), len) == 0;
}

/* CUDA headers are compiled by CUDA sources. */
static bool same_family(const char *a, const char *b)
{
    bool cuda_a = strncmp(source_path_ending(a), ".cu", 3) == 0;
    bool cuda_b = strncmp(source_path_ending(b), ".cu", 3) == 0;
    return cuda_a == cuda_b;
}

static size_t fitness(const struct database_entry *entry, const char *path)
{
    size_t shared = shared_folders(entry->file, path);
    bool same_folder = shared == folder_count(path) && shared == folder_count(entry->file);
    return shared * 8 + (same_folder ? 4U : 0U) + (same_stem(entry->file, path) ? 16U : 0U) +
           (same_family(entry->file, path) ? 2U : 0U);
}

const struct database_entry *source_database_nearest(const struct database *database,
                                                     const char *path, const char *root)
{
    const struct database_entry *best = NULL;
    size_t best_fitness = 0;
    for (size_t i = 0; i < database->entries.len; i++) {
        const struct database_entry *entry = &database->entries.data[i];
        if (!source_path_is_below(entry->file, root) || !compiles(entry))
            continue;
        size_t value = fitness(entry, path);
        if (!best || value > best_fitness ||
            (value == best_fitness && strcmp(entry->file, best->file) < 0)) {
            best = entry;
            best_fitness = value;
        }
    }
    return best;
}

void source_database_command(struct arena *arena, const struct database_entry *entry,
                             struct words *words)
{
    if (entry->arguments.len > 0)
        source_words_append(arena, words, &entry->arguments);
    else
        source_words_split(arena, entry->command, words);
}

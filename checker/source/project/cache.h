/* What is read once for all units of a list: databases, the machine's toolkit, project trees.
 * Lives in the list's arena; there is no state outside. */
#ifndef CUHOSTLINT_SOURCE_PROJECT_CACHE_H
#define CUHOSTLINT_SOURCE_PROJECT_CACHE_H

#include "source/commands/database.h"
#include "source/source.h"
#include "source/text/fact_store.h"

struct source_tree; /* tree.h */

/* The databases that belong to one folder. */
struct folder_databases {
    VEC(struct database *) found;
};

struct real_folder {
    const char *folder, *real; /* NULL: there is none */
};

/* The nearest parent with some mark, for each folder asked about. */
struct nearest_parents {
    struct map of_folder;
    VEC(const char *) found; /* NULL: none */
};

struct source_cache {
    struct arena *arena;
    struct map database_of_path;      /* index into databases */
    VEC(struct database *) databases; /* NULL: cannot be read; the problem was reported */
    struct map databases_of_folder;
    VEC(struct folder_databases) folders;
    struct nearest_parents roots, licences;
    struct map is_toolkit; /* include folders of commands: 1 for a toolkit's, 0 for others */
    struct words machine_toolkit;
    bool machine_toolkit_known;
    struct map tree_of_root;
    VEC(struct source_tree *) trees;
    struct fact_store *facts;
    const struct source_memory *memory;
    size_t response_budget;    /* bytes that the response files of all commands may still have */
    struct map real_of_folder; /* by the hash of its path */
    VEC(struct real_folder) real_folders;
};

/* `facts` may be NULL: a store without a memory is made. `memory`, for databases, may be NULL. */
struct source_cache *source_cache_new(struct arena *arena, struct fact_store *facts,
                                      const struct source_memory *memory);

/* What was known of files' contents is looked at anew, and kept in `arena` from now on: until it is
 * freed, or this is called again. */
void source_cache_forget_files(struct source_cache *cache, struct arena *arena);

/* The path with links resolved, in the cache's arena; NULL where nothing of that name exists. Each
 * folder is resolved once. */
const char *source_cache_real(struct source_cache *cache, const char *path);

/* The database at `path`, read on first use; a database that cannot be read becomes one problem
 * of the list, and NULL. */
struct database *source_cache_database(struct source_cache *cache, const char *path,
                                       struct source_list *list);

/* The databases that belong to `folder` itself: compile_commands.json in it, in build/, in each
 * folder of build/, and in out/. */
const struct folder_databases *
source_cache_databases_of(struct source_cache *cache, const char *folder, struct source_list *list);

/* The nearest parent of `folder`, itself included, that holds .git or .cuhostlint; NULL: none. */
const char *source_cache_root_of(struct source_cache *cache, const char *folder);

/* The nearest one that holds a licence, as the top of a published project does; NULL: none. */
const char *source_cache_licence_of(struct source_cache *cache, const char *folder);

/* source_toolkit_is_include_folder, asked once for each folder. */
bool source_cache_is_toolkit(struct source_cache *cache, const char *folder);

/* The include folders of the machine's toolkit; empty: none. */
const struct words *source_cache_machine_toolkit(struct source_cache *cache);

#endif

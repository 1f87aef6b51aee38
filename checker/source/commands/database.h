/* compile_commands.json: read once, searched by file. */
#ifndef CUHOSTLINT_SOURCE_COMMANDS_DATABASE_H
#define CUHOSTLINT_SOURCE_COMMANDS_DATABASE_H

#include "source/commands/words.h"
#include "source/memory.h"
#include "support/arena.h"
#include "support/error.h"
#include "support/map.h"
#include "support/vec.h"

struct database_entry {
    const char *file;      /* absolute, normal */
    const char *directory; /* absolute, normal */
    const char *command;   /* one string for a shell, or NULL: then */
    struct words arguments;
    uint32_t next; /* a further entry of the same file, or MAP_NONE */
    uint32_t last; /* in the first entry of a file: its last one */
};

struct database {
    const char *path;   /* of the JSON file */
    const char *folder; /* that holds it */
    VEC(struct database_entry) entries;
    struct map by_file; /* to the first entry of the file */
    struct map by_name; /* base name to the first entry of that name, then: */
    VEC(uint32_t) next_of_name;
    struct map resolved; /* base names whose entries are in: */
    struct map by_real;  /* with links resolved, to the first entry */
};

/* Reads a database from its text; `path` is its file. Errors: not JSON (with line and column), not
 * an array of commands. Entries that lack a field are left out. */
const struct error *source_database_parse(struct arena *arena, const char *path, const char *text,
                                          size_t len, struct database **database);

/* Reads a database; one that is as an earlier run saw it is taken from `memory` (NULL: there is
 * none). Errors: unreadable, and as above. */
const struct error *source_database_read(struct arena *arena, const char *path,
                                         const struct source_memory *memory,
                                         struct database **database);

/* An empty database, and one entry more: for those that make databases. */
struct database *source_database_new(struct arena *arena, const char *path);
void source_database_add(struct database *database, struct arena *arena,
                         struct database_entry entry);

/* The entry that compiles `path` (absolute): the first one that compiles, else the first. NULL:
 * none. `*others`, where not NULL: how many more the file has. */
const struct database_entry *source_database_find(struct database *database, const char *path,
                                                  size_t *others);

/* The entry whose arguments fit `path` best, for a file that has none: the same folder and name
 * without ending, then the same folder, then the nearest folder within `root`. NULL: none. */
const struct database_entry *source_database_nearest(const struct database *database,
                                                     const char *path, const char *root);

/* The words of an entry's command. */
void source_database_command(struct arena *arena, const struct database_entry *entry,
                             struct words *words);

#endif

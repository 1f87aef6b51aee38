/* One file becomes one unit: its command is looked up, translated and completed. */
#ifndef CUHOSTLINT_SOURCE_COMMANDS_UNIT_H
#define CUHOSTLINT_SOURCE_COMMANDS_UNIT_H

#include "source/project/cache.h"
#include "source/source.h"

/* One call of source_find. */
struct finder {
    struct arena *arena;
    const struct source_request *request;
    struct source_list *list;
    struct source_cache *cache;
    const char *current;        /* the current folder */
    const char *named;          /* the folder on the command line that is being added, or NULL */
    struct database *database;  /* -p, or NULL */
    struct words cuda_includes; /* of --cuda-path; empty: not given */
    struct map seen;            /* files that are in the list already */
};

/* Adds the unit of one existing file, whose path is absolute and real. `text` stands for the file's
 * contents where it is not NULL. */
void source_add_unit(struct finder *finder, const char *path, const char *text, size_t text_len);

/* Makes the unit of such a file, but does not add it. */
struct source_unit source_make_unit(struct finder *finder, const char *path, const char *text,
                                    size_t text_len);

/* True where a compilation database names the file itself: its command is no guess. */
bool source_has_entry(struct finder *finder, const char *path);

/* True for what a unit can be made of, by its ending or by "-x" behind "--". */
bool source_is_lintable(const struct finder *finder, const char *path);

#endif

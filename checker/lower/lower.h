/* From source text to IR. The only room that knows libclang. */
#ifndef CUHOSTLINT_LOWER_LOWER_H
#define CUHOSTLINT_LOWER_LOWER_H

#include "ir/ir.h"
#include "models/model.h"
#include "source/source.h"
#include "support/error.h"
#include "support/vec.h"

/* A loaded libclang with an index: one per process. A crash inside libclang ends the process:
 * run it in a worker (driver/driver.h). */
struct lower_session;

/* Loads the newest libclang of 22 to 17 (or the one that $CUHOSTLINT_LIBCLANG names) and finds its
 * resource folder ($CUHOSTLINT_RESOURCE_DIR, else of the library's version). Takes 15 ms and more:
 * call it when something must be parsed, not before. The session lives in `arena`. Error: none
 * found, or too old: the message says which package to install. */
const struct error *lower_open(struct arena *arena, struct lower_session **session);

/* From now on the session keeps the trees of the last files it parsed. Parsing such a file again,
 * with the same arguments, makes a precompiled preamble the first time, and from then on takes only
 * what stands behind the headers. For editors: a kept tree takes some 50 MB. Call it right after
 * lower_open; what it needs lives in `arena`. */
void lower_keep_trees(struct lower_session *session, struct arena *arena);

/* From now on the toolkit's headers are read where the bundled declarations would do: to see that
 * they do. */
void lower_read_toolkit(struct lower_session *session);

/* Disposes of all trees and of the index. */
void lower_close(struct lower_session *session);

/* "clang version 19.1.7 (libclang-19.so.19)". */
const char *lower_version(const struct lower_session *session);

/* What tells this build of libclang from every other, wherever its file lies; NULL where nothing
 * does. */
const char *lower_parser(const struct lower_session *session);

typedef VEC(const char *) lower_files;

/* Where precompiled prefixes are kept between sessions: in the user's cache, and those that were
 * made for the installation. `unit` stands for what a prefix depends on: its arguments and its
 * text. */
struct prefix_memory {
    void *context;
    /* A name that nothing has, for a folder that is there while a prefix is made. */
    const char *folder;
    /* False: nothing is remembered. The bytes live in `arena`. */
    bool (*find)(void *context, struct arena *arena, const struct source_unit *unit,
                 const unsigned char **bytes, size_t *len);
    /* Of the unit that was last looked for; `files`: those that were read for it. */
    void (*store)(void *context, const struct source_unit *unit, const lower_files *files,
                  const unsigned char *bytes, size_t len);
};

/* From now on what the bundled declarations put before every CUDA source is precompiled, for
 * arguments that come more than once. For sessions that parse many files once each. What it needs
 * lives in `arena`. */
void lower_keep_prefixes(struct lower_session *session, struct arena *arena,
                         const struct prefix_memory *memory);

/* What the last lower_unit did. */
struct lower_stats {
    uint32_t parses;    /* 1, or more: each after the first is named in `reparsed` */
    uint32_t from_kept; /* of these: made from a kept tree (lower_keep_trees) */
    double parse_seconds, lower_seconds; /* wall time */
    const char *reparsed; /* why: "headers missing", "declarations missing"; NULL: not */
    lower_files opened;   /* every file that any of the parses opened, each once; the bundled
                             declarations left out; in the unit's arena */
    const char *library;  /* the file of libclang itself */
};
const struct lower_stats *lower_stats(const struct lower_session *session);

/* Parses and lowers one unit. Chooses by itself between bundled declarations and the toolkit's
 * headers, and guesses include folders where headers are missing. Errors: no translation unit. */
const struct error *lower_unit(struct lower_session *session, struct arena *arena,
                               struct source_unit *source, const struct model_set *models,
                               struct ir_unit **unit);

#endif

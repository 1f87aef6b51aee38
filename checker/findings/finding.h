/* The one plain record that everything after the engine works on. */
#ifndef CUHOSTLINT_FINDINGS_FINDING_H
#define CUHOSTLINT_FINDINGS_FINDING_H

#include "support/arena.h"
#include "support/vec.h"

#include <stdbool.h>
#include <stdint.h>

enum level { LEVEL_NOTE, LEVEL_WARNING, LEVEL_ERROR };

/* A range in a file; the same conventions as struct ir_loc. */
struct position {
    const char *file; /* absolute path */
    uint32_t line, column;
    uint32_t end_line, end_column; /* just past the last character */
    uint32_t offset, end_offset;   /* bytes */
    const char *macro;             /* name of the macro whose body wrote the code, or NULL */
    const char *macro_file;        /* where that macro is defined: a NOLINT there counts too */
    uint32_t macro_line;
};

/* One step of the path that leads to the finding, in order of execution. */
struct path_step {
    struct position at;
    const char *message; /* "allocated by cudaMallocHost here" */
};

struct replacement {
    struct position at; /* the range that is replaced; empty range: insertion */
    const char *text;
};

struct fix {
    const char *description; /* "swap the free and the unregister" */
    VEC(struct replacement) replacements;
};

/* What the GPU is expected to do when the path runs: the call and its status. */
struct prediction {
    const char *call; /* "cudaHostRegister"; NULL: nothing to predict */
    int code;         /* 1 */
    const char *name; /* "cudaErrorInvalidValue" */
};

/* What came of the finding on a GPU (cuhostlint validate). */
enum verdict {
    VERDICT_NONE,
    VERDICT_CONFIRMED, /* the GPU did what the rule predicts */
    VERDICT_REFUTED,   /* it did not */
    VERDICT_INCONCLUSIVE,
    VERDICT_NOT_REACHED, /* a whole program ran, and not what the finding says */
    VERDICT_SEEN         /* a run shows it, and nothing else */
};

struct validation {
    enum verdict verdict;
    const char *reason;      /* what was shown, or why nothing was */
    const char *program;     /* path of the reproducer that was kept, or NULL */
    const char *output;      /* what it printed, or NULL: it did not run */
    uint64_t code;           /* hash of what the reproducer does: equal ones do the same; 0: none */
    enum verdict in_program; /* of the flagged file's own program; VERDICT_NONE: not run */
    const char *in_program_reason; /* or NULL */
};

struct replay;

struct finding {
    const char *rule; /* "already-pinned" */
    enum level level;
    const char *message; /* one line, no final full stop */
    struct position at;
    const char *function; /* qualified name of the function, "" at file scope */
    VEC(struct path_step) path;
    VEC(struct fix) fixes;
    struct prediction predicts;
    const struct replay *replay;         /* engine/events/replay.h; NULL: nobody asked for it */
    const struct validation *validation; /* NULL: not validated */
    const char *fingerprint;             /* set by findings_finish */
    const char *suppressed_by; /* "NOLINT", "baseline", "paths": not reported; NULL: reported */
};

struct text_cache;

struct findings {
    struct arena *arena;
    struct text_cache *texts; /* the sources, for fingerprints; NULL: none can be read */
    const char *root;         /* the project's folder: what fingerprints hold is relative to it */
    VEC(struct finding) list;
};

/* Sorts by file, line, column, rule, message; drops exact repeats; computes fingerprints.
 * The order never depends on the order of analysis. */
void findings_finish(struct findings *findings);

/* "note", "warning", "error". */
const char *level_name(enum level level);

/* "confirmed", "refuted", "inconclusive", "not reached", "seen". */
const char *verdict_name(enum verdict verdict);

#endif

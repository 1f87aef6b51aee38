/* Runs the checker on files and reads what it found: for the tests that compare findings with
 * what a source says about itself. */
#ifndef CUHOSTLINT_TESTDATA_CHECKER_RUN_H
#define CUHOSTLINT_TESTDATA_CHECKER_RUN_H

#include "support/arena.h"
#include "support/error.h"
#include "support/vec.h"

#include <stdbool.h>

struct found {
    const char *rule, *level, *message;
    const char *file; /* real path */
    unsigned line;
    bool is_expected; /* for the caller */
};

struct found_list {
    VEC(struct found) list;
};

/* Runs `program` with `arguments` (NULL-terminated) and appends its findings. Error: the program
 * does not run, its output is not the JSON format, or it could not analyse a file. */
const struct error *checker_run(struct arena *arena, const char *program,
                                const char *const *arguments, struct found_list *found);

#endif

/* From a finding to a stand-alone program that shows on a GPU what the rule predicts. */
#ifndef CUHOSTLINT_VALIDATE_PROGRAM_H
#define CUHOSTLINT_VALIDATE_PROGRAM_H

#include "findings/finding.h"

/* How a reproducer ends. */
enum program_exit { PROGRAM_CONFIRMED = 0, PROGRAM_REFUTED = 10, PROGRAM_INCONCLUSIVE = 20 };

struct program {
    const char *name; /* "already-pinned.direct.cu-12", without an ending */
    const char *text;
    uint64_t code;    /* a hash of the text without its comments: programs with equal ones do the
                         same */
    bool has_kernel;  /* CUDA C++, for nvcc or clang; else plain C++ */
    bool uses_driver; /* links with -lcuda */
    bool is_timed;    /* measures time: others must not run beside it */
};

/* The program for a finding that carries a replay; false where there is nothing to replay. The same
 * finding gives the same bytes. */
bool program_write(struct arena *arena, const struct findings *findings,
                   const struct finding *finding, struct program *program);

#endif

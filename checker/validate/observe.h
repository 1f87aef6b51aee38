/* What a run shows, in the words of the rules: from the events of a log to things that happened. */
#ifndef CUHOSTLINT_VALIDATE_OBSERVE_H
#define CUHOSTLINT_VALIDATE_OBSERVE_H

#include "validate/run_log.h"

enum observation_kind {
    OBSERVED,        /* a defect, whoever looks at it */
    OBSERVED_BESIDE, /* it happened; a defect only where a finding says so too */
    OBSERVED_AGAINST /* the rule's case, without the effect that the rule predicts */
};

struct observation {
    const char *rule;
    enum observation_kind kind;
    const struct run_stack *stack;  /* where it shows; NULL: not known */
    const struct run_stack *origin; /* where the memory was registered; NULL: no part of it */
    const char *what; /* "'cudaHostRegister' fails with 712: the memory is registered already" */
    size_t times;
    uint64_t nanoseconds; /* that these calls took */
    bool is_matched;      /* set by match_findings: a finding says it */
};

struct observations {
    VEC(struct observation) list; /* in the order in which they were first seen */
    size_t calls, failed;
    uint64_t nanoseconds; /* in register and unregister calls */
    size_t pinned_blocks; /* of pinned allocators, never freed */
    uint64_t pinned_bytes;
};

void observe(struct arena *arena, const struct run_log *log, struct observations *observations);

#endif

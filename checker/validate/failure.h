/* Why a call of a run failed. */
#ifndef CUHOSTLINT_VALIDATE_FAILURE_H
#define CUHOSTLINT_VALIDATE_FAILURE_H

#include "validate/run_log.h"

/* Statuses, the same in the runtime and the driver, and the flags that exist. */
enum {
    STATUS_INVALID_VALUE = 1,
    STATUS_ALREADY_REGISTERED = 712,
    STATUS_NOT_REGISTERED = 713,
    STATUS_IN_CAPTURE = 900,
    REGISTER_FLAGS = 15,
    ALLOC_FLAGS = 7
};

/* The rule that a register call which failed has broken, and in `why` what it did; NULL: who knows.
 * `is_pinned`: the memory touches some of a pinned allocator. */
const char *failure_of_register(struct arena *arena, const struct run_event *event, bool is_pinned,
                                const char **why);

#endif

/* The end of each reproducer: the finding's own step, and whether the GPU does what the rule
 * predicts. */
#ifndef CUHOSTLINT_VALIDATE_PROOFS_H
#define CUHOSTLINT_VALIDATE_PROOFS_H

#include "validate/writer.h"

typedef void proof_function(struct writer *w);

/* Writes the whole body for the finding's rule; NULL: the rule has no reproducer. */
proof_function *proof_of(const char *rule);

/* proofs_silent.c: where no call fails by itself. */
proof_function proof_freed_while_registered;
proof_function proof_register_leak;
proof_function proof_size_mismatch;
proof_function proof_address_of_pointer;
proof_function proof_register_in_loop;
proof_function proof_use_after_unregister;

/* proofs_unchecked.c */
proof_function proof_unchecked_call;

/* Adds `return conclude(condition, "what is predicted");`. */
void proof_conclude(struct writer *w, const char *condition, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif

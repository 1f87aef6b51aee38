/* Statuses of calls, and who looks at them. */
#ifndef CUHOSTLINT_ENGINE_STATE_STATUS_H
#define CUHOSTLINT_ENGINE_STATE_STATUS_H

#include "engine/internal.h"

value_id status_new(struct engine *engine, struct state *state, site_id site,
                    const struct model_function *model, const struct ir_unit *unit, ir_id type);
void status_look(struct engine *engine, struct state *state, value_id value);
/* It is compared with a code. */
void status_look_for(struct engine *engine, struct state *state, value_id value, int64_t code);
/* The program asks whether the address is null that an allocator stores: it is where the call fails
 * (measured: failed_allocation in testdata/gpu/probes.txt). */
void status_look_by_null(struct engine *engine, const struct state *state, value_id address);
void status_discard(struct engine *engine, struct state *state, value_id value, site_id site);
/* (void)cudaHostRegister(p, n, 0): the program needs no answer. It may still ask for the last error
 * at once. */
void status_excuse(struct engine *engine, struct state *state, value_id value);
/* Another call of CUDA's, or code out of sight, has run: the last error may be of that. */
void status_overtaken(struct engine *engine, struct state *state);
/* The place at `address` is about to lose its content; `kept` survives elsewhere. */
void status_overwritten(struct engine *engine, struct state *state, value_id address,
                        value_id kept);
/* The call with this status failed: what a last-error query says on this path is of that call, and
 * of none before it whose own status was thrown away. */
void status_covered(struct engine *engine, struct state *state, value_id failed);
void status_next_call(struct engine *engine, struct state *state, bool reads_last_error);
void status_finish(struct engine *engine, struct state *state);
/* The path is left where it is, and nothing ahead of it asks for the last error: statuses that were
 * thrown away are dropped, but for those of allocations, whose pointers tell. */
void status_discarded_before(struct engine *engine, struct state *state);
/* Is the status, held or not, known to be a failure? */
bool status_has_failed(struct engine *engine, const struct state *state, value_id status);
/* The status that a condition asks about, and whether the condition holds on failure. */
value_id status_asked(struct engine *engine, value_id condition, bool *fails_when_true);
/* The program compares the status with an error code: it expects that failure. */
void status_expects(struct engine *engine, value_id status, int64_t code);
/* The program fails where the call succeeds: it expects a failure, whichever. */
void status_expects_any(struct engine *engine, value_id status);
/* Is a failure of the call expected that gives the code? */
bool status_is_expected(const struct engine *engine, uint64_t call_key, int64_t code);
bool status_failure_is_expected(const struct engine *engine, value_id status);

#endif

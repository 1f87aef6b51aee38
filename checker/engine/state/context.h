/* Contexts (which call the path is in, of which call) and sites (an operation in a context). */
#ifndef CUHOSTLINT_ENGINE_STATE_CONTEXT_H
#define CUHOSTLINT_ENGINE_STATE_CONTEXT_H

#include "engine/internal.h"

context_id context_enter(struct engine *engine, context_id parent, uint32_t function,
                         uint32_t call_op);
const struct context *context_at(const struct engine *engine, context_id context);
const struct program_function *context_function(const struct engine *engine, context_id context);
/* The function that the call names by which the context was entered; MAP_NONE: it names none. */
uint32_t context_named(const struct engine *engine, const struct context *context);
site_id site_of_op(struct engine *engine, const struct state *state, ir_id op);
site_id site_of_terminator(struct engine *engine, const struct state *state);
const struct site *site_at(const struct engine *engine, site_id site);
struct ir_loc site_loc(const struct engine *engine, site_id site);
/* Where it stands in the text: of what an element's implicit destructor does, the call that ends
 * the element; of what an implicit assignment does, the assignment. */
site_id site_written(struct engine *engine, site_id site);
/* An operation of a function, in whatever context. */
static inline uint64_t call_key_of(uint32_t function, ir_id op)
{
    return ((uint64_t)function << 32) | op;
}
/* An operation, or a block, in that context: values of operations are kept by it (state->temps). */
static inline uint64_t context_key(context_id context, ir_id id)
{
    return ((uint64_t)context << 32) | id;
}
uint64_t site_call_key(const struct engine *engine, site_id site);
struct trail *trail_add(struct engine *engine, struct state *state, site_id site, value_id subject,
                        const char *format, ...) __attribute__((format(printf, 5, 6)));

#endif

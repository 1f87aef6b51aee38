/* Entering and leaving bodies. */
#ifndef CUHOSTLINT_ENGINE_CALL_FRAMES_H
#define CUHOSTLINT_ENGINE_CALL_FRAMES_H

#include "engine/walk/step.h"

struct invocation;

enum step frame_enter(struct engine *engine, struct state *state,
                      const struct invocation *invocation, uint32_t function);
enum step frame_return(struct engine *engine, struct state *state, value_id result);
/* The operation's call has entered a body, and gives that (VALUE_NONE: nobody knows what) if the
 * body gives nothing: a constructor, say, that the library runs. */
void frame_keep_result(struct engine *engine, struct state *state, context_id context, ir_id op,
                       value_id result);
/* What dies with the frame, at the site, and is registered still. */
void frame_release(struct engine *engine, struct state *state, site_id at);
/* Leaves the frame: the state stands behind the call. */
void frame_resume(struct engine *engine, struct state *state, const struct context *left);

#endif

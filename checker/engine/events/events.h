/* Events for the rules. */
#ifndef CUHOSTLINT_ENGINE_EVENTS_EVENTS_H
#define CUHOSTLINT_ENGINE_EVENTS_EVENTS_H

#include "engine/internal.h"

struct event event_new(struct engine *engine, struct state *state, enum event_kind kind,
                       site_id site, value_id pointer);
void event_raise(struct engine *engine, struct event *event);
/* Was a part of a function around the site lost on the way from the text? */
bool site_is_degraded(const struct engine *engine, site_id site);
/* True: the call must fail, as a rule says, and so frees nothing. */
bool release_block(struct engine *engine, struct state *state, site_id site, value_id pointer,
                   enum release_kind how, uint32_t expects, const char *call,
                   const struct model_function *model, const struct ir_op *op);
struct position position_of(const struct engine *engine, struct arena *arena, site_id site);
/* Where the context's function, which has a parent, is called; SITE_NONE: by no code of anybody's.
 */
site_id call_site(struct engine *engine, const struct context *called);
/* Notes on a step of the path what the event did there; `kind` is an enum replay_kind. */
void trail_did(struct trail *step, uint32_t kind, const struct event *event);

#endif

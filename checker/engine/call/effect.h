/* What the effects of models share: one effect of one call being played. */
#ifndef CUHOSTLINT_ENGINE_CALL_EFFECT_H
#define CUHOSTLINT_ENGINE_CALL_EFFECT_H

#include "engine/call/call.h"
#include "engine/walk/step.h"

struct play {
    struct engine *engine;
    struct state *state;
    const struct invocation *invocation;
    const struct model_function *model;
    const struct model_effect *effect; /* the one being played */
    value_id status;                   /* what the call returns as its status, or VALUE_NONE */
    value_id *result;
    enum step step;
};

/* ---- what an effect needs of the call (effects.c) ---- */
/* The argument's value, VALUE_NONE where there is none. */
value_id play_argument(const struct play *play, int index);
bool play_number(const struct play *play, int index, int64_t *number);
/* Bytes; VALUE_NONE where the model does not say. */
value_id play_size(const struct play *play, const struct model_size *size);
struct event play_event(const struct play *play, enum event_kind kind, value_id pointer);
/* Gives `value` to the caller: as the result, or through the argument `where`. */
void play_give(struct play *play, int where, value_id value);
/* The type that the argument points to, or IR_NONE. */
ir_id play_pointee(const struct play *play, int index);

/* What the call does to its arguments is out of sight, as of a function without a model. */
void play_unseen(struct play *play);

/* ---- effects on blocks of memory (effect_memory.c) ---- */
void effect_allocates(struct play *play);
void effect_reallocates(struct play *play);
void effect_releases(struct play *play);
/* A rule says that the call must fail to free or unregister the block. */
void effect_refused(struct play *play, value_id base);
void effect_protects(struct play *play);
void effect_opens(struct play *play);
void effect_commands(struct play *play);
void effect_fills(struct play *play);
void effect_rewrites(struct play *play);
void effect_is_constant(struct play *play);
void effect_copies(struct play *play);

/* ---- effects on registrations (effect_registration.c) ---- */
void effect_registers(struct play *play);
void effect_unregisters(struct play *play);
void effect_resets_device(struct play *play);
void effect_queries(struct play *play); /* effect_queries.c */

/* ---- effects of what runs on streams (effect_capture.c) ---- */
void effect_begins_capture(struct play *play);
void effect_ends_capture(struct play *play);
void effect_swaps_capture_mode(struct play *play);
void effect_launches(struct play *play);

/* ---- effects on values (effect_values.c) ---- */
void effect_gives_device_pointer(struct play *play);
void effect_returns_argument(struct play *play);
void effect_loads(struct play *play);
void effect_stores(struct play *play);
void effect_compare_exchanges(struct play *play);
void effect_exchanges(struct play *play);
void effect_fetches(struct play *play);
void effect_updates(struct play *play);
void effect_swaps(struct play *play);
void effect_picks(struct play *play);
void effect_answers(struct play *play);
void effect_asserts(struct play *play);
void effect_expects(struct play *play); /* effect_expects.c */
void effect_error_number(struct play *play);
void effect_checks(struct play *play);
void effect_calls_method(struct play *play);
void effect_makes(struct play *play);
void effect_calls(struct play *play);

/* ---- calls with what an object holds (unpacking.c) ---- */
void effect_unpacks(struct play *play);

/* ---- objects in raw memory (effect_lives.c) ---- */
void effect_constructs(struct play *play);
void effect_destroys(struct play *play);

/* ---- threads (threads.c) ---- */
void effect_starts(struct play *play);

/* The program asks what it knows of the pointer itself: its answer counts from here on
 * (effect_registration.c). */
void registrations_asked(struct engine *engine, struct state *state, value_id pointer);

#endif

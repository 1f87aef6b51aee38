/* What a path can still come by: the values that it holds, and the memory which these, names in
 * the code ahead and other code lead to. */
#ifndef CUHOSTLINT_ENGINE_STATE_MARKS_H
#define CUHOSTLINT_ENGINE_STATE_MARKS_H

#include "engine/internal.h"
#include "engine/program/ahead.h"
#include "engine/program/liveness.h"
#include "engine/value/pmap.h"

enum { MAX_MOMENTS = 64 }; /* that a path remembers something of; more: all are kept */

/* A frame that the path will go on in. */
struct open_frame {
    context_id context;
    live_set live;
};

struct marks {
    struct engine *engine;
    const struct state *state;
    struct open_frame frames[MAX_DEPTH + 2];
    size_t frame_count;
    struct name_set ahead; /* what the code of these frames mentions from here on */
    struct name_set held;  /* the places that marked contents were read from, and what was asked */
    size_t count;          /* of marked values */
    uint32_t moments[MAX_MOMENTS]; /* names of those that marked contents are unknown since */
    size_t moment_count;
    bool too_many_moments;
    bool through_sources; /* a symbol leads to what it was made from, too */
};

/* Marks what the state, which stands at the start of a block, can still come by. What it assumed
 * about values (state->ranges) does not count. */
void marks_make(struct marks *marks, struct engine *engine, const struct state *state);

/* Likewise, and marks what the symbols were made from: those that may not get a new meaning. Of the
 * cells in `changing` only the addresses count, not what they hold. */
void marks_make_for_renaming(struct marks *marks, struct engine *engine, const struct state *state,
                             pmap changing);

/* Marks a value with all that it leads to. */
void marks_add(struct marks *marks, value_id value);
/* Marks what the newly marked values lead to. */
void marks_spread(struct marks *marks);

bool marks_has(const struct marks *marks, value_id value);
bool marks_has_moment(const struct marks *marks, uint32_t name);

/* Does the code ahead use the value of an operation? `key`: of state->temps. */
bool marks_uses_temp(const struct marks *marks, uint64_t key);

/* Is there a symbol in the value that nothing gives to the path any more? It is marked by nothing,
 * and no content that could be read again. */
bool marks_mention_gone(const struct marks *marks, value_id value);

/* To be called where a fill of the state goes: what was unknown since then may be gone, too. */
void marks_doubt_presence(const struct marks *marks);

/* Could the path still read what lies at a place of that name, or test what it read there? Likewise
 * for what a call of that name gave (ahead.h). */
bool marks_know_name(const struct marks *marks, uint32_t name);

/* Does the code ahead name the place, or could it without a name? */
bool marks_know_place(const struct marks *marks, value_id place);

/* Could the path ask again what gave the answer (state->asked)? */
bool marks_can_ask(const struct marks *marks, value_id answer);

#endif

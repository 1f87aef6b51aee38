/* Flags that decide at several places: what gates.c and gate_answers.c share. */
#ifndef CUHOSTLINT_ENGINE_UNSEEN_GATE_ANSWERS_H
#define CUHOSTLINT_ENGINE_UNSEEN_GATE_ANSWERS_H

#include "engine/internal.h"

/* What a path takes for true of what it asks. */
struct gate_answer {
    uint64_t key;       /* 0: of nothing that can change out of sight */
    uint64_t place_key; /* where a part of what lies at a place is asked for: of the whole */
    value_id subject;
    value_id place; /* where it lies; VALUE_NONE: it is what a call gave */
    uint32_t name;  /* of the place or the callee (ahead.h); 0: none */
    struct range range;
};

uint64_t gate_key_of_place(value_id place);
/* False: the condition says nothing of one value. */
bool gate_answer_of(struct engine *engine, const struct state *state, value_id condition,
                    struct gate_answer *answer);
/* The member, or other part of an object, that the branch looks at, whatever lies there. */
value_id gate_place_read(struct engine *engine, struct state *state, const struct ir_block *branch);

/* Is it a number that turns of a loop have changed, or reckoned from such? */
bool gate_is_of_turns(const struct engine *engine, value_id subject);

/* What the operation that the path is at stores. */
enum gate_source {
    GATE_LITERAL,
    GATE_ANSWER, /* what a call, a comparison or another variable gave */
    GATE_COUNTED /* a sum: how many there are, how large something is */
};
enum gate_source gate_source_of_store(const struct engine *engine, const struct state *state);

#endif

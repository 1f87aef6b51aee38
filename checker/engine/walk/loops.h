/* Loops on a path. */
#ifndef CUHOSTLINT_ENGINE_WALK_LOOPS_H
#define CUHOSTLINT_ENGINE_WALK_LOOPS_H

#include "engine/internal.h"

/* The path comes to a loop's head. False: enough of its turns were walked. */
bool loop_enter(struct engine *engine, struct state *state, ir_id head, bool is_back_edge);
/* A branch is about to be decided: where it is a loop's test, how far the loop is from its end. */
void loop_note_test(struct engine *engine, struct state *state, const struct ir_block *block);
/* Is the branch that the path has come to a loop's own test? */
bool loop_is_test(const struct engine *engine, const struct state *state);
struct assumption {
    value_id condition;
    bool truth;
};
/* The path forks where `leaving` may leave loops by going to `target`: what that says of both. */
void loop_note_exit(struct engine *engine, struct state *leaving, ir_id target,
                    struct state *staying, struct assumption assumed);
/* Is the path in a loop, of any frame, that it could leave or go round at will? */
bool loop_is_open(const struct engine *engine, const struct state *state);
/* How often the path has come round a loop since it entered it. */
uint32_t loop_turn(const struct state *state, context_id context, ir_id head);

#endif

/* Flags that decide at several places. */
#ifndef CUHOSTLINT_ENGINE_UNSEEN_GATES_H
#define CUHOSTLINT_ENGINE_UNSEEN_GATES_H

#include "engine/internal.h"

void gates_begin(struct engine *engine);
/* Counts, once for a run, how often flags are looked at (gate_readers.c). */
void gate_readers_count(struct engine *engine);
/* Does the program read what lies at the place, or call the function, more than once? */
bool gate_is_read_twice(const struct engine *engine, value_id place);
bool gate_is_asked_twice(const struct engine *engine, const struct ir_function *callee);
/* The name of the flag, or of the callee, that the symbol is an answer of; 0: none is known. */
uint32_t gate_name_of_symbol(const struct engine *engine, value_id symbol);
/* The path takes the side `target` of the branch that ends its block, where `condition` says
 * something of the state by now. */
void gate_take(struct engine *engine, struct state *state, value_id condition,
               const struct ir_block *branch, ir_id target);
/* Stands for a stream capture among the blocks of memory. */
#define GATES_CAPTURE VALUE_NONE
/* The block was allocated, released, registered or unregistered. */
void gates_memory_changed(struct engine *engine, struct state *state, value_id block);
/* The program itself stores the value there. */
void gates_stored(struct engine *engine, struct state *state, value_id place, value_id value);
/* ... or writes to the object at that address. */
void gates_written(struct engine *engine, struct state *state, value_id object);
/* Flags at places, and blocks, that are lost are forgotten. The first member of what tells which
 * they are: `place` is VALUE_NONE for what a call gave, `name` (ahead.h) is 0 for a block. */
struct gates_lost {
    bool (*is_lost)(const struct gates_lost *lost, value_id place, uint32_t name);
};
void gates_forget(struct engine *engine, struct state *state, const struct gates_lost *lost);

#endif

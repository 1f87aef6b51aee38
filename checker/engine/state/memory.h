/* What memory holds on a path: cells, and what lies where nothing was written. */
#ifndef CUHOSTLINT_ENGINE_STATE_MEMORY_H
#define CUHOSTLINT_ENGINE_STATE_MEMORY_H

#include "engine/internal.h"

value_id memory_load(struct engine *engine, struct state *state, value_id address,
                     const struct ir_unit *unit, ir_id type);
void memory_store(struct engine *engine, struct state *state, value_id address, value_id value);
/* `size`: bytes of the object, 0 unknown. The first element of an array has the array's address:
 * the size tells them apart. */
void memory_copy(struct engine *engine, struct state *state, value_id to, value_id from,
                 uint64_t size);
/* What the allocated block at `from` holds, the one at `to` holds too (realloc). */
void memory_copy_block(struct engine *engine, struct state *state, value_id to, value_id from);
void memory_zero(struct engine *engine, struct state *state, value_id address, uint64_t size);
/* A turn of a loop filled a cell that the turn before had not: in an array that began as zeros any
 * other element may have been filled by now. */
void memory_loop_wrote(struct engine *engine, struct state *state, value_id cell, value_id content);
/* Forgets what the object at `address` holds. `salt` tells two such moments apart. */
void memory_havoc(struct engine *engine, struct state *state, value_id address, uint64_t salt);
/* What was never written of the object at `address`, or of that one element of an array, is
 * something else from here on: other elements may lie there now. */
void memory_renew(struct engine *engine, struct state *state, value_id address, uint64_t salt);
void memory_renew_part(struct engine *engine, struct state *state, value_id address, uint64_t salt);
/* Bytes are written from `address` on, nobody knows how far: as memory_havoc, of all the array that
 * it lies in. What lay there may have come to lie elsewhere in it (memmove). */
void memory_overwrite(struct engine *engine, struct state *state, value_id address, uint64_t salt);
/* Removes the cells of that one object, which others may lie behind in an array. */
void memory_forget_part(struct engine *engine, struct state *state, value_id address);
/* Removes the cells of the object at `address`; what they held stays unknown. */
void memory_forget(struct engine *engine, struct state *state, value_id address);
/* The local at `address` is no more. */
void memory_die(struct engine *engine, struct state *state, value_id address);
/* Is the cell's content what a read would make of it if there were no cell? */
bool memory_is_as_unwritten(struct engine *engine, const struct state *state, value_id address,
                            value_id content);
/* Removes the values of operations that only the block before used. */
void memory_enter_block(struct engine *engine, struct state *state);
/* Removes the contents of a frame's locals. */
void memory_leave(struct engine *engine, struct state *state, context_id context, value_id result);
value_id memory_local(struct engine *engine, context_id context, ir_id local);
value_id memory_of_global(struct engine *engine, const struct ir_global *global);
value_id memory_global(struct engine *engine, const struct ir_unit *unit, ir_id global);
value_id memory_function(struct engine *engine, uint32_t unit, ir_id function);
value_id memory_function_number(struct engine *engine, uint32_t number);
value_id memory_string(struct engine *engine, const char *text);
bool memory_peek(const struct state *state, value_id address, value_id *value);
/* Where the path found what it knows nothing of, and which has no other history; VALUE_NONE: it
 * came from elsewhere. */
value_id memory_found_at(const struct engine *engine, value_id content);
/* What is at hand is another symbol where `source` is another value. */
void symbol_note_source(struct engine *engine, value_id symbol, value_id source);
value_id symbol_new(struct engine *engine, enum symbol_kind kind, uint64_t origin,
                    const struct ir_unit *unit, ir_id type);
/* Of the region (enum region_kind) that the object at `base` is; REGION_POINTEE for a symbol. */
uint32_t memory_region_kind(const struct engine *engine, value_id base);

#endif

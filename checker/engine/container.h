/* How methods of containers and smart pointers are played: what containers.c, container_buffer.c
 * and owner_methods.c share. */
#ifndef CUHOSTLINT_ENGINE_CONTAINER_H
#define CUHOSTLINT_ENGINE_CONTAINER_H

#include "engine/internal.h"

/* One method of an object being played. */
struct method_play {
    struct engine *engine;
    struct state *state;
    const struct invocation *invocation;
    const struct model_container *container;
    const struct model_method *method;
    const struct ir_unit *unit;
    const struct ir_record *record;
    const struct ir_function *callee; /* or NULL */
    value_id object;
    value_id *result;
};

void part_store(struct engine *engine, struct state *state, value_id object, const char *part,
                value_id value);

/* Bytes of an element, 0: not known. */
uint64_t play_element_size(const struct method_play *play);
/* The argument that the method's model names (a count, an index, another object), or VALUE_NONE. */
value_id play_written(const struct method_play *play);

/* A new buffer of `count` elements (VALUE_NONE: not known) for the object; `why` tells several made
 * at one call apart. */
value_id play_new_buffer(struct method_play *play, value_id count, uint64_t why);
/* The buffer of an object that was there before the path began: a block of its own kind. */
value_id play_load_buffer(struct method_play *play);
/* Where the elements begin: in the buffer, or in the object itself. */
value_id play_first_element(struct method_play *play);
/* The address `count` elements from `first`; VALUE_NONE: how large they are is not known. */
value_id play_advanced(struct method_play *play, value_id first, value_id count);
/* Is the object that the call makes one of the iterators that are followed? */
bool play_makes_iterator(const struct method_play *play);
/* How many elements there are. */
value_id play_count(struct method_play *play);
void play_set_contents(struct method_play *play, value_id buffer, value_id count);
value_id play_unknown_count(struct method_play *play, uint64_t why);
/* Does a reserve in sight keep the buffer in place? */
bool play_is_fixed(struct method_play *play);
/* The object lets go of its buffer. True where that was a reported mistake. */
bool play_give_up_buffer(struct method_play *play, enum release_kind how);
/* The buffer becomes one for `capacity` elements, of which there are `count`, somewhere else. */
void play_move_buffer(struct method_play *play, value_id capacity, uint64_t why, value_id count);
/* The container may move its contents into a new buffer of `count` elements. */
void play_grow(struct method_play *play, value_id count);

/* The iterator at `object` stands at `position` from now on, and moves by `step` bytes. */
void iterator_set(struct engine *engine, struct state *state, value_id object, value_id position,
                  value_id step);
void iterator_method(struct method_play *play);
void iterator_construct(struct method_play *play);

/* A view of what its constructor's arguments show: a pointer and a number, a container, an array,
 * another view (views.c). */
void view_construct(struct method_play *play);
/* subspan(k, n), first(n), last(n): a view of a part, made at the call's `into`. */
void view_part(struct method_play *play);

/* A method of unique_ptr or shared_ptr (owner_methods.c). */
enum step owner_method(struct method_play *play);

#endif

/* How methods of containers and smart pointers are played: what containers.c, container_buffer.c
 * and owner_methods.c share. */
#ifndef CUHOSTLINT_ENGINE_LIBRARY_CONTAINER_H
#define CUHOSTLINT_ENGINE_LIBRARY_CONTAINER_H

#include "engine/call/call.h"
#include "engine/walk/step.h"

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
/* The same as a value: a symbol where only instantiation says it. */
value_id play_element_bytes(const struct method_play *play);
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
/* Does a reserve in sight keep the buffer in place, for `count` elements (VALUE_NONE: not known)?
 */
bool play_is_fixed(struct method_play *play, value_id count);
/* The object lets go of its buffer. True where that was a reported mistake. */
bool play_give_up_buffer(struct method_play *play, enum release_kind how);
/* The buffer becomes one for `capacity` elements, of which there are `count`, somewhere else. */
void play_move_buffer(struct method_play *play, value_id capacity, uint64_t why, value_id count);
/* How many elements the buffer has room for: not less than there are. */
value_id play_capacity(struct method_play *play);
/* Has it room for so many, as the path knows? */
bool play_has_room(struct method_play *play, value_id count);
/* The container may move its contents into a new buffer of `count` elements. */
void play_grow(struct method_play *play, value_id count);
/* shrink_to_fit. */
void play_shrink(struct method_play *play);

/* Are there elements in memory of the container's own; and each by itself, so that it stays? */
bool container_has_buffer(const struct model_container *container);
bool container_has_nodes(const struct model_container *container);
/* Do the elements lie in the object itself, as many as its type says? */
bool play_is_inline(const struct method_play *play);
bool play_owns_pointer(const struct model_container *container);
enum step play_method(struct method_play *play);

/* ---- elements (elements.c, element_methods.c) ---- */
/* The type of the elements, IR_NONE: not known; whether they are numbers, which keep no pointer;
 * and whether they are followed: they can keep a block, or tell what was done to one. */
ir_id element_type(const struct method_play *play);
bool elements_are_numbers(const struct method_play *play);
bool elements_matter(const struct method_play *play);
/* What the method that is played gives of the element at the place: its address, as a reference is,
 * or the flag there; VALUE_NONE: not known. */
value_id element_as_given(struct method_play *play, value_id place);
/* The flag at the place is the other way round from here on. */
void element_turn(struct engine *engine, struct state *state, value_id place, site_id site);
/* The element that the cell lies in, of those that begin at `first`; VALUE_NONE: in none. */
value_id element_of(struct engine *engine, value_id cell, value_id first);
/* The elements from the `from`-th on end, or that one alone, or a member: as soon as ends_run is
 * asked to. */
void elements_end(struct method_play *play, value_id from);
void elements_end_one(struct method_play *play, value_id element);
/* The last one ends: where that has no number, whichever of those in sight it is. */
void elements_end_last(struct method_play *play, value_id last);
void member_ends(struct method_play *play, ir_id type, value_id member);
/* Where it says of an element of a map, by its key, whether it is there. */
value_id element_presence(struct engine *engine, value_id element);
/* The element of a map that the path knows by its key is there no more, as soon as it has ended. */
void element_is_erased(struct engine *engine, struct state *state, value_id element);
/* Runs what has to: STEP_MOVED where a destructor of the program's is entered. */
enum step ends_run(struct engine *engine, struct state *state, const struct invocation *cause);
/* What the elements hold is not known from here on. */
void elements_lose(struct method_play *play);
/* Those from one place to another end, those behind them move to where nobody knows. */
void elements_erase(struct method_play *play, value_id from, value_id to);
/* The elements of one buffer go to another. */
void elements_move(struct method_play *play, value_id from, value_id to);
/* Those of the new buffer are copies of those of that one. */
void elements_copy(struct method_play *play, value_id from);
/* push_back, emplace, insert ...; pop_back, erase ... */
enum step elements_add(struct method_play *play);
void elements_drop(struct method_play *play);
/* What the call's arguments hold goes into an element that is not followed. */
void elements_keep_arguments(struct method_play *play);
/* ---- sets and the like (ordered.c) ---- */
/* Is what the method adds left out where there is an equal one? */
bool ordered_is_unique(const struct method_play *play);
/* The element in sight whose key the first argument is, or VALUE_NONE; `lookup`: as the program
 * asks for it, who knows then of the memory what the answer says. */
value_id ordered_place(struct method_play *play);
value_id ordered_lookup(struct method_play *play);
/* The call gives an iterator to the element (VALUE_NONE: nobody knows which), by itself or as the
 * first of a pair whose second says whether it is new. */
void ordered_give(struct method_play *play, value_id element, enum truth is_new);
/* find, count ...; false: it is another method. */
bool ordered_method(struct method_play *play);

/* The object becomes what the one at `from`, of its own class, is; `moves`: that is emptied. */
void container_transfer(struct method_play *play, value_id from, bool moves);
/* The type that the call's argument is of, or refers to; and its class, NULL: it is no object. */
ir_id argument_type(const struct invocation *invocation, size_t index);
const struct ir_record *argument_record(const struct invocation *invocation, size_t index);
/* Is the argument an integer, rather than a reference to one? */
bool argument_is_integer(const struct invocation *invocation, size_t index);
/* May the argument be emptied? */
bool argument_moves(const struct invocation *invocation, size_t index);
/* The type of what the argument refers to; IR_NONE: it is no reference. */
ir_id argument_referred(const struct invocation *invocation, size_t index);

/* A class that is a number becomes another one (container_lives.c). */
enum step number_assign(struct method_play *play);
/* ---- pairs and tuples (members.c) ---- */
bool container_has_members(const struct model_container *container);
/* Member number `index`, with its type; IR_NONE: there is none. */
ir_id play_member(struct method_play *play, size_t index, value_id *member);
/* From the arguments of the play's call from the `first` on. */
enum step members_construct(struct method_play *play, size_t first);
enum step members_assign(struct method_play *play);
void members_end(struct method_play *play);
/* The members become what those of the object at `from`, of the same class, are. */
void members_transfer(struct method_play *play, value_id from, bool moves, int depth);
/* One object becomes what another is, as of its type (objects.c). */
void transfer_member(struct engine *engine, struct state *state, const struct ir_unit *unit,
                     ir_id type, value_id to, value_id from, bool moves, int depth);

/* ---- variant and any (alternatives.c) ---- */
bool container_has_alternatives(const struct model_container *container);
/* From the arguments of the play's call from the `first` on. */
enum step alternatives_construct(struct method_play *play, size_t first);
enum step alternatives_method(struct method_play *play);
void alternatives_end(struct method_play *play);
/* An object that another one holds. */
struct held_object {
    const struct ir_unit *unit;
    ir_id type; /* of the unit */
    value_id place;
};
/* The one that the play's object keeps now; false: it is empty, or nobody knows. */
bool alternatives_kept(struct method_play *play, struct held_object *kept);
/* Have the types one spelling, but for a const of their own? */
bool alternatives_same_type(const struct ir_unit *unit, ir_id type, const struct ir_unit *other,
                            ir_id second);
/* The object becomes what the one at `from`, of the same class, is. */
void alternatives_transfer(struct method_play *play, value_id from, bool moves, int depth);

/* std::function: what it calls lies in it (callables.c). */
/* It becomes what the invocation's argument `first` is; those behind that are bound to it. */
enum step callable_construct(struct method_play *play, size_t first);
enum step callable_end(struct method_play *play);
/* What is bound to the callable at `from` is to the one at `to`. */
void callable_copy_bound(struct engine *engine, struct state *state, value_id to, value_id from);
enum step callable_method(struct method_play *play);
/* The unit and type that the part "(type)" stands for; NULL: none. */
const struct ir_unit *callable_type(const struct engine *engine, value_id type, ir_id *found);

/* Methods of maps that differ from those of other containers (keyed.c); false: it is none. */
bool keyed_method(struct method_play *play, enum step *step);

/* ---- texts: of strings, views and literals (texts.c) ---- */
bool text_is_literal(const struct engine *engine, value_id text);
/* Of a literal: what differs for those that differ. */
int64_t text_number(const struct engine *engine, value_id literal);
/* What the string, or view, says: a literal, or an unknown. */
value_id text_said(const struct method_play *object);
/* The same of an object at the place, of the play's class; VALUE_NONE: its objects say nothing.
 * Before that goes elsewhere: what the new one then says. */
value_id text_at(const struct method_play *play, value_id place);
void text_becomes(const struct method_play *object, value_id text);
/* The string or view is made from the call's argument (or assigned it), or is about to change. */
void text_begins(struct method_play *object);
void text_changes(struct method_play *object);
/* What "operator==", "operator!=" or "compare" says of the texts of the invocation's first two
 * arguments; false: one of them is no text that the engine keeps, or `operation` is another one. */
bool text_compare(struct engine *engine, struct state *state, const struct invocation *invocation,
                  const char *operation, value_id *result);

/* std::bitset: flags that the program numbers (bits.c). */
void bits_construct(struct method_play *play);
enum step bits_method(struct method_play *play);

/* std::optional: one element or none (optionals.c). */
enum step optional_construct(struct method_play *play);
enum step optional_assign(struct method_play *play);

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

/* weak_ptr (weak_owners.c). */
enum step weak_construct(struct method_play *play);
enum step weak_method(struct method_play *play);
/* A method of unique_ptr or shared_ptr (owner_methods.c). */
enum step owner_method(struct method_play *play);

#endif

/* Objects by their type: how their lives begin and end, and who owns what (objects.c, containers.c,
 * owners.c, constructors.c). */
#ifndef CUHOSTLINT_ENGINE_LIBRARY_OBJECTS_H
#define CUHOSTLINT_ENGINE_LIBRARY_OBJECTS_H

#include "engine/call/call.h"
#include "engine/walk/step.h"

/* The object's life ends: its destructor, or what the library does. `cause`: the call. */
enum step object_end(struct engine *engine, struct state *state, const struct invocation *cause,
                     const struct ir_unit *unit, ir_id type, value_id object);
/* The constructor that object_begin ran for the object has thrown: there is none, and no end of it,
 * until the next one begins there. */
void object_unmade(struct engine *engine, struct state *state, value_id object);
bool object_is_unmade(struct engine *engine, const struct state *state, value_id object);
/* An object is made from the call's arguments from the `first` on. */
enum step object_begin(struct engine *engine, struct state *state, const struct invocation *cause,
                       size_t first, const struct ir_unit *unit, ir_id type, value_id object);
/* Where what a parameter of that type, passed by value to the constructor of `object`, is copied
 * from: the library empties a container or owner that it was given to move. */
value_id argument_moved(struct engine *engine, struct state *state, const struct invocation *cause,
                        size_t index, const struct ir_unit *unit, ir_id param, value_id object);
/* Can an object of the type keep a block: is it a pointer, or of a class? */
bool object_matters(const struct ir_unit *unit, ir_id type);
/* ... of a container at the call's argument 0. */
enum step container_begin(struct engine *engine, struct state *state,
                          const struct invocation *invocation,
                          const struct model_container *container, const struct ir_unit *unit,
                          const struct ir_record *record);
enum step container_end(struct engine *engine, struct state *state,
                        const struct invocation *invocation,
                        const struct model_container *container, const struct ir_unit *unit,
                        const struct ir_record *record);
/* The running function copies an object, as a closure does what it captures, that has parts with
 * ends of their own: each is copied as its type says. False: the bytes are all there is, or it is a
 * container or owner itself. */
bool object_copied(struct engine *engine, struct state *state, ir_id type, value_id to,
                   value_id from);
/* The operation made a bitwise copy at `to` of the container at `from`, as a closure does of what
 * it captures: that has a buffer of its own. */
void container_copied(struct engine *engine, struct state *state, ir_id op_id, value_id to,
                      value_id from);
/* The path leaves the context: what waits for its end there does not any more. */
void ends_forget(struct engine *engine, struct state *state, context_id context);

/* The object's life ends as soon as the operation runs the ends that wait for it: ends_run. */
void end_awaited(struct engine *engine, struct state *state, const struct ir_unit *unit, ir_id type,
                 value_id object);
/* A destructor came back that an operation ran for one of several objects: the next one. False:
 * that was the last. */
bool ends_continue(struct engine *engine, struct state *state, ir_id op_id);

/* An iterator's operator by that name on plain pointers (std::distance, std::next); false: the
 * call's first argument is none. */
bool iterator_of_pointer(struct engine *engine, struct state *state,
                         const struct invocation *invocation, const char *method, value_id *result);
/* unique_ptr and shared_ptr. */
enum step owner_construct(struct engine *engine, struct state *state,
                          const struct invocation *invocation,
                          const struct model_container *container,
                          const struct program_function *callee);
enum step owner_release(struct engine *engine, struct state *state,
                        const struct invocation *invocation,
                        const struct model_container *container, const struct ir_unit *unit,
                        const struct ir_record *record, enum release_kind how);
/* Constructs what make_unique or make_shared allocated at `object`, or an element of a container,
 * with the call's arguments from the `first` on. */
enum step owner_make(struct engine *engine, struct state *state,
                     const struct invocation *invocation, size_t first, const struct ir_unit *unit,
                     const struct ir_type *type, value_id object);
/* Another owner of the pointer that the source owns: the last one runs the deleter
 * (shared_owners.c). */
void owner_share(struct engine *engine, struct state *state, value_id object, value_id source,
                 value_id pointer);
/* Likewise, but which of them goes last is not followed. */
void owner_share_uncounted(struct engine *engine, struct state *state, value_id object,
                           value_id source, value_id pointer);
/* The watcher knows those that the source, an owner of the pointer, is one of; is one left? */
enum owners_left { OWNERS_NONE, OWNERS_SOME, OWNERS_UNKNOWN };
void owner_watch(struct engine *engine, struct state *state, value_id watcher, value_id source,
                 value_id pointer);
enum owners_left owner_watched(struct engine *engine, const struct state *state, value_id watcher);
/* An owner lets go of the pointer that it owns, which may be null: who is left? Where nothing tells
 * of one that was not made on the path, others may be. */
enum owners_left owner_leave(struct engine *engine, struct state *state, value_id object,
                             value_id pointer);
/* ... for all owners in an object that is a copy of another, such as a closure's captures. */
void owner_share_within(struct engine *engine, struct state *state, value_id to, value_id from);
void owner_adopt(struct engine *engine, struct state *state, value_id object, value_id pointer);
/* The deleter that the call passes behind the pointer is the owner's from now on. */
enum step owner_set_deleter(struct engine *engine, struct state *state,
                            const struct invocation *invocation,
                            const struct model_container *container, value_id object);
/* The owner at the call's argument 0 is new: its deleter is what the call says, or begins too. */
enum step owner_make_deleter(struct engine *engine, struct state *state,
                             const struct invocation *invocation,
                             const struct model_container *container, const struct ir_unit *unit,
                             const struct ir_record *record);
/* Does the shared_ptr own NULL? It was given a deleter with it, which runs all the same. */
bool owner_is_of_null(struct engine *engine, const struct state *state, value_id object);
/* The path ends: what an owner does that is left shows where it was made. */
void owners_handed_out(struct engine *engine, struct state *state);
/* The owner owns nothing from here on. */
void owner_clear(struct engine *engine, struct state *state, value_id object);
/* An owner's deleter goes with what it owns: to another owner, to and fro, or not at all. */
bool owner_has_deleter(struct engine *engine, const struct state *state, value_id object);
void owner_take_deleter(struct engine *engine, struct state *state, value_id object, value_id from);
void owner_swap_deleters(struct engine *engine, struct state *state, value_id a, value_id b);
void owner_forget_deleter(struct engine *engine, struct state *state, value_id object);
value_id part_address(struct engine *engine, value_id object, const char *part);
value_id part_load(struct engine *engine, struct state *state, value_id object, const char *part,
                   bool is_pointer);
void part_move(struct engine *engine, struct state *state, value_id to, value_id from);
void part_swap(struct engine *engine, struct state *state, value_id a, value_id b);
bool moves_argument(const struct ir_unit *unit, const struct ir_function *callee, size_t argument);

#endif

/* Who keeps a pointer beyond a path: a member of a class, or a static; and the keys under which the
 * program remembers that. What pairs.c is about. */
#ifndef CUHOSTLINT_ENGINE_PAIRS_KEEPERS_H
#define CUHOSTLINT_ENGINE_PAIRS_KEEPERS_H

#include "engine/internal.h"

/* Where a pointer is kept: "member NAME" of some object, "static KEY". */
struct keeper {
    bool is_static;
    bool of_this;      /* of the object whose member function is the root */
    bool by_owner;     /* by a unique_ptr or shared_ptr there, whose deleter runs at the end */
    bool in_container; /* among the elements of a container there */
    const char *owner; /* of_this: the class that has the member */
    const char *name;
};

/* The class whose member function the root is. */
const struct ir_record *keeper_class(const struct engine *engine);

/* The member or static that the place at `address` belongs to; false: it belongs to none. */
bool keeper_of(const struct engine *engine, value_id address, struct keeper *keeper);
/* Does the place lie in a container's buffer? */
bool keeper_is_in_buffer(struct engine *engine, value_id address);
/* ... that is a container in whose buffer the place lies. */
bool keeper_of_element(struct engine *engine, const struct state *state, value_id address,
                       struct keeper *keeper);

/* A member by its class and name; of other objects than `this` only the name is known. */
uint64_t keeper_key(const struct keeper *keeper, bool with_owner);
/* A member by its name alone, whatever its class. */
uint64_t keeper_key_of_name(const char *name);
/* "A member function of the class unregisters what it is given", "... something unknown". */
uint64_t keeper_key_of_class(const struct ir_record *record);
uint64_t keeper_key_of_unknown(const struct ir_record *record);

/* "The deleter that the member of that key owns its memory with may undo it." */
uint64_t keeper_key_of_deleter(uint64_t key);

/* Which instance of a class template the class is, or the one whose member function the root is; 0:
 * of none. */
uint64_t keeper_instance_of(const struct ir_record *record);
uint64_t keeper_instance(const struct engine *engine);

/* What a function of the root's file does that undoes registrations of others: */
enum file_fact {
    FILE_UNDOES_GIVEN,   /* ... what its caller hands it */
    FILE_UNDOES_UNNAMED, /* ... what it found under no name of a member or static */
    FILE_RESETS          /* ... all: it resets the device */
};
uint64_t keeper_key_of_file(const struct engine *engine, enum file_fact fact);

/* The last member on the way to the place, or NULL. The parts of a container are none. */
const char *keeper_innermost_member(const struct engine *engine, value_id address);

/* The place that keeps exactly that pointer into the block, itself or among the elements of a
 * container there (pairs.c). */
bool pairs_find_exact(struct engine *engine, const struct state *state, value_id pointer,
                      value_id block, struct keeper *keeper);

/* Does the class stand in the source itself, so that nobody else can name it? */
bool keeper_class_is_of_file(const struct program *program, uint32_t unit,
                             const struct ir_record *record);

/* Is the class the program's own, and has the program all of each of its functions and friends? */
bool keeper_class_is_in_sight(const struct program *program, uint32_t unit,
                              const struct ir_record *record);

/* Is the global a static member that member functions alone can name, or the file; and has the
 * program all of these? */
bool keeper_static_member_is_in_sight(const struct program *program,
                                      const struct program_global *global);
/* Is all code in sight that could undo what is kept there (keeper_sight.c)? */
bool keeper_is_in_sight(struct engine *engine, const struct keeper *keeper);
/* ... but for that of clients, who are shown its elements perhaps? */
bool keeper_is_shown(const struct engine *engine, const struct keeper *keeper);
/* Is it a static whose destructor, or that of a part of it, may unregister when the program ends?
 */
bool keeper_ends_by_undoing(const struct engine *engine, const struct keeper *keeper);

#endif

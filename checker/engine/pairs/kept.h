/* What a member or a static is ever made to hold. Where all code is in sight that can store there,
 * and all of it stores memory of one kind (NULL aside), whatever is found there later is of that
 * kind: `free(s->staging)` of what another function had from cudaMallocHost.
 *
 * The first walk over the roots notes what is stored; those roots that then register, unregister
 * or free something found in such a place are walked once more, with that knowledge. */
#ifndef CUHOSTLINT_ENGINE_PAIRS_KEPT_H
#define CUHOSTLINT_ENGINE_PAIRS_KEPT_H

#include "engine/internal.h"

/* Finds the members that only code in sight can come by. */
void kept_begin(struct engine *engine);
/* A new root: what is known of places is forgotten, what is known of members stays. */
void kept_begin_root(struct engine *engine);
/* The root was walked; `is_whole`: with all of its paths. */
void kept_end_root(struct engine *engine, bool is_whole);

/* The address of a member was taken by the operation. */
void kept_note_member(struct engine *engine, const struct program_function *here,
                      const struct ir_op *op, value_id place);
/* The place is that member of an object of that class. */
void kept_note_field(struct engine *engine, uint32_t unit, ir_id record, const char *name,
                     value_id place);
void kept_stored(struct engine *engine, const struct state *state, value_id place, value_id value);
/* The path found the content, of unknown history, in the place. */
void kept_found(struct engine *engine, struct state *state, value_id place, value_id content);
/* A name, and a key, of the member that the place is, where its class has no functions of its own
 * and no other file can name it; NULL: it is none such. */
const char *kept_member(struct engine *engine, value_id place, uint64_t *key);
/* A private member of whichever object, as the member functions of its class name it that run on
 * that object; false: it is none, or the class is an instance of a template. */
struct keeper;
bool kept_private_member(struct engine *engine, value_id place, struct keeper *keeper);
/* A key of any place that the walk keeps such knowledge of; 0: it is none. */
uint64_t kept_key(struct engine *engine, value_id place);
/* All roots were walked: was all code walked that can store in the place of that key, or can do
 * away with what lies there? */
bool kept_is_in_sight(struct engine *engine, uint64_t key);
/* ... that can change the container which the private member is? */
bool kept_container_is_in_sight(struct engine *engine, uint32_t unit,
                                const struct ir_record *record, const char *name);
/* ... that can give the member, a unique_ptr or shared_ptr, something to own? None but the class
 * itself gives it anything. */
bool kept_owner_is_in_sight(struct engine *engine, uint32_t unit, const struct ir_record *record,
                            const char *name);
/* Something happens to a block of which the path knows nothing. */
void kept_asked(struct engine *engine, const struct event *event);

/* May the function, that was not walked, put memory where one that was found some? */
bool kept_may_set(const struct engine *engine, const struct program_function *function);
/* All roots were walked: from here on, what is found in a member has the kind of what was stored.
 */
void kept_begin_second(struct engine *engine);
/* Does that tell something to the root, that was walked already? */
bool kept_tells(const struct engine *engine, uint32_t root);
/* ... or to the function, that was not: does it mention what holds pinned memory? */
bool kept_may_tell_pinned(struct engine *engine, const struct program_function *function);

struct kept_place {
    const char *record; /* key of the class, NULL: a static */
    const char *name;   /* of the member, or the link key of the static */
    uint32_t unit;      /* of a class that its main file alone knows, the unit: another file's class
                           may have the same key; else MAP_NONE */
};

/* Where the program names members and statics (kept_sight.c). */
struct kept_uses;
struct kept_uses *kept_uses_find(struct arena *arena, const struct program *program);

/* Does any code store there that the walk has not seen? `walked`: by number. */
bool kept_is_set_unseen(const struct engine *engine, const struct kept_uses *uses,
                        struct kept_place place, const bool *walked);
/* Does any function name it that was not walked and may unregister, or hand on, what lies there? */
bool kept_is_named_unseen(const struct engine *engine, const struct kept_uses *uses,
                          struct kept_place place, const bool *walked);
/* Does any function that was not walked do more with the container there than to ask it? */
bool kept_is_changed_unseen(const struct engine *engine, const struct kept_uses *uses,
                            struct kept_place place, const bool *walked);

enum { KEPT_CONSTANTS = 8 };

/* The addresses of functions and globals that the program stores in a place. */
struct kept_constant {
    uint32_t unit;
    ir_id id; /* of the function, or of the global */
    bool is_function;
};
struct kept_constants {
    size_t count;
    struct kept_constant data[KEPT_CONSTANTS];
};
/* Is nothing else, but NULL, ever stored there (kept_sight.c)? */
bool kept_only_constants(const struct engine *engine, const struct kept_uses *uses,
                         struct kept_place place, struct kept_constants *found);
/* What is so stored in the member or static at the place; NULL: something else may be. */
const struct kept_constants *kept_constants_at(struct engine *engine, value_id place);

#endif

/* What the files share that find out what a program's functions may do. */
#ifndef CUHOSTLINT_ENGINE_PROGRAM_FLOW_EFFECTS_H
#define CUHOSTLINT_ENGINE_PROGRAM_FLOW_EFFECTS_H

#include "engine/program/flow.h"

typedef VEC(uint32_t) number_list;

enum { MOST_STORED_PARAMETERS = 8 };

struct effects_pass {
    struct arena *arena; /* as long as the pass */
    struct program *program;
    const struct model_set *models;
    uint32_t indirect; /* what a call through a pointer may do in the function at hand */
    struct name_set indirect_names;
    struct name_set *names; /* where the names go of the functions that are asked for */
    uint32_t current;       /* that function's number */
    bool is_first;          /* all are looked at, and whose effects they ask for is noted */
    number_list *readers;   /* by function: who asks for its effects */
    number_list queue;      /* to be looked at again */
    bool *is_queued;
    struct map virtuals; /* name -> index into `named` */
    VEC(number_list) named;
    number_list stored[MOST_STORED_PARAMETERS]; /* by how many parameters they have: functions whose
                                                   addresses lie in tables and members */
    number_list deleters; /* that shared owners are given: no type says which one has which */
};

/* What the function of that number does, or the unit's, as far as that is known yet. */
uint32_t effects_of_number(const struct effects_pass *pass, uint32_t number);
uint32_t effects_of_function(const struct effects_pass *pass, uint32_t unit, ir_id function);

/* Finds the virtual functions that others override (virtual_effects.c). */
void effects_find_virtuals(struct effects_pass *pass);

/* What a virtual call of the unit's function may do: of the functions that override it too. */
uint32_t effects_of_virtual(const struct effects_pass *pass, uint32_t unit, ir_id function);

/* Finds the functions whose addresses are stored (pointer_effects.c). */
void effects_find_stored(struct effects_pass *pass);

/* What a call through a pointer that was found in a member or an element may do: what any function
 * does that is stored somewhere and takes so many arguments. */
uint32_t effects_of_stored(const struct effects_pass *pass, const struct ir_function *caller,
                           const struct ir_call *call);

/* What the functions do whose addresses the caller holds: named in it, or in tables that it names.
 */
uint32_t effects_of_held(const struct effects_pass *pass, uint32_t unit,
                         const struct ir_function *caller);

/* Finds the deleters that shared owners are given (container_effects.c). */
void effects_find_deleters(struct effects_pass *pass);

/* What a call of a container's method does: by itself, and by ending what the container holds
 * (container_effects.c). */
uint32_t effects_of_container(const struct effects_pass *pass, uint32_t unit,
                              const struct ir_function *caller, const struct ir_call *call,
                              const struct model_container *container);
/* ... by itself alone. */
uint32_t effects_of_own(const struct model_container *container, const struct ir_function *callee);

/* What the end of an object of the type does (container_effects.c). */
uint32_t effects_of_end(const struct effects_pass *pass, uint32_t unit, ir_id type);

/* What the constructors and destructors do that the modelled function runs (lives_effects.c). */
uint32_t effects_of_lives(const struct effects_pass *pass, uint32_t unit,
                          const struct ir_function *caller, const struct ir_call *call,
                          const struct model_function *model);

/* What a call of an object of the class does (container_effects.c). */
uint32_t effects_of_call_operator(const struct effects_pass *pass, uint32_t unit,
                                  const struct ir_record *record);

#endif

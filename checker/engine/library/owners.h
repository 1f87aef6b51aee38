/* What the files share that play unique_ptr and shared_ptr (owners.c, letting_go.c). */
#ifndef CUHOSTLINT_ENGINE_LIBRARY_OWNERS_H
#define CUHOSTLINT_ENGINE_LIBRARY_OWNERS_H

#include "engine/call/call.h"

bool type_is(const struct ir_unit *unit, ir_id type, enum ir_type_kind kind);

/* The class of the deleter that an owner's type names, among the unit's; NULL: it names none. */
const struct ir_type *owner_named_deleter(const struct model_container *container,
                                          const struct ir_unit *unit,
                                          const struct ir_record *record);

/* Keeps a type as a part of the object. */
void owner_keep_type(struct engine *engine, struct state *state, const struct ir_unit *unit,
                     ir_id type, value_id object, const char *part);
/* A type that was kept as a part of the owner, of *unit, which it may set; IR_NONE: none was. */
ir_id owner_kept_type(struct engine *engine, struct state *state, value_id object, const char *part,
                      const struct ir_unit **unit);

/* The class of the owner's deleter, of *unit, which it may set; NULL: none is known. */
const struct ir_record *owner_deleter_class(struct engine *engine, struct state *state,
                                            value_id object,
                                            const struct model_container *container,
                                            const struct ir_record *record,
                                            const struct ir_unit **unit);
/* The function that a call of an object of the class runs; MAP_NONE: none in sight. */
uint32_t owner_call_operator(const struct engine *engine, const struct ir_unit *unit,
                             const struct ir_record *record);

/* The call makes an owner at its argument 0; what one owned is another's (handed_owners.c). */
void owner_note_made(struct engine *engine, struct state *state,
                     const struct invocation *invocation, const struct model_container *container,
                     const struct ir_unit *unit, const struct ir_record *record);
void owner_note_moved(struct engine *engine, value_id to, value_id from);

#endif

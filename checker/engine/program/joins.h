/* Threads that are joined before anything else counts, as the text says. */
#ifndef CUHOSTLINT_ENGINE_PROGRAM_JOINS_H
#define CUHOSTLINT_ENGINE_PROGRAM_JOINS_H

#include "engine/program/flow.h"

/* What the call starts a thread by, as its model says, or NULL: it starts none. */
const struct model_effect *joins_started_by(const struct model_set *models,
                                            const struct ir_unit *unit, const struct ir_op *op);

/* Is the thread that operation `start` of the function starts a local one which every path from
 * there joins, before the function or what it calls handles memory or writes what others may see?
 * Then all is as if its body were called there. */
bool joins_at_once(struct arena *arena, const struct program *program,
                   const struct model_set *models, const struct program_function *here,
                   ir_id start);

#endif

/* Which variables still hold what they were defined with when main begins. */
#ifndef CUHOSTLINT_ENGINE_PROGRAM_STARTS_H
#define CUHOSTLINT_ENGINE_PROGRAM_STARTS_H

#include "link/program.h"
#include "models/model.h"

bool is_main_function(const struct ir_function *function);

/* Sets keeps_start of the program's globals; their functions' flow is known. */
void starts_find(struct program *program, const struct model_set *models);

#endif

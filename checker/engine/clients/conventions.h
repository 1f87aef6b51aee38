/* What C says of a function by convention only. */
#ifndef CUHOSTLINT_ENGINE_CLIENTS_CONVENTIONS_H
#define CUHOSTLINT_ENGINE_CLIENTS_CONVENTIONS_H

#include "engine/clients/life_writer.h"

/* May it be called from other files, or by a table that they have? */
bool convention_is_public(const struct program *program, uint32_t unit, ir_id function);

/* ... and is it called by nobody in sight, and all of it in sight, in this unit? */
bool convention_is_left_to_clients(const struct program *program, uint32_t unit, ir_id function);

/* Has its name the word for the end of something (free_pool, poolClose), or for its beginning? */
bool convention_is_end(const struct ir_function *function);
bool convention_is_beginning(const struct ir_function *function);

/* What a function that makes something returns where it did; false: that cannot be told. */
bool convention_success(const struct ir_unit *unit, const struct ir_function *maker,
                        enum life_success *success);

#endif

/* How control can end that has come to a block: by a return, by an exception, with the process. */
#ifndef CUHOSTLINT_ENGINE_PROGRAM_ENDINGS_H
#define CUHOSTLINT_ENGINE_PROGRAM_ENDINGS_H

#include "engine/program/flow.h"

/* May control come from the block to a return, but through a handler? */
bool endings_return(const struct ir_function *function, struct flow *flow, ir_id block);

/* Does whatever control does from the block on end in an exception that nobody in the function
 * catches, in the end of the process as one that failed (abort, exit(1)), or in main's return of
 * such a status? */
bool endings_fail(const struct ir_function *function, struct flow *flow, ir_id block);

#endif

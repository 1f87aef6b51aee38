/* Source lines of the frames in a log. */
#ifndef CUHOSTLINT_VALIDATE_SYMBOLS_H
#define CUHOSTLINT_VALIDATE_SYMBOLS_H

#include "validate/run_log.h"

/* Asks addr2line, of binutils or of LLVM. Frames without debug information stay without places.
 * False: neither is installed. */
bool symbols_find(struct arena *arena, struct run_log *log);

#endif

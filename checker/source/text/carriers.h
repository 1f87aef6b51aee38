/* Who carries a name: the functions, classes and macros of a text whose definitions mention it.
 * A file that includes a header with cudaFreeHost in `inline void Pool::give_back(...)` needs
 * parsing only where it says "Pool" or "give_back". */
#ifndef CUHOSTLINT_SOURCE_TEXT_CARRIERS_H
#define CUHOSTLINT_SOURCE_TEXT_CARRIERS_H

#include "source/commands/words.h"

#include <stdbool.h>

/* True for the names that are looked for. */
typedef bool carriers_test(const void *context, const char *name, size_t len);

/* Appends the carriers of the text's mentions of such names to *carriers, each once, from `arena`.
 * Comments, literals and declarations of the names themselves are no mentions. A mention outside
 * of any definition makes every name of its statement a carrier. True: there is a mention. */
bool carriers_find(struct arena *arena, const char *text, size_t len, carriers_test *is_wanted,
                   const void *context, struct words *carriers);

#endif

/* Which language standard a unit is parsed with. */
#ifndef CUHOSTLINT_SOURCE_COMMANDS_STANDARD_H
#define CUHOSTLINT_SOURCE_COMMANDS_STANDARD_H

#include "source/source.h"
#include "source/text/sniff.h"

/* The value for -std, or NULL for libclang's default. `asked` is what the command says, or NULL; a
 * standard of another language, or one that libclang 17 does not know, is left out. `marks`, where
 * not NULL, raise the standard to what the text needs: for files whose command is a guess. */
const char *source_choose_standard(enum source_language language, const char *asked,
                                   const struct source_marks *marks);

#endif

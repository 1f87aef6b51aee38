/* Stand-ins for names that nothing declares. Up to version 19, clang drops a whole statement for
 * one undeclared name in it: CHECK(cudaHostRegister(...)) with CHECK from a missing header. With a
 * declaration that fits every use the statement stays. Private to checker/lower/. */
#ifndef CUHOSTLINT_LOWER_PARSE_HEAL_H
#define CUHOSTLINT_LOWER_PARSE_HEAL_H

#include "lower/text/sites.h"
#include "source/source.h"

#include <stdint.h>

/* Bytes. A type of this size or larger holds a stand-in: how large it is, nobody knows. */
#define HEAL_SIZE (UINT64_C(1) << 36)

/* What the errors of parses say. */
struct heal_wish {
    user_errors errors;
    VEC(const char *) class_macros;
};

/* Declarations, as a header's text, for the names of the main file that the errors call unknown;
 * where it mentions them is appended to `healed`. `text`: of the main file. NULL where there are
 * none. */
const char *heal_declarations(struct arena *arena, enum source_language language, const char *text,
                              size_t len, const struct heal_wish *wish, user_errors *healed);

#endif

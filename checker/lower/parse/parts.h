/* Sources that another one includes (a unity build): as much the unit's own as the main file, while
 * what a header holds counts where it is used. Private to checker/lower/. */
#ifndef CUHOSTLINT_LOWER_PARSE_PARTS_H
#define CUHOSTLINT_LOWER_PARSE_PARTS_H

#include "lower/parse/clang_api.h"
#include "lower/parse/session.h"

/* True for a file, with a location in it, that is one. */
bool parts_is_one(const struct clang_api *clang, CXFile file, CXSourceLocation location);

/* True where the text of a main file includes sources. */
bool parts_are_in(const char *text, size_t len);

typedef VEC(CXFile) part_list;

/* All of a tree, each once. */
void parts_list(const struct clang_api *clang, struct arena *arena, CXTranslationUnit tu,
                part_list *parts);

#endif

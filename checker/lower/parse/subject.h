/* The file that a unit is about: the one that is parsed, or a header that this one includes.
 * Private to checker/lower/. */
#ifndef CUHOSTLINT_LOWER_PARSE_SUBJECT_H
#define CUHOSTLINT_LOWER_PARSE_SUBJECT_H

#include "lower/parse/clang_api.h"
#include "source/source.h"
#include "support/vec.h"

#include <stdbool.h>

/* Where a file stands on the way to the subject: its #include line. */
struct include_point {
    CXFile file;
    unsigned offset;
};

struct subject {
    CXFile file;
    bool is_parsed; /* it is no header of the parsed file */
    VEC(struct include_point) around;
};

struct subject subject_of(const struct clang_api *clang, struct arena *arena, CXTranslationUnit tu,
                          const struct source_unit *source);

/* The same for any file of the tree. */
struct subject subject_of_file(const struct clang_api *clang, struct arena *arena,
                               CXTranslationUnit tu, CXFile file, bool is_parsed);

/* False: the parsed file does not include it, with the arguments that it has. */
bool subject_is_there(const struct clang_api *clang, CXTranslationUnit tu,
                      const struct source_unit *source);

/* Does what is at the location stand in the subject? A function whose head a macro writes stands
 * where the macro is used. */
bool subject_holds(const struct clang_api *clang, const struct subject *subject,
                   CXSourceLocation location);

/* True for a namespace, a class or a function of another file that includes the subject between its
 * braces. */
bool subject_is_inside(const struct clang_api *clang, const struct subject *subject,
                       CXCursor cursor);

#endif

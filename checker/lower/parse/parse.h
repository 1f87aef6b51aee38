/* From a source unit to libclang's tree. Private to checker/lower/. */
#ifndef CUHOSTLINT_LOWER_PARSE_PARSE_H
#define CUHOSTLINT_LOWER_PARSE_PARSE_H

#include "lower/parse/session.h"
#include "lower/text/sites.h"

struct parse {
    CXTranslationUnit tu;
    const char *assumed; /* names of macros that were switched on, or NULL */
    bool bundled;        /* the bundled declarations stood before the toolkit's headers */
    user_errors errors;  /* in files of the user's */
    user_errors healed; /* of an earlier parse: undeclared names that stand-ins were declared for */
    VEC(const char *)
    class_macros; /* names that stand between "class" and the class's name, in any
                     file, and that nothing defines: LIB_EXPORT, each once */
    struct site_damage damage;
    bool lacks_toolkit;     /* a header of a guessed folder includes one of the toolkit in vain */
    size_t missing_headers; /* named by an #include of the user's, and not in the toolkit either */
};

/* Parses with the bundled declarations; again with guessed include folders when headers are
 * missing; again with the toolkit's headers where that may bring a call of a watched function back.
 * Then without separators that stand between declarations and hide calls.
 * Last, names that nothing declares get stand-ins where calls, or statements around them, may be
 * lost for want of them.
 * Keeps the best tree, which the caller disposes of. Errors: no tree. */
const struct error *parse_best(struct lower_session *session, struct arena *arena,
                               struct source_unit *source, const struct site_list *sites,
                               struct parse *best);

#endif

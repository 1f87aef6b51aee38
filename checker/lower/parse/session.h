/* What one process keeps between parses. Private to checker/lower/. */
#ifndef CUHOSTLINT_LOWER_PARSE_SESSION_H
#define CUHOSTLINT_LOWER_PARSE_SESSION_H

#include "lower/lower.h"
#include "lower/parse/clang_api.h"
#include "support/vec.h"

struct lower_session {
    struct clang_api clang;
    CXIndex index;
    const char *resource;      /* clang's own headers: the folder that holds include/stddef.h; NULL:
                                  none found, or libclang finds its own */
    const char *other_headers; /* GCC's folder with stddef.h, when clang's own are missing */
    const char *version;
    struct lower_stats stats;
    bool reads_toolkit;        /* from the first parse on */
    struct prefixes *prefixes; /* NULL: the pre-include is parsed each time */
    struct kept_trees *kept;   /* NULL: a tree is made for one use */
};

typedef VEC(const char *) lower_args;

/* Appends the arguments that lead libclang to stddef.h and its like. */
void session_resource_args(const struct lower_session *session, struct arena *arena,
                           enum source_language language, lower_args *args);

#endif

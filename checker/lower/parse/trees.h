/* The session's trees: each made for one use, or kept so that the next parse of the same file is a
 * fast one. Private to checker/lower/. */
#ifndef CUHOSTLINT_LOWER_PARSE_TREES_H
#define CUHOSTLINT_LOWER_PARSE_TREES_H

#include "lower/parse/session.h"

#include <stddef.h>

struct tree_request {
    const char *path;
    const char *const *args;
    size_t arg_count;
    struct CXUnsavedFile *files;
    size_t file_count;
    unsigned flags;  /* enum CXTranslationUnit_Flags */
    bool is_passing; /* a kept tree would not help: what changes stands among the headers */
};

/* A tree of the file as it is now. Give it back with trees_release. */
enum CXErrorCode trees_parse(struct lower_session *session, const struct tree_request *request,
                             CXTranslationUnit *tu);

/* The caller is done with the tree. */
void trees_release(struct lower_session *session, CXTranslationUnit tu);

/* Disposes of all kept trees. */
void trees_dispose(struct lower_session *session);

#endif

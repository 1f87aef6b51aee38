/* A parse that leaves out what is never looked at: the bodies of the functions in system headers,
 * a third of the work in C++. Private to checker/lower/. */
#ifndef CUHOSTLINT_LOWER_SKIM_H
#define CUHOSTLINT_LOWER_SKIM_H

#include "lower/trees.h"

/* Whether the tree of the unit may do without them. */
bool skim_suits(const struct lower_session *session, const struct source_unit *source);

/* False: not that way. A missing header, or another error that the parser does not get over, would
 * spoil all that stands behind it, where an ordinary parse goes on. */
bool skim_parse(struct lower_session *session, const struct tree_request *request,
                CXTranslationUnit *tu);

/* Closes what lower_skim_headers opened. */
void skim_dispose(struct lower_session *session);

#endif

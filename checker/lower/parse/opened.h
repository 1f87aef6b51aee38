/* Which files the parser read: what a cache must watch. Private to checker/lower/. */
#ifndef CUHOSTLINT_LOWER_PARSE_OPENED_H
#define CUHOSTLINT_LOWER_PARSE_OPENED_H

#include "lower/parse/session.h"

/* Adds the files of a tree to session->stats.opened. */
void opened_note(struct lower_session *session, struct arena *arena, CXTranslationUnit tu);

/* The same into a list of its own. */
void opened_list(const struct lower_session *session, struct arena *arena, CXTranslationUnit tu,
                 lower_files *files);

#endif

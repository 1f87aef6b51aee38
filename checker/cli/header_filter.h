/* Which files' findings are shown: the linted ones, and headers of the project. */
#ifndef CUHOSTLINT_CLI_HEADER_FILTER_H
#define CUHOSTLINT_CLI_HEADER_FILTER_H

#include "findings/finding.h"
#include "source/source.h"
#include "support/error.h"

struct header_filter;

/* With `regex`: headers whose path it matches anywhere, as clang-tidy's; with NULL: those below the
 * root of a unit. Lives in `arena`. Error: a regex that is none. */
const struct error *header_filter_new(struct arena *arena, const char *regex,
                                      const struct source_list *sources,
                                      struct header_filter **filter);

/* Removes the findings in headers that are not to be shown. Linted files always stay. A source that
 * is only parsed for the sake of a header is shown where the path of a finding leads through a
 * linted file. */
void header_filter_apply(const struct header_filter *filter, struct findings *findings);

#endif

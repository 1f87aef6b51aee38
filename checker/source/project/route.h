/* Headers are parsed through a source that includes them: only there do they have the names that
 * they take from what stands before them. */
#ifndef CUHOSTLINT_SOURCE_PROJECT_ROUTE_H
#define CUHOSTLINT_SOURCE_PROJECT_ROUTE_H

#include "source/project/relevance.h"
#include "source/source.h"

/* Gives the headers of the list their sources (source_unit.through). The nearest folder around the
 * header that holds a source which includes it decides; of several there the first by: a compile
 * command of its own, the header's language, the header's name, nearness, its own name. What else
 * is linted does not matter.
 *
 * Left as they are: headers that a compilation database or "--" has arguments for, and those that
 * nothing includes. For a header that by itself has no modelled call only its own folder is looked
 * through: elsewhere the search would cost more than it is likely to bring. */
void source_route_headers(struct source_list *list, struct relevance *relevance);

#endif

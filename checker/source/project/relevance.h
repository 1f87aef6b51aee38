/* Which units are worth parsing at all: those whose text, or a project header that they reach,
 * holds the name of a watched function (models_is_watched). A unit that is let go costs
 * microseconds where a parse costs 0.2 s. The answer errs towards parsing. */
#ifndef CUHOSTLINT_SOURCE_PROJECT_RELEVANCE_H
#define CUHOSTLINT_SOURCE_PROJECT_RELEVANCE_H

#include "models/model.h"
#include "source/source.h"

/* What is known of the files looked at so far. One for each list of units. */
struct relevance;
struct reach;

struct relevance *relevance_new(struct arena *arena, const struct model_set *models);

/* Further names that make a unit relevant from now on: functions of the project that turned out to
 * register, allocate or free for others. They must outlive it. They count where they are written
 * out: half the macros of a project paste names that begin or end as its wrappers do. */
void relevance_add_names(struct relevance *relevance, const char *const *names, size_t count);

/* Whether each of the units can hold a modelled call. Its include lines are followed through the
 * folders of its arguments and the including file's own; without a compile command, to the header
 * of that name below the unit's root too. System headers and the toolkit's are not looked at. A
 * macro that may paste a watched name together counts as one. */
void relevance_of_units(struct relevance *relevance, const struct source_unit *units, size_t count,
                        bool *answers);

/* Where its include lines lead. For units that it was asked about, or that share their cache. */
struct reach *relevance_reach(struct relevance *relevance);

/* The same for one of them. */
bool relevance_of_unit(struct relevance *relevance, const struct source_unit *unit);

#endif

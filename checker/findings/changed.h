/* Which lines a change adds or touches, out of a unified diff. */
#ifndef CUHOSTLINT_FINDINGS_CHANGED_H
#define CUHOSTLINT_FINDINGS_CHANGED_H

#include "findings/finding.h"
#include "support/error.h"
#include "support/map.h"

struct line_range {
    uint32_t first, last;
};

struct changed_file {
    const char *path; /* absolute */
    VEC(struct line_range) ranges;
};

struct changed {
    struct arena *arena;
    VEC(struct changed_file) files;
    struct map by_path; /* into files */
};

/* Reads a diff as git, diff -u, hg and svn write it, with any number of context lines. Names are
 * below `folder` (for git: the top of the work tree), after "a/" and "b/" (or git's other
 * one-letter prefixes) where there are such. Where lines were only taken out, their two neighbours
 * count as touched. Errors: a hunk that is cut off or malformed, or text that is no diff at all; an
 * empty diff is none. */
const struct error *changed_read(struct arena *arena, const char *diff, size_t len,
                                 const char *folder, struct changed *changed);

/* Takes in every line of a file: one that is new and not in the diff. `path` is absolute, with
 * links resolved. */
void changed_add_file(struct changed *changed, const char *path);

/* Whether any line of the range is changed. */
bool changed_holds(const struct changed *changed, const struct position *at);

/* Drops the findings that do not stand on changed lines, with no step of their path either: a new
 * register call can make an old free wrong. Returns how many. */
size_t changed_filter(const struct changed *changed, struct findings *findings);

#endif

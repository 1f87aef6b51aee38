/* How near two files are: the folders that both lie in, from the root on, and those of one alone
 * behind them. What a project has twice belongs to what is near it. */
#ifndef CUHOSTLINT_SUPPORT_NEARNESS_H
#define CUHOSTLINT_SUPPORT_NEARNESS_H

#include <stddef.h>

struct nearness {
    size_t shared, own;
};

/* Of `path` to `from`: `own` counts the folders of `path`. */
struct nearness nearness_of(const char *path, const char *from);

/* Below 0 where `a` is nearer than `b`, above where it is farther, 0 where they are equally near.
 */
int nearness_compare(struct nearness a, struct nearness b);

#endif

/* "did you mean": the name nearest to a mistyped one. */
#ifndef CUHOSTLINT_CLI_SUGGEST_H
#define CUHOSTLINT_CLI_SUGGEST_H

#include <stddef.h>

/* Collects candidates one by one; start with `{.typed = "..."}`. */
struct suggestion {
    const char *typed;
    const char *best; /* NULL while nothing is near enough to be meant */
    size_t distance;
};

/* Keeps `candidate` if it is nearer to what was typed than all before it. */
void suggestion_offer(struct suggestion *suggestion, const char *candidate);

#endif

/* Lists of rules, as clang-tidy's: "-*,already-pinned".
 *
 * Items stand between commas or line ends and count from left to right; '-' before an item
 * switches off, '*' stands for any characters, "all" is "*". A list that begins by switching
 * something on means only that. */
#ifndef CUHOSTLINT_CONFIG_RULE_LIST_H
#define CUHOSTLINT_CONFIG_RULE_LIST_H

#include "support/arena.h"
#include "support/error.h"
#include "support/ydoc.h"

#include <stdbool.h>
#include <stddef.h>

/* The names of all rules. */
struct rule_names {
    const char *const *names;
    size_t count;
};

/* Whether a rule is on after the list, when it was `before` it. */
bool rule_list_enables(const char *list, const char *rule, bool before);

/* One list that means `first` and then `second`; either may be NULL. */
const char *rule_list_join(struct arena *arena, const char *first, const char *second);

/* Notes a problem at `at` for each item that matches no rule. */
void rule_list_check(struct yproblems *problems, const struct ynode *at, const char *list,
                     const struct rule_names *known);

/* The same for a list that is in no file: the first such item as an error. `origin` says whose
 * list it is: "--rules". */
const struct error *rule_list_error(struct arena *arena, const char *origin, const char *list,
                                    const struct rule_names *known);

#endif

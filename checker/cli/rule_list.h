/* Which rules exist, and which of them run. */
#ifndef CUHOSTLINT_CLI_RULE_LIST_H
#define CUHOSTLINT_CLI_RULE_LIST_H

#include "engine/rule.h"
#include "findings/rule_info.h"
#include "support/arena.h"
#include "support/error.h"

/* Name, level, summary and page of every rule, in the order of rules_all. */
struct rule_table rule_list_table(struct arena *arena);

/* Rules switched on or off: one flag for each of rules_all. */
struct rule_selection {
    bool *enabled;
};

/* A selection with all rules on. */
struct rule_selection rule_selection_all(struct arena *arena);

/* Applies a list as clang-tidy's: items divided by commas, from left to right; "-" before an item
 * switches off, '*' stands for any characters, "all" is "*". A list that begins by switching
 * something on means only that. Error: an item that matches no rule; `origin` says whose list it
 * is ("--rules"). */
const struct error *rule_selection_apply(struct arena *arena, struct rule_selection *selection,
                                         const char *list, const char *origin);

/* The rules that are on, as engine_run wants them. */
const struct rule *const *
rule_selection_rules(struct arena *arena, const struct rule_selection *selection, size_t *count);

/* The error for a name that is no rule, with the name that may have been meant. */
const struct error *rule_unknown(struct arena *arena, const char *origin, const char *name);

#endif

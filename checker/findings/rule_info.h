/* What everything behind the engine needs to know of a rule: its name, not its code. */
#ifndef CUHOSTLINT_FINDINGS_RULE_INFO_H
#define CUHOSTLINT_FINDINGS_RULE_INFO_H

#include "findings/finding.h"

#include <stddef.h>

struct rule_info {
    const char *name;    /* "already-pinned" */
    enum level level;    /* the level of most of its findings */
    const char *summary; /* one sentence */
    const char *page;    /* Markdown: what, why, measured effect, wrong and right code */
};

struct rule_table {
    const struct rule_info *rules;
    size_t count;
};

/* The rule of that name, or NULL. */
const struct rule_info *rule_find(const struct rule_table *table, const char *name);

#endif

/* The rules of this program as plain data. */
#ifndef CUHOSTLINT_CLI_RULE_TABLE_H
#define CUHOSTLINT_CLI_RULE_TABLE_H

#include "findings/rule_info.h"
#include "support/arena.h"

/* Name, level, summary and page of every rule, in the order of their names. */
struct rule_table rule_table_all(struct arena *arena);

#endif

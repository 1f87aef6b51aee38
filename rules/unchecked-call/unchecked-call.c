#include "engine/fixes/fixer.h"
#include "engine/rule.h"

static void hear(const struct rule *rule, struct event *event)
{
    if (event->kind != EVENT_DROPPED)
        return;
    rule_report(rule, event, event->is_advice ? LEVEL_NOTE : rule->level, 0,
                "the status of '%s' is not checked: if the call fails, a later call is blamed",
                event->call);
}

/* In the way in which the file checks its other calls. */
static bool mend(struct fixer *fixer)
{
    struct code_statement statement;
    if (!fixer->op || !fixer->op->call || !fixer->op->call->is_discarded ||
        !fixer_statement(fixer, fixer->op, &statement) || statement.is_void ||
        statement.wrapper.first != CODE_NONE)
        return false;
    const char *check = fixer_check(fixer, fixer->op->type, &statement);
    if (!check)
        return false;
    fixer_describe(fixer, "check the status with '%s'", check);
    fixer_replace(fixer, statement.call, "%s(%s)", check, code_text(fixer->code, statement.call));
    return true;
}

const struct rule rule_unchecked_call = {
    .name = "unchecked-call",
    .level = LEVEL_WARNING,
    .summary = "drops the status of a registration or pinned allocation",
    .hear = hear,
    .fix = mend,
};

#include "engine/fixes/fixer.h"
#include "engine/rule.h"

#include <string.h>

enum { IO_MEMORY = 4 };

/* Does the name belong to a family of flags that the call does not take? Its bits may be right. */
static bool is_of_other_family(const struct event *event, const struct model_effect *effect,
                               const char *name, size_t length)
{
    const struct model_constant *constant = rule_constant(event, name, length);
    return constant && constant->value != 0 && strcmp(constant->family, effect->flag_family) != 0;
}

/* The first name of another family among those that the flags were written with, or NULL. */
static const char *foreign_name(const struct event *event, const struct model_effect *effect,
                                size_t *length)
{
    const struct ir_op *op =
        effect->flags >= 0 ? rule_argument(event, (size_t)effect->flags) : NULL;
    if (!op || op->code != IR_CONST)
        return NULL;
    const char *names = op->text;
    while (names && *names) {
        *length = strcspn(names, " ");
        if (is_of_other_family(event, effect, names, *length))
            return names;
        names += *length + (names[*length] == ' ');
    }
    return NULL;
}

static void hear_family(const struct rule *rule, struct event *event,
                        const struct model_effect *effect)
{
    size_t length;
    const char *name = foreign_name(event, effect, &length);
    if (name)
        rule_report(rule, event, LEVEL_WARNING, 0,
                    "'%.*s' belongs to another call than '%s': only by chance is the value right",
                    (int)length, name, event->call);
}

static bool is_no_device_mapping(const struct event *event)
{
    switch (event->block.memory) {
    case PROVENANCE_HEAP:
    case PROVENANCE_NEW:
    case PROVENANCE_NEW_ARRAY:
    case PROVENANCE_STACK:
    case PROVENANCE_ALLOCA:
    case PROVENANCE_STATIC:
    case PROVENANCE_CONTAINER:
        return true;
    case PROVENANCE_MAPPING:
        return event->block.flags & BLOCK_ANONYMOUS;
    default:
        return false;
    }
}

static const char *wrong(const struct event *event, const struct model_effect *effect,
                         uint64_t flags)
{
    if (effect->valid_flags && (flags & ~effect->valid_flags))
        return "have bits that this call does not know";
    if (event->kind == EVENT_REGISTER && (flags & IO_MEMORY) && is_no_device_mapping(event))
        return "ask for I/O memory, but this is ordinary memory";
    return NULL;
}

static void hear(const struct rule *rule, struct event *event)
{
    int64_t flags;
    if ((event->kind != EVENT_REGISTER && event->kind != EVENT_ALLOCATE) || event->fails ||
        event->flags == VALUE_NONE)
        return;
    const struct model_effect *effect =
        rule_effect(event, event->kind == EVENT_REGISTER ? MODEL_REGISTERS : MODEL_ALLOCATES);
    if (!effect || !effect->flag_family)
        return;
    if (rule_number(event, event->flags, &flags)) {
        const char *why = wrong(event, effect, (uint64_t)flags & UINT32_MAX);
        if (why) {
            rule_report(rule, event, rule->level, 1,
                        "flags 0x%llx given to '%s' %s: the call fails with status 1 (invalid "
                        "value)",
                        (unsigned long long)((uint64_t)flags & UINT32_MAX), event->call, why);
            event->fails = true;
            return;
        }
    }
    hear_family(rule, event, effect);
}

/* The name of the same flag among those that the call takes, or NULL. Only Portable and Mapped
 * mean the same in both families; where they are equal, so are the bits. */
static const char *own_name(const struct fixer *fixer, const struct model_effect *effect,
                            const struct model_constant *foreign)
{
    enum { PORTABLE = 1, MAPPED = 2 };
    if (foreign->value != PORTABLE && foreign->value != MAPPED)
        return NULL;
    return rule_constant_of(fixer->event, effect->flag_family, foreign->value);
}

/* Puts the call's own names in the place of all others. */
static bool mend(struct fixer *fixer)
{
    const struct event *event = fixer->event;
    const struct model_effect *effect =
        rule_effect(event, event->kind == EVENT_REGISTER ? MODEL_REGISTERS : MODEL_ALLOCATES);
    struct code_range flags;
    if (!effect || !fixer_argument(fixer, fixer->op, effect->flags, &flags))
        return false;
    fixer_describe(fixer, "use the flags of '%s'", event->call);
    for (code_id i = flags.first; i <= flags.last; i++) {
        const struct code_range word = {i, i};
        const char *name = code_text(fixer->code, word);
        if (!fixer->code->tokens.data[i].is_name ||
            !is_of_other_family(event, effect, name, strlen(name)))
            continue;
        const char *own = own_name(fixer, effect, rule_constant(event, name, strlen(name)));
        if (!own)
            return false;
        fixer_replace(fixer, word, "%s", own);
    }
    return fixer->fix.replacements.len > 0;
}

const struct rule rule_invalid_flags = {
    .name = "invalid-flags",
    .level = LEVEL_ERROR,
    .summary = "gives flags that the call does not take",
    .hear = hear,
    .fix = mend,
};

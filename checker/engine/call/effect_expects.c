/* What a test expects: the frameworks put it into a function, or an object, of their own. */
#include "engine/call/effect.h"
#include "engine/library/container.h"
#include "engine/library/objects.h"
#include "engine/state/constraint.h"
#include "engine/state/memory.h"
#include "engine/state/status.h"
#include "engine/unseen/expectations.h"
#include "engine/walk/step.h"

#include <string.h>

/* The number or pointer that the argument is, or refers to; VALUE_NONE for others. */
static value_id scalar(const struct play *play, int index)
{
    const struct invocation *invocation = play->invocation;
    value_id value = play_argument(play, index);
    if (value == VALUE_NONE)
        return VALUE_NONE;
    ir_id referred = argument_referred(invocation, (size_t)index);
    ir_id type = referred == IR_NONE ? argument_type(invocation, (size_t)index) : referred;
    if (type == IR_NONE)
        return VALUE_NONE;
    enum ir_type_kind kind = invocation->unit->types.data[type].kind;
    if (kind != IR_TYPE_BOOL && kind != IR_TYPE_INT && kind != IR_TYPE_ENUM &&
        kind != IR_TYPE_POINTER)
        return VALUE_NONE;
    return referred == IR_NONE
               ? value
               : memory_load(play->engine, play->state, value, invocation->unit, referred);
}

static enum ir_compare comparison_of(const char *word)
{
    static const struct {
        const char *word;
        enum ir_compare operation;
    } known[] = {{"equal", IR_EQ},   {"different", IR_NE}, {"less", IR_LT},
                 {"at-most", IR_LE}, {"more", IR_GT},      {"at-least", IR_GE}};
    for (size_t i = 0; word && i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].word, word) == 0)
            return known[i].operation;
    return IR_EQ;
}

static value_id answer(struct play *play)
{
    const struct model_effect *effect = play->effect;
    value_id value = scalar(play, effect->pointer);
    if (effect->other == MODEL_ABSENT) {
        expectations_true(play->engine, value);
        return value;
    }
    value_id other = scalar(play, effect->other);
    return value == VALUE_NONE || other == VALUE_NONE
               ? VALUE_NONE
               : compare(play->engine, comparison_of(effect->detail), value, other);
}

void effect_expects(struct play *play)
{
    const struct invocation *invocation = play->invocation;
    const ir_id callee = invocation->op->call->function;
    bool is_made = callee != IR_NONE &&
                   invocation->unit->functions.data[callee].kind == IR_FUNCTION_CONSTRUCTOR;
    value_id object = is_made ? invocation->args[0] : invocation->into;
    *play->result = answer(play); /* not the object: that would be one made out of sight */
    if (object == VALUE_NONE)
        return;
    memory_havoc(play->engine, play->state, object, invocation->site);
    if (*play->result != VALUE_NONE)
        part_store(play->engine, play->state, object, "(count)", *play->result);
}

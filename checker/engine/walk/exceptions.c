/* Which handler takes an exception, by its type. */
#include "engine/state/context.h"
#include "engine/state/registrations.h"
#include "engine/walk/step.h"
#include "engine/walk/unwind.h"

#include <string.h>

enum { DEEPEST_CLASS = 24 }; /* bases of bases that are followed */

void exception_thrown(struct engine *engine, struct state *state, const struct ir_op *op)
{
    const struct program_function *here = context_function(engine, state->context);
    if (op->aux == IR_NONE && op->number) /* once more */
        return;
    state->thrown = op->aux == IR_NONE ? 0 : (((uint64_t)here->unit << 32) | op->aux) + 1;
}

void exception_after_call(struct state *state, const struct ir_function *callee)
{
    for (size_t i = 0; state->thrown && i < callee->blocks.len; i++)
        if (callee->blocks.data[i].is_handler)
            state->thrown = 0;
}

/* A type in one of the units. */
struct kind {
    const struct ir_unit *unit;
    ir_id type;
};

static const struct ir_type *type_in(struct kind kind)
{
    return &kind.unit->types.data[kind.type];
}

static const struct ir_record *record_in(struct kind kind)
{
    const struct ir_type *type = type_in(kind);
    bool is_record = type->kind == IR_TYPE_RECORD && type->record != IR_NONE;
    return is_record ? &kind.unit->records.data[type->record] : NULL;
}

/* Is the class the other one, or derived from it? */
static enum truth derives(struct kind kind, const struct ir_record *base, int depth)
{
    const struct ir_record *record = record_in(kind);
    if (!record || !record->key || !base->key || !record->has_body || depth > DEEPEST_CLASS)
        return TRUTH_UNKNOWN;
    if (strcmp(record->key, base->key) == 0)
        return TRUTH_TRUE;
    /* a base that depends on an argument may be missing */
    enum truth answer = record->arguments.len ? TRUTH_UNKNOWN : TRUTH_FALSE;
    for (size_t i = 0; i < record->fields.len && answer != TRUTH_TRUE; i++) {
        const struct ir_field *field = &record->fields.data[i];
        if (!field->is_base)
            continue;
        enum truth of_base = derives((struct kind){kind.unit, field->type}, base, depth + 1);
        answer = of_base == TRUTH_FALSE ? answer : of_base;
    }
    return answer;
}

static bool is_plain(const struct ir_type *type)
{
    return type->kind == IR_TYPE_BOOL || type->kind == IR_TYPE_INT || type->kind == IR_TYPE_FLOAT ||
           type->kind == IR_TYPE_ENUM;
}

/* "const char" and "char" are one. */
static const char *bare_name(const struct ir_type *type)
{
    static const char word[] = "const ";
    bool is_const = strncmp(type->name, word, sizeof word - 1) == 0;
    return is_const ? type->name + sizeof word - 1 : type->name;
}

static enum truth takes(struct kind clause, struct kind thrown)
{
    const struct ir_record *wanted = record_in(clause), *given = record_in(thrown);
    const struct ir_type *to = type_in(clause), *from = type_in(thrown);
    if (wanted && given)
        return derives(thrown, wanted, 0);
    if ((wanted && is_plain(from)) || (given && is_plain(to)))
        return TRUTH_FALSE;
    if (!is_plain(to) || !is_plain(from)) /* pointers convert */
        return TRUTH_UNKNOWN;
    return strcmp(bare_name(to), bare_name(from)) == 0 ? TRUTH_TRUE : TRUTH_FALSE;
}

value_id exception_is_caught(struct engine *engine, struct state *state, ir_id op_id)
{
    const struct program_function *here = context_function(engine, state->context);
    const struct ir_op *op = &here->ir->ops.data[op_id];
    enum truth answer = TRUTH_UNKNOWN;
    if (state->thrown) {
        uint64_t thrown = state->thrown - 1;
        struct kind given = {engine->program.units[thrown >> 32], (ir_id)thrown};
        answer = takes((struct kind){here->in, op->aux}, given);
    }
    if (answer == TRUTH_UNKNOWN)
        return op->number ? value_int(&engine->values, 1) : unknown_result(engine, state, op_id);
    return value_int(&engine->values, answer == TRUTH_TRUE);
}

/* Is nothing let out of the frame, or of one around it: of a destructor, say? */
static bool lets_nothing_out(const struct engine *engine, context_id context)
{
    for (; context != CONTEXT_NONE; context = context_at(engine, context)->parent) {
        const struct ir_function *function = context_function(engine, context)->ir;
        if (function->is_noexcept || function->kind == IR_FUNCTION_DESTRUCTOR)
            return true;
    }
    return false;
}

void exception_caught(struct engine *engine, struct state *state, ir_id handler)
{
    const struct program_function *here = context_function(engine, state->context);
    const ir_id join = here->flow->post_dominator[handler];
    if ((state->flags & (STATE_AFTER_FAILURE | STATE_MAY_THROW)) &&
        lets_nothing_out(engine, state->context) &&
        !(flow_between(here->ir, here->flow, handler, join) & FLOW_MEMORY))
        registrations_doubt_all(engine, state);
}

/* Where an argument was written: through the parameters of wrappers, variables that are set once,
 * and functions that give back what they are given. */
#include "engine/program/callee.h"
#include "engine/state/context.h"

#include <string.h>

enum { MOST_HOPS = 12 };

/* Is the local only ever read, but for at most `stores` stores to it? `*stored`: by the last. */
static bool is_set_once(const struct ir_function *function, ir_id local, unsigned stores,
                        ir_value *stored)
{
    unsigned count = 0;
    for (size_t i = 0; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        const ir_value operands[] = {op->a, op->b};
        for (size_t o = 0; o < sizeof operands / sizeof *operands; o++) {
            const struct ir_op *place =
                operands[o] == IR_NONE ? NULL : &function->ops.data[operands[o]];
            if (!place || place->code != IR_ADDR_LOCAL || place->aux != local)
                continue;
            if (op->code == IR_STORE && o == 0) {
                *stored = op->b;
                count++;
            } else if (op->code != IR_LOAD) {
                return false;
            }
        }
        for (size_t a = 0; op->call && a < op->call->args.len; a++) {
            const struct ir_op *place = &function->ops.data[op->call->args.data[a]];
            if (place->code == IR_ADDR_LOCAL && place->aux == local)
                return false;
        }
    }
    return count == stores;
}

static void move_to(struct rule_origin *origin, ir_value value)
{
    origin->op = &origin->function->ops.data[value];
}

/* A parameter: what the caller gives. */
static bool follow_parameter(const struct engine *engine, struct rule_origin *origin, ir_id local)
{
    ir_value stored = IR_NONE;
    if (origin->context == CONTEXT_NONE || !is_set_once(origin->function, local, 0, &stored))
        return false;
    const struct context *context = context_at(engine, origin->context);
    if (context->parent == CONTEXT_NONE)
        return false;
    const struct program_function *caller = context_function(engine, context->parent);
    const struct ir_op *op = &caller->ir->ops.data[context->call_op];
    if (op->code != IR_CALL || op->call->function == IR_NONE || local >= op->call->args.len ||
        program_number(&engine->program, caller->unit, op->call->function) != context->function)
        return false;
    *origin = (struct rule_origin){.unit = caller->in,
                                   .function = caller->ir,
                                   .op = &caller->ir->ops.data[op->call->args.data[local]],
                                   .context = context->parent};
    return true;
}

static bool follow_variable(const struct engine *engine, struct rule_origin *origin)
{
    const struct ir_op *place = &origin->function->ops.data[origin->op->a];
    ir_value stored = IR_NONE;
    if (place->code != IR_ADDR_LOCAL)
        return false;
    if (place->aux < origin->function->param_count)
        return follow_parameter(engine, origin, place->aux);
    if (!is_set_once(origin->function, place->aux, 1, &stored))
        return false;
    move_to(origin, stored);
    return true;
}

/* What the only return of a function gives; NULL: there are several. */
static const struct ir_op *only_result(const struct ir_function *function)
{
    const struct ir_op *result = NULL;
    for (size_t b = 0; b < function->blocks.len; b++) {
        const struct ir_block *block = &function->blocks.data[b];
        if (block->terminator != IR_RETURN)
            continue;
        if (result || block->value == IR_NONE)
            return NULL;
        result = ir_behind_casts(function, block->value);
    }
    return result;
}

/* A function that only gives back a parameter, or a sizeof. */
static bool follow_call(const struct engine *engine, struct rule_origin *origin)
{
    const struct ir_call *call = origin->op->call;
    uint32_t unit = program_unit(&engine->program, origin->unit);
    if (call->function == IR_NONE || call->is_virtual || unit == MAP_NONE)
        return false;
    const struct program_function *callee =
        &engine->program.functions.data[program_number(&engine->program, unit, call->function)];
    const struct ir_op *result = callee->ir->has_body ? only_result(callee->ir) : NULL;
    ir_value stored;
    if (result && result->code == IR_SIZEOF) {
        *origin = (struct rule_origin){callee->in, callee->ir, result, CONTEXT_NONE};
        return true;
    }
    if (!result || result->code != IR_LOAD)
        return false;
    const struct ir_op *place = &callee->ir->ops.data[result->a];
    if (place->code != IR_ADDR_LOCAL || place->aux >= callee->ir->param_count ||
        place->aux >= call->args.len || !is_set_once(callee->ir, place->aux, 0, &stored))
        return false;
    move_to(origin, call->args.data[place->aux]);
    return true;
}

static bool is_typed_pointer(const struct rule_origin *origin)
{
    if (origin->op->type == IR_NONE)
        return false;
    const struct ir_type *type = &origin->unit->types.data[origin->op->type];
    return type->kind == IR_TYPE_POINTER && type->element != IR_NONE &&
           origin->unit->types.data[type->element].kind != IR_TYPE_VOID;
}

static bool origin_of(struct engine *engine, site_id site, const struct ir_op *call, size_t index,
                      struct rule_origin *origin)
{
    if (!call || !call->call || index >= call->call->args.len)
        return false;
    const struct program_function *here = context_function(engine, site_at(engine, site)->context);
    *origin = (struct rule_origin){.unit = here->in,
                                   .function = here->ir,
                                   .op = &here->ir->ops.data[call->call->args.data[index]],
                                   .context = site_at(engine, site)->context};
    for (int hops = 0; hops < MOST_HOPS; hops++) {
        while (origin->op->code == IR_CAST)
            move_to(origin, origin->op->a);
        bool moves = false;
        if (is_typed_pointer(origin)) /* its type is what counts */
            return true;
        if (origin->op->code == IR_LOAD)
            moves = follow_variable(engine, origin);
        else if (origin->op->code == IR_CALL)
            moves = follow_call(engine, origin);
        if (!moves)
            break;
    }
    return true;
}

bool rule_origin(const struct event *event, size_t index, struct rule_origin *origin)
{
    return origin_of(event->engine, event->site, event->op, index, origin);
}

bool rule_allocated_by(const struct event *event, size_t number, struct rule_origin *origin)
{
    struct engine *engine = event->engine;
    if (event->block.allocated == SITE_NONE)
        return false;
    const struct site *site = site_at(engine, event->block.allocated);
    if (site->op == IR_NONE)
        return false;
    const struct program_function *here = context_function(engine, site->context);
    const struct ir_op *op = &here->ir->ops.data[site->op];
    const struct model_function *model =
        op->call ? callee_model(engine->models, here->in, op->call) : NULL;
    const struct model_effect *effect = model ? models_effect(model, MODEL_ALLOCATES) : NULL;
    const size_t most = sizeof effect->size.args / sizeof *effect->size.args;
    return effect && number < most && effect->size.args[number] >= 0 &&
           origin_of(engine, event->block.allocated, op, (size_t)effect->size.args[number], origin);
}

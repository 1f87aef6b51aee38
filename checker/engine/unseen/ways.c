/* Variables that tell which way a path came: unsigned flags = 0; if (it was registered) flags |= 4;
 * and then if (test_bit(flags, 2)) unregister, where test_bit is out of sight. */
#include "engine/unseen/ways.h"

#include <string.h>

/* The variable that the address leads into: the local, or the member of an object that is none. */
static const struct ir_op *variable_at(const struct ir_function *function, ir_value address)
{
    const struct ir_op *op = ir_behind_casts(function, address), *member = NULL;
    for (; op->code == IR_FIELD || op->code == IR_INDEX; op = ir_behind_casts(function, op->a))
        if (op->code == IR_FIELD && !member)
            member = op;
    return op->code == IR_ADDR_LOCAL ? op : member;
}

static bool are_one(const struct ir_op *a, const struct ir_op *b)
{
    return a && b && a->code == b->code &&
           (a->code == IR_ADDR_LOCAL ? a->aux == b->aux : strcmp(a->text, b->text) == 0);
}

static bool is_read_by(const struct ir_function *function, const struct ir_op *op,
                       const struct ir_op *variable)
{
    return op->code == IR_LOAD && are_one(variable_at(function, op->a), variable);
}

/* Is that what a call gave that was not given the variable itself, or a sum? */
static bool is_told_or_counted(const struct ir_function *function, const struct ir_op *source,
                               const struct ir_op *variable)
{
    if (source->code == IR_BINARY)
        return source->sub == IR_ADD || source->sub == IR_SUB;
    if (source->code != IR_CALL)
        return false;
    for (size_t i = 0; i < source->call->args.len; i++)
        if (is_read_by(function, ir_behind_casts(function, source->call->args.data[i]), variable))
            return false;
    return true;
}

static bool is_choice(const struct ir_function *function, const struct ir_op *source)
{
    const struct ir_op *place =
        source->code == IR_LOAD ? ir_behind_casts(function, source->a) : source;
    return place->code == IR_ADDR_LOCAL && function->locals.data[place->aux].kind == IR_LOCAL_TEMP;
}

/* May the second address lead to what the first does: is one of them the variable as a whole, or do
 * both name the same member last? */
static bool may_meet(const struct ir_function *function, ir_value a, ir_value b)
{
    const struct ir_op *one = ir_behind_casts(function, a), *other = ir_behind_casts(function, b);
    return one->code != IR_FIELD || other->code != IR_FIELD || strcmp(one->text, other->text) == 0;
}

/* What a call gives says how the call went, and what is added counts: neither sets it. */
static bool sets(const struct ir_function *function, const struct ir_op *op,
                 const struct ir_op *variable)
{
    return (op->code == IR_STORE || op->code == IR_COPY || op->code == IR_ZERO) &&
           are_one(variable_at(function, op->a), variable) &&
           !(op->code == IR_STORE &&
             is_told_or_counted(function, ir_behind_casts(function, op->b), variable));
}

/* A parameter begins with something, and so does a member. */
static bool begins_set(const struct ir_function *function, const struct ir_op *variable)
{
    return variable->code != IR_ADDR_LOCAL ||
           function->locals.data[variable->aux].kind == IR_LOCAL_PARAM;
}

/* Is the part of the variable that the operation writes set before, or later, too? */
static bool is_set_elsewhere(const struct ir_function *function, size_t here,
                             const struct ir_op *variable)
{
    bool is_set = begins_set(function, variable);
    for (size_t i = 0; i < function->ops.len && !is_set; i++)
        is_set = i != here && sets(function, &function->ops.data[i], variable) &&
                 may_meet(function, function->ops.data[i].a, function->ops.data[here].a);
    return is_set;
}

static bool is_set_on_the_way(const struct ir_function *function, const struct ir_op *variable)
{
    if (variable->code == IR_ADDR_LOCAL &&
        function->locals.data[variable->aux].kind == IR_LOCAL_TEMP)
        return false;
    for (size_t i = 0; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        if (op->code == IR_STORE && sets(function, op, variable) &&
            (is_choice(function, ir_behind_casts(function, op->b)) || /* flags = pin ? 4 : 0 */
             is_set_elsewhere(function, i, variable)))
            return true;
    }
    return false;
}

bool way_is_asked(const struct ir_unit *unit, const struct ir_function *function,
                  const struct ir_call *call)
{
    for (size_t i = 0; i < call->args.len; i++) {
        const struct ir_op *argument = ir_behind_casts(function, call->args.data[i]);
        const bool is_loaded = argument->code == IR_LOAD;
        if (is_loaded &&
            (argument->type == IR_NONE || unit->types.data[argument->type].kind == IR_TYPE_POINTER))
            continue;
        const struct ir_op *variable =
            variable_at(function, is_loaded ? argument->a : call->args.data[i]);
        if (variable && is_set_on_the_way(function, variable))
            return true;
    }
    return false;
}

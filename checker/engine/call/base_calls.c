/* Functions out of sight that are called of a part of an object: what else it holds they cannot
 * name. Member functions of a base, of an object that is made here, come by it where they call
 * virtual functions; the library's constructors and destructors never do. */
#include "engine/call/base_calls.h"

#include "engine/call/dynamic_types.h"
#include "engine/state/blocks.h"
#include "engine/state/escape.h"
#include "engine/state/memory.h"
#include "engine/unseen/answers.h"
#include "engine/unseen/earlier.h"

/* The part of `whole`, a base of it, that the object is or lies in; VALUE_NONE: it is none. */
static value_id base_part(const struct engine *engine, value_id object, value_id whole)
{
    while (object != whole) {
        const struct value *value = value_at(&engine->values, object);
        const struct region *region =
            value->kind == VALUE_ADDRESS ? region_at(&engine->values, value->a) : NULL;
        if (!region || region->kind != REGION_FIELD)
            return VALUE_NONE;
        if (region->a == whole)
            return object;
        object = region->a;
    }
    return VALUE_NONE;
}

static bool is_release(const struct engine *engine, const struct program_function *method,
                       const struct ir_op *op)
{
    const struct model_function *model =
        op->code == IR_CALL ? callee_model(engine->models, method->in, op->call) : NULL;
    return model && models_effect(model, MODEL_RELEASES);
}

enum { DEEPEST_CALL = 4 };

/* The function of the project that the operation calls, where that may free something; NULL: none.
 */
static const struct program_function *helper_that_frees(const struct engine *engine,
                                                        const struct program_function *caller,
                                                        const struct ir_op *op)
{
    if (op->code != IR_CALL || op->call->function == IR_NONE)
        return NULL;
    uint32_t number = program_number(&engine->program, caller->unit, op->call->function);
    const struct program_function *callee = &engine->program.functions.data[number];
    bool frees = callee->flow && (callee->flow->all & FLOW_RELEASES);
    return frees && callee->ir->has_body && !callee->ir->in_system_header ? callee : NULL;
}

static bool stores_pointer(const struct program_function *function, const struct ir_op *op)
{
    if (op->code != IR_STORE)
        return false;
    const struct ir_op *place = ir_behind_casts(function->ir, op->a);
    const struct ir_type *type =
        place->type == IR_NONE ? NULL : &function->in->types.data[place->type];
    bool is_pointer = !type || type->element == IR_NONE ||
                      function->in->types.data[type->element].kind == IR_TYPE_POINTER;
    return place->code != IR_ADDR_LOCAL && is_pointer;
}

/* Does the function, or one that it calls, free something, or put another pointer into a member?
 * Strings and the like of its own are none. */
static bool changes_pointer(const struct engine *engine, const struct program_function *function,
                            unsigned depth)
{
    const struct ir_op *ops = function->ir->ops.data;
    for (size_t i = 0; i < function->ir->ops.len; i++) {
        if (is_release(engine, function, &ops[i]) || stores_pointer(function, &ops[i]))
            return true;
        const struct program_function *helper = helper_that_frees(engine, function, &ops[i]);
        if (helper && (depth == DEEPEST_CALL || changes_pointer(engine, helper, depth + 1)))
            return true;
    }
    return false;
}

/* May a function that the base can call, for it is virtual, change what the class keeps? */
static bool has_hooks(const struct engine *engine, uint32_t unit, const struct ir_record *record)
{
    for (size_t i = 0; i < record->methods.len; i++) {
        uint32_t number = program_number(&engine->program, unit, record->methods.data[i]);
        const struct program_function *method = &engine->program.functions.data[number];
        if (!method->ir->is_virtual || method->ir->kind == IR_FUNCTION_DESTRUCTOR)
            continue;
        if (!method->flow || (method->flow->all & (FLOW_REGISTERS | FLOW_UNREGISTERS)) ||
            changes_pointer(engine, method, 0))
            return true;
    }
    return false;
}

static void lose_part(struct engine *engine, struct state *state, value_id part, uint64_t salt)
{
    value_id offset;
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);)
        if (value_is_within(&engine->values, (value_id)cell, part))
            answers_lost(engine, state, (value_id)content);
    escape_contents(engine, state, part);
    earlier_given(engine, state, value_base(&engine->values, part, &offset), salt);
    memory_havoc(engine, state, part, salt);
}

/* An object of the library's within another one, a base or a member, begins and ends for itself,
 * and a member that is an object of a class has not heard of the one around it, unless that was
 * given to it. */
static bool is_part_of_its_own(const struct engine *engine, const struct ir_function *callee,
                               value_id object)
{
    const struct value *value = value_at(&engine->values, object);
    const bool lives =
        callee->kind == IR_FUNCTION_CONSTRUCTOR || callee->kind == IR_FUNCTION_DESTRUCTOR;
    if (value->kind != VALUE_ADDRESS || region_at(&engine->values, value->a)->kind != REGION_FIELD)
        return false;
    if (lives && callee->in_system_header)
        return true;
    return (lives || callee->kind == IR_FUNCTION_METHOD) && !callee->is_static_method &&
           !place_is_hidden(&engine->values, object);
}

bool base_call_keeps_to_itself(struct engine *engine, struct state *state,
                               const struct invocation *invocation,
                               const struct ir_function *callee, uint64_t salt)
{
    if (!invocation->count || !callee)
        return false;
    if (is_part_of_its_own(engine, callee, invocation->args[0])) {
        lose_part(engine, state, invocation->args[0], salt);
        return true;
    }
    if (callee->in_system_header || callee->is_static_method ||
        (callee->kind != IR_FUNCTION_METHOD && callee->kind != IR_FUNCTION_CONSTRUCTOR &&
         callee->kind != IR_FUNCTION_DESTRUCTOR))
        return false;
    value_id object = invocation->args[0], offset;
    value_id whole = value_around_bases(&engine->values, object, "(base) ");
    uint32_t unit;
    const struct ir_record *record = dynamic_type_of(engine, state, whole, &unit);
    value_id part = base_part(engine, object, whole);
    value_id base = value_base(&engine->values, whole, &offset);
    struct block block;
    if (!record || part == VALUE_NONE || base == VALUE_NONE ||
        (block_get(engine, state, base, &block) && (block.flags & BLOCK_ESCAPED)) ||
        has_hooks(engine, unit, record))
        return false;
    lose_part(engine, state, part, salt);
    return true;
}

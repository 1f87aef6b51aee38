/* Owners that outlive the path: a shared_ptr that is returned lets go of its memory where nobody
 * sees it, and does so with the deleter that it was given. */
#include "engine/call/call.h"
#include "engine/call/targets.h"
#include "engine/events/events.h"
#include "engine/library/objects.h"
#include "engine/library/owners.h"
#include "engine/state/blocks.h"
#include "engine/state/context.h"
#include "engine/state/memory.h"
#include "engine/value/pmap.h"

#include <string.h>

/* What frees the memory: the call, and what kind of memory that is for; where it stands in the
 * deleter's body, if it has one. */
struct freeing {
    const struct model_function *model;
    const char *call;
    uint32_t expects;
    const struct ir_op *op; /* NULL: the deleter is the freeing function itself */
    uint32_t deleter;       /* the function whose body the operation stands in */
};

void owner_note_made(struct engine *engine, struct state *state,
                     const struct invocation *invocation, const struct model_container *container,
                     const struct ir_unit *unit, const struct ir_record *record)
{
    struct block block;
    value_id offset, owned = invocation->count > 1 ? invocation->args[1] : VALUE_NONE;
    value_id base = owned == VALUE_NONE ? owned : value_base(&engine->values, owned, &offset);
    struct made_owner made = {invocation->site, unit, record, container};
    map_set_u64(&engine->made_owners, invocation->args[0], (uint32_t)engine->owners_made.len);
    vec_push(engine->arena, &engine->owners_made, made);
    if (base == VALUE_NONE || !block_get(engine, state, base, &block))
        return;
    block.owned = invocation->site;
    block_set(engine, state, base, block);
}

void owner_note_moved(struct engine *engine, value_id to, value_id from)
{
    uint32_t made = map_get_u64(&engine->made_owners, from);
    if (made != MAP_NONE)
        map_set_u64(&engine->made_owners, to, made);
}

static bool freeing_of_model(const struct model_function *model, struct freeing *freeing)
{
    const struct model_effect *effect = model ? models_effect(model, MODEL_RELEASES) : NULL;
    if (!effect)
        return false;
    *freeing = (struct freeing){.model = model, .call = model->name, .expects = effect->memory};
    return true;
}

/* Is the operation the function's last parameter, loaded? */
static bool is_parameter(const struct ir_function *function, ir_value value)
{
    const struct ir_op *op = ir_behind_casts(function, value);
    if (op->code != IR_LOAD)
        return false;
    const struct ir_op *place = &function->ops.data[op->a];
    return place->code == IR_ADDR_LOCAL && function->param_count &&
           place->aux == function->param_count - 1;
}

/* What the body of a deleter does, where it does nothing but to free what it is given: once, or on
 * each of its ways with the same function. */
static bool freeing_of_body(const struct engine *engine, uint32_t number, struct freeing *freeing)
{
    const struct program_function *deleter = &engine->program.functions.data[number];
    bool found = false;
    for (size_t i = 0; i < deleter->ir->ops.len; i++) {
        const struct ir_op *op = &deleter->ir->ops.data[i];
        if (op->code == IR_STORE || op->code == IR_COPY)
            return false;
        if (op->code != IR_CALL)
            continue;
        struct freeing other;
        const struct model_function *model = callee_model(engine->models, deleter->in, op->call);
        if (!model || !freeing_of_model(model, &other) || !op->call->args.len ||
            !is_parameter(deleter->ir, op->call->args.data[0]) ||
            (found && other.expects != freeing->expects))
            return false;
        if (found)
            continue;
        *freeing = other;
        freeing->op = op;
        freeing->deleter = number;
        found = true;
    }
    return found;
}

static bool freeing_of_function(const struct engine *engine, uint32_t number,
                                struct freeing *freeing)
{
    const struct program_function *function = &engine->program.functions.data[number];
    const struct model_function *model = callee_function_model(engine->models, function->ir, 1);
    return model ? freeing_of_model(model, freeing) : freeing_of_body(engine, number, freeing);
}

/* What a shared_ptr without a deleter does to memory that is no object of a class. */
static bool freeing_by_default(const struct made_owner *made, struct freeing *freeing)
{
    ir_id pointee = made->record->arguments.len ? made->record->arguments.data[0] : IR_NONE;
    bool is_array = type_is(made->unit, pointee, IR_TYPE_ARRAY);
    if (pointee == IR_NONE || type_is(made->unit, pointee, IR_TYPE_RECORD))
        return false;
    *freeing = (struct freeing){.call = is_array ? "delete[]" : "delete",
                                .expects = is_array ? MODEL_MEMORY_NEW_ARRAY : MODEL_MEMORY_NEW};
    return true;
}

static bool freeing_of(struct engine *engine, struct state *state, const struct made_owner *made,
                       value_id object, struct freeing *freeing)
{
    value_id deleter;
    bool is_shared = made->container->storage == MODEL_STORAGE_SHARED;
    bool has_deleter = memory_peek(state, part_address(engine, object, "(deleter)"), &deleter);
    uint32_t plain = has_deleter ? call_function_at(engine, deleter) : (uint32_t)MAP_NONE;
    if (plain != MAP_NONE)
        return freeing_of_function(engine, plain, freeing);
    const struct ir_unit *unit = made->unit;
    const struct ir_record *deleter_class =
        owner_deleter_class(engine, state, object, made->container, made->record, &unit);
    if (!deleter_class)
        return is_shared && !has_deleter && freeing_by_default(made, freeing);
    uint32_t function = owner_call_operator(engine, unit, deleter_class);
    return function != MAP_NONE && strcmp(deleter_class->name, "std::default_delete") != 0 &&
           freeing_of_function(engine, function, freeing);
}

/* In the deleter's body, if there is one. */
static site_id freed_at(struct engine *engine, const struct made_owner *made,
                        const struct freeing *freeing)
{
    if (!freeing->op)
        return made->site;
    const struct program_function *deleter = &engine->program.functions.data[freeing->deleter];
    ir_id op = (ir_id)(freeing->op - deleter->ir->ops.data);
    struct site site = {context_enter(engine, CONTEXT_NONE, freeing->deleter, IR_NONE), op,
                        deleter->flow->block_of[op], 0};
    return table_intern(&engine->sites, &site);
}

static void hand_out(struct engine *engine, struct state *state, value_id object, value_id owned)
{
    uint32_t index = map_get_u64(&engine->made_owners, object);
    struct freeing freeing;
    struct block block;
    value_id offset, base = value_base(&engine->values, owned, &offset);
    if (index == MAP_NONE || base == VALUE_NONE || !block_get(engine, state, base, &block) ||
        block.life != BLOCK_LIVE ||
        (block.flags & (BLOCK_ESCAPED | BLOCK_REPORTED | BLOCK_QUERIED)))
        return;
    struct made_owner made = engine->owners_made.data[index];
    if (!freeing_of(engine, state, &made, object, &freeing))
        return;
    trail_add(engine, state, made.site, owned, "an owner that outlives the function takes it here");
    struct event event =
        event_new(engine, state, EVENT_RELEASE, freed_at(engine, &made, &freeing), owned);
    event.release = RELEASE_CALL;
    event.expects = freeing.expects;
    event.call = freeing.call;
    event.model = freeing.model;
    event.is_handed_out = true;
    event_raise(engine, &event);
}

void owners_handed_out(struct engine *engine, struct state *state)
{
    if (!engine->owners_made.len)
        return;
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        const struct value *address = value_at(&engine->values, (value_id)cell);
        if (address->kind != VALUE_ADDRESS)
            continue;
        const struct region *part = region_at(&engine->values, address->a);
        if (part->kind == REGION_FIELD &&
            strcmp(name_text(&engine->values, part->b), "(owned)") == 0)
            hand_out(engine, state, part->a, (value_id)content);
    }
}

/* Bodies that code out of sight was given to run, a thread's say: what they can reach, they may
 * register, unregister or free at any time from then on, before or after what the path does. */
#include "engine/unseen/concurrent.h"

#include "engine/call/call.h"
#include "engine/call/targets.h"
#include "engine/library/container.h"
#include "engine/library/objects.h"
#include "engine/state/blocks.h"
#include "engine/state/context.h"
#include "engine/state/escape.h"
#include "engine/state/memory.h"
#include "engine/state/registrations.h"
#include "engine/unseen/answers.h"
#include "engine/value/pmap.h"

static const struct touches *touches_at(struct engine *engine, uint32_t function)
{
    uint32_t index = map_get_u64(&engine->bodies, function);
    if (index == MAP_NONE) {
        index = (uint32_t)engine->touched.len;
        vec_push(engine->lasting, &engine->touched,
                 touches_of(engine->lasting, &engine->program, engine->models, function));
        map_set_u64(&engine->bodies, function, index);
    }
    return &engine->touched.data[index];
}

/* What a body changes; NULL: nobody knows. */
static const struct touches *touches_of_body(struct engine *engine, uint32_t function)
{
    if (function == MAP_NONE || !engine->program.functions.data[function].flow)
        return NULL;
    const struct touches *touches = touches_at(engine, function);
    return touches->anything ? NULL : touches;
}

/* ---- objects that a body reaches ---- */

/* The member of the object that the address is one of, or lies in, its own or a base's; VALUE_NONE:
 * it does not lie in the object, or in no member that a program names. */
static value_id member_around(const struct engine *engine, value_id address, value_id object)
{
    value_id member = VALUE_NONE;
    while (address != object) {
        const struct value *value = value_at(&engine->values, address);
        const struct region *region =
            value->kind == VALUE_ADDRESS ? region_at(&engine->values, value->a) : NULL;
        if (!region || region->kind != REGION_FIELD)
            return VALUE_NONE;
        if (!place_is_hidden(&engine->values, address))
            member = address;
        address = region->a;
    }
    return member;
}

static bool is_changed(const struct engine *engine, const struct name_set *changed, value_id member)
{
    return member != VALUE_NONE && name_set_has(changed, place_name(&engine->values, member));
}

/* True where that says more of the object than was known. */
static bool share(struct engine *engine, value_id object, const struct name_set *changed)
{
    for (size_t i = 0; i < engine->shared.len; i++)
        if (engine->shared.data[i].object == object)
            return name_set_unite(&engine->shared.data[i].changed, changed);
    vec_push(engine->arena, &engine->shared, (struct shared_object){object, *changed});
    return true;
}

bool concurrent_changes(const struct engine *engine, value_id place)
{
    for (size_t i = 0; i < engine->shared.len; i++) {
        const struct shared_object *shared = &engine->shared.data[i];
        if (is_changed(engine, &shared->changed, member_around(engine, place, shared->object)))
            return true;
    }
    return false;
}

void concurrent_told(struct engine *engine, struct state *state, value_id subject)
{
    const struct value *value = value_at(&engine->values, subject);
    uint32_t place =
        map_get_u64(&engine->made_of, value->kind == VALUE_OPERATION ? value->a : subject);
    if (place == MAP_NONE || !concurrent_changes(engine, place))
        return;
    struct pmap_iter iter = pmap_begin(state->blocks);
    for (uint64_t base, block; pmap_next(&iter, &base, &block);)
        block_doubt(engine, state, (value_id)base);
}

/* ---- what a body is given ---- */

static bool handles_memory(const struct engine *engine, uint32_t function)
{
    const uint32_t matters = FLOW_REGISTERS | FLOW_UNREGISTERS | FLOW_RELEASES;
    const struct flow *flow =
        function == MAP_NONE ? NULL : engine->program.functions.data[function].flow;
    return flow && (flow->all & matters);
}

/* A body that handles memory comes by all that the pointer leads to. */
static void mark(struct engine *engine, struct state *state, value_id pointer, int depth)
{
    value_id offset, base = value_base(&engine->values, pointer, &offset);
    struct block block;
    if (base == VALUE_NONE || depth > MAX_REACH ||
        memory_region_kind(engine, base) == REGION_FUNCTION)
        return;
    block_describe(engine, state, base, &block);
    if (block.flags & BLOCK_CONCURRENT)
        return;
    block_add_flags(engine, state, base, BLOCK_CONCURRENT);
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);)
        if (value_base(&engine->values, (value_id)cell, &offset) == base)
            mark(engine, state, (value_id)content, depth + 1);
}

/* Does a pointer of the type lead to an object of the program's, which members tell the body's part
 * of? */
static bool leads_to_object(const struct engine *engine, const struct ir_unit *unit, ir_id type)
{
    ir_id class = type == IR_NONE ? IR_NONE : callee_pointed_class(unit, type);
    const struct ir_record *record = class == IR_NONE ? NULL : &unit->records.data[class];
    return record && !record->is_union && !record->is_lambda && !record->in_system_header &&
           record->has_body && !models_container(engine->models, record->name);
}

/* Memory of its own may be the body's to release. */
static bool is_in_place(struct engine *engine, const struct state *state, value_id object)
{
    struct registration any;
    struct block block;
    value_id offset, base = value_base(&engine->values, object, &offset);
    return base != VALUE_NONE && !registration_find(engine, state, base, &any) &&
           (memory_region_kind(engine, base) != REGION_POINTEE ||
            !(block_get(engine, state, base, &block) && (block.flags & BLOCK_OWN)));
}

struct body {
    uint32_t function; /* of the program, MAP_NONE: not in sight */
    const struct touches *touches;
    uint64_t salt;
};

static struct body body_of(struct engine *engine, uint32_t function, uint64_t salt)
{
    return (struct body){function, touches_of_body(engine, function), salt};
}

static struct body body_of_argument(struct engine *engine, struct state *state,
                                    const struct invocation *invocation, size_t index,
                                    uint64_t salt)
{
    return body_of(engine, callable_function_of_argument(engine, state, invocation, index), salt);
}

/* The type of what objects of the type lead to, pointers and containers; IR_NONE: of no such type.
 */
static ir_id type_behind(const struct engine *engine, const struct ir_unit *unit, ir_id object)
{
    object = ir_behind_arrays(unit, object);
    if (object == IR_NONE || unit->types.data[object].kind == IR_TYPE_POINTER)
        return object == IR_NONE ? IR_NONE : unit->types.data[object].element;
    const struct model_container *container =
        callee_container_of_type(engine->models, unit, object);
    return container ? callee_element_type(container,
                                           &unit->records.data[unit->types.data[object].record])
                     : IR_NONE;
}

static bool leads_on(struct engine *engine, value_id content, value_id base)
{
    value_id offset, inner = value_base(&engine->values, content, &offset);
    const struct symbol *symbol = inner == VALUE_NONE ? NULL : symbol_of(&engine->values, inner);
    return inner != VALUE_NONE && inner != base && (!symbol || symbol->is_pointer);
}

enum { MOST_STEPS = 2 }; /* from what a body is given to numbers that it writes */

/* A body that keeps no pointer writes numbers where the pointer leads to an object of that type, or
 * where that leads on: pointers and containers stay what they are. */
static void lose_numbers(struct engine *engine, struct state *state, uint64_t salt,
                         value_id pointer, const struct ir_unit *unit, ir_id object, int depth)
{
    value_id offset, base = value_base(&engine->values, pointer, &offset);
    if (base == VALUE_NONE || depth > MOST_STEPS)
        return;
    const ir_id behind = type_behind(engine, unit, object);
    const pmap before = state->store;
    if (behind == IR_NONE)
        lose_contents(engine, state, base, salt);
    struct pmap_iter iter = pmap_begin(before);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        if (value_base(&engine->values, (value_id)cell, &offset) != base ||
            !leads_on(engine, (value_id)content, base))
            continue;
        if (behind == IR_NONE)
            state->store = pmap_set(engine->arena, state->store, cell, content);
        lose_numbers(engine, state, salt, (value_id)content, unit, behind, depth + 1);
    }
}

/* True where more is known of what bodies share. */
static bool give(struct engine *engine, struct state *state, const struct body *body,
                 value_id pointer, const struct ir_unit *unit, ir_id type)
{
    const bool stays = !body->touches->gives_away && !handles_memory(engine, body->function);
    if (leads_to_object(engine, unit, type) && (stays || is_in_place(engine, state, pointer)))
        return share(engine, pointer, &body->touches->changed);
    if (!body->touches->keeps) { /* it reads and writes there */
        lose_numbers(engine, state, body->salt, pointer, unit,
                     type == IR_NONE ? IR_NONE : unit->types.data[type].element, 0);
        return false;
    }
    if (handles_memory(engine, body->function))
        mark(engine, state, pointer, 0);
    escape_reachable(engine, state, pointer, body->salt);
    return false;
}

static bool give_captures(struct engine *engine, struct state *state, const struct body *body,
                          value_id closure, const struct ir_unit *unit,
                          const struct ir_record *record)
{
    bool is_news = false;
    for (size_t i = 0; i < record->fields.len; i++) {
        const struct ir_field *capture = &record->fields.data[i];
        value_id place = part_address(engine, closure, capture->name), content;
        if (memory_peek(state, place, &content))
            is_news |= give(engine, state, body, content, unit, capture->type);
        else
            escape_contents(engine, state, place);
    }
    return is_news;
}

/* What the body that stands at `index` is given with it, written as what it is. */
static void give_argument(struct engine *engine, struct state *state, const struct body *body,
                          const struct invocation *invocation, size_t index)
{
    const struct program_function *here = context_function(engine, state->context);
    const struct ir_record *record = argument_record(invocation, index);
    value_id value = invocation->args[index], content;
    ir_id type = argument_referred(invocation, index);
    if (record && record->is_lambda)
        give_captures(engine, state, body, value, invocation->unit, record);
    else if (type == IR_NONE)
        give(engine, state, body, value, invocation->unit,
             ir_behind_casts(here->ir, invocation->op->call->args.data[index])->type);
    else if (memory_peek(state, value, &content))
        give(engine, state, body, content, invocation->unit, type);
    else
        escape_contents(engine, state, value);
}

/* A closure that a std::function holds there or around, which code out of sight may call; false:
 * none that is known. */
static bool give_held(struct engine *engine, struct state *state, value_id cell, uint64_t salt,
                      bool *is_news)
{
    value_id target = value_around_part(&engine->values, cell, "(target)"), type, self;
    ir_id class;
    const struct value *value = target == VALUE_NONE ? NULL : value_at(&engine->values, target);
    if (!value)
        return false;
    const value_id callable = region_at(&engine->values, value->a)->a;
    if (!memory_peek(state, part_address(engine, callable, "(type)"), &type))
        return false;
    const struct ir_unit *unit = callable_type(engine, type, &class);
    const struct ir_record *record =
        unit && class != IR_NONE && unit->types.data[class].record != IR_NONE
            ? &unit->records.data[unit->types.data[class].record]
            : NULL;
    struct body body = body_of(engine, callable_function_at(engine, state, callable, &self), salt);
    if (!record || !record->is_lambda || !body.touches)
        return false;
    *is_news |= give_captures(engine, state, &body, target, unit, record);
    return true;
}

/* Bodies change those members of the object, whenever they like. */
static bool lose_changed(struct engine *engine, struct state *state,
                         const struct shared_object *shared, uint64_t salt)
{
    bool is_news = false;
    const pmap before = state->store;
    struct pmap_iter iter = pmap_begin(before);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        value_id member = member_around(engine, (value_id)cell, shared->object);
        if (!is_changed(engine, &shared->changed, member))
            continue;
        answers_lost(engine, state, (value_id)content);
        if (!give_held(engine, state, (value_id)cell, salt, &is_news))
            escape_reachable(engine, state, (value_id)content, salt);
    }
    iter = pmap_begin(before);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        value_id member = member_around(engine, (value_id)cell, shared->object);
        if (is_changed(engine, &shared->changed, member))
            memory_havoc(engine, state, member, salt);
    }
    return is_news;
}

void concurrent_goes_on(struct engine *engine, struct state *state, uint64_t salt)
{
    for (bool is_news = engine->shared.len > 0; is_news;) {
        is_news = false;
        for (size_t i = 0; i < engine->shared.len; i++) {
            const struct shared_object shared = engine->shared.data[i];
            is_news |= lose_changed(engine, state, &shared, salt);
        }
    }
}

static bool is_closure(const struct invocation *invocation, size_t index)
{
    const struct ir_record *record = argument_record(invocation, index);
    return record && record->is_lambda;
}

bool concurrent_gives(struct engine *engine, struct state *state,
                      const struct invocation *invocation, size_t index, uint64_t salt)
{
    if (!is_closure(invocation, index))
        return false;
    struct body body = body_of_argument(engine, state, invocation, index, salt);
    if (!body.touches)
        return false;
    give_argument(engine, state, &body, invocation, index);
    return true;
}

bool concurrent_starts(struct engine *engine, struct state *state,
                       const struct invocation *invocation, size_t first, uint64_t salt)
{
    struct body body = body_of_argument(engine, state, invocation, first, salt);
    if (!body.touches || !invocation->op || !invocation->op->call ||
        invocation->count > invocation->op->call->args.len)
        return false;
    for (size_t i = first; i < invocation->count; i++)
        give_argument(engine, state, &body, invocation, i);
    concurrent_goes_on(engine, state, salt);
    return true;
}

void concurrent_handed(struct engine *engine, struct state *state,
                       const struct invocation *invocation, size_t first)
{
    bool is_written = invocation->op && invocation->op->call;
    for (size_t i = first; is_written && i < invocation->count; i++) {
        if (!handles_memory(engine, callable_function_of_argument(engine, state, invocation, i)))
            continue;
        for (size_t j = first; j < invocation->count; j++)
            if (!is_closure(invocation, j) ||
                !body_of_argument(engine, state, invocation, j, 0).touches)
                mark(engine, state, invocation->args[j], 0);
        return;
    }
}

bool concurrent_reaches(struct engine *engine, const struct state *state, value_id pointer)
{
    for (int depth = 0; depth <= MAX_REACH; depth++) {
        value_id offset, base = value_base(&engine->values, pointer, &offset);
        struct block block;
        if (base == VALUE_NONE)
            return false;
        if (concurrent_changes(engine, pointer))
            return true;
        block_describe(engine, state, base, &block);
        if (block.flags & BLOCK_CONCURRENT)
            return true;
        if (!symbol_of(&engine->values, base))
            return false;
        uint32_t place = map_get_u64(&engine->made_of, base);
        if (place == MAP_NONE)
            return false;
        pointer = place;
    }
    return false;
}

/* The elements of a container that the path has met: those with something in memory. They lie one
 * behind the other from the container's first element on. */
#include "engine/call/call.h"
#include "engine/library/container.h"
#include "engine/library/objects.h"
#include "engine/state/blocks.h"
#include "engine/state/constraint.h"
#include "engine/state/context.h"
#include "engine/state/escape.h"
#include "engine/state/fills.h"
#include "engine/state/memory.h"
#include "engine/value/pmap.h"
#include "engine/walk/step.h"

/* ---- which there are ---- */

/* The allocator alone says what a map's elements are: std::allocator<std::pair<const K, V>>. */
static ir_id allocated_type(const struct method_play *play)
{
    int index = play->container->allocator_argument;
    if (index < 0 || !play->record || (size_t)index >= play->record->arguments.len)
        return IR_NONE;
    const struct ir_type *type = &play->unit->types.data[play->record->arguments.data[index]];
    if (type->kind != IR_TYPE_RECORD || type->record == IR_NONE)
        return IR_NONE;
    const struct ir_record *allocator = &play->unit->records.data[type->record];
    if (!allocator->arguments.len)
        return IR_NONE;
    ir_id pair = allocator->arguments.data[0];
    const struct model_container *container =
        callee_container_of_type(play->engine->models, play->unit, pair);
    return container && container->storage == MODEL_STORAGE_MEMBERS ? pair : IR_NONE;
}

ir_id element_type(const struct method_play *play)
{
    if (play->container->element_argument < 0)
        return allocated_type(play);
    return play->record ? callee_element_type(play->container, play->record) : IR_NONE;
}

bool elements_are_numbers(const struct method_play *play)
{
    ir_id type = element_type(play);
    if (type == IR_NONE)
        return false;
    enum ir_type_kind kind = play->unit->types.data[type].kind;
    return kind == IR_TYPE_INT || kind == IR_TYPE_FLOAT || kind == IR_TYPE_ENUM ||
           kind == IR_TYPE_BOOL;
}

bool elements_matter(const struct method_play *play)
{
    return object_matters(play->unit, element_type(play)) || elements_are_numbers(play);
}

value_id element_as_given(struct method_play *play, value_id place)
{
    ir_id type = play->callee ? play->callee->result_type : IR_NONE;
    if (place == VALUE_NONE || type == IR_NONE || play->unit->types.data[type].kind != IR_TYPE_BOOL)
        return place;
    value_id value, offset;
    region_id region;
    if (memory_peek(play->state, place, &value))
        return value;
    bool is_in_object = value_as_address(&play->engine->values, place, &region, &offset) &&
                        region_at(&play->engine->values, region)->kind == REGION_FIELD;
    return is_in_object ? memory_load(play->engine, play->state, place, play->unit, type)
                        : VALUE_NONE; /* what fills a buffer is not always in sight */
}

void element_turn(struct engine *engine, struct state *state, value_id place, site_id site)
{
    value_id was;
    if (memory_peek(state, place, &was))
        memory_store(engine, state, place, compare(engine, IR_EQ, was, 0));
    else if (fill_is_zero_at(engine, state, place))
        memory_store(engine, state, place, value_int(&engine->values, 1));
    else
        memory_renew_part(engine, state, place, site);
}

value_id element_of(struct engine *engine, value_id cell, value_id first)
{
    region_id region, here;
    value_id offset;
    if (!value_as_address(&engine->values, first, &region, &offset))
        return VALUE_NONE;
    for (value_id at = cell; value_as_address(&engine->values, at, &here, &offset);) {
        if (here == region)
            return at;
        const struct region *r = region_at(&engine->values, here);
        if (r->kind != REGION_FIELD)
            break;
        at = r->a;
    }
    return VALUE_NONE;
}

/* The cell is of an element that is out of sight from here on. */
static void lose_cell(struct method_play *play, value_id cell, value_id content)
{
    const ir_id type = element_type(play);
    /* the end of a pointer does nothing to what it leads to */
    if (type != IR_NONE && play->unit->types.data[type].kind == IR_TYPE_POINTER)
        lose_track(play->engine, play->state, content);
    else
        escape_held(play->engine, play->state, content);
    play->state->store = pmap_remove(play->engine->arena, play->state->store, cell);
}

/* ... of one that may be gone: what lay there before it was written does not lie there again. */
static void may_lose_cell(struct method_play *play, value_id cell, value_id content)
{
    lose_cell(play, cell, content);
    memory_renew_part(play->engine, play->state, cell, play->invocation->site);
}

void elements_lose(struct method_play *play)
{
    value_id first = play_first_element(play);
    memory_renew(play->engine, play->state, first, play->invocation->site);
    struct pmap_iter iter = pmap_begin(play->state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);)
        if (element_of(play->engine, (value_id)cell, first) != VALUE_NONE)
            lose_cell(play, (value_id)cell, (value_id)content);
}

void elements_copy(struct method_play *play, value_id from)
{
    ir_id type = element_type(play);
    value_id buffer = play_load_buffer(play);
    if (type == IR_NONE || buffer == from)
        return;
    if (play->unit->types.data[type].kind == IR_TYPE_POINTER) {
        memory_copy_block(play->engine, play->state, buffer, from);
        return;
    }
    const struct model_container *container =
        callee_container_of_type(play->engine->models, play->unit, type);
    if (play->unit->types.data[type].kind != IR_TYPE_RECORD ||
        (container && (container_has_buffer(container) || play_owns_pointer(container))))
        return; /* copies have blocks of their own */
    struct pmap_iter iter = pmap_begin(play->state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);)
        if (element_of(play->engine, (value_id)cell, from) != VALUE_NONE)
            escape(play->engine, play->state, (value_id)content);
}

void elements_move(struct method_play *play, value_id from, value_id to)
{
    struct engine *engine = play->engine;
    if (!elements_matter(play) || from == to)
        return;
    memory_copy_block(engine, play->state, to, from);
    struct pmap_iter iter = pmap_begin(play->state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        value_id element = element_of(engine, (value_id)cell, to);
        struct block block;
        if (element_of(engine, (value_id)cell, from) != VALUE_NONE)
            play->state->store = pmap_remove(engine->arena, play->state->store, cell);
        else if (element != VALUE_NONE &&
                 block_get(engine, play->state, (value_id)content, &block) &&
                 block.owner != VALUE_NONE && element_of(engine, block.owner, from) != VALUE_NONE) {
            block.owner = element;
            block_set(engine, play->state, (value_id)content, block);
        }
    }
}

/* ---- erased ones ---- */

value_id element_presence(struct engine *engine, value_id element)
{
    return part_address(engine, element, "(present)");
}

void element_is_erased(struct engine *engine, struct state *state, value_id element)
{
    memory_store(engine, state, element_presence(engine, element), 0);
}

static bool is_erased(struct engine *engine, const struct state *state, value_id element)
{
    value_id present;
    return memory_peek(state, element_presence(engine, element), &present) && present == 0;
}

/* ---- their ends ---- */

enum { RUNNING = 1U << 31 }; /* in the unit: the destructor is under way */

void end_awaited(struct engine *engine, struct state *state, const struct ir_unit *unit, ir_id type,
                 value_id object)
{
    uint32_t in = program_unit(&engine->program, unit);
    if (in == MAP_NONE || type == IR_NONE)
        return;
    state->ends = pmap_set(engine->arena, state->ends, ((uint64_t)state->context << 32) | object,
                           ((uint64_t)in << 32) | type);
}

/* Is `a op b` certain for two places among the elements? */
static bool stands(struct method_play *play, value_id a, enum ir_compare op, value_id b)
{
    value_id at, limit;
    return b != VALUE_NONE && value_common(&play->engine->values, a, b, &at, &limit) &&
           decide(play->engine, play->state, compare(play->engine, op, at, limit)) == TRUTH_TRUE;
}

void elements_end(struct method_play *play, value_id from)
{
    ir_id type = element_type(play);
    value_id first = play_first_element(play);
    if (type == IR_NONE || play->unit->types.data[type].kind != IR_TYPE_RECORD)
        return;
    value_id limit = play_advanced(play, first, from);
    struct pmap_iter iter = pmap_begin(play->state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        value_id element = element_of(play->engine, (value_id)cell, first);
        if (element == VALUE_NONE || is_erased(play->engine, play->state, element))
            continue;
        if (from == 0 || stands(play, element, IR_GE, limit))
            end_awaited(play->engine, play->state, play->unit, type, element);
        else if (!stands(play, element, IR_LT, limit)) /* it may be one of them */
            may_lose_cell(play, (value_id)cell, (value_id)content);
    }
}

void elements_erase(struct method_play *play, value_id from, value_id to)
{
    ir_id type = element_type(play);
    value_id first = play_first_element(play);
    memory_renew(play->engine, play->state, first, play->invocation->site);
    struct pmap_iter iter = pmap_begin(play->state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        value_id element = element_of(play->engine, (value_id)cell, first);
        if (element == VALUE_NONE || stands(play, element, IR_LT, from))
            continue;
        if (object_matters(play->unit, type) && stands(play, element, IR_GE, from) &&
            stands(play, element, IR_LT, to))
            end_awaited(play->engine, play->state, play->unit, type, element);
        else
            lose_cell(play, (value_id)cell, (value_id)content);
    }
}

/* Is it the one, or certainly another? */
static bool is_told_apart(struct method_play *play, value_id element, value_id from)
{
    return element == from || stands(play, element, IR_NE, from);
}

void elements_end_last(struct method_play *play, value_id last)
{
    value_id first = play_first_element(play);
    struct pmap_iter iter = pmap_begin(play->state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        value_id element = element_of(play->engine, (value_id)cell, first);
        if (element != VALUE_NONE && !is_told_apart(play, element, last))
            may_lose_cell(play, (value_id)cell, (value_id)content);
    }
    elements_end_one(play, last);
}

void elements_end_one(struct method_play *play, value_id element)
{
    ir_id type = element_type(play);
    if (element != VALUE_NONE && type != IR_NONE)
        end_awaited(play->engine, play->state, play->unit, type, element);
}

void member_ends(struct method_play *play, ir_id type, value_id member)
{
    end_awaited(play->engine, play->state, play->unit, type, member);
}

/* Does another that has to end lie within the object? */
static bool waits_for_part(struct engine *engine, const struct state *state, context_id context,
                           value_id object)
{
    struct pmap_iter iter = pmap_begin(state->ends);
    for (uint64_t key, value; pmap_next(&iter, &key, &value);)
        if (key >> 32 == context && (value_id)key != object &&
            value_is_within(&engine->values, (value_id)key, object))
            return true;
    return false;
}

/* One that the context's operation has to end, parts before the whole: what the destructor of one
 * reads goes with the whole. False: there is none. */
static bool next_end(struct engine *engine, const struct state *state, context_id context,
                     uint64_t *key, uint64_t *value)
{
    struct pmap_iter iter = pmap_begin(state->ends);
    while (pmap_next(&iter, key, value))
        if (*key >> 32 == context && !waits_for_part(engine, state, context, (value_id)*key))
            return true;
    return false;
}

void ends_forget(struct engine *engine, struct state *state, context_id context)
{
    for (uint64_t key, value; next_end(engine, state, context, &key, &value);)
        state->ends = pmap_remove(engine->arena, state->ends, key);
}

enum step ends_run(struct engine *engine, struct state *state, const struct invocation *cause)
{
    for (uint64_t key, value; next_end(engine, state, state->context, &key, &value);) {
        value_id object = (value_id)key;
        const struct ir_unit *unit = engine->program.units[(value >> 32) & ~(uint64_t)RUNNING];
        bool is_over = (value >> 32) & RUNNING;
        state->ends = pmap_remove(engine->arena, state->ends, key);
        if (!is_over) {
            enum step step = object_end(engine, state, cause, unit, (ir_id)value, object);
            if (step == STEP_MOVED)
                state->ends =
                    pmap_set(engine->arena, state->ends, key, value | (uint64_t)RUNNING << 32);
            if (step != STEP_NEXT)
                return step;
        }
        bool was_erased = is_erased(engine, state, object);
        memory_forget_part(engine, state, object);
        memory_renew_part(engine, state, object, cause->site);
        if (was_erased)
            element_is_erased(engine, state, object);
    }
    return STEP_NEXT;
}

bool ends_continue(struct engine *engine, struct state *state, ir_id op_id)
{
    uint64_t key, value;
    if (!state->ends || !next_end(engine, state, state->context, &key, &value))
        return false;
    const struct program_function *here = context_function(engine, state->context);
    struct invocation cause = {.op_id = op_id,
                               .op = &here->ir->ops.data[op_id],
                               .unit = here->in,
                               .site = site_of_op(engine, state, op_id),
                               .into = VALUE_NONE,
                               .name = "destructor"};
    return ends_run(engine, state, &cause) == STEP_MOVED;
}

/* std::bitset: its flags lie behind "(elements)", one in each byte; those that nobody wrote are as
 * the object was made. */
#include "engine/library/container.h"
#include "engine/library/library.h"
#include "engine/library/objects.h"
#include "engine/library/owners.h"
#include "engine/state/constraint.h"
#include "engine/state/fills.h"
#include "engine/state/memory.h"
#include "engine/value/pmap.h"

#include <string.h>

static value_id first_flag(const struct method_play *play)
{
    return part_address(play->engine, play->object, "(elements)");
}

/* VALUE_NONE: the call names none. */
static value_id named_flag(struct method_play *play)
{
    const struct invocation *invocation = play->invocation;
    if (invocation->count < 2)
        return VALUE_NONE;
    return value_advance(&play->engine->values, first_flag(play), invocation->args[1]);
}

static void forget_all(struct method_play *play)
{
    memory_havoc(play->engine, play->state, play->object, play->invocation->site);
}

static void clear_all(struct method_play *play)
{
    memory_zero(play->engine, play->state, play->object, 0);
}

void bits_construct(struct method_play *play)
{
    const struct invocation *invocation = play->invocation;
    const struct ir_record *record = argument_record(invocation, 1);
    if (record && strcmp(record->name, play->record->name) == 0)
        container_transfer(play, invocation->args[1], false);
    else if (invocation->count == 1 || (invocation->count == 2 && invocation->args[1] == 0))
        clear_all(play);
    else
        forget_all(play);
}

/* A flag by itself, or an object that stands for it. */
static void give(struct method_play *play, value_id flag)
{
    struct engine *engine = play->engine;
    ir_id type = play->callee ? play->callee->result_type : IR_NONE;
    if (type_is(play->unit, type, IR_TYPE_BOOL)) {
        *play->result = memory_load(engine, play->state, flag, play->unit, type);
    } else if (play->invocation->into != VALUE_NONE && play_makes_iterator(play)) {
        iterator_set(engine, play->state, play->invocation->into, flag,
                     value_int(&engine->values, 1));
        *play->result = play->invocation->into;
    }
}

static void set(struct method_play *play)
{
    const struct invocation *invocation = play->invocation;
    value_id flag = named_flag(play);
    if (flag == VALUE_NONE)
        forget_all(play); /* they are all set: no fill says so */
    else
        memory_store(play->engine, play->state, flag,
                     invocation->count > 2 ? invocation->args[2]
                                           : value_int(&play->engine->values, 1));
}

static void reset(struct method_play *play)
{
    value_id flag = named_flag(play);
    if (flag == VALUE_NONE)
        clear_all(play);
    else
        memory_store(play->engine, play->state, flag, 0);
}

static void flip(struct method_play *play)
{
    value_id flag = named_flag(play);
    if (flag == VALUE_NONE)
        forget_all(play);
    else
        element_turn(play->engine, play->state, flag, play->invocation->site);
}

/* Is one of the flags in sight set? VALUE_NONE: none is known to be, and not that none is. */
static value_id is_any_set(struct method_play *play)
{
    struct engine *engine = play->engine;
    value_id first = first_flag(play), open = 0;
    size_t undecided = 0;
    struct pmap_iter iter = pmap_begin(play->state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        if (element_of(engine, (value_id)cell, first) == VALUE_NONE)
            continue;
        value_id is_set = compare(engine, IR_NE, (value_id)content, 0);
        enum truth truth = decide(engine, play->state, is_set);
        if (truth == TRUTH_TRUE)
            return value_int(&engine->values, 1);
        if (truth == TRUTH_UNKNOWN) {
            undecided++;
            open = is_set;
        }
    }
    bool is_rest_clear = fill_is_zero_at(engine, play->state, first);
    return is_rest_clear && undecided <= 1 ? open : VALUE_NONE;
}

static void write(struct method_play *play)
{
    const char *name = play->method->like;
    if (strcmp(name, "set") == 0)
        set(play);
    else if (strcmp(name, "reset") == 0)
        reset(play);
    else
        flip(play);
    *play->result = play->object;
}

/* any(), none() and all(). */
static value_id asked_of_all(struct method_play *play)
{
    const char *name = play->method->like;
    value_id any = strcmp(name, "all") == 0 ? VALUE_NONE : is_any_set(play);
    bool is_turned = any != VALUE_NONE && strcmp(name, "none") == 0;
    return is_turned ? compare(play->engine, IR_EQ, any, 0) : any;
}

enum step bits_method(struct method_play *play)
{
    switch (play->method->kind) {
    case MODEL_METHOD_ELEMENT:
        give(play, named_flag(play));
        break;
    case MODEL_METHOD_RESET:
        write(play);
        break;
    case MODEL_METHOD_BOOL:
        *play->result = asked_of_all(play);
        break;
    case MODEL_METHOD_ASSIGN:
        bits_construct(play);
        *play->result = play->object;
        break;
    default:
        break;
    }
    return STEP_NEXT;
}

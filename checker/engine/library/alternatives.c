/* std::variant and std::any: one object, of one of several types or of any. A variant keeps
 * "(index)", the number of the template argument that the object is of, and the object itself as
 * "(0)", "(1)" ...; an any keeps "(type)" and "(target)". Where the path does not know which it is,
 * what is kept is out of sight. */
#include "engine/call/call.h"
#include "engine/library/container.h"
#include "engine/library/objects.h"
#include "engine/library/owners.h"
#include "engine/state/constraint.h"
#include "engine/state/escape.h"
#include "engine/state/memory.h"
#include "engine/walk/step.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

bool container_has_alternatives(const struct model_container *container)
{
    return container->storage == MODEL_STORAGE_ALTERNATIVES ||
           container->storage == MODEL_STORAGE_ANY;
}

static bool is_any(const struct method_play *play)
{
    return play->container->storage == MODEL_STORAGE_ANY;
}

/* ---- what is kept ---- */

struct contained {
    const struct ir_unit *unit;
    ir_id type;     /* of the unit; IR_NONE: not known */
    value_id place; /* of the object */
    size_t index;   /* of a variant's alternative */
};

static struct contained any_of_type(struct method_play *play, const struct ir_unit *unit,
                                    ir_id type)
{
    return (struct contained){unit, type, part_address(play->engine, play->object, "(target)"), 0};
}

static struct contained alternative(struct method_play *play, size_t index)
{
    struct contained kept = {.unit = play->unit, .index = index};
    kept.type = play_member(play, index, &kept.place);
    return kept;
}

/* Types have one spelling in all units, in which a const of their own does not count. NULL: of a
 * pattern's, or of an array, of which a pointer is kept. */
static const char *spelling(const struct ir_unit *unit, ir_id type, size_t *len)
{
    const struct ir_type *t = type == IR_NONE ? NULL : &unit->types.data[type];
    if (!t || !t->name || t->kind == IR_TYPE_UNKNOWN || t->kind == IR_TYPE_ARRAY ||
        t->kind == IR_TYPE_FUNCTION)
        return NULL;
    const char *name = t->name;
    *len = strlen(name);
    if (t->kind == IR_TYPE_POINTER) {
        bool is_const = *len > 5 && strcmp(name + *len - 5, "const") == 0;
        *len -= is_const ? 5 : 0;
    } else if (strncmp(name, "const ", 6) == 0) {
        name += 6;
        *len -= 6;
    }
    return name;
}

bool alternatives_same_type(const struct ir_unit *unit, ir_id type, const struct ir_unit *other,
                            ir_id second)
{
    size_t a_len = 0, b_len = 0;
    const char *a = spelling(unit, type, &a_len), *b = spelling(other, second, &b_len);
    return a && b && a_len == b_len && memcmp(a, b, a_len) == 0;
}

/* What keeps an object of the type, where just one alternative is of it. */
static struct contained for_type(struct method_play *play, const struct ir_unit *unit, ir_id type)
{
    struct contained found = {.type = IR_NONE}, next;
    size_t len;
    if (!spelling(unit, type, &len))
        return found;
    if (is_any(play))
        return any_of_type(play, unit, type);
    for (size_t i = 0; (next = alternative(play, i)).type != IR_NONE; i++) {
        if (!alternatives_same_type(play->unit, next.type, unit, type))
            continue;
        if (found.type != IR_NONE)
            return (struct contained){.type = IR_NONE};
        found = next;
    }
    return found;
}

static value_id index_of(struct method_play *play)
{
    return part_load(play->engine, play->state, play->object, "(index)", false);
}

/* The object that is there now. */
static struct contained kept_now(struct method_play *play)
{
    struct contained kept = {.type = IR_NONE}, next;
    value_id type;
    if (is_any(play)) {
        if (memory_peek(play->state, part_address(play->engine, play->object, "(type)"), &type) &&
            type != 0)
            kept.type =
                owner_kept_type(play->engine, play->state, play->object, "(type)", &kept.unit);
        return kept.type == IR_NONE ? kept : any_of_type(play, kept.unit, kept.type);
    }
    value_id index = index_of(play);
    for (size_t i = 0; (next = alternative(play, i)).type != IR_NONE; i++) {
        value_id number = value_int(&play->engine->values, (int64_t)i);
        if (decide(play->engine, play->state, compare(play->engine, IR_EQ, index, number)) ==
            TRUTH_TRUE)
            return next;
    }
    return kept;
}

bool alternatives_kept(struct method_play *play, struct held_object *kept)
{
    struct contained now = kept_now(play);
    *kept = (struct held_object){now.unit, now.type, now.place};
    return now.type != IR_NONE;
}

static void set_kept(struct method_play *play, struct contained kept)
{
    if (is_any(play))
        owner_keep_type(play->engine, play->state, kept.unit, kept.type, play->object, "(type)");
    else
        part_store(play->engine, play->state, play->object, "(index)",
                   value_int(&play->engine->values, (int64_t)kept.index));
}

static bool is_empty(struct method_play *play)
{
    value_id type;
    return is_any(play) &&
           memory_peek(play->state, part_address(play->engine, play->object, "(type)"), &type) &&
           type == 0;
}

/* What is kept is not known from here on. */
static void lose(struct method_play *play)
{
    escape_contents(play->engine, play->state, play->object);
    memory_havoc(play->engine, play->state, play->object, play->invocation->site);
}

static void lose_arguments(struct method_play *play, size_t first)
{
    for (size_t i = first; i < play->invocation->count; i++)
        escape_contents(play->engine, play->state, play->invocation->args[i]);
}

/* ---- the beginning and the end ---- */

/* An object that is made from the arguments from the `first` on. */
static enum step make(struct method_play *play, struct contained kept, size_t first)
{
    memory_havoc(play->engine, play->state, play->object, play->invocation->site);
    if (kept.type == IR_NONE) {
        lose_arguments(play, first);
        return STEP_NEXT;
    }
    set_kept(play, kept);
    return object_begin(play->engine, play->state, play->invocation, first, kept.unit, kept.type,
                        kept.place);
}

static enum step make_default(struct method_play *play)
{
    if (!is_any(play))
        return make(play, alternative(play, 0), play->invocation->count);
    memory_havoc(play->engine, play->state, play->object, play->invocation->site);
    part_store(play->engine, play->state, play->object, "(type)", 0);
    return STEP_NEXT;
}

static bool is_class(const struct method_play *play, size_t argument, const char *name)
{
    const struct ir_record *record = argument_record(play->invocation, argument);
    return record && strcmp(record->name, name) == 0;
}

/* std::in_place_index_t<1>: what is not known is beyond all alternatives. */
static size_t number_of_class(const struct ir_record *record)
{
    const char *number = strrchr(record->display, '<');
    return number && isdigit((unsigned char)number[1]) ? strtoul(number + 1, NULL, 10) : SIZE_MAX;
}

/* What the arguments from the `first` on make; `*first` becomes that of the object's own. */
static struct contained given(struct method_play *play, size_t *first)
{
    const struct invocation *invocation = play->invocation;
    if (is_class(play, *first, "std::in_place_index_t"))
        return alternative(play, number_of_class(argument_record(invocation, (*first)++)));
    if (is_class(play, *first, "std::in_place_type_t")) {
        const struct ir_record *record = argument_record(invocation, (*first)++);
        return for_type(play, invocation->unit,
                        record->arguments.len ? record->arguments.data[0] : IR_NONE);
    }
    if (invocation->count != *first + 1)
        return (struct contained){.type = IR_NONE};
    return for_type(play, invocation->unit, argument_type(invocation, *first));
}

enum step alternatives_construct(struct method_play *play, size_t first)
{
    const struct invocation *invocation = play->invocation;
    if (invocation->count == first)
        return make_default(play);
    if (is_class(play, first, play->record->name)) {
        memory_havoc(play->engine, play->state, play->object, invocation->site);
        alternatives_transfer(play, invocation->args[first], argument_moves(invocation, first), 0);
        return STEP_NEXT;
    }
    struct contained kept = given(play, &first);
    return make(play, kept, first);
}

void alternatives_end(struct method_play *play)
{
    struct contained kept = kept_now(play);
    struct method_play of_unit = *play;
    of_unit.unit = kept.unit;
    if (kept.type != IR_NONE)
        member_ends(&of_unit, kept.type, kept.place);
    else
        escape_contents(play->engine, play->state, play->object);
}

void alternatives_transfer(struct method_play *play, value_id from, bool moves, int depth)
{
    struct method_play source = *play;
    source.object = from;
    struct contained kept = kept_now(&source);
    memory_forget_part(play->engine, play->state, play->object);
    if (is_empty(&source))
        part_store(play->engine, play->state, play->object, "(type)", 0);
    if (kept.type == IR_NONE) {
        escape_contents(play->engine, play->state, from);
        return;
    }
    struct contained to =
        is_any(play) ? any_of_type(play, kept.unit, kept.type) : alternative(play, kept.index);
    set_kept(play, to);
    transfer_member(play->engine, play->state, to.unit, to.type, to.place, kept.place, moves,
                    depth + 1);
    if (moves && is_any(play))
        part_store(play->engine, play->state, from, "(type)", 0);
}

/* ---- methods ---- */

/* Another object of the same type is assigned to the one that is there: does that keep what it
 * has, as a vector that is large enough keeps its buffer? Of the program's classes nobody knows. */
static bool may_stay(const struct method_play *play, struct contained kept, bool moves)
{
    const struct model_container *container =
        callee_container_of_type(play->engine->models, kept.unit, kept.type);
    if (!container)
        return type_is(kept.unit, kept.type, IR_TYPE_RECORD);
    return !moves && !play_owns_pointer(container);
}

/* What the argument of operator= makes: of another variant or any, what it keeps. */
static struct contained assigned(struct method_play *play)
{
    size_t first = 1;
    if (!is_class(play, 1, play->record->name))
        return given(play, &first);
    struct method_play source = *play;
    source.object = play->invocation->args[1];
    return kept_now(&source);
}

static enum step replace(struct method_play *play)
{
    alternatives_end(play);
    enum step step = ends_run(play->engine, play->state, play->invocation);
    if (step != STEP_NEXT) { /* the old one's destructor runs */
        lose_arguments(play, 1);
        memory_havoc(play->engine, play->state, play->object, play->invocation->site);
    }
    return step;
}

static enum step assign(struct method_play *play)
{
    struct contained old = kept_now(play), now = assigned(play);
    *play->result = play->object;
    if (play->invocation->count < 2 || play->invocation->args[1] == play->object)
        return STEP_NEXT;
    bool is_other = old.type != IR_NONE && now.type != IR_NONE &&
                    !alternatives_same_type(old.unit, old.type, now.unit, now.type);
    if (!is_any(play) && old.type != IR_NONE && !is_other &&
        may_stay(play, old, argument_moves(play->invocation, 1))) {
        lose_arguments(play, 1);
        lose(play);
        return STEP_NEXT;
    }
    enum step step = replace(play);
    return step == STEP_NEXT ? alternatives_construct(play, 1) : step;
}

/* emplace<T>(...): the result refers to the new object. */
static enum step emplace(struct method_play *play)
{
    const struct ir_unit *unit = play->invocation->unit;
    ir_id type = play->invocation->op ? play->invocation->op->type : IR_NONE;
    struct contained kept = {.type = IR_NONE};
    if (type_is(unit, type, IR_TYPE_REFERENCE))
        kept = for_type(play, unit, unit->types.data[type].element);
    enum step step = replace(play);
    if (step != STEP_NEXT)
        return step;
    if (kept.type != IR_NONE)
        *play->result = kept.place;
    return make(play, kept, 1);
}

static enum step reset(struct method_play *play)
{
    enum step step = replace(play);
    if (step == STEP_NEXT)
        part_store(play->engine, play->state, play->object, "(type)", 0);
    return step;
}

/* any_cast<T>(a), any_cast<T &>(a), any_cast<T>(&a) */
static enum step cast(struct method_play *play)
{
    const struct invocation *invocation = play->invocation;
    const struct ir_unit *unit = invocation->unit;
    struct contained kept = kept_now(play);
    ir_id asked = invocation->op ? invocation->op->type : IR_NONE;
    bool by_pointer = argument_referred(invocation, 0) == IR_NONE;
    bool by_place = by_pointer || type_is(unit, asked, IR_TYPE_REFERENCE);
    if (asked == IR_NONE || (kept.type == IR_NONE && !is_empty(play))) {
        call_unknown(play->engine, play->state, invocation, unit, play->callee, play->result);
        return STEP_NEXT;
    }
    if (by_place)
        asked = unit->types.data[asked].element;
    if (kept.type == IR_NONE || !alternatives_same_type(kept.unit, kept.type, unit, asked)) {
        *play->result = 0;
        return by_pointer ? STEP_NEXT : STEP_ENDED; /* it throws */
    }
    if (by_place) {
        *play->result = kept.place;
    } else if (invocation->into != VALUE_NONE) {
        transfer_member(play->engine, play->state, kept.unit, kept.type, invocation->into,
                        kept.place, argument_moves(invocation, 0), 0);
        *play->result = invocation->into;
    } else {
        *play->result = memory_load(play->engine, play->state, kept.place, unit, asked);
    }
    return STEP_NEXT;
}

enum step alternatives_method(struct method_play *play)
{
    switch (play->method->kind) {
    case MODEL_METHOD_COUNT:
        *play->result = index_of(play);
        return STEP_NEXT;
    case MODEL_METHOD_BOOL:
        *play->result =
            compare(play->engine, IR_NE,
                    part_load(play->engine, play->state, play->object, "(type)", false), 0);
        return STEP_NEXT;
    case MODEL_METHOD_ASSIGN:
        return assign(play);
    case MODEL_METHOD_GROW:
        return emplace(play);
    case MODEL_METHOD_CLEAR:
        return reset(play);
    case MODEL_METHOD_ELEMENT:
        return cast(play);
    default:
        return STEP_NEXT;
    }
}

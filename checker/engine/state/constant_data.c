/* Reads of constant globals: sizes[1], limits.bytes, table[i].open. */
#include "engine/state/constant_data.h"

#include "engine/state/constraint.h"
#include "engine/state/memory.h"
#include "engine/state/ranges.h"

enum { MOST_ELEMENTS = 4096 };

/* The elements that a read may mean: at `first`, first + step, ... below `end`. */
struct elements {
    uint64_t first, step, end;
    uint64_t size; /* bytes of each */
};

bool value_choices_add(struct value_choices *choices, value_id value)
{
    for (size_t i = 0; i < choices->count; i++)
        if (choices->data[i] == value)
            return true;
    if (choices->count == MOST_CHOICES)
        return false;
    choices->data[choices->count++] = value;
    return true;
}

/* NULL: its content is not known. */
static const struct program_global *global_at(const struct engine *engine, value_id base)
{
    const struct value *value = value_at(&engine->values, base);
    if (value->kind != VALUE_ADDRESS)
        return NULL;
    const struct region *region = region_at(&engine->values, value->a);
    if (region->kind != REGION_GLOBAL)
        return NULL;
    const struct program_global *global =
        program_global(&engine->program, name_text(&engine->values, region->a));
    return global && global->ir->has_parts ? global : NULL;
}

/* The part at an offset; parts->len where there are zeros; false where the bytes asked for are not
 * one part's. */
static bool find_part(const struct ir_global *global, uint64_t offset, uint64_t size, size_t *found)
{
    size_t low = 0, high = global->parts.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct ir_part *part = &global->parts.data[middle];
        if (part->offset + part->size <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    *found = global->parts.len;
    if (low == global->parts.len || global->parts.data[low].offset >= offset + size)
        return true;
    *found = low;
    return global->parts.data[low].offset == offset && global->parts.data[low].size == size;
}

static bool part_value(struct engine *engine, const struct ir_global *global, uint32_t unit,
                       size_t index, value_id *value)
{
    *value = 0;
    if (index == global->parts.len)
        return true;
    const struct ir_part *part = &global->parts.data[index];
    switch (part->kind) {
    case IR_PART_NUMBER:
        *value = value_int(&engine->values, part->number);
        return true;
    case IR_PART_FUNCTION:
        *value = memory_function(engine, unit, part->function);
        return true;
    case IR_PART_GLOBAL:
        *value = memory_global(engine, engine->program.units[unit], part->global);
        return true;
    case IR_PART_STRING:
        *value = memory_string(engine, part->text);
        return true;
    default:
        return false;
    }
}

static uint64_t common_divisor(uint64_t a, uint64_t b)
{
    while (b) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Which elements an offset of the form c + 8*i + 16*j can mean, as far as the path bounds it. */
static bool elements_of(struct engine *engine, const struct state *state, value_id offset,
                        uint64_t whole, struct elements *elements)
{
    struct value value = *value_at(&engine->values, offset);
    if (value.kind != VALUE_INT) {
        value.number = 0;
        elements->step = 1;
    } else {
        elements->step = 0;
        for (const struct term *term = term_at(&engine->values, value.a); term;
             term = term_at(&engine->values, term->next)) {
            uint64_t factor = (uint64_t)term->coefficient;
            elements->step =
                common_divisor(elements->step, term->coefficient < 0 ? 0 - factor : factor);
        }
    }
    elements->end = whole;
    if (elements->step == 0) {
        elements->first = (uint64_t)value.number;
        elements->step = whole;
        elements->end = elements->first + 1;
        return value.number >= 0 && elements->first + elements->size <= whole;
    }
    struct range range = range_of(engine, state, offset);
    int64_t step = (int64_t)elements->step;
    int64_t first = (value.number % step + step) % step;
    if (range.low > first)
        first += (range.low - first + step - 1) / step * step;
    elements->first = (uint64_t)first;
    if (range.high >= 0 && (uint64_t)range.high < whole)
        elements->end = (uint64_t)range.high + 1;
    return elements->first + elements->size <= whole;
}

/* A symbol for "one of them", made from the address: two reads of it agree. */
static value_id one_of(struct engine *engine, struct state *state, value_id address,
                       const struct ir_unit *unit, ir_id type, struct range range)
{
    value_id symbol = symbol_new(engine, SYMBOL_CONTENT, hash_u64(address), unit, type);
    symbol_note_source(engine, symbol, address);
    value_id low = value_int(&engine->values, range.low);
    value_id high = value_int(&engine->values, range.high);
    assume(engine, state, compare(engine, IR_GE, symbol, low), true);
    assume(engine, state, compare(engine, IR_LE, symbol, high), true);
    return symbol;
}

/* A read of constant data that may mean several elements. */
struct reading {
    const struct program_global *global;
    struct elements elements;
};

static bool begin_reading(struct engine *engine, const struct state *state, value_id address,
                          const struct ir_unit *unit, ir_id type, struct reading *reading)
{
    value_id offset, base = value_base(&engine->values, address, &offset);
    if (base == VALUE_NONE || offset == VALUE_NONE || type == IR_NONE)
        return false;
    reading->global = global_at(engine, base);
    if (!reading->global)
        return false;
    const struct program_global *known = reading->global;
    uint64_t whole = engine->program.units[known->unit]->types.data[known->ir->type].size;
    reading->elements = (struct elements){.size = unit->types.data[type].size};
    return whole <= MOST_ELEMENTS * sizeof(uint64_t) && reading->elements.size <= whole &&
           elements_of(engine, state, offset, whole, &reading->elements);
}

/* What the next element holds, VALUE_NONE: there is none. False: that is not known. */
static bool read_next(struct engine *engine, struct reading *reading, value_id *content)
{
    struct elements *elements = &reading->elements;
    const struct program_global *known = reading->global;
    uint64_t whole = engine->program.units[known->unit]->types.data[known->ir->type].size;
    size_t part;
    *content = VALUE_NONE;
    if (elements->first >= elements->end || elements->first + elements->size > whole)
        return true;
    if (!find_part(known->ir, elements->first, elements->size, &part) ||
        !part_value(engine, known->ir, known->unit, part, content))
        return false;
    elements->first += elements->step;
    return true;
}

bool constant_load(struct engine *engine, struct state *state, value_id address,
                   const struct ir_unit *unit, ir_id type, value_id *value)
{
    struct reading reading;
    if (!begin_reading(engine, state, address, unit, type, &reading))
        return false;
    struct range range = range_between(INT64_MAX, INT64_MIN); /* none yet */
    *value = VALUE_NONE;
    bool same = true, numbers = true;
    for (value_id content;;) {
        int64_t number;
        if (!read_next(engine, &reading, &content))
            return false;
        if (content == VALUE_NONE)
            break;
        same &= *value == VALUE_NONE || *value == content;
        *value = content;
        if (!value_is_int(&engine->values, content, &number)) {
            numbers = false;
            continue;
        }
        range.low = number < range.low ? number : range.low;
        range.high = number > range.high ? number : range.high;
    }
    if (*value == VALUE_NONE || (!same && !numbers))
        return false;
    if (!same)
        *value = one_of(engine, state, address, unit, type, range);
    return true;
}

bool constant_choices(struct engine *engine, const struct state *state, value_id address,
                      const struct ir_unit *unit, ir_id type, struct value_choices *choices)
{
    struct reading reading;
    if (!begin_reading(engine, state, address, unit, type, &reading))
        return false;
    for (value_id content;;) {
        if (!read_next(engine, &reading, &content))
            return false;
        if (content == VALUE_NONE)
            return true;
        if (!value_choices_add(choices, content))
            return false;
    }
}

#include "engine/value/value.h"

#include "engine/program/ahead.h"

void values_init(struct values *values, struct arena *arena)
{
    *values = (struct values){.arena = arena,
                              .names = {.arena = arena},
                              .field_offsets = {.arena = arena},
                              .spellings = {.arena = arena}};
    table_init(&values->values, arena, sizeof(struct value));
    table_init(&values->symbols, arena, sizeof(struct symbol));
    table_init(&values->regions, arena, sizeof(struct region));
    table_init(&values->terms, arena, sizeof(struct term));
    table_init(&values->monomials, arena, sizeof(struct monomial));
    value_int(values, 0); /* number 0 is the integer 0 */
}

const struct region *region_at(const struct values *values, region_id id)
{
    return table_at(&values->regions, id);
}

const struct symbol *symbol_of(const struct values *values, value_id id)
{
    if (id == VALUE_NONE)
        return NULL;
    const struct value *value = value_at(values, id);
    return value->kind == VALUE_SYMBOL ? table_at(&values->symbols, value->a) : NULL;
}

const struct term *term_at(const struct values *values, uint32_t terms)
{
    return terms ? table_at(&values->terms, terms - 1) : NULL;
}

const struct monomial *monomial_at(const struct values *values, uint32_t monomial)
{
    return monomial ? table_at(&values->monomials, monomial - 1) : NULL;
}

uint32_t name_intern(struct values *values, const char *name)
{
    uint32_t known = map_get(&values->names, name);
    if (known != MAP_NONE)
        return known;
    const char *copy = arena_strdup(values->arena, name);
    struct interned_name interned = {copy, name_of_text(copy)};
    vec_push(values->arena, &values->interned, interned);
    uint32_t number = (uint32_t)values->interned.len - 1;
    map_set(&values->names, copy, number);
    return number;
}

const char *name_text(const struct values *values, uint32_t name)
{
    return values->interned.data[name].text;
}

value_id value_intern(struct values *values, struct value value)
{
    return table_intern(&values->values, &value);
}

value_id value_int(struct values *values, int64_t number)
{
    return value_intern(values, (struct value){.kind = VALUE_INT, .number = number});
}

value_id value_symbol(struct values *values, struct symbol symbol)
{
    uint32_t number = table_intern(&values->symbols, &symbol);
    return value_intern(values, (struct value){.kind = VALUE_SYMBOL, .a = number});
}

region_id region_make(struct values *values, enum region_kind kind, uint32_t a, uint32_t b)
{
    struct region region = {.kind = kind, .a = a, .b = b};
    return table_intern(&values->regions, &region);
}

value_id value_address(struct values *values, region_id region, value_id offset)
{
    const struct region *r = region_at(values, region);
    if (r->kind == REGION_POINTEE && offset == 0)
        return r->a;
    return value_intern(values, (struct value){.kind = VALUE_ADDRESS, .a = region, .b = offset});
}

bool value_is_int(const struct values *values, value_id id, int64_t *number)
{
    if (id == VALUE_NONE)
        return false;
    const struct value *value = value_at(values, id);
    if (value->kind != VALUE_INT || value->a)
        return false;
    if (number)
        *number = value->number;
    return true;
}

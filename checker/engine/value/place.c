/* Addresses: regions and offsets, fields and what encloses them. */
#include "engine/value/value.h"
#include "ir/ir.h"

#include <string.h>

bool value_as_address(struct values *values, value_id pointer, region_id *region, value_id *offset)
{
    if (pointer == VALUE_NONE)
        return false;
    const struct value *value = value_at(values, pointer);
    if (value->kind == VALUE_ADDRESS) {
        *region = value->a;
        *offset = value->b;
        return true;
    }
    if (value->kind == VALUE_SYMBOL || value->kind == VALUE_OPERATION) {
        *region = region_make(values, REGION_POINTEE, pointer, 0);
        *offset = 0;
        return true;
    }
    return false;
}

/* The one pointer in a sum like p + 4095, with the rest of the sum; VALUE_NONE: none, or several.
 */
static value_id pointer_in_sum(struct values *values, value_id id, value_id *rest)
{
    struct value value = *value_at(values, id);
    value_id found = VALUE_NONE;
    if (value.kind != VALUE_INT)
        return VALUE_NONE;
    for (uint32_t t = value.a; t;) {
        struct term term = *term_at(values, t);
        const struct monomial *m = monomial_at(values, term.monomial);
        const struct symbol *symbol = symbol_of(values, m->atom);
        bool pointer =
            (symbol && symbol->is_pointer) || value_at(values, m->atom)->kind == VALUE_ADDRESS;
        if (pointer && (found != VALUE_NONE || m->next || term.coefficient != 1))
            return VALUE_NONE;
        if (pointer)
            found = m->atom;
        t = term.next;
    }
    if (found != VALUE_NONE)
        *rest = value_binary(values, IR_SUB, id, found);
    return found;
}

static value_id pointer_in_operation(struct values *values, value_id id);

/* The pointer in p / 4096 * 4096, or in (p >> 12) * 4096. */
static value_id pointer_in_multiple(struct values *values, value_id id)
{
    struct value value = *value_at(values, id);
    if (!value.a || value.number != 0)
        return VALUE_NONE;
    struct term term = *term_at(values, value.a);
    struct monomial monomial = *monomial_at(values, term.monomial);
    struct value quotient = *value_at(values, monomial.atom);
    int64_t divisor;
    if (term.next || monomial.next || quotient.kind != VALUE_OPERATION ||
        !value_is_int(values, quotient.b, &divisor))
        return VALUE_NONE;
    bool rounds = (quotient.sub == IR_DIV && divisor == term.coefficient) ||
                  (quotient.sub == IR_SHR && divisor >= 0 && divisor < 63 &&
                   (int64_t)1 << divisor == term.coefficient);
    return rounds ? pointer_in_operation(values, quotient.a) : VALUE_NONE;
}

/* The pointer that an operation on an address starts from: p in (p + 4095) & ~4095. */
static value_id pointer_in_operation(struct values *values, value_id id)
{
    struct value value = *value_at(values, id);
    value_id rest;
    if (value.kind == VALUE_ADDRESS)
        return id;
    const struct symbol *symbol = symbol_of(values, id);
    if (symbol)
        return symbol->is_pointer ? id : VALUE_NONE;
    if (value.kind == VALUE_INT) {
        value_id pointer = pointer_in_sum(values, id, &rest);
        return pointer != VALUE_NONE ? pointer : pointer_in_multiple(values, id);
    }
    if (value.kind != VALUE_OPERATION || value.sub >= 100)
        return VALUE_NONE;
    if (value.sub != IR_AND && value.sub != IR_OR && value.sub != IR_MUL && value.sub != IR_DIV &&
        value.sub != IR_SHL && value.sub != IR_SHR)
        return VALUE_NONE;
    value_id left = pointer_in_operation(values, value.a);
    if (left != VALUE_NONE)
        return left;
    return value.b == VALUE_NONE ? VALUE_NONE : pointer_in_operation(values, value.b);
}

value_id value_pointer_arithmetic(struct values *values, value_id value)
{
    value_id rest;
    value_id pointer = pointer_in_sum(values, value, &rest);
    if (pointer != VALUE_NONE)
        return value_advance(values, pointer, rest);
    uint32_t kind = value_at(values, value)->kind;
    if (kind == VALUE_ADDRESS || kind == VALUE_SYMBOL)
        return value;
    pointer = pointer_in_operation(values, value);
    if (pointer == VALUE_NONE || pointer == value)
        return value;
    return value_advance(values, pointer,
                         value_binary(values, IR_SUB, value, value_as_number(values, pointer)));
}

value_id value_as_number(struct values *values, value_id value)
{
    value_id offset, rest, pointer = pointer_in_sum(values, value, &rest);
    if (pointer != VALUE_NONE && pointer != value)
        return value_binary(values, IR_ADD, value_as_number(values, pointer), rest);
    value_id base = value_base(values, value, &offset);
    bool is_inside = base != VALUE_NONE && base != value && offset != VALUE_NONE;
    return is_inside ? value_binary(values, IR_ADD, base, offset) : value;
}

/* Fields are told apart by their names, so that units which see a class differently still mean the
 * same one; where it begins is noted beside it. Classes that one object is taken for in turn (a
 * union's, a cast's) may give a name two places: then none is known. */
static void note_field_offset(struct values *values, region_id region, uint64_t offset)
{
    enum { CONTRADICTORY = 0 };
    if (offset > INT32_MAX)
        return;
    uint32_t known = map_get_u64(&values->field_offsets, region), now = (uint32_t)offset + 1;
    if (known == now || known == CONTRADICTORY)
        return;
    if (known != MAP_NONE) {
        now = CONTRADICTORY;
        values->bases.len = 0; /* what was found with the former offset */
    }
    map_set_u64(&values->field_offsets, region, now);
}

static bool field_offset(const struct values *values, region_id region, int64_t *offset)
{
    uint32_t known = map_get_u64(&values->field_offsets, region);
    if (known == MAP_NONE || known == 0)
        return false;
    *offset = (int64_t)known - 1;
    return true;
}

value_id value_advance(struct values *values, value_id pointer, value_id bytes)
{
    region_id region;
    value_id offset;
    int64_t start, number;
    if (!value_as_address(values, pointer, &region, &offset))
        return value_binary(values, IR_ADD, pointer, bytes);
    offset = value_binary(values, IR_ADD, offset, bytes);
    if (value_is_int(values, offset, &number) && number < 0 &&
        region_at(values, region)->kind == REGION_FIELD && field_offset(values, region, &start))
        return value_advance(values, region_at(values, region)->a,
                             value_int(values, start + number)); /* container_of */
    return value_address(values, region, offset);
}

value_id value_field(struct values *values, value_id pointer, const char *name, uint64_t offset)
{
    region_id region = region_make(values, REGION_FIELD, pointer, name_intern(values, name));
    note_field_offset(values, region, offset);
    return value_address(values, region, 0);
}

value_id value_around_bases(const struct values *values, value_id object, const char *start)
{
    size_t len = strlen(start);
    for (;;) {
        const struct value *value = value_at(values, object);
        if (value->kind != VALUE_ADDRESS || value->b != 0)
            return object;
        const struct region *region = region_at(values, value->a);
        if (region->kind != REGION_FIELD || strncmp(name_text(values, region->b), start, len) != 0)
            return object;
        object = region->a;
    }
}

bool value_starts_with(const struct values *values, value_id part)
{
    const struct value *value = value_at(values, part);
    int64_t offset;
    return value->kind == VALUE_ADDRESS && value->b == 0 &&
           field_offset(values, value->a, &offset) && offset == 0;
}

static value_id find_base(struct values *values, value_id pointer, value_id *offset)
{
    region_id region;
    value_id here;
    *offset = 0;
    if (!value_as_address(values, pointer, &region, &here))
        return VALUE_NONE;
    *offset = here;
    while (region_at(values, region)->kind == REGION_FIELD) {
        value_id whole = region_at(values, region)->a;
        int64_t start = 0;
        if (!field_offset(values, region, &start))
            *offset = VALUE_NONE;
        if (!value_as_address(values, whole, &region, &here))
            return VALUE_NONE;
        if (*offset != VALUE_NONE) {
            *offset = value_binary(values, IR_ADD, *offset, value_int(values, start));
            *offset = value_binary(values, IR_ADD, *offset, here);
        }
    }
    return value_address(values, region, 0);
}

/* Asked for all of memory again and again: the answers are kept. */
value_id value_base(struct values *values, value_id pointer, value_id *offset)
{
    if (pointer == VALUE_NONE)
        return find_base(values, pointer, offset);
    while (values->bases.len <= pointer)
        vec_push(values->arena, &values->bases, (struct value_place){0});
    struct value_place place = values->bases.data[pointer];
    if (!place.is_known) {
        place.is_known = true;
        place.base = find_base(values, pointer, &place.offset);
        values->bases.data[pointer] = place;
    }
    *offset = place.offset;
    return place.base;
}

value_id value_base_of_number(struct values *values, value_id number)
{
    value_id offset;
    return number == VALUE_NONE
               ? VALUE_NONE
               : value_base(values, value_pointer_arithmetic(values, number), &offset);
}

bool value_common(struct values *values, value_id a, value_id b, value_id *offset_a,
                  value_id *offset_b)
{
    region_id region_a, region_b;
    if (!value_as_address(values, a, &region_a, offset_a) ||
        !value_as_address(values, b, &region_b, offset_b))
        return false;
    if (region_a == region_b)
        return true;
    value_id base = value_base(values, a, offset_a);
    return base != VALUE_NONE && base == value_base(values, b, offset_b) &&
           *offset_a != VALUE_NONE && *offset_b != VALUE_NONE;
}

bool value_is_same_place(struct values *values, value_id a, value_id b)
{
    value_id offset_a, offset_b;
    return a == b || (value_common(values, a, b, &offset_a, &offset_b) && offset_a == offset_b);
}

bool value_is_number(const struct values *values, value_id value)
{
    const struct symbol *symbol = value == VALUE_NONE ? NULL : symbol_of(values, value);
    if (value == VALUE_NONE)
        return false;
    return symbol ? !symbol->is_pointer : value_at(values, value)->kind != VALUE_ADDRESS;
}

uint32_t value_last_member(const struct values *values, value_id address)
{
    const struct value *place = value_at(values, address);
    if (place->kind != VALUE_ADDRESS)
        return 0;
    const struct region *region = region_at(values, place->a);
    return region->kind == REGION_FIELD ? region->b : 0;
}

value_id value_one_spelling(struct values *values, value_id field)
{
    value_id offset, base = value_base(values, field, &offset);
    int64_t number;
    const struct value *value = value_at(values, field);
    if (base == VALUE_NONE || offset == VALUE_NONE || !value_is_int(values, offset, &number) ||
        value->kind != VALUE_ADDRESS || region_at(values, value->a)->kind != REGION_FIELD)
        return field;
    uint64_t key = hash_pair(hash_pair(base, offset), region_at(values, value->a)->b);
    uint32_t first = map_get_u64(&values->spellings, key);
    if (first != MAP_NONE && value_is_same_place(values, first, field))
        return first;
    map_set_u64(&values->spellings, key, field);
    return field;
}

/* The address of the object that has the address's region as a field, or VALUE_NONE. */
static value_id enclosing(const struct values *values, value_id address)
{
    const struct value *value = value_at(values, address);
    if (value->kind != VALUE_ADDRESS)
        return VALUE_NONE;
    const struct region *region = region_at(values, value->a);
    return region->kind == REGION_FIELD ? region->a : VALUE_NONE;
}

bool value_is_within(const struct values *values, value_id address, value_id whole)
{
    for (; address != VALUE_NONE; address = enclosing(values, address))
        if (address == whole)
            return true;
    return false;
}

value_id value_rebase(struct values *values, value_id address, value_id from, value_id to)
{
    if (address == from)
        return to;
    value_id whole = enclosing(values, address);
    if (whole == VALUE_NONE)
        return VALUE_NONE;
    value_id moved = value_rebase(values, whole, from, to);
    if (moved == VALUE_NONE)
        return VALUE_NONE;
    struct value value = *value_at(values, address);
    struct region region = *region_at(values, value.a);
    return value_address(values, region_make(values, REGION_FIELD, moved, region.b), value.b);
}

value_id value_around_part(const struct values *values, value_id address, const char *name)
{
    for (value_id at = address; at != VALUE_NONE; at = enclosing(values, at)) {
        const struct value *value = value_at(values, at);
        const struct region *region =
            value->kind == VALUE_ADDRESS ? region_at(values, value->a) : NULL;
        if (region && region->kind == REGION_FIELD &&
            strcmp(name_text(values, region->b), name) == 0)
            return at;
    }
    return VALUE_NONE;
}

uint32_t place_name(const struct values *values, value_id place)
{
    const struct value *value = value_at(values, place);
    if (value->kind != VALUE_ADDRESS)
        return 0;
    const struct region *region = region_at(values, value->a);
    if (region->kind != REGION_FIELD && region->kind != REGION_GLOBAL)
        return 0;
    return values->interned.data[region->kind == REGION_FIELD ? region->b : region->a].name;
}

bool place_is_hidden(const struct values *values, value_id place)
{
    const struct value *value = value_at(values, place);
    const struct region *region = value->kind == VALUE_ADDRESS ? region_at(values, value->a) : NULL;
    return region && region->kind == REGION_FIELD && name_text(values, region->b)[0] == '(';
}

#include "lower/declarations/numbered.h"

#include "lower/body/calls.h"
#include "lower/body/expressions.h"
#include "lower/declarations/arguments.h"
#include "lower/declarations/names.h"
#include "lower/declarations/records.h"
#include "lower/declarations/types.h"

#include <string.h>

/* The member that a number stands for: all of them are those of one class, the object's own or a
 * base (which is given then). IR_NONE: the library says otherwise, as of a tuple. */
static ir_id numbered_field(struct body *b, ir_id record, uint32_t index)
{
    const struct ir_record *r = &b->u->unit->records.data[record];
    ir_id base = IR_NONE;
    uint32_t own = 0;
    for (ir_id i = 0; i < r->fields.len; i++) {
        if (r->fields.data[i].is_base)
            base = i;
        else if (own++ == index)
            return r->in_system_header && r->fields.data[i].name[0] == '_' ? IR_NONE : i;
    }
    return own == 0 && !r->in_system_header ? base : IR_NONE;
}

/* The array that is all that the library's class holds: std::array; IR_NONE: it is another one. */
static ir_id only_array(struct body *b, ir_id record)
{
    const struct ir_record *r = &b->u->unit->records.data[record];
    return r->in_system_header && r->fields.len == 1 && !r->fields.data[0].is_base &&
                   types_kind(b->u, r->fields.data[0].type) == IR_TYPE_ARRAY
               ? 0
               : IR_NONE;
}

ir_value numbered_place(struct body *b, ir_value object, ir_id type, uint32_t index, ir_id part)
{
    const struct ir_type *of = types_get(b->u, type);
    if (of->kind == IR_TYPE_ARRAY)
        return body_index(b, object, body_constant(b, types_size(b->u), index), of->element);
    ir_id record = of->record;
    if (record == IR_NONE)
        return body_unknown(b, types_pointer_to(b->u, part), "binding");
    records_need_fields(b->u, record);
    ir_id array = only_array(b, record);
    ir_id field = array == IR_NONE ? numbered_field(b, record, index) : array;
    if (field == IR_NONE)
        return body_field(b, object, record, arena_printf(b->u->arena, "(%u)", index), part);
    struct ir_field of_index = b->u->unit->records.data[record].fields.data[field];
    ir_value place = body_field(b, object, record, of_index.name, of_index.type);
    bool is_within = of_index.is_base || array != IR_NONE;
    return is_within ? numbered_place(b, place, of_index.type, index, part) : place;
}

/* ---- std::get -------------------------------------------------------------------------- */

static bool is_get(struct body *b, CXCursor function)
{
    static const char *const names[] = {"std::get", "cuda::std::get", "thrust::get"};
    return !b->u->clang->Cursor_isNull(function) &&
           strcmp(names_spelling(b->u, function), "get") == 0 &&
           names_is_one_of(names_qualified(b->u, function), names, sizeof names / sizeof *names);
}

static bool has_numbered_parts(const char *record)
{
    static const char *const names[] = {"std::pair",       "std::tuple",       "std::array",
                                        "cuda::std::pair", "cuda::std::tuple", "cuda::std::array",
                                        "thrust::pair",    "thrust::tuple"};
    return names_is_one_of(record, names, sizeof names / sizeof *names);
}

/* Which part the call asks for: get<1>, or get<T> where just one part is a T. */
static bool asked_part(struct body *b, CXCursor function, ir_id record, uint64_t *index)
{
    if (arguments_number_at(b, function, 0, index))
        return true;
    CXType asked = b->u->clang->Cursor_getTemplateArgumentType(function, 0);
    if (asked.kind == CXType_Invalid)
        return false;
    ir_id type = types_of(b->u, asked);
    const struct ir_record *r = &b->u->unit->records.data[record];
    for (size_t i = 0; i < r->arguments.len; i++)
        if (r->arguments.data[i] == type) {
            *index = i;
            return true;
        }
    return false;
}

bool numbered_get(struct body *b, node_id node, ir_value *result)
{
    CXCursor function = tree_referenced(b->tree, node);
    if (!is_get(b, function) ||
        b->u->clang->Cursor_getNumArguments(tree_cursor(b->tree, node)) != 1)
        return false;
    node_id argument = calls_first_argument(b, node);
    ir_id type = tree_type(b->tree, argument);
    ir_id record = types_get(b->u, type)->record;
    uint64_t index;
    if (record == IR_NONE || !has_numbered_parts(b->u->unit->records.data[record].name) ||
        !asked_part(b, function, record, &index))
        return false;
    ir_value object = expressions_place(b, argument);
    body_at(b, node);
    ir_value place = numbered_place(b, object, type, (uint32_t)index, tree_type(b->tree, node));
    ir_id part = types_get(b->u, body_value_type(b, place))->element;
    *result = types_kind(b->u, part) == IR_TYPE_REFERENCE ? body_load(b, place, part) : place;
    return true;
}

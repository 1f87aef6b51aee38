#include "lower/declarations/numbered.h"

#include "lower/body/call_arguments.h"
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
    if (record == IR_NONE) /* in a template's pattern: somewhere in the object */
        return body_index(b, object, body_unknown(b, types_size(b->u), "binding"), part);
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

/* ---- std::get, std::get_if, std::holds_alternative --------------------------------------- */

/* What a call asks of an object with numbered parts. */
enum question { ASKS_NOTHING, ASKS_PART, ASKS_PART_OR_NULL, ASKS_WHETHER };

static enum question question_of(struct body *b, CXCursor function)
{
    static const char *const names[] = {"get", "get_if", "holds_alternative"};
    static const char *const scopes[] = {"std", "cuda::std", "thrust"};
    if (b->u->clang->Cursor_isNull(function))
        return ASKS_NOTHING;
    const char *name = names_spelling(b->u, function);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) != 0)
            continue;
        const char *qualified = names_qualified(b->u, function);
        size_t scope = strlen(qualified) - strlen(name);
        for (size_t k = 0; k < sizeof scopes / sizeof *scopes; k++)
            if (scope == strlen(scopes[k]) + 2 && strncmp(qualified, scopes[k], scope - 2) == 0)
                return (enum question)(ASKS_PART + i);
    }
    return ASKS_NOTHING;
}

static bool has_numbered_parts(const char *record)
{
    static const char *const names[] = {"std::pair",       "std::tuple",       "std::array",
                                        "cuda::std::pair", "cuda::std::tuple", "cuda::std::array",
                                        "thrust::pair",    "thrust::tuple"};
    return names_is_one_of(record, names, sizeof names / sizeof *names);
}

static bool has_alternatives(const char *record)
{
    static const char *const names[] = {"std::variant", "cuda::std::variant"};
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

/* The object that is asked. */
struct asked {
    ir_value object;
    ir_id type, record;
    uint32_t index; /* of the part */
};

static ir_value part_of(struct body *b, node_id node, const struct asked *asked, ir_id part)
{
    body_at(b, node);
    ir_value place = numbered_place(b, asked->object, asked->type, asked->index, part);
    ir_id type = types_get(b->u, body_value_type(b, place))->element;
    return types_kind(b->u, type) == IR_TYPE_REFERENCE ? body_load(b, place, type) : place;
}

/* Of its parts a variant has one at a time: the one that "(index)" says. */
static ir_value is_there(struct body *b, const struct asked *asked)
{
    ir_id size = types_size(b->u);
    ir_value index = body_field(b, asked->object, asked->record, "(index)", size);
    return body_compare(b, IR_EQ, body_load(b, index, size), body_constant(b, size, asked->index));
}

/* It throws where another part is there: control goes on where it is that one. */
static ir_value part_that_is_there(struct body *b, node_id node, const struct asked *asked)
{
    ir_id yes = body_block(b), no = body_block(b);
    body_branch(b, is_there(b, asked), yes, no);
    body_enter(b, no);
    body_end(b, IR_UNREACHABLE, IR_NONE);
    body_enter(b, yes);
    return part_of(b, node, asked, tree_type(b->tree, node));
}

static ir_value part_or_null(struct body *b, node_id node, const struct asked *asked)
{
    ir_id type = tree_type(b->tree, node);
    ir_value both = body_local_address(b, body_temporary(b, type));
    ir_id yes = body_block(b), no = body_block(b), end = body_block(b);
    body_branch(b, is_there(b, asked), yes, no);
    body_enter(b, yes);
    body_store(b, both, part_of(b, node, asked, types_get(b->u, type)->element));
    body_jump(b, end);
    body_enter(b, no);
    body_store(b, both, body_constant(b, type, 0));
    body_jump(b, end);
    body_enter(b, end);
    return body_load(b, both, type);
}

bool numbered_get(struct body *b, node_id node, ir_value *result)
{
    CXCursor function = tree_referenced(b->tree, node);
    enum question question = question_of(b, function);
    if (question == ASKS_NOTHING ||
        b->u->clang->Cursor_getNumArguments(tree_cursor(b->tree, node)) != 1)
        return false;
    node_id argument = call_arguments_first(b, node);
    struct asked asked = {.type = tree_type(b->tree, argument)};
    if (question == ASKS_PART_OR_NULL)
        asked.type = types_get(b->u, asked.type)->element;
    asked.record = asked.type == IR_NONE ? IR_NONE : types_get(b->u, asked.type)->record;
    if (asked.record == IR_NONE)
        return false;
    const char *name = b->u->unit->records.data[asked.record].name;
    bool is_variant = has_alternatives(name);
    uint64_t index;
    if ((!is_variant && (question != ASKS_PART || !has_numbered_parts(name))) ||
        !asked_part(b, function, asked.record, &index))
        return false;
    asked.index = (uint32_t)index;
    asked.object = question == ASKS_PART_OR_NULL ? expressions_value(b, argument)
                                                 : expressions_place(b, argument);
    body_at(b, node);
    if (question == ASKS_WHETHER)
        *result = is_there(b, &asked);
    else if (question == ASKS_PART_OR_NULL)
        *result = part_or_null(b, node, &asked);
    else
        *result = is_variant ? part_that_is_there(b, node, &asked)
                             : part_of(b, node, &asked, tree_type(b->tree, node));
    return true;
}

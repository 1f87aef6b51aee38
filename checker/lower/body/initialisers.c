#include "lower/body/initialisers.h"

#include "lower/body/callees.h"
#include "lower/body/calls.h"
#include "lower/body/casts.h"
#include "lower/body/conditions.h"
#include "lower/body/constructors.h"
#include "lower/body/expressions.h"
#include "lower/body/lambdas.h"
#include "lower/body/scopes.h"
#include "lower/declarations/functions.h"
#include "lower/declarations/names.h"
#include "lower/declarations/patterns.h"
#include "lower/declarations/records.h"
#include "lower/declarations/types.h"

#include <string.h>

enum { MOST_ELEMENTS = 1024 }; /* of a table that are stored one by one */

/* ---- braced lists ---------------------------------------------------------------------- */

/* Reads a list's elements; nested objects may take theirs from the same list. */
struct list {
    node_id next;
    unsigned stored;
};

static void fill(struct body *b, struct list *list, ir_value place, ir_id type);

static bool is_aggregate(const struct body *b, ir_id type)
{
    enum ir_type_kind kind = types_kind(b->u, type);
    return kind == IR_TYPE_RECORD || kind == IR_TYPE_ARRAY;
}

/* Classes of the library have constructors: no list of theirs is left out, but that of std::array.
 */
static bool has_list_of_its_own(const struct body *b, ir_id type)
{
    const struct ir_type *of = types_get(b->u, type);
    if (of->kind != IR_TYPE_RECORD || of->record == IR_NONE)
        return false;
    const struct ir_record *record = &b->u->unit->records.data[of->record];
    return record->in_system_header && strcmp(record->name, "std::array") != 0;
}

/* Has the program written a constructor for the class? Then a list holds what that is given. */
static bool has_constructor(const struct body *b, ir_id type)
{
    const struct ir_type *of = types_get(b->u, type);
    if (of->kind != IR_TYPE_RECORD || of->record == IR_NONE ||
        b->u->unit->records.data[of->record].in_system_header)
        return false;
    const struct ir_record *record = &b->u->unit->records.data[of->record];
    for (size_t i = 0; i < record->methods.len; i++) {
        const ir_id method = record->methods.data[i];
        if (b->u->unit->functions.data[method].kind == IR_FUNCTION_CONSTRUCTOR &&
            records_is_written(b->u, b->u->functions.data[method].cursor))
            return true;
    }
    return false;
}

/* Does this element initialise the whole of a nested object, rather than its first member? */
static bool is_whole(struct body *b, node_id element, ir_id type)
{
    enum CXCursorKind kind = tree_kind(b->tree, tree_strip(b->tree, element));
    if (!is_aggregate(b, type) || kind == CXCursor_InitListExpr || kind == CXCursor_StringLiteral ||
        has_list_of_its_own(b, type) || has_constructor(b, type))
        return true;
    ir_id given = tree_type(b->tree, element);
    if (types_kind(b->u, given) == IR_TYPE_RECORD)
        return types_is_same_record(b->u, given, type) || types_kind(b->u, type) == IR_TYPE_RECORD;
    return types_kind(b->u, given) == IR_TYPE_UNKNOWN;
}

/* The list as written hides the call of a constructor that converts the element: a lambda for a
 * std::function, a literal for a std::string. */
static bool is_converted(struct body *b, node_id element, ir_id type)
{
    ir_id given = tree_type(b->tree, element);
    return types_kind(b->u, type) == IR_TYPE_RECORD &&
           tree_kind(b->tree, tree_strip(b->tree, element)) != CXCursor_InitListExpr &&
           types_kind(b->u, given) != IR_TYPE_UNKNOWN && !types_is_same_record(b->u, given, type) &&
           !callees_is_constructor(b, element);
}

/* The constructor that takes the elements from `first` on, `count` of them, makes the object: which
 * one that is, their types tell. */
static void construct(struct body *b, node_id first, size_t count, ir_value place, ir_id type)
{
    enum { MOST_ARGUMENTS = 8 };
    ir_value arguments[MOST_ARGUMENTS + 1] = {place};
    ir_id types[MOST_ARGUMENTS];
    bool is_known = count <= MOST_ARGUMENTS;
    struct ir_loc loc = b->loc;
    size_t taken = 0;
    for (node_id element = first; taken < count && taken < MOST_ARGUMENTS;
         element = tree_next_expression(b->tree, element)) {
        types[taken] = tree_type(b->tree, element);
        is_known &= types_kind(b->u, types[taken]) != IR_TYPE_UNKNOWN;
        arguments[++taken] = expressions_place(b, element);
    }
    b->loc = loc;
    ir_id record = types_get(b->u, type)->record;
    if (is_known)
        calls_plain(b, functions_construction(b->u, record, types, count), arguments, count + 1);
    else
        body_havoc(b, IR_NONE, "arguments of a constructor", arguments, taken + 1);
}

static void convert_element(struct body *b, node_id element, ir_value place, ir_id type)
{
    ir_id record = types_get(b->u, type)->record;
    body_at(b, element);
    if (!b->u->unit->records.data[record].in_system_header) {
        construct(b, element, 1, place, type);
        return;
    }
    ir_value arguments[] = {place, expressions_operand(b, element)};
    body_at(b, element);
    calls_plain(b, functions_conversion(b->u, record, tree_type(b->tree, element)), arguments, 2);
}

static void take_element(struct body *b, struct list *list, ir_value place, ir_id type)
{
    node_id element = list->next;
    if (!is_whole(b, element, type)) {
        fill(b, list, place, type);
        return;
    }
    list->next = tree_next_expression(b->tree, element);
    if (++list->stored > MOST_ELEMENTS)
        return;
    if (is_converted(b, element, type))
        convert_element(b, element, place, type);
    else
        expressions_into(b, element, place, type);
}

static void fill_array(struct body *b, struct list *list, ir_value place, ir_id type)
{
    const struct ir_type *array = types_get(b->u, type);
    ir_id element = array->element;
    uint64_t count = array->count;
    for (uint64_t i = 0; i < count && list->next != NODE_NONE; i++) {
        ir_value index = body_constant(b, types_size(b->u), i);
        node_id before = list->next;
        take_element(b, list, body_index(b, place, index, element), element);
        if (list->next == before)
            break;
    }
}

static void fill_record(struct body *b, struct list *list, ir_value place, ir_id type)
{
    ir_id record = types_get(b->u, type)->record;
    records_need_fields(b->u, record);
    for (ir_id i = 0; i < b->u->unit->records.data[record].fields.len; i++) {
        struct ir_field field = b->u->unit->records.data[record].fields.data[i];
        if (list->next == NODE_NONE) {
            constructors_default_member(b, place, record, i);
            continue;
        }
        ir_value at = body_field(b, place, record, field.name, field.type);
        if (types_kind(b->u, field.type) == IR_TYPE_REFERENCE) {
            body_store(b, at, expressions_place(b, list->next));
            list->next = tree_next_expression(b->tree, list->next);
        } else {
            take_element(b, list, at, field.type);
        }
        if (b->u->unit->records.data[record].is_union)
            break;
    }
}

static void fill(struct body *b, struct list *list, ir_value place, ir_id type)
{
    if (types_kind(b->u, type) == IR_TYPE_ARRAY)
        fill_array(b, list, place, type);
    else
        fill_record(b, list, place, type);
}

/* `.a = x`, `[2] = x`: a wrapper of type void, with the designators before the value. */
static bool is_designated(const struct body *b, node_id node)
{
    const struct node *n = tree_node(b->tree, node);
    if (n->kind != CXCursor_UnexposedExpr)
        return false;
    CXType type = b->u->clang->getCursorType(n->cursor);
    return type.kind == CXType_Void;
}

static void designated(struct body *b, node_id node, ir_value place, ir_id type)
{
    node_id child = tree_node(b->tree, node)->first;
    for (; child != NODE_NONE && tree_node(b->tree, child)->next != NODE_NONE;
         child = tree_node(b->tree, child)->next) {
        ir_id record = types_get(b->u, type)->record;
        if (tree_kind(b->tree, child) == CXCursor_MemberRef) {
            ir_id member = tree_type(b->tree, child);
            place = body_field(b, place, record, names_spelling(b->u, tree_cursor(b->tree, child)),
                               member);
            type = member;
        } else if (types_kind(b->u, type) == IR_TYPE_ARRAY) {
            type = types_get(b->u, type)->element;
            place = body_index(b, place, expressions_operand(b, child), type);
        }
    }
    if (child != NODE_NONE)
        expressions_into(b, child, place, type);
}

static uint64_t elements_wanted(struct body *b, ir_id type)
{
    const struct ir_type *of = types_get(b->u, type);
    if (of->kind == IR_TYPE_ARRAY)
        return of->count;
    records_need_fields(b->u, of->record);
    return b->u->unit->records.data[of->record].fields.len;
}

static void braced(struct body *b, node_id node, ir_value place, ir_id type)
{
    node_id first = tree_first_expression(b->tree, node);
    uint32_t given = tree_count_expressions(b->tree, node);
    bool has_designator = false;
    for (node_id child = first; child != NODE_NONE; child = tree_next_expression(b->tree, child))
        has_designator |= is_designated(b, child);
    if (given < elements_wanted(b, type) || has_designator)
        body_emit(b, OP(IR_ZERO, .type = type, .a = place));
    if (!has_designator) {
        struct list list = {.next = first};
        fill(b, &list, place, type);
        return;
    }
    for (node_id child = first; child != NODE_NONE; child = tree_next_expression(b->tree, child))
        if (is_designated(b, child))
            designated(b, child, place, type);
}

/* std::initializer_list and classes that clang builds from a list in its own way. */
static bool is_opaque(struct body *b, ir_id type)
{
    const struct ir_type *of = types_get(b->u, type);
    return of->kind == IR_TYPE_RECORD && b->u->unit->records.data[of->record].in_system_header &&
           strncmp(b->u->unit->records.data[of->record].name, "std::", 5) == 0 &&
           strcmp(b->u->unit->records.data[of->record].name, "std::array") != 0;
}

static void init_list(struct body *b, node_id node, ir_value place, ir_id type)
{
    node_id inner = tree_first_expression(b->tree, node);
    if (!is_aggregate(b, type)) {
        if (inner != NODE_NONE)
            expressions_into(b, inner, place, type);
        else
            body_emit(b, OP(IR_ZERO, .type = type, .a = place));
    } else if (inner != NODE_NONE && tree_next_expression(b->tree, inner) == NODE_NONE &&
               (types_is_same_record(b->u, tree_type(b->tree, inner), type) ||
                tree_kind(b->tree, tree_strip(b->tree, inner)) == CXCursor_StringLiteral)) {
        expressions_into(b, inner, place, type); /* T{t}, char s[] = {"..."} */
    } else if (is_opaque(b, type)) {
        if (inner != NODE_NONE)
            patterns_construct_list(b, node, place, type);
        else
            body_emit(b, OP(IR_ZERO, .type = type, .a = place));
    } else if (has_constructor(b, type)) {
        construct(b, inner, tree_count_expressions(b->tree, node), place, type);
    } else {
        braced(b, node, place, type);
    }
}

/* ---- into a place ---------------------------------------------------------------------- */

static void copy_object(struct body *b, node_id node, ir_value place, ir_id type)
{
    ir_id from = tree_type(b->tree, node);
    ir_value source;
    if (types_kind(b->u, from) == IR_TYPE_ARRAY)
        source = expressions_place(b, node);
    else
        source = expressions_operand(b, node);
    if (types_kind(b->u, type) == IR_TYPE_RECORD && types_kind(b->u, from) == IR_TYPE_RECORD)
        source = casts_object(b, source, from, type);
    body_at(b, node);
    if (patterns_copy(b, place, source, type, patterns_is_moved(b, node)))
        return;
    constructors_copy(b, place, source, type, callees_returns_rvalue(b, tree_strip(b->tree, node)));
}

static void conditional_into(struct body *b, node_id node, ir_value place, ir_id type)
{
    node_id condition = tree_first_expression(b->tree, node);
    node_id ways[2];
    ways[0] = tree_next_expression(b->tree, condition);
    ways[1] = ways[0] == NODE_NONE ? NODE_NONE : tree_next_expression(b->tree, ways[0]);
    ir_id blocks[2] = {body_block(b), body_block(b)};
    ir_id join = body_block(b);
    conditions_branch(b, condition, blocks[0], blocks[1]);
    for (int i = 0; i < 2; i++) {
        body_enter(b, blocks[i]);
        size_t mark = scopes_enter(b);
        if (ways[i] != NODE_NONE)
            expressions_into(b, ways[i], place, type);
        scopes_leave(b, mark);
        body_jump(b, join);
    }
    body_enter(b, join);
}

static void object_into(struct body *b, node_id node, ir_value place, ir_id type)
{
    node_id inner = tree_first_expression(b->tree, node);
    if (patterns_construct(b, node, place, type))
        return;
    switch (tree_kind(b->tree, node)) {
    case CXCursor_ParenExpr:
    case CXCursor_CStyleCastExpr:
    case CXCursor_CXXStaticCastExpr:
    case CXCursor_CXXFunctionalCastExpr:
    case CXCursor_UnexposedExpr:
    case CXCursor_CompoundLiteralExpr:
        if (inner != NODE_NONE && tree_next_expression(b->tree, inner) == NODE_NONE &&
            (types_kind(b->u, type) == IR_TYPE_ARRAY ||
             types_is_same_record(b->u, tree_type(b->tree, inner), type))) {
            expressions_into(b, inner, place, type);
            return;
        }
        break;
    case CXCursor_CallExpr:
        if (callees_is_constructor(b, node)) {
            calls_construct(b, node, place, type);
            return;
        }
        if (!callees_returns_reference(b, node) &&
            types_is_same_record(b->u, tree_type(b->tree, node), type)) {
            calls_value(b, node, place);
            return;
        }
        break;
    case CXCursor_LambdaExpr:
        lambdas_into(b, node, place);
        return;
    case CXCursor_InitListExpr:
    case CXCursor_CXXParenListInitExpr:
        init_list(b, node, place, type);
        return;
    case CXCursor_ConditionalOperator:
        conditional_into(b, node, place, type);
        return;
    default:
        break;
    }
    if (inner == NODE_NONE && tree_kind(b->tree, node) == CXCursor_UnexposedExpr) {
        body_emit(b, OP(IR_ZERO, .type = type, .a = place)); /* T() */
        return;
    }
    copy_object(b, node, place, type);
}

void initialisers_into(struct body *b, node_id node, ir_value place, ir_id type)
{
    if (is_aggregate(b, type)) {
        object_into(b, node, place, type);
        return;
    }
    if (types_kind(b->u, type) == IR_TYPE_REFERENCE) {
        body_store(b, place, expressions_place(b, node));
        return;
    }
    ir_value value = expressions_operand(b, node);
    body_at(b, node);
    body_store(b, place, casts_convert(b, value, tree_type(b->tree, node), type));
}

#include "lower/declarations/patterns.h"

#include "lower/body/calls.h"
#include "lower/body/expressions.h"
#include "lower/declarations/functions.h"
#include "lower/declarations/locations.h"
#include "lower/declarations/types.h"
#include "support/identifier.h"

#include <string.h>

enum { MOST_ARGUMENTS = 8 };

static ir_id record_of(const struct body *b, ir_id type)
{
    ir_id record = types_get(b->u, type)->record;
    return record != IR_NONE && b->u->records.data[record].of_pattern ? record : IR_NONE;
}

bool patterns_leave_open(const struct body *b, ir_id type)
{
    return record_of(b, type) != IR_NONE;
}

bool patterns_is_moved(struct body *b, node_id node)
{
    return tree_kind(b->tree, tree_strip(b->tree, node)) == CXCursor_CallExpr ||
           !expressions_is_place(b, node);
}

bool patterns_copy(struct body *b, ir_value place, ir_value source, ir_id type, bool is_moved)
{
    ir_id record = record_of(b, type);
    if (record == IR_NONE)
        return false;
    ir_id from = types_reference_to(b->u, types_record(b->u, record), is_moved);
    const ir_value args[] = {place, source};
    calls_plain(b, functions_conversion(b->u, record, from), args, 2);
    return true;
}

bool patterns_assign(struct body *b, ir_value place, ir_value source, ir_id type, bool is_moved)
{
    ir_id record = record_of(b, type);
    if (record == IR_NONE)
        return false;
    calls_assign(b, record, place, source, is_moved);
    return true;
}

ir_id patterns_class_at(struct body *b, ir_value object, ir_id type)
{
    ir_id known = types_get(b->u, types_get(b->u, body_value_type(b, object))->element)->record;
    return known == IR_NONE ? types_get(b->u, type)->record : known;
}

static const struct model_container *container_of(struct body *b, ir_id class)
{
    const struct ir_record *record = class == IR_NONE ? NULL : &b->u->unit->records.data[class];
    return record && record->in_system_header ? models_container(b->u->models, record->name) : NULL;
}

static ir_id element_of(struct body *b, ir_id class, const struct model_container *model)
{
    const struct ir_record *record = &b->u->unit->records.data[class];
    size_t argument = (size_t)model->element_argument;
    return argument < record->arguments.len ? record->arguments.data[argument]
                                            : types_unknown(b->u);
}

ir_id patterns_element(struct body *b, ir_id class)
{
    const struct model_container *model = container_of(b, class);
    bool is_row = model && (model->storage == MODEL_STORAGE_DYNAMIC ||
                            model->storage == MODEL_STORAGE_INLINE);
    return is_row ? element_of(b, class, model) : types_unknown(b->u);
}

/* Of an object of a class that the models know; of others it is not known what the operator is. */
static ir_value access_element(struct body *b, const char *name, const ir_value *args, size_t count,
                               ir_id type)
{
    ir_id class = patterns_class_at(b, args[0], type);
    const struct model_container *model = container_of(b, class);
    if (!model)
        return body_havoc(b, types_pointer_to(b->u, types_unknown(b->u)), name, args, count);
    ir_id result = types_reference_to(b->u, element_of(b, class, model), false);
    return calls_plain(b, functions_member_named(b->u, class, name, result), args, count);
}

/* Clang does not spell it: what stands last in the text. */
static const char *member_name(struct body *b, node_id member)
{
    const char *text = locations_written(b->u, tree_cursor(b->tree, member));
    const char *name = text + strlen(text);
    while (name > text && identifier_has(name[-1]))
        name--;
    return name;
}

bool patterns_give_element(struct body *b, node_id member)
{
    if (tree_kind(b->tree, member) != CXCursor_MemberRefExpr ||
        !b->u->clang->Cursor_isNull(tree_referenced(b->tree, member)))
        return false;
    node_id object = tree_first_expression(b->tree, member);
    const struct ir_type *type =
        object == NODE_NONE ? NULL : types_get(b->u, tree_type(b->tree, object));
    if (type && type->kind == IR_TYPE_POINTER)
        type = types_get(b->u, type->element);
    const struct model_container *model =
        type && type->kind == IR_TYPE_RECORD
            ? models_container(b->u->models, b->u->unit->records.data[type->record].name)
            : NULL;
    const struct model_method *method = model ? models_method(model, member_name(b, member)) : NULL;
    return method && method->kind == MODEL_METHOD_ELEMENT;
}

ir_value patterns_subscript(struct body *b, ir_value object, ir_value index, ir_id type)
{
    const ir_value args[] = {object, index};
    return access_element(b, "operator[]", args, 2, type);
}

ir_value patterns_dereference(struct body *b, ir_value object, ir_id type)
{
    return access_element(b, "operator*", &object, 1, type);
}

static bool is_list(const struct body *b, node_id node)
{
    return tree_kind(b->tree, node) == CXCursor_InitListExpr;
}

/* Of what stands in parentheses clang gives no type. */
static bool is_parenthesised(const struct body *b, node_id node)
{
    return b->u->clang->getCursorType(tree_cursor(b->tree, node)).kind == CXType_Invalid;
}

/* One argument of the class itself, which it may name in words that say nothing: std::move(v). */
static bool copies_argument(struct body *b, node_id node, ir_value place, ir_id type)
{
    node_id given = tree_first_expression(b->tree, node);
    if (given == NODE_NONE || tree_next_expression(b->tree, given) != NODE_NONE)
        return false;
    ir_id from = tree_type(b->tree, given);
    bool is_own = types_is_same_record(b->u, from, type);
    bool is_call = tree_kind(b->tree, tree_strip(b->tree, given)) == CXCursor_CallExpr &&
                   types_kind(b->u, from) == IR_TYPE_UNKNOWN;
    return (is_own || is_call) && patterns_copy(b, place, expressions_operand(b, given), type,
                                                patterns_is_moved(b, given));
}

/* The arguments of a constructor from `child` on, behind those in `args`. */
static size_t take_arguments(struct body *b, node_id child, ir_value *args, size_t count)
{
    for (; child != NODE_NONE && count < MOST_ARGUMENTS;
         child = tree_next_expression(b->tree, child)) {
        ir_id given = tree_type(b->tree, child);
        args[count++] = types_kind(b->u, given) == IR_TYPE_RECORD ? expressions_place(b, child)
                                                                  : expressions_operand(b, child);
    }
    return count;
}

/* How many of a list, and of which kind, a constructor takes, nobody knows: the object may keep
 * any of them. */
static ir_value list_argument(struct body *b, node_id node)
{
    ir_value elements[MOST_ARGUMENTS];
    size_t count = take_arguments(b, tree_first_expression(b->tree, node), elements, 0);
    body_at(b, node);
    return body_havoc(b, types_unknown(b->u), "list", elements, count);
}

/* Is there a model of the constructor that takes so many arguments: of std::atomic? */
static bool has_constructor(struct body *b, ir_id class, size_t args)
{
    const char *of = b->u->unit->records.data[class].name, *last = strrchr(of, ':');
    const char *name = last ? last + 1 : of;
    const struct model_query query = {.name = name,
                                      .qualified = arena_printf(b->u->arena, "%s::%s", of, name),
                                      .written_args = (int)args,
                                      .is_method = true};
    return models_find(b->u->models, &query) != NULL;
}

/* Classes of many elements take a list of them; what the braces of others hold, known by their
 * models, a constructor takes one by one. */
static bool takes_list(struct body *b, ir_id class, size_t args)
{
    const struct model_container *model = container_of(b, class);
    if (!model)
        return !has_constructor(b, class, args);
    switch (model->storage) {
    case MODEL_STORAGE_DYNAMIC:
    case MODEL_STORAGE_NODES:
    case MODEL_STORAGE_KEYED:
        return true;
    default:
        return false;
    }
}

void patterns_construct_list(struct body *b, node_id node, ir_value place, ir_id type)
{
    ir_id class = types_get(b->u, type)->record;
    node_id child = tree_first_expression(b->tree, node);
    ir_value args[MOST_ARGUMENTS] = {place};
    size_t count = 1;
    ir_id first = types_unknown(b->u);
    if (takes_list(b, class, tree_count_expressions(b->tree, node))) {
        args[count++] = list_argument(b, node);
    } else {
        first = tree_type(b->tree, child);
        count = take_arguments(b, child, args, count);
    }
    calls_plain(b, functions_conversion(b->u, class, first), args, count);
}

bool patterns_construct(struct body *b, node_id node, ir_value place, ir_id type)
{
    ir_id record = record_of(b, type), first = IR_NONE;
    ir_value args[MOST_ARGUMENTS] = {place};
    size_t count = 1;
    if (record == IR_NONE || (node != NODE_NONE && !is_list(b, node) && !is_parenthesised(b, node)))
        return false;
    if (node != NODE_NONE && copies_argument(b, node, place, type))
        return true;
    node_id child = node == NODE_NONE ? NODE_NONE : tree_first_expression(b->tree, node);
    if (child != NODE_NONE && is_list(b, node)) {
        patterns_construct_list(b, node, place, type);
        return true;
    }
    if (child != NODE_NONE) {
        first = tree_type(b->tree, child);
        count = take_arguments(b, child, args, count);
    }
    calls_plain(b, functions_conversion(b->u, record, first), args, count);
    return true;
}

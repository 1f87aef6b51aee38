#include "lower/initialisers.h"

#include "lower/arguments.h"
#include "lower/callees.h"
#include "lower/calls.h"
#include "lower/casts.h"
#include "lower/conditions.h"
#include "lower/constants.h"
#include "lower/constructors.h"
#include "lower/expressions.h"
#include "lower/functions.h"
#include "lower/globals.h"
#include "lower/lambdas.h"
#include "lower/locations.h"
#include "lower/names.h"
#include "lower/records.h"
#include "lower/scopes.h"
#include "lower/types.h"

#include <ctype.h>
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

static bool is_same_record(const struct body *b, ir_id x, ir_id y)
{
    return types_get(b->u, x)->record == types_get(b->u, y)->record &&
           types_get(b->u, x)->record != IR_NONE;
}

/* Does this element initialise the whole of a nested object, rather than its first member? */
static bool is_whole(struct body *b, node_id element, ir_id type)
{
    enum CXCursorKind kind = tree_kind(b->tree, tree_strip(b->tree, element));
    if (!is_aggregate(b, type) || kind == CXCursor_InitListExpr || kind == CXCursor_StringLiteral)
        return true;
    ir_id given = tree_type(b->tree, element);
    if (types_kind(b->u, given) == IR_TYPE_RECORD)
        return is_same_record(b, given, type) || types_kind(b->u, type) == IR_TYPE_RECORD;
    return types_kind(b->u, given) == IR_TYPE_UNKNOWN;
}

/* The list as written hides the call of a constructor that converts the element: a lambda for a
 * std::function, a literal for a std::string. */
static bool is_converted(struct body *b, node_id element, ir_id type)
{
    ir_id given = tree_type(b->tree, element);
    return types_kind(b->u, type) == IR_TYPE_RECORD &&
           tree_kind(b->tree, tree_strip(b->tree, element)) != CXCursor_InitListExpr &&
           types_kind(b->u, given) != IR_TYPE_UNKNOWN && !is_same_record(b, given, type) &&
           !callees_is_constructor(b, element);
}

static void convert_element(struct body *b, node_id element, ir_value place, ir_id type)
{
    ir_value arguments[] = {place, expressions_operand(b, element)};
    ir_id id = types_get(b->u, type)->record;
    const struct ir_record *record = &b->u->unit->records.data[id];
    const char *last = strrchr(record->name, ':');
    body_at(b, element);
    if (record->in_system_header)
        calls_plain(b,
                    functions_member_named(b->u, id, last ? last + 1 : record->name,
                                           types_builtin(b->u, "void")),
                    arguments, 2);
    else
        body_havoc(b, IR_NONE, "conversion in a list", arguments, 2);
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

static void opaque_list(struct body *b, node_id node, ir_value place, ir_id type)
{
    for (node_id child = tree_first_expression(b->tree, node); child != NODE_NONE;
         child = tree_next_expression(b->tree, child))
        expressions_value(b, child);
    body_emit(b, OP(IR_ZERO, .type = type, .a = place));
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
               (is_same_record(b, tree_type(b->tree, inner), type) ||
                tree_kind(b->tree, tree_strip(b->tree, inner)) == CXCursor_StringLiteral)) {
        expressions_into(b, inner, place, type); /* T{t}, char s[] = {"..."} */
    } else if (is_opaque(b, type)) {
        opaque_list(b, node, place, type);
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
    body_emit(b, OP(IR_COPY, .type = type, .a = place, .b = source));
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
    switch (tree_kind(b->tree, node)) {
    case CXCursor_ParenExpr:
    case CXCursor_CStyleCastExpr:
    case CXCursor_CXXStaticCastExpr:
    case CXCursor_CXXFunctionalCastExpr:
    case CXCursor_UnexposedExpr:
    case CXCursor_CompoundLiteralExpr:
        if (inner != NODE_NONE && tree_next_expression(b->tree, inner) == NODE_NONE &&
            (types_kind(b->u, type) == IR_TYPE_ARRAY ||
             is_same_record(b, tree_type(b->tree, inner), type))) {
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
            is_same_record(b, tree_type(b->tree, node), type)) {
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

/* ---- variables ------------------------------------------------------------------------- */

node_id initialisers_of(struct body *b, node_id declaration)
{
    node_id last = NODE_NONE;
    for (node_id child = tree_first_expression(b->tree, declaration); child != NODE_NONE;
         child = tree_next_expression(b->tree, child))
        last = child;
    if (last == NODE_NONE)
        return NODE_NONE;
    CXCursor given = b->u->clang->Cursor_getVarDeclInitializer(tree_cursor(b->tree, declaration));
    if (b->u->clang->Cursor_isNull(given))
        return NODE_NONE; /* what stands there is the size of an array */
    return last;
}

/* A temporary bound to a reference lives as long as the reference. */
static void bind_reference(struct body *b, node_id declaration, node_id initialiser, ir_value place)
{
    ir_id type = tree_type(b->tree, declaration);
    ir_id referee = types_get(b->u, type)->element;
    size_t mark = scopes_enter(b);
    ir_id kept = IR_NONE;
    ir_value address;
    if (expressions_is_place(b, initialiser) || types_kind(b->u, referee) != IR_TYPE_RECORD ||
        !is_same_record(b, tree_type(b->tree, initialiser), referee)) {
        address = expressions_place(b, initialiser);
        if (types_kind(b->u, referee) == IR_TYPE_RECORD &&
            types_kind(b->u, tree_type(b->tree, initialiser)) == IR_TYPE_RECORD)
            address = casts_object(b, address, tree_type(b->tree, initialiser), referee);
    } else {
        kept = body_temporary(b, referee);
        address = body_local_address(b, kept);
        expressions_into(b, initialiser, address, referee);
    }
    body_at(b, declaration);
    body_store(b, place, address);
    scopes_leave(b, mark);
    if (kept != IR_NONE)
        scopes_own(b, kept, declaration);
}

static void initialise(struct body *b, node_id declaration, node_id initialiser, ir_value place,
                       ir_id type)
{
    if (types_kind(b->u, type) == IR_TYPE_REFERENCE) {
        bind_reference(b, declaration, initialiser, place);
        return;
    }
    size_t mark = scopes_enter(b);
    expressions_into(b, initialiser, place, type);
    scopes_leave(b, mark);
}

/* Static locals: constants are there from the start; others are stored on the first visit. */
static void static_variable(struct body *b, node_id declaration, node_id initialiser)
{
    ir_id global = globals_of(b->u, tree_cursor(b->tree, declaration));
    if (global == IR_NONE || initialiser == NODE_NONE ||
        constants_is_static_data(b->tree, initialiser))
        return;
    ir_id first = body_block(b);
    ir_id join = body_block(b);
    body_branch(b, body_emit(b, OP(IR_FIRST_VISIT, .type = types_bool(b->u), .aux = global)), first,
                join);
    body_enter(b, first);
    ir_id type = b->u->unit->globals.data[global].type;
    ir_value place =
        body_emit(b, OP(IR_ADDR_GLOBAL, .type = types_pointer_to(b->u, type), .aux = global));
    initialise(b, declaration, initialiser, place, type);
    body_flow_into(b, join);
}

/* The bytes of a variable-length array, or IR_NONE. */
static ir_value variable_length(struct body *b, node_id declaration, ir_id type)
{
    const struct ir_type *array = types_get(b->u, type);
    CXType written = b->u->clang->getCanonicalType(
        b->u->clang->getCursorType(tree_cursor(b->tree, declaration)));
    node_id size = tree_first_expression(b->tree, declaration);
    if (array->kind != IR_TYPE_ARRAY || written.kind != CXType_VariableArray || size == NODE_NONE)
        return IR_NONE;
    ir_value count = expressions_operand(b, size);
    return body_binary(b, IR_MUL, count, body_size_of(b, array->element), types_size(b->u));
}

void initialisers_variable(struct body *b, node_id declaration)
{
    CXCursor cursor = tree_cursor(b->tree, declaration);
    struct ir_loc old = body_at(b, declaration);
    node_id initialiser = initialisers_of(b, declaration);
    if (b->u->clang->Cursor_hasVarDeclGlobalStorage(cursor) == 1) {
        static_variable(b, declaration, initialiser);
        b->loc = old;
        return;
    }
    ir_id type = tree_type(b->tree, declaration);
    ir_id local = body_local(b, names_spelling(b->u, cursor), type, IR_LOCAL_AUTO,
                             locations_name(b->u, cursor));
    body_bind(b, cursor, (struct variable){.kind = VARIABLE_LOCAL, .index = local});
    ir_value bytes = variable_length(b, declaration, type);
    body_emit(b, OP(IR_LIFETIME_BEGIN, .aux = local, .a = bytes));
    if (initialiser != NODE_NONE && bytes == IR_NONE)
        initialise(b, declaration, initialiser, body_local_address(b, local), type);
    scopes_own(b, local, declaration);
    b->loc = old;
}

/* ---- structured bindings --------------------------------------------------------------- */

static ir_value binding_place(struct body *b, ir_value object, ir_id type, uint32_t index,
                              ir_id binding)
{
    const struct ir_type *of = types_get(b->u, type);
    if (of->kind == IR_TYPE_ARRAY)
        return body_index(b, object, body_constant(b, types_size(b->u), index), of->element);
    ir_id record = of->record;
    if (record == IR_NONE)
        return body_unknown(b, types_pointer_to(b->u, binding), "binding");
    records_need_fields(b->u, record);
    if (index < b->u->unit->records.data[record].fields.len) {
        struct ir_field field = b->u->unit->records.data[record].fields.data[index];
        if (!field.is_base)
            return body_field(b, object, record, field.name, field.type);
    }
    return body_field(b, object, record, arena_printf(b->u->arena, "(%u)", index), binding);
}

static void bind_names(struct body *b, node_id declaration, ir_value object, ir_id type)
{
    uint32_t index = 0;
    for (node_id child = tree_node(b->tree, declaration)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next) {
        if (tree_kind(b->tree, child) != CXCursor_UnexposedDecl)
            continue;
        ir_id binding = tree_type(b->tree, child);
        ir_value place = binding_place(b, object, type, index++, binding);
        ir_id pointee = types_get(b->u, body_value_type(b, place))->element;
        if (types_kind(b->u, pointee) == IR_TYPE_REFERENCE) {
            place = body_load(b, place, pointee);
            pointee = types_get(b->u, pointee)->element;
        }
        body_bind(b, tree_cursor(b->tree, child),
                  (struct variable){.kind = VARIABLE_ADDRESS, .index = place, .type = pointee});
    }
}

void initialisers_bindings(struct body *b, node_id declaration)
{
    struct ir_loc old = body_at(b, declaration);
    ir_id type = tree_type(b->tree, declaration);
    node_id initialiser = NODE_NONE;
    for (node_id child = tree_first_expression(b->tree, declaration); child != NODE_NONE;
         child = tree_next_expression(b->tree, child))
        initialiser = child;
    ir_id local = body_local(b, "", type, IR_LOCAL_AUTO, tree_loc(b->tree, declaration));
    body_emit(b, OP(IR_LIFETIME_BEGIN, .aux = local));
    ir_value place = body_local_address(b, local);
    if (initialiser != NODE_NONE)
        initialise(b, declaration, initialiser, place, type);
    if (types_kind(b->u, type) == IR_TYPE_REFERENCE) {
        place = body_load(b, place, type);
        type = types_get(b->u, type)->element;
    }
    bind_names(b, declaration, place, type);
    scopes_own(b, local, declaration);
    b->loc = old;
}

void initialisers_bindings_of(struct body *b, node_id declaration, ir_value address, ir_id type)
{
    if (types_kind(b->u, type) == IR_TYPE_REFERENCE)
        type = types_get(b->u, type)->element;
    bind_names(b, declaration, address, type);
}

/* ---- written types --------------------------------------------------------------------- */

const char *initialisers_written(struct body *b, node_id node)
{
    if (tree_loc(b->tree, node).macro != IR_NONE)
        return "";
    return locations_written(b->u, tree_cursor(b->tree, node));
}

/* "unsigned int" of "unsigned", "unsigned long" of "long unsigned int", ...; NULL for other names
 * (a template's parameter, in the body of an instance). */
static const char *canonical_builtin(const char *words)
{
    bool is_unsigned = strstr(words, "unsigned") != NULL;
    const char *first_long = strstr(words, "long");
    bool two_longs = first_long && strstr(first_long + 4, "long");
    if (strstr(words, "void"))
        return "void";
    if (strstr(words, "bool") || strstr(words, "_Bool"))
        return "bool";
    if (strstr(words, "float"))
        return "float";
    if (strstr(words, "double"))
        return "double";
    if (strstr(words, "char"))
        return is_unsigned ? "unsigned char" : strstr(words, "signed") ? "signed char" : "char";
    if (strstr(words, "short"))
        return is_unsigned ? "unsigned short" : "short";
    if (two_longs)
        return is_unsigned ? "unsigned long long" : "long long";
    if (first_long)
        return is_unsigned ? "unsigned long" : "long";
    if (is_unsigned)
        return "unsigned int";
    return strstr(words, "int") || strstr(words, "signed") ? "int" : NULL;
}

static ir_id referenced_type(struct body *b, node_id node)
{
    for (node_id child = tree_node(b->tree, node)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next)
        if (tree_kind(b->tree, child) == CXCursor_TypeRef)
            return tree_type(b->tree, child);
    return IR_NONE;
}

static const char *first_word(struct body *b, const char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    size_t len = 0;
    while (isalnum((unsigned char)text[len]) || text[len] == '_')
        len++;
    return arena_strndup(b->u->arena, text, len);
}

ir_id initialisers_written_type(struct body *b, node_id node)
{
    const char *text = initialisers_written(b, node);
    const char *open = strchr(text, '(');
    if (!open)
        return types_unknown(b->u);
    size_t len = strlen(open);
    while (len > 1 && (open[len - 1] == ')' || isspace((unsigned char)open[len - 1])))
        len--;
    const char *inside = arena_strndup(b->u->arena, open + 1, len - 1);
    ir_id type = referenced_type(b, node);
    const char *builtin = canonical_builtin(inside);
    if (type == IR_NONE && builtin)
        type = types_builtin(b->u, builtin);
    if (types_kind(b->u, type) == IR_TYPE_UNKNOWN) {
        ir_id argument = arguments_type(b, first_word(b, inside));
        type = argument == IR_NONE ? type : argument;
    }
    if (type == IR_NONE)
        return types_unknown(b->u);
    for (const char *at = inside; *at; at++)
        if (*at == '*')
            type = types_pointer_to(b->u, type);
    return strpbrk(inside, "[<") ? types_unknown(b->u) : type;
}

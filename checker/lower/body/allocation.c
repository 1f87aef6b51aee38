#include "lower/body/allocation.h"

#include "lower/body/callees.h"
#include "lower/body/calls.h"
#include "lower/body/expressions.h"
#include "lower/body/loops.h"
#include "lower/declarations/arguments.h"
#include "lower/declarations/functions.h"
#include "lower/declarations/locations.h"
#include "lower/declarations/records.h"
#include "lower/declarations/types.h"
#include "lower/text/written.h"
#include "support/identifier.h"

#include <ctype.h>
#include <string.h>

/* The parts of a new expression. libclang gives its children without saying what they are. */
enum { MOST_PLACEMENT = 4 };
struct new_parts {
    node_id placement[MOST_PLACEMENT];
    size_t placement_count;
    node_id count; /* new T[count] */
    node_id init;
    bool is_array;
};

/* A bracketed group in the text: offsets of what is inside. */
struct group {
    size_t start, end;
};

static size_t skip_space(const char *text, size_t at)
{
    while (isspace((unsigned char)text[at]))
        at++;
    return at;
}

/* The offset of the bracket that closes the one at `at`, or of the text's end. */
static size_t closing(const char *text, size_t at)
{
    int depth = 0;
    for (; text[at]; at++) {
        if (strchr("([{", text[at]))
            depth++;
        else if (strchr(")]}", text[at]) && --depth == 0)
            return at;
    }
    return at;
}

/* The offset of what follows the type's name: a bracket, or the end of the expression. */
static size_t end_of_type(const char *text, size_t at)
{
    int angles = 0;
    for (; text[at] && !strchr("[({;)}]", text[at]); at++) {
        if (text[at] == '<')
            angles++;
        else if (text[at] == '>')
            angles--;
        else if (text[at] == ',' && angles <= 0)
            break;
    }
    return at;
}

/* `new (a, b) T[n]`: the placement group and the array's brackets, empty where missing. */
static void read_groups(const char *text, struct group *placement, struct group *brackets)
{
    *placement = (struct group){0};
    *brackets = (struct group){0};
    const char *word = strstr(text, "new");
    if (!word)
        return;
    size_t at = skip_space(text, (size_t)(word - text) + 3);
    if (text[at] == '(') {
        size_t end = closing(text, at);
        *placement = (struct group){at + 1, end};
        at = end;
        if (text[at])
            at++;
    }
    at = end_of_type(text, at);
    if (text[at] == '[')
        *brackets = (struct group){at + 1, closing(text, at)};
}

/* In an instance of a template the range of a new expression ends too early: the text from its
 * start on is read as far as need be. */
static const char *text_from(struct body *b, struct ir_loc start)
{
    enum { LONGEST = 1024 };
    size_t len;
    const char *text = locations_text(b->u, start.file, &len);
    if (start.macro != IR_NONE || !text || start.offset >= len)
        return "";
    size_t rest = len - start.offset;
    return arena_strndup(b->u->arena, text + start.offset, rest < LONGEST ? rest : LONGEST);
}

static bool is_in(struct group group, size_t offset)
{
    return group.end > group.start && offset >= group.start && offset < group.end;
}

static void add_placement(struct new_parts *parts, node_id node)
{
    if (parts->placement_count < MOST_PLACEMENT)
        parts->placement[parts->placement_count++] = node;
}

static struct new_parts parts_of(struct body *b, node_id node, ir_id element)
{
    struct new_parts parts = {.count = NODE_NONE, .init = NODE_NONE};
    struct ir_loc whole = tree_loc(b->tree, node);
    const char *text = text_from(b, whole);
    bool has_text = *text != '\0';
    struct group placement;
    struct group brackets;
    read_groups(text, &placement, &brackets);
    parts.is_array = brackets.end > brackets.start;
    for (node_id child = tree_first_expression(b->tree, node); child != NODE_NONE;
         child = tree_next_expression(b->tree, child)) {
        size_t offset = tree_loc(b->tree, child).offset - whole.offset;
        if (has_text && is_in(placement, offset)) {
            add_placement(&parts, child);
        } else if (has_text ? is_in(brackets, offset)
                            : tree_type(b->tree, child) == types_size(b->u) &&
                                  element != types_size(b->u)) {
            parts.is_array = true;
            if (parts.count == NODE_NONE)
                parts.count = child;
        } else {
            parts.init = child;
        }
    }
    return parts;
}

static bool is_nothrow(struct body *b, node_id node)
{
    const struct ir_type *type = types_get(b->u, tree_type(b->tree, node));
    return type->kind == IR_TYPE_RECORD &&
           strcmp(b->u->unit->records.data[type->record].name, "std::nothrow_t") == 0;
}

/* The memory for `bytes`: from the class's operator new or the global one, or the place given. */
static ir_value obtain_memory(struct body *b, const struct new_parts *parts, ir_id element,
                              ir_value bytes)
{
    ir_value args[1 + MOST_PLACEMENT] = {bytes};
    size_t count = 1;
    for (size_t i = 0; i < parts->placement_count; i++)
        args[count++] = expressions_operand(b, parts->placement[i]);
    const char *name = parts->is_array ? "operator new[]" : "operator new";
    CXCursor own = records_allocator(b->u, types_get(b->u, element)->record, name, (int)count);
    if (!b->u->clang->Cursor_isNull(own))
        return calls_plain(b, functions_of(b->u, own), args, count);
    bool nothrow = parts->placement_count == 1 && is_nothrow(b, parts->placement[0]);
    if (parts->placement_count == 1 && !nothrow)
        return args[1];
    if (parts->placement_count > 1)
        return body_havoc(b, types_void_pointer(b->u), "placement new", args, count);
    ir_id function = functions_named(b->u, name, types_void_pointer(b->u));
    ir_value memory = calls_plain(b, function, args, count);
    b->fn->ops.data[memory].call->is_new_array = parts->is_array;
    return memory;
}

static void construct_element(struct body *b, ir_value element, ir_id type, void *data)
{
    const node_id *init = data;
    calls_construct(b, *init, element, type);
}

static void initialise_new(struct body *b, struct new_parts *parts, ir_value place, ir_id element,
                           ir_value count)
{
    if (parts->init == NODE_NONE)
        return;
    if (!parts->is_array)
        expressions_into(b, parts->init, place, element);
    else if (callees_is_constructor(b, parts->init))
        loops_each_of(b, place, element, count, construct_element, &parts->init);
    else
        expressions_into(b, parts->init, place, tree_type(b->tree, parts->init));
}

/* `new T` in a default member initialiser, which is always the pattern's: what T is there. */
static ir_id made_type(struct body *b, node_id node, ir_id element)
{
    const char *text = text_from(b, tree_loc(b->tree, node));
    if (types_kind(b->u, element) != IR_TYPE_UNKNOWN || strncmp(text, "new", 3) != 0)
        return element;
    text += skip_space(text, 3);
    ir_id argument = arguments_type(b, arena_strndup(b->u->arena, text, identifier_span(text)));
    return argument == IR_NONE ? element : argument;
}

ir_value allocation_new(struct body *b, node_id node)
{
    ir_id type = tree_type(b->tree, node);
    ir_id element = made_type(b, node, types_get(b->u, type)->element);
    struct new_parts parts = parts_of(b, node, element);
    ir_value count = IR_NONE;
    if (parts.is_array)
        count = parts.count == NODE_NONE ? body_unknown(b, types_size(b->u), "number of elements")
                                         : expressions_operand(b, parts.count);
    body_at(b, node);
    ir_value bytes = body_size_of(b, element);
    if (parts.is_array)
        bytes = body_binary(b, IR_MUL, count, bytes, types_size(b->u));
    ir_value memory = obtain_memory(b, &parts, element, bytes);
    body_at(b, node);
    ir_value place = body_emit(b, OP(IR_CAST, .sub = IR_CAST_POINTER, .type = type, .a = memory));
    initialise_new(b, &parts, place, element, count);
    return place;
}

/* ---- delete ---------------------------------------------------------------------------- */

static bool is_array_delete(struct body *b, node_id node)
{
    const char *word = strstr(written_text(b, node), "delete");
    return word && word[skip_space(word, strlen("delete"))] == '[';
}

static void destroy_one(struct body *b, ir_value element, ir_id type, void *data)
{
    const ir_id *destructor = data;
    (void)type;
    calls_method(b, *destructor, element);
}

/* Nothing is destroyed behind a null pointer. */
static void destroy_pointee(struct body *b, ir_value pointer, ir_id type, bool is_array)
{
    ir_id element = types_get(b->u, type)->element;
    ir_id record = types_get(b->u, element)->record;
    ir_id destructor = record == IR_NONE ? IR_NONE : records_destructor(b->u, record);
    if (destructor == IR_NONE)
        return;
    ir_id some = body_block(b);
    ir_id join = body_block(b);
    ir_value is_some = body_compare(b, IR_NE, pointer, body_constant(b, type, 0));
    body_branch(b, is_some, some, join);
    body_enter(b, some);
    if (is_array) {
        ir_value count = body_emit(b, OP(IR_COUNT, .type = types_size(b->u), .a = pointer,
                                         .number = types_bytes(b->u, element)));
        loops_each_of(b, pointer, element, count, destroy_one, &destructor);
    } else {
        calls_method(b, destructor, pointer);
        struct ir_block *block = &b->fn->blocks.data[b->block];
        struct ir_op *op = &b->fn->ops.data[block->ops.data[block->ops.len - 1]];
        op->call->is_virtual = b->u->unit->functions.data[destructor].is_virtual;
    }
    body_flow_into(b, join);
}

/* By the class's own operator delete: false where it has none. */
static bool release_by_class(struct body *b, ir_value pointer, ir_id type, const char *name)
{
    ir_id element = types_get(b->u, type)->element;
    ir_id record = types_get(b->u, element)->record;
    CXCursor own = records_allocator(b->u, record, name, 1);
    bool is_sized = b->u->clang->Cursor_isNull(own);
    if (is_sized)
        own = records_allocator(b->u, record, name, 2);
    if (b->u->clang->Cursor_isNull(own))
        return false;
    ir_value args[2] = {pointer, is_sized ? body_size_of(b, element) : IR_NONE};
    calls_plain(b, functions_of(b->u, own), args, is_sized ? 2 : 1);
    return true;
}

void allocation_delete(struct body *b, node_id node)
{
    node_id operand = tree_first_expression(b->tree, node);
    if (operand == NODE_NONE)
        return;
    ir_id type = tree_type(b->tree, operand);
    bool is_array = is_array_delete(b, node);
    ir_value pointer = expressions_operand(b, operand);
    if (types_kind(b->u, type) != IR_TYPE_POINTER ||
        types_kind(b->u, types_get(b->u, type)->element) == IR_TYPE_UNKNOWN)
        type = body_value_type(b, pointer); /* in a pattern's body */
    body_at(b, node);
    destroy_pointee(b, pointer, type, is_array);
    const char *name = is_array ? "operator delete[]" : "operator delete";
    if (release_by_class(b, pointer, type, name))
        return;
    ir_id function = functions_named(b->u, name, types_void(b->u));
    calls_method(b, function, pointer);
    struct ir_block *block = &b->fn->blocks.data[b->block];
    struct ir_op *op = &b->fn->ops.data[block->ops.data[block->ops.len - 1]];
    op->call->is_new_array = is_array;
}

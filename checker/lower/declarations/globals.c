#include "lower/declarations/globals.h"

#include "lower/body/constructors.h"
#include "lower/declarations/attributes.h"
#include "lower/declarations/constants.h"
#include "lower/declarations/locations.h"
#include "lower/declarations/names.h"
#include "lower/declarations/records.h"
#include "lower/declarations/types.h"

#include <string.h>

/* The initialiser in a tree of its own, or NODE_NONE. */
static node_id initialiser_of(struct unit_builder *u, CXCursor variable, struct tree **tree)
{
    CXCursor cursor = u->clang->Cursor_getVarDeclInitializer(variable);
    if (u->clang->Cursor_isNull(cursor))
        return NODE_NONE;
    *tree = tree_new(u);
    return tree_add(*tree, cursor);
}

static bool has_mutable_part(struct unit_builder *u, ir_id type, unsigned depth)
{
    enum { DEEPEST = 16 };
    const struct ir_type *of = types_get(u, type);
    while (of->kind == IR_TYPE_ARRAY)
        of = types_get(u, of->element);
    if (of->kind != IR_TYPE_RECORD || depth > DEEPEST)
        return false;
    ir_id record = of->record;
    if (records_destructor(u, record) != IR_NONE)
        return true;
    records_need_fields(u, record);
    for (size_t i = 0; i < u->unit->records.data[record].fields.len; i++) {
        struct ir_field field = u->unit->records.data[record].fields.data[i];
        if (field.is_mutable || has_mutable_part(u, field.type, depth + 1))
            return true;
    }
    return false;
}

static bool is_const_object(struct unit_builder *u, ir_id type)
{
    const struct ir_type *of = types_get(u, type);
    while (of->kind == IR_TYPE_ARRAY && !of->is_const)
        of = types_get(u, of->element);
    return of->is_const;
}

/* Numbers say nothing of memory. */
static bool may_hold_pointers(const struct unit_builder *u, ir_id type)
{
    const struct ir_type *of = types_get(u, type);
    while (of->kind == IR_TYPE_ARRAY)
        of = types_get(u, of->element);
    return of->kind != IR_TYPE_BOOL && of->kind != IR_TYPE_INT && of->kind != IR_TYPE_FLOAT &&
           of->kind != IR_TYPE_ENUM;
}

/* Below what only says how a null pointer is written: (char *)0, NULL. */
static node_id below_casts(const struct tree *tree, node_id node)
{
    node = tree_strip(tree, node);
    while (tree_kind(tree, node) == CXCursor_CStyleCastExpr) {
        node_id inner = tree_first_expression(tree, node);
        if (inner == NODE_NONE)
            break;
        node = tree_strip(tree, inner);
    }
    return node;
}

/* A class whose default constructor does nothing, as the initialiser of `static struct s x;`. */
static bool is_left_alone(struct tree *tree, node_id node)
{
    const struct ir_type *type = types_get(tree->u, tree_type(tree, node));
    while (type->kind == IR_TYPE_ARRAY)
        type = types_get(tree->u, type->element);
    return tree_kind(tree, node) == CXCursor_CallExpr && type->kind == IR_TYPE_RECORD &&
           tree_count_expressions(tree, node) == 0 &&
           constructors_default_is_trivial(tree->u, type->record);
}

/* Nothing but zeros: `0`, `{0}`, `{}`, `{{NULL, 0}}`, but for parts that count as such. */
static bool is_zero_but_for(struct tree *tree, node_id node, bool (*counts)(struct tree *, node_id))
{
    uint64_t value;
    if (node == NODE_NONE)
        return false;
    if (types_kind(tree->u, tree_type(tree, node)) == IR_TYPE_VOID)
        return is_zero_but_for(tree, tree_node(tree, node)->last, counts); /* `.a = x` */
    if (counts(tree, node))
        return true;
    node = below_casts(tree, node);
    switch (tree_kind(tree, node)) {
    case CXCursor_InitListExpr:
        break;
    case CXCursor_CXXNullPtrLiteralExpr:
    case CXCursor_GNUNullExpr:
        return true;
    default:
        return constants_evaluate(tree, node, &value) && value == 0;
    }
    for (node_id element = tree_first_expression(tree, node); element != NODE_NONE;
         element = tree_next_expression(tree, element))
        if (!is_zero_but_for(tree, element, counts))
            return false;
    return true;
}

static bool is_zero(struct tree *tree, node_id node)
{
    return is_zero_but_for(tree, node, is_left_alone);
}

static bool holds_no_pointer(struct tree *tree, node_id node)
{
    return !may_hold_pointers(tree->u, tree_type(tree, node));
}

/* Does it give no pointer an address? */
static bool is_null(struct tree *tree, node_id node)
{
    return is_zero_but_for(tree, node, holds_no_pointer);
}

/* What it holds before any code has run, where that is easily said. */
static void describe_start(struct unit_builder *u, CXCursor variable, struct ir_global *global)
{
    enum { LARGEST = 4096 }; /* bytes of what has an initialiser: longer lists are tables */
    const struct ir_type type = *types_get(u, global->type);
    uint64_t value;
    /* `static int n;` defines in C too, though other lines may do so better */
    if (global->is_volatile || global->is_const_data ||
        !(u->clang->isCursorDefinition(variable) ||
          (global->is_static && u->source->language == SOURCE_C)))
        return;
    struct tree *tree = NULL;
    node_id initialiser = type.size > LARGEST ? NODE_NONE : initialiser_of(u, variable, &tree);
    if (initialiser == NODE_NONE) {
        CXCursor given = u->clang->Cursor_getVarDeclInitializer(variable);
        global->has_start = u->clang->Cursor_isNull(given) != 0;
        return;
    }
    const bool is_number =
        type.kind == IR_TYPE_BOOL || type.kind == IR_TYPE_INT || type.kind == IR_TYPE_ENUM;
    if (is_number && constants_evaluate(tree, initialiser, &value)) {
        global->has_start = true;
        global->start = (int64_t)value;
    } else if (!is_number) {
        global->has_start = is_zero(tree, initialiser);
    }
}

/* constexpr, constinit: whatever computes it, the compiler has done so. No cursor tells of either;
 * the words before the initialiser do. */
static bool is_computed_early(struct unit_builder *u, CXCursor variable)
{
    static const char *const words[] = {"constexpr", "constinit"};
    const char *text = locations_written(u, variable);
    const char *end = text + strcspn(text, "={(;");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *found = strstr(text, words[i]);
        if (found && found < end)
            return true;
    }
    return false;
}

static void describe_value(struct unit_builder *u, CXCursor variable, struct ir_global *global)
{
    bool is_constant = is_const_object(u, global->type) && !has_mutable_part(u, global->type, 0);
    if (!is_constant && !may_hold_pointers(u, global->type))
        return;
    struct tree *tree = NULL;
    node_id initialiser = initialiser_of(u, variable, &tree);
    if (initialiser == NODE_NONE)
        return;
    global->begins_null = is_null(tree, initialiser);
    if (!is_constant)
        return;
    uint64_t value;
    global->is_const_data = constants_evaluate(tree, initialiser, &value) ||
                            constants_is_static_data(tree, initialiser) ||
                            is_computed_early(u, variable);
}

ir_id globals_of(struct unit_builder *u, CXCursor declaration)
{
    uint32_t known = map_get_u64(&u->declarations, declaration_key(declaration));
    if (known != (uint32_t)MAP_NONE)
        return known;
    enum CXCursorKind kind = u->clang->getCursorKind(declaration);
    bool is_variable = kind == CXCursor_VarDecl ||
                       kind == CXCursor_UnexposedDecl; /* an instance of a variable template */
    if (!is_variable || u->clang->Cursor_hasVarDeclGlobalStorage(declaration) != 1)
        return IR_NONE;
    CXCursor cursor = u->clang->getCursorDefinition(declaration);
    if (u->clang->Cursor_isNull(cursor))
        cursor = declaration;
    const char *key = names_key(u, cursor);
    known = map_get(&u->keys, key);
    if (known == (uint32_t)MAP_NONE) {
        CXCursor parent = u->clang->getCursorSemanticParent(cursor);
        enum CXCursorKind scope = u->clang->getCursorKind(parent);
        struct ir_global global = {
            .name = names_spelling(u, cursor),
            .qualified = names_qualified(u, cursor),
            .key = key,
            .type = types_of_cursor(u, cursor),
            .record = scope == CXCursor_ClassDecl || scope == CXCursor_StructDecl
                          ? records_of(u, parent)
                          : IR_NONE,
            .is_private = u->clang->getCXXAccessSpecifier(cursor) == CX_CXXPrivate,
            .is_function_local = scope == CXCursor_FunctionDecl || scope == CXCursor_CXXMethod ||
                                 scope == CXCursor_Constructor || scope == CXCursor_Destructor ||
                                 scope == CXCursor_FunctionTemplate ||
                                 scope == CXCursor_ConversionFunction,
            .is_volatile = u->clang->isVolatileQualifiedType(u->clang->getCursorType(cursor)) != 0,
            .is_managed = attributes_is_managed(u, cursor),
            .begins_null = true,
            .is_thread_local = u->clang->getCursorTLSKind(cursor) != CXTLS_None,
            .loc = locations_name(u, cursor),
        };
        global.is_static = global.is_function_local || names_is_internal(u, cursor);
        describe_value(u, cursor, &global);
        describe_start(u, cursor, &global);
        known = (uint32_t)u->unit->globals.len;
        vec_push(u->arena, &u->unit->globals, global);
        if (global.is_const_data)
            vec_push(u->arena, &u->constants,
                     (struct constant_source){.variable = cursor, .global = known});
        map_set(&u->keys, key, known);
    }
    map_set_u64(&u->declarations, declaration_key(declaration), known);
    map_set_u64(&u->declarations, declaration_key(cursor), known);
    return known;
}

ir_id globals_of_instance(struct unit_builder *u, const char *owner, const char *name)
{
    const char *key = arena_printf(u->arena, "%s %s", owner, name);
    uint32_t known = map_get(&u->keys, key);
    if (known != (uint32_t)MAP_NONE)
        return known;
    struct ir_global global = {
        .name = name,
        .qualified = name,
        .key = key,
        .type = types_unknown(u),
        .record = IR_NONE,
        .loc = IR_NO_LOC,
    };
    known = (uint32_t)u->unit->globals.len;
    vec_push(u->arena, &u->unit->globals, global);
    map_set(&u->keys, key, known);
    return known;
}

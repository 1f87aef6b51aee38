#include "lower/parse/tree.h"

#include "lower/declarations/constants.h"
#include "lower/declarations/locations.h"
#include "lower/declarations/types.h"

struct tree *tree_new(struct unit_builder *u)
{
    struct tree *tree = arena_new_object(u->arena, struct tree);
    tree->u = u;
    return tree;
}

bool tree_same_cursor(const struct unit_builder *u, CXCursor x, CXCursor y)
{
    if (x.kind != y.kind)
        return false;
    if (u->clang->isExpression(x.kind) || u->clang->isStatement(x.kind))
        return x.data[1] == y.data[1];
    return u->clang->equalCursors(x, y) != 0;
}

struct node *tree_node(const struct tree *tree, node_id node)
{
    return &tree->nodes.data[node];
}

CXCursor tree_cursor(const struct tree *tree, node_id node)
{
    return tree_node(tree, node)->cursor;
}

CXCursor tree_referenced(const struct tree *tree, node_id node)
{
    return tree->u->clang->getCursorReferenced(tree_cursor(tree, node));
}

enum CXCursorKind tree_kind(const struct tree *tree, node_id node)
{
    return node == NODE_NONE ? CXCursor_InvalidFile : tree->nodes.data[node].kind;
}

static node_id append(struct tree *tree, CXCursor cursor, node_id parent)
{
    node_id id = (node_id)tree->nodes.len;
    vec_push(tree->u->arena, &tree->nodes,
             (struct node){.cursor = cursor,
                           .kind = tree->u->clang->getCursorKind(cursor),
                           .parent = parent,
                           .first = NODE_NONE,
                           .last = NODE_NONE,
                           .next = NODE_NONE,
                           .type = IR_NONE});
    if (parent == NODE_NONE)
        return id;
    struct node *above = tree_node(tree, parent);
    if (above->last == NODE_NONE)
        above->first = id;
    else
        tree_node(tree, above->last)->next = id;
    above->last = id;
    above->child_count++;
    return id;
}

static bool is_class(enum CXCursorKind kind)
{
    return kind == CXCursor_StructDecl || kind == CXCursor_ClassDecl ||
           kind == CXCursor_UnionDecl || kind == CXCursor_EnumDecl ||
           kind == CXCursor_ClassTemplate;
}

/* The position in `open` of the node that holds `parent`. Captures of lambdas come with a parent
 * that was never shown: they hang below the node visited last. */
static size_t open_level(const struct tree *tree, CXCursor parent)
{
    for (size_t level = tree->open.len; level > 0; level--) {
        const struct node *node = tree_node(tree, tree->open.data[level - 1]);
        if (tree_same_cursor(tree->u, node->cursor, parent))
            return level;
    }
    return tree->open.len;
}

static enum CXChildVisitResult visit(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct tree *tree = data;
    enum CXCursorKind kind = tree->u->clang->getCursorKind(cursor);
    if (is_class(kind))
        return CXChildVisit_Continue;
    size_t level = open_level(tree, parent);
    node_id id = append(tree, cursor, tree->open.data[level - 1]);
    tree->open.len = level;
    vec_push(tree->u->arena, &tree->open, id);
    return CXChildVisit_Recurse;
}

/* What clang makes of `p->absent`, where there is no such member: it keeps `p`, below an expression
 * of a type that depends on nothing. That is another value than `p`, and no wrapper of it. */
static bool is_remnant(const struct tree *tree, const struct node *node)
{
    if (node->kind != CXCursor_UnexposedExpr || node->child_count != 1)
        return false;
    CXType type = tree->u->clang->getCursorType(node->cursor);
    CXType inner = tree->u->clang->getCursorType(tree_cursor(tree, node->first));
    return type.kind == CXType_Dependent && inner.kind != CXType_Dependent &&
           inner.kind != CXType_Overload;
}

static void mark_remnants(struct tree *tree, node_id from)
{
    if (!tree->u->errors.len)
        return;
    for (node_id id = from; id < tree->nodes.len; id++)
        if (is_remnant(tree, tree_node(tree, id)))
            tree_node(tree, id)->kind = NODE_REMNANT;
}

node_id tree_add(struct tree *tree, CXCursor root)
{
    node_id id = append(tree, root, NODE_NONE);
    tree->open.len = 0;
    vec_push(tree->u->arena, &tree->open, id);
    tree->u->clang->visitChildren(root, visit, tree);
    mark_remnants(tree, id);
    constants_mark(tree, id);
    return id;
}

static bool is_expression(const struct tree *tree, node_id node)
{
    enum CXCursorKind kind = tree_kind(tree, node);
    return (kind >= CXCursor_FirstExpr && kind <= CXCursor_LastExpr) ||
           (kind >= CXCursor_FirstStmt && kind <= CXCursor_LastStmt);
}

static node_id expression_from(const struct tree *tree, node_id node)
{
    while (node != NODE_NONE && !is_expression(tree, node))
        node = tree_node(tree, node)->next;
    return node;
}

node_id tree_first_expression(const struct tree *tree, node_id node)
{
    return expression_from(tree, tree_node(tree, node)->first);
}

node_id tree_next_expression(const struct tree *tree, node_id node)
{
    return expression_from(tree, tree_node(tree, node)->next);
}

node_id tree_last_expression(const struct tree *tree, node_id node)
{
    node_id last = NODE_NONE;
    for (node_id child = tree_first_expression(tree, node); child != NODE_NONE;
         child = tree_next_expression(tree, child))
        last = child;
    return last;
}

uint32_t tree_count_expressions(const struct tree *tree, node_id node)
{
    uint32_t count = 0;
    for (node_id child = tree_first_expression(tree, node); child != NODE_NONE;
         child = tree_next_expression(tree, child))
        count++;
    return count;
}

node_id tree_strip_parens(const struct tree *tree, node_id node)
{
    while (tree_kind(tree, node) == CXCursor_ParenExpr) {
        node_id inner = tree_first_expression(tree, node);
        if (inner == NODE_NONE)
            break;
        node = inner;
    }
    return node;
}

/* Its children are what it chooses by, which is not evaluated, and what it chooses from: libclang
 * does not say which, but its type does. */
node_id tree_selected(const struct tree *tree, node_id node)
{
    const struct clang_api *clang = tree->u->clang;
    CXType type = clang->getCanonicalType(clang->getCursorType(tree_cursor(tree, node)));
    node_id found = NODE_NONE, choice = tree_first_expression(tree, node);
    while (choice != NODE_NONE && (choice = tree_next_expression(tree, choice)) != NODE_NONE) {
        CXType own = clang->getCanonicalType(clang->getCursorType(tree_cursor(tree, choice)));
        if (!clang->equalTypes(own, type))
            continue;
        if (found != NODE_NONE)
            return NODE_NONE;
        found = choice;
    }
    return found;
}

node_id tree_strip(const struct tree *tree, node_id node)
{
    for (;;) {
        enum CXCursorKind kind = tree_kind(tree, node);
        if (kind == CXCursor_GenericSelectionExpr && tree_selected(tree, node) != NODE_NONE) {
            node = tree_selected(tree, node);
            continue;
        }
        if (kind != CXCursor_ParenExpr && kind != CXCursor_UnexposedExpr)
            return node;
        if (tree_count_expressions(tree, node) != 1)
            return node;
        node = tree_first_expression(tree, node);
    }
}

ir_id tree_type(struct tree *tree, node_id node)
{
    struct node *n = tree_node(tree, node);
    if (n->type == IR_NONE)
        n->type = types_of_cursor(tree->u, n->cursor);
    return n->type;
}

struct ir_loc tree_loc(struct tree *tree, node_id node)
{
    if (node == NODE_NONE)
        return IR_NO_LOC;
    struct node *n = tree_node(tree, node);
    if (!n->has_loc) {
        n->loc = locations_extent(tree->u, n->cursor);
        n->has_loc = true;
    }
    return n->loc;
}

bool tree_is_within(const struct tree *tree, node_id node, node_id ancestor)
{
    while (node != NODE_NONE && node != ancestor)
        node = tree_node(tree, node)->parent;
    return node == ancestor;
}

node_id tree_end(const struct tree *tree, node_id root)
{
    node_id last = root;
    while (tree_node(tree, last)->last != NODE_NONE)
        last = tree_node(tree, last)->last;
    return last + 1;
}

bool tree_declares(const struct tree *tree, node_id root, CXCursor variable)
{
    node_id end = tree_end(tree, root);
    for (node_id node = root; node < end; node++)
        if (tree_kind(tree, node) == CXCursor_VarDecl &&
            declaration_id(tree_node(tree, node)->cursor) == declaration_id(variable))
            return true;
    return false;
}

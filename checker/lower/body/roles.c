#include "lower/body/roles.h"

#include "lower/declarations/locations.h"
#include "lower/declarations/types.h"

/* The punctuation in the head of a statement: offsets in its file. */
struct head {
    size_t semicolons[2];
    unsigned semicolon_count;
    size_t close; /* of the parenthesis; 0: not found */
};

/* ---- reading the text ------------------------------------------------------------------ */

static struct head scan_head(const char *text, size_t from, size_t len)
{
    struct head head = {0};
    int parens = 0;
    int braces = 0;
    for (size_t i = from; i < len && !head.close; i++) {
        switch (text[i]) {
        case '(':
            parens++;
            break;
        case '{':
        case '[':
            braces++;
            break;
        case '}':
        case ']':
            braces--;
            break;
        case ')':
            if (--parens == 0)
                head.close = i;
            break;
        case ';':
            if (parens == 1 && braces == 0 && head.semicolon_count < 2)
                head.semicolons[head.semicolon_count++] = i;
            break;
        default:
            break;
        }
    }
    return head;
}

static struct head read_head(struct body *b, node_id node)
{
    struct ir_loc loc = tree_loc(b->tree, node);
    size_t len;
    const char *text = locations_text(b->u, loc.file, &len);
    return text ? scan_head(text, loc.offset, len) : (struct head){0};
}

static size_t start_of(struct body *b, node_id node)
{
    CXSourceRange range = b->u->clang->getCursorExtent(tree_node(b->tree, node)->cursor);
    unsigned offset = 0;
    b->u->clang->getFileLocation(b->u->clang->getRangeStart(range), NULL, NULL, NULL, &offset);
    return offset;
}

static bool is_statement(enum CXCursorKind kind)
{
    return kind >= CXCursor_FirstStmt && kind <= CXCursor_LastStmt;
}

/* ---- if -------------------------------------------------------------------------------- */

/* In a macro's body all offsets are one: the kinds must do. */
static struct roles if_by_kind(struct body *b, node_id node)
{
    struct roles roles = {NODE_NONE, NODE_NONE, NODE_NONE, NODE_NONE, NODE_NONE, NODE_NONE};
    for (node_id child = tree_node(b->tree, node)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next) {
        enum CXCursorKind kind = tree_kind(b->tree, child);
        if (kind == CXCursor_DeclStmt && roles.condition == NODE_NONE)
            roles.init = child;
        else if (kind == CXCursor_VarDecl && roles.condition == NODE_NONE)
            roles.variable = child;
        else if (roles.condition == NODE_NONE)
            roles.condition = child;
        else if (roles.body == NODE_NONE)
            roles.body = child;
        else
            roles.otherwise = child;
    }
    return roles;
}

struct roles roles_of_if(struct body *b, node_id node)
{
    struct roles roles = {NODE_NONE, NODE_NONE, NODE_NONE, NODE_NONE, NODE_NONE, NODE_NONE};
    if (tree_loc(b->tree, node).macro != IR_NONE)
        return if_by_kind(b, node);
    struct head head = read_head(b, node);
    if (!head.close)
        return if_by_kind(b, node);
    for (node_id child = tree_node(b->tree, node)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next) {
        size_t start = start_of(b, child);
        if (start > head.close) {
            if (roles.body == NODE_NONE)
                roles.body = child;
            else
                roles.otherwise = child;
        } else if (head.semicolon_count && start < head.semicolons[0]) {
            roles.init = child;
        } else if (tree_kind(b->tree, child) == CXCursor_VarDecl) {
            roles.variable = child;
        } else {
            roles.condition = child;
        }
    }
    return roles;
}

/* ---- for ------------------------------------------------------------------------------- */

static bool looks_like_condition(struct body *b, node_id node)
{
    if (types_kind(b->u, tree_type(b->tree, node)) == IR_TYPE_BOOL)
        return true;
    node_id inner = tree_strip(b->tree, node);
    if (tree_kind(b->tree, inner) != CXCursor_BinaryOperator)
        return false;
    enum CXBinaryOperatorKind op =
        b->u->clang->getCursorBinaryOperatorKind(tree_node(b->tree, inner)->cursor);
    return (op >= CXBinaryOperator_LT && op <= CXBinaryOperator_NE) ||
           op == CXBinaryOperator_LAnd || op == CXBinaryOperator_LOr;
}

static struct roles for_by_kind(struct body *b, node_id node)
{
    struct roles roles = {NODE_NONE, NODE_NONE, NODE_NONE, NODE_NONE, NODE_NONE, NODE_NONE};
    uint32_t parts = tree_node(b->tree, node)->child_count;
    for (node_id child = tree_node(b->tree, node)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next, parts--) {
        enum CXCursorKind kind = tree_kind(b->tree, child);
        if (parts == 1)
            roles.body = child;
        else if (kind == CXCursor_DeclStmt)
            roles.init = child;
        else if (kind == CXCursor_VarDecl)
            roles.variable = child;
        else if (roles.condition == NODE_NONE && !is_statement(kind) &&
                 looks_like_condition(b, child))
            roles.condition = child;
        else if (roles.condition == NODE_NONE && roles.init == NODE_NONE && parts > 2)
            roles.init = child;
        else
            roles.increment = child;
    }
    return roles;
}

struct roles roles_of_for(struct body *b, node_id node)
{
    struct roles roles = {NODE_NONE, NODE_NONE, NODE_NONE, NODE_NONE, NODE_NONE, NODE_NONE};
    if (tree_loc(b->tree, node).macro != IR_NONE)
        return for_by_kind(b, node);
    struct head head = read_head(b, node);
    if (!head.close || head.semicolon_count < 2)
        return for_by_kind(b, node);
    for (node_id child = tree_node(b->tree, node)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next) {
        size_t start = start_of(b, child);
        if (start > head.close)
            roles.body = child;
        else if (start < head.semicolons[0])
            roles.init = child;
        else if (start > head.semicolons[1])
            roles.increment = child;
        else if (tree_kind(b->tree, child) == CXCursor_VarDecl)
            roles.variable = child;
        else
            roles.condition = child;
    }
    return roles;
}

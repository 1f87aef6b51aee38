#include "lower/roles.h"

#include "lower/types.h"

#include <string.h>

/* The punctuation in the head of a statement: offsets in its file. */
struct head {
    uint32_t semicolons[2];
    unsigned semicolon_count;
    uint32_t close; /* of the parenthesis; 0: not found */
};

static uint32_t offset_of(struct body *b, CXSourceLocation location)
{
    unsigned offset = 0;
    b->u->clang->getFileLocation(location, NULL, NULL, NULL, &offset);
    return offset;
}

static void read_token(struct body *b, CXToken token, struct head *head, int *parens, int *braces)
{
    if (b->u->clang->getTokenKind(token) != CXToken_Punctuation)
        return;
    CXString text = b->u->clang->getTokenSpelling(b->u->tu, token);
    const char *word = b->u->clang->getCString(text);
    uint32_t at = offset_of(b, b->u->clang->getTokenLocation(b->u->tu, token));
    if (strcmp(word, "(") == 0)
        ++*parens;
    else if (strcmp(word, "{") == 0 || strcmp(word, "[") == 0)
        ++*braces;
    else if (strcmp(word, "}") == 0 || strcmp(word, "]") == 0)
        --*braces;
    else if (strcmp(word, ")") == 0 && --*parens == 0)
        head->close = at;
    else if (strcmp(word, ";") == 0 && *parens == 1 && *braces == 0 && head->semicolon_count < 2)
        head->semicolons[head->semicolon_count++] = at;
    b->u->clang->disposeString(text);
}

/* Reads up to where the last child starts: the body may be long. */
static struct head read_head(struct body *b, node_id node)
{
    struct head head = {0};
    CXSourceRange whole = b->u->clang->getCursorExtent(tree_node(b->tree, node)->cursor);
    CXSourceLocation start = b->u->clang->getRangeStart(whole);
    CXFile file;
    unsigned from;
    b->u->clang->getFileLocation(start, &file, NULL, NULL, &from);
    uint32_t to = from;
    for (node_id child = tree_node(b->tree, node)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next) {
        CXSourceRange range = b->u->clang->getCursorExtent(tree_node(b->tree, child)->cursor);
        uint32_t at = offset_of(b, b->u->clang->getRangeStart(range));
        to = at > to ? at : to;
    }
    CXToken *tokens = NULL;
    unsigned count = 0;
    CXSourceRange range =
        b->u->clang->getRange(b->u->clang->getLocationForOffset(b->u->tu, file, from),
                              b->u->clang->getLocationForOffset(b->u->tu, file, to + 1));
    b->u->clang->tokenize(b->u->tu, range, &tokens, &count);
    int parens = 0;
    int braces = 0;
    for (unsigned i = 0; i < count && !head.close; i++)
        read_token(b, tokens[i], &head, &parens, &braces);
    if (tokens)
        b->u->clang->disposeTokens(b->u->tu, tokens, count);
    return head;
}

static uint32_t start_of(struct body *b, node_id node)
{
    CXSourceRange range = b->u->clang->getCursorExtent(tree_node(b->tree, node)->cursor);
    return offset_of(b, b->u->clang->getRangeStart(range));
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
        uint32_t at = start_of(b, child);
        if (at > head.close) {
            if (roles.body == NODE_NONE)
                roles.body = child;
            else
                roles.otherwise = child;
        } else if (head.semicolon_count && at < head.semicolons[0]) {
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
        uint32_t at = start_of(b, child);
        if (at > head.close)
            roles.body = child;
        else if (at < head.semicolons[0])
            roles.init = child;
        else if (at > head.semicolons[1])
            roles.increment = child;
        else if (tree_kind(b->tree, child) == CXCursor_VarDecl)
            roles.variable = child;
        else
            roles.condition = child;
    }
    return roles;
}

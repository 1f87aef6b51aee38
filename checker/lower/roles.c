#include "lower/roles.h"

#include "lower/locations.h"
#include "lower/types.h"

#include <ctype.h>
#include <string.h>

/* The punctuation in the head of a statement: offsets in its file. */
struct head {
    size_t semicolons[2];
    unsigned semicolon_count;
    size_t close; /* of the parenthesis; 0: not found */
};

/* ---- reading the text ------------------------------------------------------------------ */

struct text {
    const char *bytes;
    size_t len;
};

static char at(struct text text, size_t offset)
{
    return offset < text.len ? text.bytes[offset] : '\0';
}

static size_t after_quoted(struct text text, size_t from, char quote)
{
    for (from++; from < text.len && text.bytes[from] != quote; from++)
        if (text.bytes[from] == '\\')
            from++;
    return from + 1;
}

/* R"tag( ... )tag" */
static size_t after_raw_string(struct text text, size_t quote)
{
    size_t open = quote + 1;
    while (open < text.len && text.bytes[open] != '(')
        open++;
    size_t tag = open - quote - 1;
    for (size_t end = open + 1; end + tag + 1 < text.len; end++)
        if (text.bytes[end] == ')' && text.bytes[end + tag + 1] == '"' &&
            memcmp(text.bytes + end + 1, text.bytes + quote + 1, tag) == 0)
            return end + tag + 2;
    return text.len;
}

static size_t after_comment(struct text text, size_t from)
{
    bool is_line = at(text, from + 1) == '/';
    for (from += 2; from < text.len; from++) {
        if (is_line && text.bytes[from] == '\n')
            return from;
        if (!is_line && text.bytes[from] == '*' && at(text, from + 1) == '/')
            return from + 2;
    }
    return from;
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* The offset behind what starts at `from`: a literal, a comment, or one character. */
static size_t after_token(struct text text, size_t from)
{
    char c = text.bytes[from];
    bool in_word = from > 0 && is_word(text.bytes[from - 1]);
    if (c == '"' && from > 0 && text.bytes[from - 1] == 'R')
        return after_raw_string(text, from);
    if (c == '"' || (c == '\'' && !in_word)) /* not the separator of 1'000 */
        return after_quoted(text, from, c);
    if (c == '/' && (at(text, from + 1) == '/' || at(text, from + 1) == '*'))
        return after_comment(text, from);
    return from + 1;
}

static struct head scan_head(struct text text, size_t from)
{
    struct head head = {0};
    int parens = 0;
    int braces = 0;
    for (size_t i = from; i < text.len && !head.close; i = after_token(text, i)) {
        switch (text.bytes[i]) {
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
    struct text text;
    text.bytes = locations_text(b->u, loc.file, &text.len);
    return text.bytes ? scan_head(text, loc.offset) : (struct head){0};
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

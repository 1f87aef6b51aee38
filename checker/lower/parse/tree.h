/* A copy of clang's tree for one function.
 *
 * clang_visitChildren recurses in the C stack when a visitor calls it again, and drops null
 * children; the copy is made in one flat visit, and then walked as often as needed. */
#ifndef CUHOSTLINT_LOWER_PARSE_TREE_H
#define CUHOSTLINT_LOWER_PARSE_TREE_H

#include "lower/builder.h"

#include <stdbool.h>

typedef uint32_t node_id;
#define NODE_NONE UINT32_MAX

enum node_flags {
    NODE_MAY_FOLD = 1,   /* an expression that may be a constant: clang is worth asking */
    NODE_HAS_SIZEOF = 2, /* a sizeof is inside: kept visible */
    NODE_HAS_CALL = 4
};

/* The kind of an expression of which clang kept but a part: no C++ or C has it, so that nothing
 * takes it for what the part is. */
#define NODE_REMNANT CXCursor_ObjCEncodeExpr

struct node {
    CXCursor cursor;
    enum CXCursorKind kind;
    uint8_t flags;
    node_id parent, first, last, next;
    uint32_t child_count;
    ir_id type; /* cache of tree_type: IR_NONE until asked */
    bool has_loc;
    struct ir_loc loc; /* cache of tree_loc */
};

struct tree {
    struct unit_builder *u;
    VEC(struct node) nodes;
    VEC(node_id) open; /* the path from the root to the node visited last */
};

/* An empty tree. */
struct tree *tree_new(struct unit_builder *u);

/* Copies a cursor with all below it; classes declared inside are left out. */
node_id tree_add(struct tree *tree, CXCursor root);

/* clang_equalCursors also compares the declaration around an expression, which depends on how one
 * came to it. */
bool tree_same_cursor(const struct unit_builder *u, CXCursor x, CXCursor y);

struct node *tree_node(const struct tree *tree, node_id node);
enum CXCursorKind tree_kind(const struct tree *tree, node_id node);
CXCursor tree_cursor(const struct tree *tree, node_id node);

/* The declaration that the node refers to, or the null cursor. */
CXCursor tree_referenced(const struct tree *tree, node_id node);

/* Children that are expressions: references to types and the like are passed over. */
node_id tree_first_expression(const struct tree *tree, node_id node);
node_id tree_next_expression(const struct tree *tree, node_id node);
node_id tree_last_expression(const struct tree *tree, node_id node);
uint32_t tree_count_expressions(const struct tree *tree, node_id node);

/* The node below parentheses and one-child wrappers of the same meaning. */
node_id tree_strip_parens(const struct tree *tree, node_id node);

/* What a _Generic chooses; NODE_NONE: several would give its type. */
node_id tree_selected(const struct tree *tree, node_id node);

/* Strips parentheses, implicit conversions, _Generic and wrappers. */
node_id tree_strip(const struct tree *tree, node_id node);

ir_id tree_type(struct tree *tree, node_id node);
struct ir_loc tree_loc(struct tree *tree, node_id node);

/* The number after the last node below `root`: nodes of one tree_add are in the text's order. */
node_id tree_end(const struct tree *tree, node_id root);

/* True when a variable's declaration is a node at or below `root`. */
bool tree_declares(const struct tree *tree, node_id root, CXCursor variable);

/* True when `ancestor` is `node` or above it. */
bool tree_is_within(const struct tree *tree, node_id node, node_id ancestor);

#endif

#include "lower/body/labels.h"

#include "lower/body/scopes.h"
#include "lower/body/statements.h"
#include "lower/declarations/types.h"

static ir_id label_block(struct body *b, CXCursor label)
{
    uint64_t key = (uint64_t)(uintptr_t)label.data[1]; /* clang's statement */
    uint32_t known = map_get_u64(&b->labels, key);
    if (known != (uint32_t)MAP_NONE)
        return known;
    ir_id block = body_block(b);
    map_set_u64(&b->labels, key, block);
    return block;
}

static node_id node_of_label(struct body *b, CXCursor label)
{
    for (node_id node = 0; node < b->tree->nodes.len; node++)
        if (tree_kind(b->tree, node) == CXCursor_LabelStmt &&
            tree_same_cursor(b->u, tree_cursor(b->tree, node), label))
            return node;
    return NODE_NONE;
}

void labels_jump(struct body *b, ir_id target)
{
    if (b->block != IR_NONE)
        b->fn->blocks.data[b->block].is_goto = true;
    body_jump(b, target);
}

static void go_to(struct body *b, node_id from, node_id target)
{
    ir_id block = label_block(b, tree_cursor(b->tree, target));
    if (target < from)
        b->fn->blocks.data[block].is_loop_head = true;
    scopes_leave_for_label(b, target);
    labels_jump(b, block);
}

void labels_goto(struct body *b, node_id node)
{
    CXCursor label = b->u->clang->getCursorReferenced(tree_cursor(b->tree, node));
    node_id target = node_of_label(b, label);
    if (target == NODE_NONE) {
        body_degrade(b, "goto to a label that is not in the tree");
        body_end(b, IR_UNREACHABLE, IR_NONE);
        return;
    }
    go_to(b, node, target);
}

/* The label that an `&&label` names, NODE_NONE for other nodes. */
static node_id label_named_by(struct body *b, node_id node)
{
    node_id reference = tree_node(b->tree, node)->first;
    if (tree_kind(b->tree, node) != CXCursor_AddrLabelExpr || reference == NODE_NONE)
        return NODE_NONE;
    return node_of_label(b, b->u->clang->getCursorReferenced(tree_cursor(b->tree, reference)));
}

/* Any label whose address the function takes may be meant. In which order they come is the secret
 * of whoever wrote the program that an interpreter runs: nothing is said of what comes again, and
 * claims that need the whole of the function are off. */
void labels_goto_computed(struct body *b, node_id node)
{
    body_degrade(b, "computed goto");
    struct map seen = {.arena = b->u->arena};
    for (node_id at = 0; at < b->tree->nodes.len; at++) {
        node_id target = label_named_by(b, at);
        if (target == NODE_NONE || target < node ||
            map_get_u64(&seen, target) != (uint32_t)MAP_NONE)
            continue;
        map_set_u64(&seen, target, 1);
        ir_id here = body_block(b), others = body_block(b);
        body_branch(b, body_unknown(b, types_bool(b->u), "computed goto"), here, others);
        body_enter(b, here);
        go_to(b, node, target);
        body_enter(b, others);
    }
    body_end(b, IR_UNREACHABLE, IR_NONE);
}

void labels_label(struct body *b, node_id node)
{
    body_flow_into(b, label_block(b, tree_cursor(b->tree, node)));
    node_id statement = tree_node(b->tree, node)->last;
    if (statement != NODE_NONE)
        statements_lower(b, statement);
}

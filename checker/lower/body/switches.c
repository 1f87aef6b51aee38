#include "lower/body/switches.h"

#include "lower/body/expressions.h"
#include "lower/body/scopes.h"
#include "lower/body/statements.h"
#include "lower/body/variables.h"
#include "lower/declarations/constants.h"
#include "lower/declarations/locations.h"
#include "lower/declarations/types.h"

struct enumerator_visit {
    const struct body *b;
    const struct switch_scope *scope;
    bool any, all; /* enumerators seen; each has a case */
};

static bool has_case(const struct switch_scope *scope, int64_t value)
{
    for (size_t i = 0; i < scope->cases.len; i++)
        if (scope->cases.data[i].low <= value && value <= scope->cases.data[i].high)
            return true;
    return false;
}

static enum CXChildVisitResult visit_enumerator(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct enumerator_visit *visit = data;
    (void)parent;
    if (visit->b->u->clang->getCursorKind(cursor) != CXCursor_EnumConstantDecl)
        return CXChildVisit_Continue;
    visit->any = true;
    visit->all = has_case(visit->scope, visit->b->u->clang->getEnumConstantDeclValue(cursor));
    return visit->all ? CXChildVisit_Continue : CXChildVisit_Break;
}

/* A switch with a case for each enumerator, as compilers warn of where one is missing: that the
 * value is another one is nothing that its author thinks of. Of a library's enumeration more
 * enumerators may be to come. */
static bool covers_enumeration(const struct body *b, const struct switch_scope *scope, node_id node)
{
    const struct clang_api *clang = b->u->clang;
    if (node == NODE_NONE || scope->default_block != IR_NONE || scope->unknown.len)
        return false;
    node = tree_strip(b->tree, node);
    CXType type = clang->getCanonicalType(clang->getCursorType(tree_cursor(b->tree, node)));
    if (type.kind != CXType_Enum)
        return false;
    CXCursor declaration = clang->getCursorDefinition(clang->getTypeDeclaration(type));
    struct enumerator_visit visit = {.b = b, .scope = scope};
    if (clang->Cursor_isNull(declaration) || locations_in_system_header(b->u, declaration))
        return false;
    clang->visitChildren(declaration, visit_enumerator, &visit);
    return visit.any && visit.all;
}

/* The jump itself, once its labels are known. One whose value is not may be the one meant.
 * `rest_block`: where to without any. */
static void finish_switch(struct body *b, ir_value value, const struct switch_scope *scope,
                          ir_id rest_block)
{
    for (size_t i = 0; i < scope->unknown.len; i++) {
        ir_id rest = body_block(b);
        body_branch(b, body_unknown(b, types_bool(b->u), "case"), scope->unknown.data[i], rest);
        body_enter(b, rest);
    }
    struct ir_block *block = &b->fn->blocks.data[b->block];
    body_end(b, IR_SWITCH, value);
    for (size_t i = 0; i < scope->cases.len; i++) {
        vec_push(b->u->arena, &block->cases, scope->cases.data[i]);
        vec_push(b->u->arena, &block->targets, scope->targets.data[i]);
    }
    vec_push(b->u->arena, &block->targets,
             scope->default_block == IR_NONE ? rest_block : scope->default_block);
}

/* `switch (T x = ...)`, `switch (init; x)`: declarations come first. */
static node_id switch_operand(struct body *b, node_id node)
{
    node_id child = tree_node(b->tree, node)->first;
    for (; child != NODE_NONE && tree_node(b->tree, child)->next != NODE_NONE;
         child = tree_node(b->tree, child)->next) {
        enum CXCursorKind kind = tree_kind(b->tree, child);
        if (kind == CXCursor_DeclStmt)
            statements_lower(b, child);
        else if (kind == CXCursor_VarDecl)
            variables_declare(b, child);
        else
            return child;
    }
    return NODE_NONE;
}

void switches_lower(struct body *b, node_id node)
{
    size_t mark = scopes_enter(b);
    statements_hidden_declarations(b, node);
    node_id operand = switch_operand(b, node);
    ir_value value = expressions_operand(b, operand);
    ir_id head = b->block == IR_NONE ? body_block(b) : b->block;
    ir_id exit = body_block(b);
    body_enter(b, IR_NONE);
    struct switch_scope scope = {.default_block = IR_NONE};
    struct switch_scope *outer = b->innermost_switch;
    b->innermost_switch = &scope;
    vec_push(b->u->arena, &b->jumps,
             (struct jump_scope){
                 .break_block = exit, .continue_block = IR_NONE, .depth = b->cleanups.len});
    statements_scoped(b, tree_node(b->tree, node)->last);
    b->jumps.len--;
    b->innermost_switch = outer;
    body_jump(b, exit);
    body_enter(b, head);
    struct ir_loc old = body_at(b, operand);
    finish_switch(b, value, &scope, covers_enumeration(b, &scope, operand) ? body_block(b) : exit);
    b->loc = old;
    body_enter(b, exit);
    scopes_leave(b, mark);
}

void switches_case(struct body *b, node_id node)
{
    node_id first = tree_node(b->tree, node)->first;
    node_id statement = tree_node(b->tree, node)->last;
    ir_id block = body_block(b);
    body_flow_into(b, block);
    struct switch_scope *scope = b->innermost_switch;
    if (scope && tree_kind(b->tree, node) == CXCursor_DefaultStmt) {
        scope->default_block = block;
    } else if (scope) {
        uint64_t low = 0;
        uint64_t high;
        node_id second = tree_node(b->tree, first)->next;
        bool known = constants_evaluate(b->tree, first, &low);
        high = low;
        if (second != statement && second != NODE_NONE)
            known &= constants_evaluate(b->tree, second, &high);
        if (!known) {
            body_degrade(b, "a case label that is not constant here");
            vec_push(b->u->arena, &scope->unknown, block);
        } else {
            vec_push(b->u->arena, &scope->cases,
                     (struct ir_case){.low = (int64_t)low, .high = (int64_t)high});
            vec_push(b->u->arena, &scope->targets, block);
        }
    }
    if (statement != NODE_NONE &&
        (statement != first || tree_kind(b->tree, node) == CXCursor_DefaultStmt))
        statements_lower(b, statement);
}

void switches_unknown_case(struct body *b)
{
    ir_id block = body_block(b);
    body_flow_into(b, block);
    if (b->innermost_switch)
        vec_push(b->u->arena, &b->innermost_switch->unknown, block);
}

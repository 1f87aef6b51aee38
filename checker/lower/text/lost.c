#include "lower/text/lost.h"

#include "lower/body/calls.h"
#include "lower/body/exceptions.h"
#include "lower/body/statements.h"
#include "lower/body/switches.h"
#include "lower/declarations/functions.h"
#include "lower/declarations/locations.h"
#include "lower/declarations/names.h"
#include "lower/declarations/types.h"
#include "lower/parse/heal.h"
#include "support/identifier.h"

#include <ctype.h>
#include <string.h>

/* ---- the text -------------------------------------------------------------------------- */

/* Plain text (locations_text) between two offsets. */
struct span {
    ir_id file;
    const char *text;
    uint32_t from, to;
};

static bool holds_error(const struct body *b, ir_id file, uint32_t from, uint32_t to)
{
    for (size_t i = 0; i < b->u->errors.len; i++) {
        const struct parse_error *error = &b->u->errors.data[i];
        if (!error->is_healed && error->file == file && error->offset >= from && error->offset < to)
            return true;
    }
    return false;
}

static uint32_t skip_blanks(const struct span *span, uint32_t at)
{
    while (at < span->to && isspace((unsigned char)span->text[at]))
        at++;
    return at;
}

static bool word_is(const struct span *span, uint32_t at, const char *word)
{
    size_t len = strlen(word);
    return span->to - at >= len && memcmp(span->text + at, word, len) == 0 &&
           !(at + len < span->to && identifier_has(span->text[at + len]));
}

/* Does a statement that could end here go on? */
static bool goes_on(const struct span *span, uint32_t at)
{
    at = skip_blanks(span, at);
    return word_is(span, at, "else") || word_is(span, at, "catch");
}

static bool begins_block(const struct span *span, uint32_t at)
{
    static const char *const words[] = {"if", "else", "for", "while", "switch", "do", "try"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (word_is(span, at, words[i]))
            return true;
    return span->text[at] == '{';
}

/* `case X:`, up to the colon that is not one of "::". */
static uint32_t label_end(const struct span *span, uint32_t at)
{
    for (; at < span->to; at++) {
        if (span->text[at] != ':')
            continue;
        if (at + 1 >= span->to || span->text[at + 1] != ':')
            return at + 1;
        at++;
    }
    return at;
}

static uint32_t statement_end(const struct span *span, uint32_t start)
{
    bool is_block = begins_block(span, start);
    int depth = 0;
    if (word_is(span, start, "case"))
        return label_end(span, start);
    for (uint32_t at = start; at < span->to; at++) {
        char c = span->text[at];
        depth += c == '(' || c == '[' || c == '{';
        depth -= c == ')' || c == ']' || c == '}';
        bool may_end = c == ';' || (c == '}' && is_block);
        if (depth <= 0 && may_end && !(is_block && goes_on(span, at + 1)))
            return at + 1;
    }
    return span->to;
}

static struct ir_loc location_of(const struct span *span)
{
    struct ir_loc loc = {.file = span->file,
                         .line = 1,
                         .column = 1,
                         .offset = span->from,
                         .end_offset = span->to,
                         .macro = IR_NONE};
    for (uint32_t at = 0; at < span->to; at++) {
        if (at == span->from) {
            loc.end_line = loc.line;
            loc.end_column = loc.column;
        }
        uint32_t *line = at < span->from ? &loc.line : &loc.end_line;
        uint32_t *column = at < span->from ? &loc.column : &loc.end_column;
        *line += span->text[at] == '\n';
        *column = span->text[at] == '\n' ? 1 : *column + 1;
    }
    return loc;
}

/* ---- what it may touch ----------------------------------------------------------------- */

enum { MOST_OPERANDS = 16 };
struct operands {
    ir_value values[MOST_OPERANDS];
    size_t count;
};

static void add_operand(struct operands *operands, ir_value value)
{
    if (operands->count < MOST_OPERANDS)
        operands->values[operands->count++] = value;
}

/* The variable of that name that was declared last; a reference stands for what it refers to. */
static bool add_local(struct body *b, const char *name, struct operands *operands)
{
    for (size_t i = b->variables.len; i-- > 0;) {
        struct variable v = b->variables.data[i];
        if (v.kind != VARIABLE_LOCAL || strcmp(b->fn->locals.data[v.index].name, name) != 0)
            continue;
        ir_id type = b->fn->locals.data[v.index].type;
        ir_value address = body_local_address(b, v.index);
        bool refers = types_kind(b->u, type) == IR_TYPE_REFERENCE;
        add_operand(operands, refers ? body_load(b, address, type) : address);
        return true;
    }
    return false;
}

static bool add_global(struct body *b, const char *name, struct operands *operands)
{
    bool found = false;
    for (ir_id i = 0; i < b->u->unit->globals.len; i++) {
        if (strcmp(b->u->unit->globals.data[i].name, name) != 0)
            continue;
        ir_id type = types_pointer_to(b->u, b->u->unit->globals.data[i].type);
        add_operand(operands, body_emit(b, OP(IR_ADDR_GLOBAL, .type = type, .aux = i)));
        found = true;
    }
    return found;
}

/* Behind "." or "->". Text has a function's head before its statements. */
static bool follows_access(const char *at)
{
    return at[-1] == '.' || (at[-1] == '>' && at[-2] == '-');
}

/* All variables that it names may have changed, and what they reach. */
static struct operands named_in(struct body *b, const struct span *span)
{
    struct operands operands = {.count = 0};
    bool may_be_member = false;
    for (uint32_t at = span->from; at < span->to; at++) {
        if (!identifier_has(span->text[at]) || identifier_has(span->text[at - 1]))
            continue;
        const char *name = locations_identifier(b->u, span->file, at);
        if (!follows_access(span->text + at) && !add_local(b, name, &operands) &&
            !add_global(b, name, &operands))
            may_be_member = true;
    }
    bool has_this = b->record != IR_NONE && b->fn->param_count > 0;
    if (may_be_member && has_this && strcmp(b->fn->locals.data[0].name, "this") == 0) {
        ir_value address = body_local_address(b, 0);
        add_operand(&operands, body_load(b, address, b->fn->locals.data[0].type));
    }
    return operands;
}

/* ---- lowering -------------------------------------------------------------------------- */

static ir_value unknown_result(struct body *b)
{
    ir_id type = b->fn->result_type;
    switch (types_kind(b->u, type)) {
    case IR_TYPE_VOID:
        return IR_NONE;
    case IR_TYPE_RECORD:
        return body_local_address(b, body_temporary(b, type));
    default:
        return body_unknown(b, type, "result");
    }
}

static void call_named(struct body *b, const char *name)
{
    calls_plain(b, functions_named(b->u, name, IR_NONE), NULL, 0);
}

/* CHECK_LAST_ERROR; and nothing else. */
static void call_bare_name(struct body *b, const struct span *span)
{
    uint32_t end = span->from;
    while (end < span->to && identifier_has(span->text[end]))
        end++;
    if (end > span->from && skip_blanks(span, end) < span->to &&
        span->text[skip_blanks(span, end)] == ';')
        call_named(b, locations_identifier(b->u, span->file, span->from));
}

static void lower_lost(struct body *b, const struct span *span)
{
    struct ir_loc old = b->loc;
    b->loc = location_of(span);
    if (word_is(span, span->from, "case")) {
        switches_unknown_case(b);
        b->loc = old;
        return;
    }
    struct operands operands = named_in(b, span);
    body_havoc(b, IR_NONE, "statement that is not in the tree", operands.values, operands.count);
    if (word_is(span, span->from, "return"))
        statements_return(b, unknown_result(b));
    else if (word_is(span, span->from, "throw"))
        exceptions_throw_unknown(b);
    else
        call_bare_name(b, span);
    b->loc = old;
}

/* Statement by statement: of those between two that the tree has, some may be none for the
 * compiler, below an #if. */
static void lower_between(struct body *b, ir_id file, uint32_t from, uint32_t to)
{
    size_t len;
    struct span all = {.file = file, .text = locations_text(b->u, file, &len)};
    all.from = from;
    all.to = to < len ? to : (uint32_t)len;
    for (uint32_t at = skip_blanks(&all, from); at < all.to; at = skip_blanks(&all, at)) {
        struct span statement = all;
        statement.from = at;
        statement.to = at = statement_end(&all, at);
        if (holds_error(b, file, statement.from, statement.to))
            lower_lost(b, &statement);
        b->lost_until = at;
    }
}

struct lost_gaps lost_look(struct body *b, node_id compound)
{
    struct lost_gaps gaps = {.file = IR_NONE};
    if (!b->u->errors.len)
        return gaps;
    struct ir_loc loc = tree_loc(b->tree, compound);
    if (loc.macro == IR_NONE && holds_error(b, loc.file, loc.offset, loc.end_offset)) {
        gaps.file = loc.file;
        gaps.at = loc.offset + 1;
        gaps.end = loc.end_offset - 1;
    }
    return gaps;
}

void lost_before(struct body *b, struct lost_gaps *gaps, node_id child)
{
    if (gaps->file == IR_NONE)
        return;
    struct ir_loc loc = tree_loc(b->tree, child);
    if (child != NODE_NONE && loc.file != gaps->file)
        return;
    uint32_t from = gaps->at > b->lost_until ? gaps->at : b->lost_until;
    uint32_t to = child == NODE_NONE ? gaps->end : loc.offset;
    if (from < to)
        lower_between(b, gaps->file, from, to);
    if (child != NODE_NONE && loc.end_offset > gaps->at)
        gaps->at = loc.end_offset;
}

void lost_in_place_of(struct body *b, node_id null_statement)
{
    if (!b->u->errors.len)
        return;
    struct ir_loc loc = tree_loc(b->tree, null_statement);
    size_t len;
    const char *text = locations_text(b->u, loc.file, &len);
    if (loc.macro != IR_NONE || !text || loc.offset >= len || !identifier_has(text[loc.offset]))
        return;
    struct span rest = {loc.file, text, loc.offset, (uint32_t)len};
    lower_between(b, loc.file, loc.offset, statement_end(&rest, loc.offset));
}

/* ---- calls of what nobody declares ----------------------------------------------------- */

/* C declares it where it is called, and says so to nobody: no text is the declaration. */
static bool is_declared_by_its_call(struct body *b, node_id statement)
{
    if (tree_kind(b->tree, statement) != CXCursor_CallExpr)
        return false;
    CXCursor callee = tree_referenced(b->tree, statement);
    if (b->u->clang->getCursorKind(callee) != CXCursor_FunctionDecl ||
        b->u->clang->isCursorDefinition(callee))
        return false;
    return b->u->clang->Range_isNull(b->u->clang->getCursorExtent(callee)) != 0;
}

/* The body of a macro may name it: what the text of the function has is the macro. */
static bool is_stand_in(struct body *b, node_id statement)
{
    node_id node = tree_strip(b->tree, statement);
    while (node != NODE_NONE && tree_kind(b->tree, node) == CXCursor_CallExpr) {
        node_id callee = tree_first_expression(b->tree, node);
        node = callee == NODE_NONE ? NODE_NONE : tree_strip(b->tree, callee);
    }
    if (node == NODE_NONE || tree_kind(b->tree, node) != CXCursor_DeclRefExpr)
        return false;
    long long size =
        b->u->clang->Type_getSizeOf(b->u->clang->getCursorType(tree_referenced(b->tree, node)));
    return size >= (long long)HEAL_SIZE;
}

static bool is_undeclared(struct body *b, node_id statement)
{
    struct ir_loc loc = tree_loc(b->tree, statement);
    for (size_t i = 0; i < b->u->errors.len; i++) {
        const struct parse_error *error = &b->u->errors.data[i];
        if (error->file == loc.file && error->offset == loc.offset &&
            (strstr(error->text, "undeclared") || strstr(error->text, "nothing declares")))
            return true;
    }
    return is_stand_in(b, statement) || is_declared_by_its_call(b, statement);
}

/* CHECK_LAST_ERROR() without an argument too, of which clang keeps no more than a name for nothing:
 * it is spelled by the empty list of what it may mean. */
static bool calls_bare_name(struct body *b, node_id statement)
{
    node_id name = tree_strip(b->tree, statement);
    if (tree_kind(b->tree, name) != CXCursor_DeclRefExpr || !is_undeclared(b, name))
        return false;
    const char *spelling = names_spelling(b->u, tree_cursor(b->tree, name));
    if (!*spelling)
        spelling = names_spelling(b->u, tree_referenced(b->tree, name));
    call_named(b, spelling);
    return true;
}

/* The first call that the macro's user has written, in an argument; `at`: of the macro itself. */
static uint32_t written_call(struct body *b, node_id node, uint32_t at)
{
    struct ir_loc loc = tree_loc(b->tree, node);
    if (tree_kind(b->tree, node) == CXCursor_CallExpr && loc.offset != at)
        return loc.offset;
    uint32_t found = at;
    for (node_id child = tree_node(b->tree, node)->first; child != NODE_NONE && found == at;
         child = tree_node(b->tree, child)->next)
        found = written_call(b, child, at);
    return found;
}

/* Code in parentheses is no argument of a function; nor would one be given the same call twice. */
static bool picks_code(struct body *b, node_id call)
{
    struct ir_loc loc = tree_loc(b->tree, call);
    uint32_t seen = loc.offset;
    bool has_code = false;
    unsigned in_parentheses = 0;
    for (node_id child = tree_first_expression(b->tree, call); child != NODE_NONE;
         child = tree_next_expression(b->tree, child)) {
        node_id inner = tree_strip_parens(b->tree, child);
        in_parentheses += inner != child || tree_kind(b->tree, inner) == CXCursor_StmtExpr;
        has_code |= tree_kind(b->tree, inner) == CXCursor_StmtExpr;
        uint32_t written = written_call(b, inner, loc.offset);
        if (written != loc.offset && written == seen)
            return true;
        seen = written == loc.offset ? seen : written;
    }
    has_code |= holds_error(b, loc.file, loc.offset, loc.end_offset);
    return has_code && in_parentheses > 1;
}

static bool loses_choice(struct body *b, node_id statement)
{
    size_t len;
    node_id call = tree_strip(b->tree, statement);
    struct ir_loc loc = tree_loc(b->tree, call);
    const char *text = locations_text(b->u, loc.file, &len);
    if (tree_kind(b->tree, call) != CXCursor_CallExpr || !text || loc.end_offset > len ||
        !is_undeclared(b, call) || !picks_code(b, call))
        return false;
    lower_lost(b, &(struct span){loc.file, text, loc.offset, loc.end_offset});
    return true;
}

bool lost_macro(struct body *b, node_id statement)
{
    return b->u->errors.len && b->u->clang->isExpression(tree_kind(b->tree, statement)) &&
           (calls_bare_name(b, statement) || loses_choice(b, statement));
}

bool lost_may_leave(struct body *b, node_id branch)
{
    if (!b->u->errors.len || branch == NODE_NONE)
        return false;
    struct ir_loc loc = tree_loc(b->tree, branch);
    if (tree_kind(b->tree, branch) != CXCursor_CompoundStmt)
        return is_undeclared(b, branch);
    for (node_id child = tree_node(b->tree, branch)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next)
        if (!is_undeclared(b, child))
            return false;
    return tree_node(b->tree, branch)->first != NODE_NONE ||
           holds_error(b, loc.file, loc.offset, loc.end_offset);
}

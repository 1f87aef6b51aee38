#include "lower/declarations/call_operators.h"

#include "lower/declarations/attributes.h"
#include "lower/declarations/functions.h"
#include "lower/declarations/names.h"

#include <string.h>

struct operator_search {
    struct unit_builder *u;
    CXCursor cursor;
};

static enum CXChildVisitResult visit_call_operator(CXCursor cursor, CXCursor parent,
                                                   CXClientData data)
{
    struct operator_search *search = data;
    (void)parent;
    if (!functions_is_function(search->u->clang->getCursorKind(cursor)) ||
        strcmp(names_plain(search->u, cursor), "operator()") != 0)
        return CXChildVisit_Continue;
    search->cursor = cursor;
    return CXChildVisit_Break;
}

ir_id call_operators_of(struct unit_builder *u, ir_id record)
{
    if (u->records.data[record].call_operator != IR_NONE)
        return u->records.data[record].call_operator;
    struct operator_search search = {.u = u, .cursor = u->clang->getNullCursor()};
    u->clang->visitChildren(u->records.data[record].declaration, visit_call_operator, &search);
    struct ir_function function = {
        .name = "operator()",
        .qualified = "(lambda)::operator()",
        .key = arena_printf(u->arena, "%s::()", u->unit->records.data[record].key),
        .kind = IR_FUNCTION_LAMBDA,
        .record = record,
        .is_static = true,
        .loc = u->unit->records.data[record].loc,
        .end = IR_NO_LOC,
    };
    CXType type = {.kind = CXType_Invalid};
    if (!u->clang->Cursor_isNull(search.cursor)) {
        type = u->clang->getCursorType(search.cursor);
        function.is_template_pattern =
            u->clang->getCursorKind(search.cursor) == CXCursor_FunctionTemplate;
        function.is_noexcept = attributes_is_noexcept(u, search.cursor);
        function.is_device_only = attributes_runs_on_device(u, search.cursor, &function.is_kernel);
    }
    functions_set_signature(u, &function, type);
    ir_id id = functions_add(u, function,
                             (struct function_source){.cursor = search.cursor, .body = BODY_NONE});
    u->records.data[record].call_operator = id;
    return id;
}

/* libclang shows of an inherited constructor its name, that of the base, and its parameters. */
#include "lower/body/inherited.h"

#include "lower/body/calls.h"
#include "lower/declarations/functions.h"
#include "lower/declarations/names.h"
#include "lower/declarations/records.h"
#include "lower/declarations/types.h"

#include <string.h>

static const char *class_name(struct body *b, ir_id record)
{
    return names_plain(b->u, b->u->records.data[record].declaration);
}

struct constructor_search {
    struct body *b;
    CXCursor found;
};

static bool takes_the_same(struct body *b, CXCursor constructor)
{
    const struct clang_api *clang = b->u->clang;
    size_t count = b->fn->param_types.len - 1;
    if (clang->Cursor_getNumArguments(constructor) != (int)count)
        return false;
    for (unsigned i = 0; i < count; i++) {
        CXCursor param = clang->Cursor_getArgument(constructor, i);
        if (types_of(b->u, clang->getCursorType(param)) != b->fn->param_types.data[i + 1])
            return false;
    }
    return true;
}

static enum CXChildVisitResult visit_constructor(CXCursor cursor, CXCursor parent,
                                                 CXClientData data)
{
    struct constructor_search *search = data;
    (void)parent;
    if (search->b->u->clang->getCursorKind(cursor) != CXCursor_Constructor ||
        !takes_the_same(search->b, cursor))
        return CXChildVisit_Continue;
    search->found = cursor;
    return CXChildVisit_Break;
}

bool inherited_constructs(struct body *b, node_id function, ir_value self,
                          const struct ir_field *base)
{
    ir_id record = base->is_base ? types_get(b->u, base->type)->record : IR_NONE;
    const char *name = names_plain(b->u, tree_cursor(b->tree, function));
    if (record == IR_NONE || strcmp(name, class_name(b, b->record)) == 0 ||
        strcmp(name, class_name(b, record)) != 0)
        return false;
    size_t count = b->fn->param_types.len;
    ir_value *args = arena_new_array(b->u->arena, count, ir_value);
    args[0] = body_field(b, self, b->record, base->name, base->type);
    for (size_t i = 1; i < count; i++)
        args[i] = body_read(b, body_local_address(b, (ir_id)i), b->fn->param_types.data[i]);
    struct constructor_search search = {b, b->u->clang->getNullCursor()};
    records_visit(b->u, record, visit_constructor, &search);
    if (b->u->clang->Cursor_isNull(search.found)) /* an instance of a template */
        body_havoc(b, IR_NONE, "inherited constructor", args, count);
    else
        calls_plain(b, functions_of(b->u, search.found), args, count);
    return true;
}

#include "lower/declarations/callbacks.h"

#include "lower/declarations/functions.h"
#include "lower/declarations/names.h"
#include "lower/declarations/records.h"
#include "lower/declarations/types.h"

#include <string.h>

static enum CXChildVisitResult visit_member(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct unit_builder *u = data;
    (void)parent;
    if (functions_is_function(u->clang->getCursorKind(cursor)) &&
        !u->clang->CXXMethod_isDeleted(cursor) &&
        strcmp(names_plain(u, cursor), "operator()") == 0) {
        ir_id function = functions_of(u, cursor);
        if (!u->unit->functions.data[function].is_template_pattern) /* its instances, where known */
            functions_want(u, function);
    }
    return CXChildVisit_Continue;
}

/* Of an instance of a template clang shows the pattern's members. */
static bool is_plain_class(const struct ir_record *record)
{
    return record->has_body && !record->in_system_header && !record->is_lambda &&
           record->arguments.len == 0;
}

static void want_operators(struct unit_builder *u, ir_id record)
{
    if (record == IR_NONE || !is_plain_class(&u->unit->records.data[record]) ||
        u->records.data[record].operators_known)
        return;
    u->records.data[record].operators_known = true;
    records_visit(u, record, visit_member, u);
    for (size_t i = 0; i < u->unit->records.data[record].fields.len; i++)
        want_operators(u, ir_base_class(u->unit, &u->unit->records.data[record].fields.data[i]));
}

static bool is_of_library(const struct unit_builder *u, const struct ir_op *op)
{
    return op->code == IR_CALL && op->call->function != IR_NONE &&
           u->unit->functions.data[op->call->function].in_system_header;
}

void callbacks_want(struct unit_builder *u, const struct ir_function *function)
{
    for (size_t i = 0; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        for (size_t a = 0; is_of_library(u, op) && a < op->call->args.len; a++) {
            ir_value given = op->call->args.data[a];
            ir_id type = given == IR_NONE ? IR_NONE : function->ops.data[given].type;
            ir_id object = type == IR_NONE ? IR_NONE : types_get(u, type)->element;
            if (object != IR_NONE)
                want_operators(u, types_get(u, object)->record);
        }
    }
}

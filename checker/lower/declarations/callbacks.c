#include "lower/declarations/callbacks.h"

#include "lower/declarations/functions.h"
#include "lower/declarations/instances.h"
#include "lower/declarations/names.h"
#include "lower/declarations/records.h"
#include "lower/declarations/types.h"

#include <string.h>

struct operator_visit {
    struct unit_builder *u;
    ir_id record;
};

/* Of an instance of a template clang shows the pattern's members. */
static bool is_instance(const struct unit_builder *u, ir_id record)
{
    return !u->clang->Cursor_isNull(u->records.data[record].pattern);
}

static enum CXChildVisitResult visit_member(CXCursor cursor, CXCursor parent, CXClientData data)
{
    const struct operator_visit *visit = data;
    struct unit_builder *u = visit->u;
    (void)parent;
    if (!functions_is_function(u->clang->getCursorKind(cursor)) ||
        u->clang->CXXMethod_isDeleted(cursor) || strcmp(names_plain(u, cursor), "operator()") != 0)
        return CXChildVisit_Continue;
    ir_id function = functions_of(u, cursor);
    if (is_instance(u, visit->record) && u->clang->getCursorKind(cursor) == CXCursor_CXXMethod)
        functions_want(u, instances_member(u, function, visit->record));
    else if (!u->unit->functions.data[function].is_template_pattern) /* its instances, if known */
        functions_want(u, function);
    return CXChildVisit_Continue;
}

static bool is_own_class(const struct ir_record *record)
{
    return record->has_body && !record->in_system_header && !record->is_lambda;
}

static void want_operators(struct unit_builder *u, ir_id record)
{
    if (record == IR_NONE || u->records.data[record].operators_known ||
        !is_own_class(&u->unit->records.data[record]))
        return;
    u->records.data[record].operators_known = true;
    struct operator_visit visit = {.u = u, .record = record};
    records_visit(u, record, visit_member, &visit);
    for (size_t i = 0; i < u->unit->records.data[record].fields.len; i++)
        want_operators(u, ir_base_class(u->unit, &u->unit->records.data[record].fields.data[i]));
}

/* A class of the library calls objects of the classes that its arguments name: deleters. */
static void want_of_arguments(struct unit_builder *u, ir_id record)
{
    if (record == IR_NONE || !u->unit->records.data[record].in_system_header)
        return;
    for (size_t i = 0; i < u->unit->records.data[record].arguments.len; i++)
        want_operators(u, types_get(u, u->unit->records.data[record].arguments.data[i])->record);
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
            if (object == IR_NONE)
                continue;
            want_operators(u, types_get(u, object)->record);
            want_of_arguments(u, types_get(u, object)->record);
        }
    }
}

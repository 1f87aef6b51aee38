#include "lower/body/dependent_callees.h"

#include "lower/body/dependent.h"
#include "lower/body/members.h"
#include "lower/declarations/functions.h"
#include "lower/declarations/instances.h"
#include "lower/declarations/types.h"
#include "support/identifier.h"

#include <string.h>

static void callee_is(struct body *b, struct callee *callee,
                      const struct dependent_member *function)
{
    callee->declaration = function->cursor;
    callee->function = instances_own(b->u, functions_of(b->u, function->cursor), function->owner);
    callee->type = b->u->clang->getCanonicalType(b->u->clang->getCursorType(function->cursor));
    functions_want(b->u, callee->function);
}

bool dependent_callee(struct body *b, struct callee *callee)
{
    struct dependent_member function;
    if (!dependent_function(b, callee->written, &function))
        return false;
    if (b->u->clang->CXXMethod_isStatic(function.cursor)) {
        callee_is(b, callee, &function);
        return true;
    }
    if (b->record == IR_NONE || b->fn->is_static_method)
        return false;
    callee_is(b, callee, &function);
    callee->object = callees_object(b, members_this(b), b->record, function.cursor);
    callee->has_object = true;
    return true;
}

void dependent_callee_member(struct body *b, struct callee *callee, node_id member)
{
    const char *name = callee->written + strlen(callee->written);
    struct dependent_member function;
    ir_id record;
    while (name > callee->written && identifier_has(name[-1]))
        name--;
    ir_value object = members_object(b, member, &record);
    if (record == IR_NONE) /* of the type of a member, which the class at hand knows */
        record = types_get(b->u, types_get(b->u, body_value_type(b, object))->element)->record;
    if (dependent_method(b, record, name, &function)) {
        bool is_itself = b->fn->ops.data[object].code == IR_FIELD; /* no pointer to it */
        callee_is(b, callee, &function);
        object = callees_object(b, object, record, function.cursor);
        callee->is_virtual = b->u->clang->CXXMethod_isVirtual(function.cursor) && !is_itself;
    } else {
        callee->pointer = body_unknown(b, types_unknown(b->u), "member of unknown type");
    }
    callee->object = object;
    callee->has_object = true;
}

/* Members of an instance of a class template of which clang shows the template's only. */
#include "lower/declarations/instances.h"

#include "lower/declarations/functions.h"
#include "lower/declarations/records.h"
#include "lower/declarations/types.h"

#include <string.h>

/* The member of the instance that clang shows, where something else in the unit calls it. */
static ir_id shown_member(struct unit_builder *u, ir_id record, const struct ir_function *pattern)
{
    const struct ir_record *owner = &u->unit->records.data[record];
    ir_id found = IR_NONE;
    for (size_t i = 0; i < owner->methods.len; i++) {
        const struct ir_function *method = &u->unit->functions.data[owner->methods.data[i]];
        if (strcmp(method->name, pattern->name) != 0 ||
            method->param_types.len != pattern->param_types.len ||
            method->is_const_method != pattern->is_const_method)
            continue;
        if (found != IR_NONE)
            return IR_NONE;
        found = owner->methods.data[i];
    }
    return found;
}

static ir_id add_member(struct unit_builder *u, ir_id pattern, ir_id record)
{
    struct ir_function function = u->unit->functions.data[pattern];
    function.key =
        arena_printf(u->arena, "%s::%s", u->unit->records.data[record].key, function.key);
    uint32_t known = map_get(&u->keys, function.key);
    if (known != (uint32_t)MAP_NONE)
        return known;
    function = (struct ir_function){
        .name = function.name,
        .qualified = function.qualified,
        .key = function.key,
        .kind = function.kind,
        .record = record,
        .is_static = function.is_static,
        .is_static_method = function.is_static_method,
        .is_const_method = function.is_const_method,
        .is_hidden = function.is_hidden,
        .is_noexcept = function.is_noexcept,
        .is_noreturn = function.is_noreturn,
        .is_virtual = function.is_virtual,
        .is_device_only = function.is_device_only,
        .in_system_header = function.in_system_header,
        .loc = function.loc,
        .end = IR_NO_LOC,
    };
    CXCursor cursor = u->functions.data[pattern].cursor;
    functions_set_signature(u, &function, u->clang->getCursorType(cursor));
    return functions_add(
        u, function,
        (struct function_source){.cursor = cursor, .body = u->functions.data[pattern].body});
}

ir_id instances_member(struct unit_builder *u, ir_id pattern, ir_id record)
{
    ir_id shown = shown_member(u, record, &u->unit->functions.data[pattern]);
    return shown != IR_NONE ? shown : add_member(u, pattern, record);
}

ir_id instances_own(struct unit_builder *u, ir_id function, ir_id record)
{
    const struct ir_function *named = &u->unit->functions.data[function];
    if (record == IR_NONE || !named->is_template_pattern || named->kind != IR_FUNCTION_METHOD ||
        named->record == IR_NONE ||
        u->clang->getCursorKind(u->functions.data[function].cursor) != CXCursor_CXXMethod)
        return function;
    CXCursor pattern = u->records.data[record].pattern;
    if (u->clang->Cursor_isNull(pattern) || records_of(u, pattern) != named->record)
        return function;
    return instances_member(u, function, record);
}

/* Does clang show a constructor of the instance that copies (moves) it? */
static bool shows_transfer(const struct unit_builder *u, ir_id record, bool moves)
{
    const struct ir_record *owner = &u->unit->records.data[record];
    for (size_t i = 0; i < owner->methods.len; i++) {
        const struct ir_function *method = &u->unit->functions.data[owner->methods.data[i]];
        if (method->kind != IR_FUNCTION_CONSTRUCTOR || method->param_types.len != 2)
            continue;
        const struct ir_type *given = types_get(u, method->param_types.data[1]);
        if (given->kind == IR_TYPE_REFERENCE && types_get(u, given->element)->record == record &&
            (strstr(given->name, "&&") != NULL) == moves)
            return true;
    }
    return false;
}

void instances_want_transfers(struct unit_builder *u, ir_id record)
{
    static const enum special_member each[] = {COPY_CONSTRUCTOR, MOVE_CONSTRUCTOR};
    for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
        const bool moves = each[i] == MOVE_CONSTRUCTOR;
        CXCursor cursor = records_special(u, record, each[i]);
        if (!records_is_written(u, cursor) || shows_transfer(u, record, moves))
            continue;
        ir_id function = add_member(u, functions_of(u, cursor), record);
        ir_id given = types_reference_to(u, types_record(u, record), moves);
        u->unit->functions.data[function].param_types.data[1] = given; /* the pattern has Box<T> */
        functions_want(u, function);
    }
}

struct virtual_visit {
    struct unit_builder *u;
    ir_id record;
};

static enum CXChildVisitResult visit_virtual(CXCursor cursor, CXCursor parent, CXClientData data)
{
    const struct virtual_visit *visit = data;
    const struct clang_api *clang = visit->u->clang;
    (void)parent;
    if (clang->getCursorKind(cursor) == CXCursor_CXXMethod && clang->CXXMethod_isVirtual(cursor) &&
        !clang->CXXMethod_isPureVirtual(cursor) && !clang->CXXMethod_isDeleted(cursor) &&
        !clang->CXXMethod_isDefaulted(cursor))
        functions_want(visit->u,
                       instances_member(visit->u, functions_of(visit->u, cursor), visit->record));
    return CXChildVisit_Continue;
}

void instances_want_virtuals(struct unit_builder *u, ir_id record)
{
    struct virtual_visit visit = {.u = u, .record = record};
    if (!u->clang->Cursor_isNull(u->records.data[record].pattern))
        records_visit(u, record, visit_virtual, &visit);
}

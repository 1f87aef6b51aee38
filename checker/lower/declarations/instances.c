/* Members of an instance of a class template of which clang shows the template's only. */
#include "lower/declarations/instances.h"

#include "lower/declarations/functions.h"

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

ir_id instances_member(struct unit_builder *u, ir_id pattern, ir_id record)
{
    struct ir_function function = u->unit->functions.data[pattern];
    ir_id shown = shown_member(u, record, &function);
    if (shown != IR_NONE)
        return shown;
    function.key =
        arena_printf(u->arena, "%s::%s", u->unit->records.data[record].key, function.key);
    uint32_t known = map_get(&u->keys, function.key);
    if (known != (uint32_t)MAP_NONE)
        return known;
    CXCursor cursor = u->functions.data[pattern].cursor;
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
    functions_set_signature(u, &function, u->clang->getCursorType(cursor));
    return functions_add(
        u, function,
        (struct function_source){.cursor = cursor, .body = u->functions.data[pattern].body});
}

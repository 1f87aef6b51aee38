#include "engine/program/callee.h"

#include "support/identifier.h"

#include <string.h>

/* Of "table->cuMemHostRegister", and of "CALL(table, cuMemHostRegister" as far as a macro makes
 * that of it. */
static const char *last_identifier(const char *written)
{
    const char *start = written + strlen(written);
    while (start > written && identifier_has(start[-1]))
        start--;
    return start;
}

/* "table->cuMemHostRegister" and "pfn_cuMemHostRegister" name what they stand for. */
static const struct model_function *model_of_table_entry(const struct model_set *models,
                                                         const struct ir_call *call)
{
    char held[64];
    if (!call->written)
        return NULL;
    const char *name = last_identifier(call->written);
    struct model_query query = {.name = name,
                                .qualified = name,
                                .at_global_scope = true,
                                .written_args = (int)call->args.len};
    const struct model_function *model = models_find(models, &query);
    size_t len = strlen(name);
    const char *inner = models_held_name(name, &len);
    if ((!model || model->is_regex) && len < strlen(name) && len < sizeof held) {
        memcpy(held, inner, len);
        held[len] = '\0';
        query.name = query.qualified = held;
        model = models_find(models, &query);
    }
    return model && !model->is_regex ? model : NULL;
}

/* Is it the project's own text, whatever it is called? A library's names have its namespace: std,
 * testing, thrust. What stands there is the library's, also where its headers lie in the project.
 */
static bool is_own(const struct ir_function *function, const char *name)
{
    return function->has_body && !function->in_system_header && !strstr(name, "::");
}

const struct model_function *callee_function_model(const struct model_set *models,
                                                   const struct ir_function *function, size_t args)
{
    bool has_object = function->kind != IR_FUNCTION_FREE && !function->is_static_method;
    struct model_query query = {.name = function->name,
                                .qualified = function->qualified,
                                .at_global_scope = function->is_extern_c_or_global,
                                .written_args = (int)args - (has_object ? 1 : 0),
                                .is_method = has_object};
    const struct model_function *model = models_find(models, &query);
    if (model && !model->is_project && is_own(function, model->is_regex ? "" : model->name))
        return NULL;
    return model;
}

const struct model_function *callee_model(const struct model_set *models,
                                          const struct ir_unit *unit, const struct ir_call *call)
{
    if (call->function == IR_NONE)
        return model_of_table_entry(models, call);
    return callee_function_model(models, &unit->functions.data[call->function], call->args.len);
}

bool callee_only_tells(const struct model_function *model)
{
    for (size_t i = 0; i < model->effects.len; i++)
        switch (model->effects.data[i].kind) {
        case MODEL_CHECKS:
        case MODEL_READS_LAST_ERROR:
        case MODEL_WAITS:
        case MODEL_RETURNS_ARG:
        case MODEL_LOADS:
        case MODEL_ERROR_NUMBER:
            break;
        default:
            return false;
        }
    return !model->keeps_arguments;
}

const char *callee_name(const struct ir_unit *unit, const struct ir_function *function,
                        const struct ir_call *call)
{
    if (call->function == IR_NONE)
        return call->written ? last_identifier(call->written) : NULL;
    const char *name = unit->functions.data[call->function].name;
    if (strcmp(name, "operator()") != 0 || call->args.len == 0)
        return name;
    const struct ir_op *object = &function->ops.data[call->args.data[0]];
    return object->code == IR_ADDR_GLOBAL ? unit->globals.data[object->aux].name : name;
}

const struct ir_type *callee_owned_type(const struct ir_unit *unit, const struct ir_call *call)
{
    if (call->function == IR_NONE)
        return NULL;
    ir_id result = unit->functions.data[call->function].result_type;
    if (result == IR_NONE || unit->types.data[result].kind != IR_TYPE_RECORD ||
        unit->types.data[result].record == IR_NONE)
        return NULL;
    const struct ir_record *record = &unit->records.data[unit->types.data[result].record];
    return record->arguments.len ? &unit->types.data[record->arguments.data[0]] : NULL;
}

const struct model_container *callee_container_of_type(const struct model_set *models,
                                                       const struct ir_unit *unit, ir_id type)
{
    if (type == IR_NONE || unit->types.data[type].kind != IR_TYPE_RECORD ||
        unit->types.data[type].record == IR_NONE)
        return NULL;
    return models_container(models, unit->records.data[unit->types.data[type].record].name);
}

ir_id callee_element_type(const struct model_container *container, const struct ir_record *record)
{
    const int index = container->element_argument;
    return index >= 0 && (size_t)index < record->arguments.len ? record->arguments.data[index]
                                                               : IR_NONE;
}

const struct model_container *callee_container(const struct model_set *models,
                                               const struct program_function *callee)
{
    const char *class =
        callee->ir->record == IR_NONE ? "" : callee->in->records.data[callee->ir->record].name;
    return is_own(callee->ir, class) ? NULL : models_container(models, class);
}

ir_id callee_pointed_class(const struct ir_unit *unit, ir_id pointer)
{
    ir_id object = pointer == IR_NONE ? IR_NONE : unit->types.data[pointer].element;
    return object == IR_NONE ? IR_NONE : unit->types.data[object].record;
}

bool callee_overrides(const struct ir_function *method, const struct ir_function *declared)
{
    if (declared->kind == IR_FUNCTION_DESTRUCTOR)
        return method->kind == IR_FUNCTION_DESTRUCTOR;
    return strcmp(method->name, declared->name) == 0 &&
           method->param_types.len == declared->param_types.len &&
           method->is_const_method == declared->is_const_method;
}

bool callee_takes_own_class(const struct ir_unit *unit, const struct ir_function *function,
                            size_t index)
{
    if (index >= function->param_types.len || function->param_types.data[index] == IR_NONE)
        return false;
    const struct ir_type *type = &unit->types.data[function->param_types.data[index]];
    if (type->kind != IR_TYPE_REFERENCE || type->element == IR_NONE)
        return false;
    const struct ir_type *referee = &unit->types.data[type->element];
    return referee->kind == IR_TYPE_RECORD && referee->record == function->record;
}

const char *callee_member_name(struct arena *arena, const struct ir_unit *unit,
                               const struct ir_function *function, const struct ir_call *call,
                               ir_id *object)
{
    if (call->function != IR_NONE || call->callee == IR_NONE || !call->written || !call->args.len ||
        function->ops.data[call->callee].code != IR_HAVOC)
        return NULL;
    ir_id pointer = function->ops.data[call->args.data[0]].type;
    *object = pointer == IR_NONE ? IR_NONE : unit->types.data[pointer].element;
    if (*object == IR_NONE || unit->types.data[*object].kind != IR_TYPE_RECORD ||
        unit->types.data[*object].record == IR_NONE)
        return NULL;
    const char *name = last_identifier(call->written);
    return arena_strndup(arena, name, strcspn(name, "<( "));
}

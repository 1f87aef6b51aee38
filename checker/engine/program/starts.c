/* Before main, and beside it, only code runs that nobody in sight calls: initialisers, functions
 * with the attribute `constructor`, and what others have the address of, a signal's handler or the
 * body of a thread. And whatever is in files out of sight. */
#include "engine/program/starts.h"

#include "engine/program/ahead.h"
#include "engine/program/callee.h"
#include "engine/program/flow.h"

#include <string.h>

static bool is_main(const struct program_function *function)
{
    return function->ir->kind == IR_FUNCTION_FREE && strcmp(function->ir->qualified, "main") == 0;
}

/* The engine's own functions are there to be walked, not to be run. */
static bool is_engines_own(const struct program_function *function)
{
    return function->lived || function->is_use || function->story;
}

static bool is_of_others(const struct program *program, const struct model_set *models,
                         const struct program_function *caller, const struct ir_call *call)
{
    if (call->function == IR_NONE)
        return false;
    uint32_t number = program_number(program, caller->unit, call->function);
    const struct ir_function *callee = program->functions.data[number].ir;
    return !callee->has_body && !callee->in_system_header &&
           !callee_model(models, caller->in, call);
}

/* Does a function call one that is neither in sight nor of a library? Then other files of the
 * program are not in sight. */
static bool has_unseen_files(const struct program *program, const struct model_set *models)
{
    for (size_t f = 0; f < program->functions.len; f++) {
        const struct program_function *function = &program->functions.data[f];
        if (!function->flow || is_engines_own(function))
            continue;
        for (size_t i = 0; i < function->ir->ops.len; i++) {
            const struct ir_op *op = &function->ir->ops.data[i];
            if (op->code == IR_CALL && is_of_others(program, models, function, op->call))
                return true;
        }
    }
    return false;
}

/* What code mentions that may run before main or beside it. */
static struct name_set names_of_others(const struct program *program, bool *has_main)
{
    struct name_set names = {{0}};
    for (size_t f = 0; f < program->functions.len; f++) {
        const struct program_function *function = &program->functions.data[f];
        if (!function->flow || is_engines_own(function))
            continue;
        if (is_main(function))
            *has_main = true;
        else if (function->is_address_taken || !function->is_called)
            name_set_unite(&names, &function->flow->all_names);
    }
    return names;
}

void starts_find(struct program *program, const struct model_set *models)
{
    bool has_main = false;
    const struct name_set names = names_of_others(program, &has_main);
    if (!has_main || has_unseen_files(program, models))
        return;
    for (size_t i = 0; i < program->globals.len; i++) {
        struct program_global *global = &program->globals.data[i];
        global->keeps_start = global->ir->has_start &&
                              !name_set_has(&names, name_of_text(program_global_key(global->ir)));
    }
}

/* Before main, and beside it, only code runs that nobody in sight calls: initialisers, functions
 * with the attribute `constructor`, and what others have the address of, a signal's handler or the
 * body of a thread. And whatever is in files out of sight. */
#include "engine/program/starts.h"

#include "engine/program/callee.h"
#include "engine/program/flow.h"

#include <string.h>

bool is_main_function(const struct ir_function *function)
{
    return function->kind == IR_FUNCTION_FREE && strcmp(function->qualified, "main") == 0;
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

/* ---- what code mentions that may run before main or beside it ---- */

struct others {
    const struct program *program;
    bool *is_reached;        /* [function] */
    VEC(uint32_t) functions; /* those, */
    bool has_main;
};

static void reach(struct others *others, uint32_t function)
{
    if (function == MAP_NONE || others->is_reached[function])
        return;
    others->is_reached[function] = true;
    vec_push(others->program->arena, &others->functions, function);
}

static void reach_first(struct others *others)
{
    const struct program *program = others->program;
    for (uint32_t f = 0; f < program->functions.len; f++) {
        const struct program_function *function = &program->functions.data[f];
        if (!function->flow || is_engines_own(function))
            continue;
        if (is_main_function(function->ir))
            others->has_main = true;
        else if (function->is_address_taken || !function->is_called)
            reach(others, f);
    }
}

/* Functions that are called through pointers have had their address taken. */
static void follow(struct others *others, uint32_t number)
{
    const struct program_function *function = &others->program->functions.data[number];
    for (size_t i = 0; i < function->ir->ops.len; i++) {
        const struct ir_op *op = &function->ir->ops.data[i];
        if (op->code == IR_ADDR_GLOBAL)
            program_global(others->program,
                           program_global_key(&function->in->globals.data[op->aux]))
                ->keeps_start = false;
        else if (op->code == IR_CALL && op->call->function != IR_NONE)
            reach(others, program_number(others->program, function->unit, op->call->function));
    }
}

void starts_find(struct program *program, const struct model_set *models)
{
    struct others others = {
        .program = program,
        .is_reached = arena_new_array(program->arena, program->functions.len, bool),
    };
    reach_first(&others);
    if (!others.has_main || has_unseen_files(program, models))
        return;
    for (size_t i = 0; i < program->globals.len; i++)
        program->globals.data[i].keeps_start = program->globals.data[i].ir->has_start;
    for (size_t i = 0; i < others.functions.len; i++)
        follow(&others, others.functions.data[i]);
}

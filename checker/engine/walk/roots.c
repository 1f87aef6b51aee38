/* A root: a function that the program does not call, or whose callers are out of sight. */
#include "engine/pairs/always_registered.h"
#include "engine/pairs/kept.h"
#include "engine/pairs/leaks.h"
#include "engine/program/starts.h"
#include "engine/state/constraint.h"
#include "engine/state/context.h"
#include "engine/state/fills.h"
#include "engine/state/memory.h"
#include "engine/state/unpinned.h"
#include "engine/unseen/gates.h"
#include "engine/value/pmap.h"
#include "engine/walk/walk.h"

#include <string.h>

static void bind_parameters(struct engine *engine, struct state *state)
{
    const struct program_function *root = context_function(engine, state->context);
    for (ir_id i = 0; i < root->ir->param_count; i++) {
        ir_id type = root->ir->locals.data[i].type;
        value_id address = memory_local(engine, state->context, i);
        if (type != IR_NONE && root->in->types.data[type].kind == IR_TYPE_RECORD) {
            memory_havoc(engine, state, address, 1);
            continue;
        }
        value_id value = symbol_new(engine, SYMBOL_PARAMETER, i, root->in, type);
        state->store = pmap_set(engine->arena, state->store, address, value);
        bool is_this = i == 0 && root->ir->kind != IR_FUNCTION_FREE &&
                       root->ir->kind != IR_FUNCTION_INIT && !root->ir->is_static_method;
        bool is_reference = type != IR_NONE && root->in->types.data[type].kind == IR_TYPE_REFERENCE;
        if (is_this || is_reference)
            assume(engine, state, value, true);
    }
}

/* Where main begins, no code of the program has run. */
static void begin_globals(struct engine *engine, struct state *state)
{
    const struct ir_function *root = context_function(engine, state->context)->ir;
    if (!is_main_function(root))
        return;
    for (size_t i = 0; i < engine->program.globals.len; i++) {
        const struct program_global *global = &engine->program.globals.data[i];
        if (!global->keeps_start)
            continue;
        value_id address = memory_of_global(engine, global->ir);
        if (global->ir->start == 0)
            fill_set(engine, state, address, true, FILL_ZERO);
        else
            memory_store(engine, state, address, value_int(&engine->values, global->ir->start));
    }
}

/* A run may hold hundreds of functions that hardly any budget is enough for: the first ones get all
 * of theirs, the others a share. */
static uint64_t limit_of(const struct engine *engine)
{
    enum { FULL_BUDGETS = 8, SHARE = 4 };
    uint64_t all = engine->options->max_steps;
    return engine->dear < FULL_BUDGETS ? all : all / SHARE;
}

static void reset_maps(struct engine *engine)
{
    struct map *const maps[] = {
        &engine->seen,         &engine->alike,        &engine->made_owners, &engine->status_sites,
        &engine->status_steps, &engine->discarded_at, &engine->computing,   &engine->asked_of,
        &engine->given,        &engine->moments,      &engine->made_of,     &engine->read_in_turns,
        &engine->called,       &engine->result_of,    &engine->asked_by,    &engine->question_of,
        &engine->indexed,      &engine->open_arrays,  &engine->computed,    &engine->stretched,
        &engine->divided,      &engine->turning_in,   &engine->turned,      &engine->descriptors,
        &engine->answers,      &engine->judges,       &engine->wrapped,     &engine->ways_told,
        &engine->mirrors};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        *maps[i] = (struct map){.arena = engine->arena};
}

static void reset(struct engine *engine, uint32_t function)
{
    engine->arena = arena_new();
    values_init(&engine->values, engine->arena);
    table_init(&engine->contexts, engine->arena, sizeof(struct context));
    table_init(&engine->sites, engine->arena, sizeof(struct site));
    table_init(&engine->blocks, engine->arena, sizeof(struct block));
    table_init(&engine->registrations, engine->arena, sizeof(struct registration));
    table_init(&engine->unpinned, engine->arena, sizeof(struct unpinned));
    table_init(&engine->ranges, engine->arena, sizeof(struct range));
    table_init(&engine->pending, engine->arena, sizeof(struct pending_status));
    fill_begin(engine);
    gates_begin(engine);
    kept_begin_root(engine);
    always_begin_root(engine);
    reset_maps(engine);
    engine->paths = engine->thrown = (struct path_list){0};
    memset(&engine->leaks, 0, sizeof engine->leaks);
    memset(&engine->undone, 0, sizeof engine->undone);
    engine->fails_with_zero = engine->fails_with_other = false;
    memset(&engine->owners_made, 0, sizeof engine->owners_made);
    memset(&engine->shared, 0, sizeof engine->shared);
    memset(&engine->questions, 0, sizeof engine->questions);
    memset(&engine->marks, 0, sizeof engine->marks);
    memset(&engine->presence, 0, sizeof engine->presence);
    memset(&engine->held_cells, 0, sizeof engine->held_cells);
    memset(&engine->held_blocks, 0, sizeof engine->held_blocks);
    memset(&engine->renamed, 0, sizeof engine->renamed);
    engine->steps = 0;
    engine->limit = limit_of(engine);
    engine->out_of_budget = engine->is_narrowed = false;
    engine->root = function;
    engine->scratch = arena_new_array(engine->arena, engine->scratch_len, value_id);
}

/* What was not walked of the root. */
static void note_left_out(struct engine *engine, uint32_t function)
{
    const struct program_function *root = &engine->program.functions.data[function];
    const char *left = engine->is_cut_short    ? "not all leaks there are searched"
                       : engine->out_of_budget ? "not all that exceptions take are searched"
                                               : "of those nearly alike a few are searched";
    if (!engine->out_of_budget && !engine->is_narrowed)
        return;
    const char *note = arena_printf(engine->lasting, "%s: too many paths in '%s': %s",
                                    root->in->source, root->ir->qualified, left);
    engine_note(engine, note);
}

void walk_root(struct engine *engine, uint32_t function)
{
    reset(engine, function);
    struct state state = {.context = context_enter(engine, CONTEXT_NONE, function, IR_NONE),
                          .epoch = FIRST_EPOCH,
                          .capture_site = SITE_NONE,
                          .capture_status = VALUE_NONE};
    bind_parameters(engine, &state);
    begin_globals(engine, &state);
    walk_push(engine, &state);
    walk_paths(engine);
    leaks_report(engine);
    const bool is_whole = !engine->out_of_budget && !engine->is_narrowed;
    kept_end_root(engine, is_whole);
    always_end_root(engine, is_whole);
    const struct program_function *root = &engine->program.functions.data[function];
    engine->ran_short[root->unit] |= is_whole ? 0 : root->flow->all;
    engine->stats->roots++;
    engine->stats->steps += engine->steps;
    engine->dear += walk_runs_short(engine);
    engine->stats->budget_hits += engine->out_of_budget;
    note_left_out(engine, function);
    arena_free(engine->arena);
    engine->arena = NULL;
}

/* How a file checks statuses: learned from its calls that stand in `NAME(call);`, where NAME is a
 * macro or a function that looks at the status. NAME is good for another call where all that it
 * needs is in sight there too. */
#include "engine/fixes/fix_source.h"
#include "engine/fixes/fixer.h"

#include <string.h>

enum { DEEPEST = 4 };

/* ---- the source ------------------------------------------------------------------------ */

static struct fix_source *make_source(struct engine *engine, const struct ir_unit *unit)
{
    struct text_cache *texts = engine->findings->texts;
    const struct text *text = NULL;
    for (size_t i = 0; texts && !text && i < unit->files.len; i++)
        if (unit->files.data[i].is_main)
            text = text_get(texts, unit->files.data[i].path);
    struct fix_source *source = arena_new_object(engine->findings->arena, struct fix_source);
    *source = (struct fix_source){.engine = engine, .unit = unit};
    if (text)
        source->code = code_read(engine->findings->arena, text);
    return source;
}

struct fix_source *fix_source_of(struct engine *engine, const struct ir_unit *unit)
{
    for (size_t i = 0; i < engine->fix_sources.len; i++)
        if (engine->fix_sources.data[i]->unit == unit)
            return engine->fix_sources.data[i];
    struct fix_source *source = make_source(engine, unit);
    vec_push(engine->lasting, &engine->fix_sources, source);
    return source;
}

bool fix_source_range(const struct fix_source *source, const struct ir_loc *loc,
                      struct code_range *range)
{
    return loc->file != IR_NONE && loc->macro == IR_NONE &&
           source->unit->files.data[loc->file].is_main &&
           code_range_at(source->code, loc->offset, loc->end_offset, range);
}

/* ---- does anybody look at a value? ----------------------------------------------------- */

struct reading {
    const struct engine *engine;
    const struct ir_unit *unit;
};

static bool is_read(const struct reading *reading, const struct ir_function *function,
                    ir_value value, int depth);

/* The callee's body, model, or want of both says what it does with an argument. */
static bool is_read_by_callee(const struct reading *reading, const struct ir_call *call,
                              size_t argument, int depth)
{
    const struct model_function *model = callee_model(reading->engine->models, reading->unit, call);
    if (model || call->function == IR_NONE)
        return model && model->effects.len && model->effects.data[0].kind == MODEL_CHECKS;
    const struct ir_function *callee = &reading->unit->functions.data[call->function];
    if (!callee->has_body || argument >= callee->param_count)
        return true;
    for (ir_id i = 0; i < callee->ops.len; i++) {
        const struct ir_op *op = &callee->ops.data[i];
        const struct ir_op *address = op->code == IR_LOAD ? &callee->ops.data[op->a] : NULL;
        if (address && address->code == IR_ADDR_LOCAL && address->aux == argument &&
            is_read(reading, callee, i, depth))
            return true;
    }
    return false;
}

/* Is the local at that address loaded and looked at, or its address given to a call? */
static bool is_local_read(const struct reading *reading, const struct ir_function *function,
                          const struct ir_op *slot, int depth)
{
    for (ir_id i = 0; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        const struct ir_op *address = op->code == IR_LOAD ? &function->ops.data[op->a] : NULL;
        if (address && address->code == IR_ADDR_LOCAL && address->aux == slot->aux &&
            is_read(reading, function, i, depth))
            return true;
        for (size_t a = 0; op->code == IR_CALL && a < op->call->args.len; a++) {
            address = &function->ops.data[op->call->args.data[a]];
            if (address->code == IR_ADDR_LOCAL && address->aux == slot->aux)
                return true;
        }
    }
    return false;
}

static bool op_reads(const struct reading *reading, const struct ir_function *function, ir_id id,
                     ir_value value, int depth)
{
    const struct ir_op *op = &function->ops.data[id];
    switch (op->code) {
    case IR_COMPARE:
        return op->a == value || op->b == value;
    case IR_UNARY:
        return op->a == value;
    case IR_CAST:
        return op->a == value && op->sub != IR_CAST_VOID && is_read(reading, function, id, depth);
    case IR_STORE:
        return op->b == value && function->ops.data[op->a].code == IR_ADDR_LOCAL &&
               is_local_read(reading, function, &function->ops.data[op->a], depth);
    case IR_CALL:
        for (size_t i = 0; i < op->call->args.len; i++)
            if (op->call->args.data[i] == value)
                return is_read_by_callee(reading, op->call, i, depth);
        return false;
    default:
        return false;
    }
}

static bool is_read(const struct reading *reading, const struct ir_function *function,
                    ir_value value, int depth)
{
    if (depth > DEEPEST)
        return false;
    for (ir_id i = 0; i < function->ops.len; i++)
        if (op_reads(reading, function, i, value, depth + 1))
            return true;
    for (size_t i = 0; i < function->blocks.len; i++) {
        const struct ir_block *block = &function->blocks.data[i];
        if (block->value == value &&
            (block->terminator == IR_BRANCH || block->terminator == IR_SWITCH))
            return true;
    }
    return false;
}

/* ---- what a check needs ---------------------------------------------------------------- */

struct learner {
    struct fix_source *source;
    const struct ir_function *function; /* in which the check is used */
    struct check_use check;
};

static const char *space_of(struct arena *arena, const char *qualified)
{
    const char *last = NULL;
    for (const char *p = strstr(qualified, "::"); p; p = strstr(p + 2, "::"))
        last = p;
    return last ? arena_strndup(arena, qualified, (size_t)(last - qualified)) : "";
}

/* Is what is declared in `space` found from inside `from`? */
static bool is_in_sight(const char *space, const char *from)
{
    size_t len = strlen(space);
    return len == 0 || (strncmp(space, from, len) == 0 && (!from[len] || from[len] == ':'));
}

/* What is declared there by that name must be found. */
static void need_name(struct learner *learner, const char *qualified, const struct ir_loc *loc)
{
    const char *space = space_of(learner->source->code->arena, qualified);
    if (strlen(space) > strlen(learner->check.space))
        learner->check.space = space;
    if (loc->file != IR_NONE && learner->source->unit->files.data[loc->file].is_main &&
        loc->offset > learner->check.known_from)
        learner->check.known_from = loc->offset;
}

static bool throws(const struct ir_function *function)
{
    for (size_t i = 0; i < function->blocks.len; i++)
        if (function->blocks.data[i].terminator == IR_THROW)
            return true;
    return false;
}

/* Can the function be called from elsewhere by the same name? */
static bool need_function(struct learner *learner, ir_id id)
{
    const struct ir_function *function = &learner->source->unit->functions.data[id];
    learner->check.throws |= throws(function);
    if (function->kind == IR_FUNCTION_CONSTRUCTOR || function->kind == IR_FUNCTION_DESTRUCTOR)
        return true;
    if (function->loc.file == IR_NONE)
        return false; /* declared nowhere: each use of it is an error more */
    if (function->in_system_header)
        return true;
    if (function->kind == IR_FUNCTION_LAMBDA || function->record != IR_NONE)
        return function->kind == IR_FUNCTION_METHOD && !function->is_static_method;
    need_name(learner, function->qualified, &function->loc);
    return true;
}

static bool is_of_macro(const struct ir_loc *loc, ir_id macro, uint32_t offset)
{
    return loc->macro == macro && loc->offset == offset;
}

/* The variables of a macro's body are its own, or global. */
static bool macro_can_move(struct learner *learner, ir_id macro, uint32_t offset)
{
    const struct ir_function *function = learner->function;
    const struct ir_unit *unit = learner->source->unit;
    for (size_t i = 0; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        if (!is_of_macro(&op->loc, macro, offset))
            continue;
        if (op->code == IR_ADDR_LOCAL) {
            const struct ir_local *local = &function->locals.data[op->aux];
            if (local->kind != IR_LOCAL_TEMP && !is_of_macro(&local->loc, macro, offset))
                return false;
        } else if (op->code == IR_ADDR_GLOBAL) {
            const struct ir_global *global = &unit->globals.data[op->aux];
            if (global->is_function_local && global->loc.macro != macro)
                return false;
            if (global->loc.file != IR_NONE && !unit->files.data[global->loc.file].is_system)
                need_name(learner, global->qualified, &global->loc);
        } else if (op->code == IR_CALL && op->call->function != IR_NONE &&
                   !need_function(learner, op->call->function)) {
            return false;
        }
    }
    return true;
}

/* A macro that returns or jumps leaves what the function holds behind: that is for people. */
static bool macro_stays(struct learner *learner, ir_id macro, uint32_t offset)
{
    const struct ir_function *function = learner->function;
    for (size_t i = 0; i < function->blocks.len; i++) {
        const struct ir_block *block = &function->blocks.data[i];
        if (!is_of_macro(&block->loc, macro, offset))
            continue;
        if (block->terminator == IR_RETURN || block->is_goto)
            return false;
        learner->check.throws |= block->terminator == IR_THROW;
    }
    return true;
}

static ir_id macro_used_at(const struct learner *learner, uint32_t offset)
{
    for (size_t i = 0; i < learner->function->ops.len; i++) {
        const struct ir_loc *loc = &learner->function->ops.data[i].loc;
        if (loc->macro != IR_NONE && loc->offset == offset && loc->file != IR_NONE &&
            learner->source->unit->files.data[loc->file].is_main)
            return loc->macro;
    }
    return IR_NONE;
}

/* Where the main file defines the macro; false where it also takes the definition back. */
static bool need_definition(struct learner *learner)
{
    const struct code *code = learner->source->code;
    const char *name = learner->check.name;
    learner->check.is_macro_of_header = true;
    for (size_t i = 0; i < code->macros.len; i++) {
        const struct code_macro *macro = &code->macros.data[i];
        if (macro->len != strlen(name) || memcmp(macro->name, name, macro->len) != 0)
            continue;
        if (macro->is_undef)
            return false;
        learner->check.is_macro_of_header = false;
        if (macro->offset > learner->check.known_from)
            learner->check.known_from = macro->offset;
    }
    return true;
}

static bool learn_macro(struct learner *learner, ir_id id, uint32_t offset)
{
    return strcmp(learner->source->unit->macros.data[id].name, learner->check.name) == 0 &&
           need_definition(learner) && macro_can_move(learner, id, offset) &&
           macro_stays(learner, id, offset);
}

/* The call of a function by that name at that place, which takes `status` and gives no status. */
static bool learn_function(struct learner *learner, uint32_t offset, const struct ir_op *status)
{
    const struct ir_function *function = learner->function;
    for (size_t i = 0; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        if (op->code != IR_CALL || op->loc.offset != offset || op->loc.macro != IR_NONE ||
            op->call->function == IR_NONE || op->type == status->type)
            continue;
        const struct ir_function *callee =
            &learner->source->unit->functions.data[op->call->function];
        return callee->record == IR_NONE && need_function(learner, op->call->function);
    }
    return false;
}

/* ---- learning -------------------------------------------------------------------------- */

static void learn(struct fix_source *source, const struct ir_function *function, ir_id id)
{
    const struct code *code = source->code;
    const struct ir_op *op = &function->ops.data[id];
    const struct reading reading = {source->engine, source->unit};
    struct code_range range;
    struct code_statement statement;
    if (op->code != IR_CALL || op->type == IR_NONE || op->call->is_discarded ||
        !fix_source_range(source, &op->loc, &range) ||
        !code_statement_of(code, range, &statement) || statement.is_void ||
        statement.wrapper.first == CODE_NONE)
        return;
    uint32_t offset = code->tokens.data[statement.wrapper.first].offset;
    struct learner learner = {source,
                              function,
                              {.name = code_text(code, statement.wrapper),
                               .type = source->unit->types.data[op->type].name,
                               .at = statement.wrapper,
                               .space = ""}};
    ir_id macro = macro_used_at(&learner, offset);
    bool works = macro != IR_NONE ? learn_macro(&learner, macro, offset)
                                  : learn_function(&learner, offset, op);
    if (works && is_read(&reading, function, id, 0))
        vec_push(code->arena, &source->checks, learner.check);
}

static void learn_all(struct fix_source *source)
{
    source->checks_known = true;
    for (size_t f = 0; f < source->unit->functions.len; f++) {
        const struct ir_function *function = &source->unit->functions.data[f];
        for (ir_id i = 0; i < function->ops.len; i++)
            learn(source, function, i);
    }
}

/* ---- choosing -------------------------------------------------------------------------- */

/* Is the macro of a header known at the statement as it is where it is used? */
static bool is_included(const struct code *code, const struct check_use *check,
                        const struct code_statement *statement)
{
    const struct code_token *use = &code->tokens.data[check->at.first];
    const struct code_token *here = &code->tokens.data[statement->all.first];
    if (use->directives == here->directives)
        return true;
    return use->offset < here->offset;
}

static bool is_usable(const struct fixer *fixer, const struct check_use *check, const char *type,
                      const struct code_statement *statement)
{
    const struct ir_function *function = fixer->function;
    uint32_t offset = fixer->code->tokens.data[statement->all.first].offset;
    bool must_not_throw = function->is_noexcept || function->kind == IR_FUNCTION_DESTRUCTOR;
    return strcmp(check->type, type) == 0 && check->known_from < offset &&
           !(check->throws && must_not_throw) && is_in_sight(check->space, function->qualified) &&
           (!check->is_macro_of_header || is_included(fixer->code, check, statement));
}

static size_t count_uses(const struct fix_source *source, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < source->checks.len; i++)
        count += strcmp(source->checks.data[i].name, name) == 0;
    return count;
}

const char *fixer_check(const struct fixer *fixer, ir_id type,
                        const struct code_statement *statement)
{
    struct fix_source *source = fixer->source;
    const char *best = NULL;
    size_t most = 0;
    if (type == IR_NONE || code_has_comma(fixer->code, statement->call))
        return NULL;
    if (!source->checks_known)
        learn_all(source);
    for (size_t i = 0; i < source->checks.len; i++) {
        const struct check_use *check = &source->checks.data[i];
        if (!is_usable(fixer, check, fixer->unit->types.data[type].name, statement))
            continue;
        size_t count = count_uses(source, check->name);
        if (count > most) {
            most = count;
            best = check->name;
        }
    }
    return best;
}

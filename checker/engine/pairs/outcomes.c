/* What a path's result says by custom: 0, true and a pointer are success; an object is what it
 * begins with, such as a flag, a pointer or an error's enumerator. */
#include "engine/pairs/outcomes.h"

#include "engine/library/objects.h"
#include "engine/state/constraint.h"
#include "engine/state/memory.h"

#include <string.h>

enum { MAX_INNER = 3 }; /* objects in objects */

static enum outcome_kind said_by(struct engine *engine, const struct state *state, value_id value,
                                 bool zero_is_success)
{
    enum truth truth = decide(engine, state, value);
    if (truth == TRUTH_UNKNOWN)
        return OUTCOME_UNKNOWN;
    return (truth == TRUTH_FALSE) == zero_is_success ? OUTCOME_SUCCESS : OUTCOME_FAILURE;
}

static enum outcome_kind said_by_container(struct engine *engine, struct state *state,
                                           const struct model_container *container, value_id object)
{
    switch (container->storage) {
    case MODEL_STORAGE_UNIQUE:
    case MODEL_STORAGE_SHARED:
        return said_by(engine, state, part_load(engine, state, object, "(owned)", true), false);
    case MODEL_STORAGE_OPTIONAL:
        return said_by(engine, state, part_load(engine, state, object, "(count)", false), false);
    case MODEL_STORAGE_NUMBER:
        return said_by(engine, state, part_load(engine, state, object, "(count)", false), true);
    default:
        return OUTCOME_UNKNOWN;
    }
}

/* "bool failed", "class Error", an optional text: what is there is none. */
static bool names_failure(const char *name)
{
    static const char *const words[] = {"err",   "Err",      "fail",  "Fail",
                                        "tatus", "xception", "string"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(name, words[i]))
            return true;
    return false;
}

static enum outcome_kind outcome_of_object(struct engine *engine, struct state *state,
                                           const struct ir_unit *unit, ir_id type, value_id object,
                                           int depth)
{
    if (unit->types.data[type].record == IR_NONE)
        return OUTCOME_UNKNOWN;
    const struct model_container *container = callee_container_of_type(engine->models, unit, type);
    const struct ir_record *record = &unit->records.data[unit->types.data[type].record];
    if (container &&
        (container->storage == MODEL_STORAGE_NUMBER || !names_failure(record->display)))
        return said_by_container(engine, state, container, object);
    const struct ir_field *field =
        !container && record->fields.len && !record->is_union ? &record->fields.data[0] : NULL;
    if (!field || field->type == IR_NONE || depth == MAX_INNER)
        return OUTCOME_UNKNOWN;
    value_id place = value_field(&engine->values, object, field->name, field->offset);
    bool is_reversed = names_failure(field->name) || names_failure(record->name);
    switch (unit->types.data[field->type].kind) {
    case IR_TYPE_RECORD:
        return is_reversed ? OUTCOME_UNKNOWN
                           : outcome_of_object(engine, state, unit, field->type, place, depth + 1);
    case IR_TYPE_BOOL:
    case IR_TYPE_POINTER:
        return is_reversed ? OUTCOME_UNKNOWN
                           : said_by(engine, state,
                                     memory_load(engine, state, place, unit, field->type), false);
    case IR_TYPE_ENUM:
        return said_by(engine, state, memory_load(engine, state, place, unit, field->type), true);
    default:
        return OUTCOME_UNKNOWN;
    }
}

struct outcome outcome_of(struct engine *engine, struct state *state, value_id result)
{
    struct outcome outcome = {.result = result};
    const struct program_function *root = &engine->program.functions.data[engine->root];
    ir_id type = root->ir->result_type;
    enum ir_type_kind kind = type == IR_NONE ? IR_TYPE_VOID : root->in->types.data[type].kind;
    const struct symbol *symbol = result == VALUE_NONE ? NULL : symbol_of(&engine->values, result);
    int64_t number;
    enum truth truth = result == VALUE_NONE || kind == IR_TYPE_VOID || kind == IR_TYPE_RECORD
                           ? TRUTH_UNKNOWN
                           : decide(engine, state, result);
    if (truth == TRUTH_UNKNOWN) { /* an object that does not say: it follows from what happened */
        if (state->flags & STATE_AFTER_FAILURE)
            outcome.kind = OUTCOME_FAILURE;
        else if (result != VALUE_NONE && kind == IR_TYPE_RECORD)
            outcome.kind = outcome_of_object(engine, state, root->in, type, result, 0);
        return outcome;
    }
    if (kind == IR_TYPE_BOOL || kind == IR_TYPE_POINTER)
        outcome.kind = truth == TRUTH_TRUE ? OUTCOME_SUCCESS : OUTCOME_FAILURE;
    else if (truth == TRUTH_FALSE)
        outcome.kind = OUTCOME_SUCCESS;
    else if (value_is_int(&engine->values, result, &number))
        outcome.kind = number < 0 ? OUTCOME_NEGATIVE : OUTCOME_FAILURE;
    else if (symbol && symbol->kind == SYMBOL_STATUS)
        outcome.kind = OUTCOME_FAILURE;
    return outcome;
}

static bool returns_number(const struct engine *engine)
{
    const struct program_function *root = &engine->program.functions.data[engine->root];
    ir_id type = root->ir->result_type;
    if (type == IR_NONE)
        return false;
    enum ir_type_kind kind = root->in->types.data[type].kind;
    return kind == IR_TYPE_INT || kind == IR_TYPE_ENUM;
}

void outcome_note(struct engine *engine, const struct state *state, value_id result)
{
    if (result == VALUE_NONE || !(state->flags & STATE_AFTER_FAILURE) || !returns_number(engine))
        return;
    enum truth truth = decide(engine, state, result);
    engine->fails_with_zero |= truth == TRUTH_FALSE;
    engine->fails_with_other |= truth == TRUTH_TRUE;
}

enum outcome_kind outcome_said(const struct engine *engine, struct outcome outcome)
{
    if (!engine->fails_with_zero || engine->fails_with_other || !returns_number(engine))
        return outcome.kind;
    if (outcome.kind == OUTCOME_SUCCESS)
        return OUTCOME_FAILURE;
    return outcome.kind == OUTCOME_FAILURE ? OUTCOME_SUCCESS : outcome.kind;
}

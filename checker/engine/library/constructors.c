/* What the library constructs for the program, by the arguments of a call: which constructor of the
 * class that runs, and how it is given them. */
#include "engine/call/call.h"
#include "engine/library/container.h"
#include "engine/library/objects.h"
#include "engine/library/owners.h"
#include "engine/state/memory.h"
#include "engine/unseen/concurrent.h"
#include "engine/walk/step.h"

#include <string.h>

/* Does the argument come by reference, so that its value is the place? */
static bool is_place(const struct invocation *invocation, size_t index)
{
    const struct ir_unit *unit = invocation->unit;
    const struct ir_function *callee = &unit->functions.data[invocation->op->call->function];
    ir_id type = index < callee->param_types.len ? callee->param_types.data[index] : IR_NONE;
    return type_is(unit, type, IR_TYPE_REFERENCE);
}

/* May a call give the function so many arguments, the object included? */
static bool takes(const struct ir_function *function, size_t args)
{
    for (size_t i = args; i < function->param_types.len; i++)
        if (i >= function->locals.len || !function->locals.data[i].has_default)
            return false;
    return args <= function->param_types.len && function->param_types.len <= MAX_ARGS;
}

/* The class that the type is or refers to; NULL: it is none. */
static const struct ir_record *class_of(const struct ir_unit *unit, ir_id type)
{
    if (type_is(unit, type, IR_TYPE_REFERENCE))
        type = unit->types.data[type].element;
    return type_is(unit, type, IR_TYPE_RECORD) && unit->types.data[type].record != IR_NONE
               ? &unit->records.data[unit->types.data[type].record]
               : NULL;
}

enum fit { FITS_NOT, FITS, FITS_UNKNOWN };

/* Is the argument of the parameter's kind, and of its class where it is an object? */
static enum fit fits(const struct invocation *invocation, size_t index, const struct ir_unit *unit,
                     ir_id param)
{
    if (type_is(unit, param, IR_TYPE_REFERENCE))
        param = unit->types.data[param].element;
    ir_id given = argument_type(invocation, index);
    if (param == IR_NONE || given == IR_NONE || type_is(unit, param, IR_TYPE_UNKNOWN) ||
        type_is(invocation->unit, given, IR_TYPE_UNKNOWN))
        return FITS_UNKNOWN;
    const struct ir_record *wanted = class_of(unit, param),
                           *own = class_of(invocation->unit, given);
    if (wanted && own)
        return strcmp(wanted->key, own->key) == 0 ? FITS : FITS_NOT;
    enum ir_type_kind kind = invocation->unit->types.data[given].kind;
    if (kind == IR_TYPE_ARRAY) /* it decays */
        kind = IR_TYPE_POINTER;
    return kind == unit->types.data[param].kind ? FITS : FITS_NOT;
}

/* Of several constructors that take as many arguments, those take over whose parameters are all of
 * the arguments' kinds. */
static enum fit fits_all(const struct invocation *invocation, size_t first,
                         const struct ir_unit *unit, const struct ir_function *constructor)
{
    enum fit all = FITS;
    for (size_t i = first; i < invocation->count; i++) {
        enum fit one = fits(invocation, i, unit, constructor->param_types.data[i - first + 1]);
        if (one == FITS_NOT)
            return FITS_NOT;
        if (one == FITS_UNKNOWN)
            all = FITS_UNKNOWN;
    }
    return all;
}

/* The constructors of a class that may take the call's arguments. */
struct choice {
    ir_id any, fitting;    /* one of them, and one that fits */
    size_t anys, fittings; /* how many there are */
    bool is_open;          /* of one nobody knows whether it fits */
};

static struct choice choose(const struct invocation *invocation, size_t first,
                            const struct ir_unit *unit, const struct ir_record *record)
{
    struct choice choice = {.any = IR_NONE, .fitting = IR_NONE};
    size_t args = invocation->count - first;
    for (size_t i = 0; i < record->methods.len; i++) {
        const struct ir_function *method = &unit->functions.data[record->methods.data[i]];
        if (method->kind != IR_FUNCTION_CONSTRUCTOR || (method->is_implicit && args > 0) ||
            !takes(method, args + 1))
            continue;
        enum fit fit = fits_all(invocation, first, unit, method);
        choice.anys++;
        choice.any = record->methods.data[i];
        choice.is_open |= fit == FITS_UNKNOWN;
        if (fit == FITS) {
            choice.fittings++;
            choice.fitting = record->methods.data[i];
        }
    }
    return choice;
}

/* The constructor of the class that takes the call's arguments from the `first` on, if it is
 * certain which one that is; else MAP_NONE. Those that the language declares copy and move, or give
 * members their defaults. */
static uint32_t constructor_of(const struct engine *engine, const struct invocation *invocation,
                               size_t first, const struct ir_unit *unit,
                               const struct ir_record *record)
{
    uint32_t number = program_unit(&engine->program, unit);
    struct choice choice = choose(invocation, first, unit, record);
    bool fits_one = choice.fittings == 1 && !choice.is_open;
    if (number == MAP_NONE || (choice.anys != 1 && !fits_one))
        return MAP_NONE;
    return program_number(&engine->program, number, fits_one ? choice.fitting : choice.any);
}

/* Does the class stand for a thread, which runs what its constructor is given? */
static bool starts_thread(const struct engine *engine, const struct ir_unit *unit,
                          const struct ir_type *type, size_t args)
{
    if (type->kind != IR_TYPE_RECORD || type->record == IR_NONE)
        return false;
    const char *class = unit->records.data[type->record].name, *last = strrchr(class, ':');
    const char *name = last ? last + 1 : class;
    const struct model_query query = {.name = name,
                                      .qualified =
                                          arena_printf(engine->arena, "%s::%s", class, name),
                                      .written_args = (int)args,
                                      .is_method = true};
    const struct model_function *model = models_find(engine->models, &query);
    return model && models_effect(model, MODEL_STARTS);
}

/* A constructor that is out of sight takes the arguments. What it is given to run may run whenever
 * it likes. */
static void make_unseen(struct engine *engine, struct state *state,
                        const struct invocation *invocation, size_t first,
                        const struct ir_unit *unit, const struct ir_type *type)
{
    const uint64_t salt = hash_u64(((uint64_t)invocation->site << 8) | 23);
    const size_t count = invocation->count - first;
    if (count == 0 || (starts_thread(engine, unit, type, count) &&
                       concurrent_starts(engine, state, invocation, first, salt)))
        return;
    concurrent_handed(engine, state, invocation, first);
    for (size_t i = first; i < invocation->count; i++)
        if (!concurrent_gives(engine, state, invocation, i, salt))
            call_keep(engine, state, invocation, invocation->unit,
                      &invocation->unit->functions.data[invocation->op->call->function], i);
    concurrent_goes_on(engine, state, salt);
}

enum step owner_make(struct engine *engine, struct state *state,
                     const struct invocation *invocation, size_t first, const struct ir_unit *unit,
                     const struct ir_type *type, value_id object)
{
    uint32_t number = MAP_NONE;
    size_t count = invocation->count - first;
    if (type->kind == IR_TYPE_RECORD && type->record != IR_NONE && count < MAX_ARGS)
        number = constructor_of(engine, invocation, first, unit, &unit->records.data[type->record]);
    if (number == MAP_NONE || !engine->program.functions.data[number].flow) {
        make_unseen(engine, state, invocation, first, unit, type);
        return STEP_NEXT;
    }
    const struct ir_function *constructor = engine->program.functions.data[number].ir;
    const struct ir_unit *in = engine->program.functions.data[number].in;
    struct invocation inner = invocation_within(invocation);
    inner.name = constructor->name;
    invocation_add(&inner, object, IR_NONE);
    for (size_t i = 0; i < count; i++) { /* they come by reference */
        ir_id param = constructor->param_types.data[i + 1];
        value_id given = invocation->args[first + i];
        bool by_place = type_is(in, param, IR_TYPE_REFERENCE) || type_is(in, param, IR_TYPE_RECORD);
        if (!by_place && is_place(invocation, first + i))
            given = memory_load(engine, state, given, in, param);
        else if (type_is(in, param, IR_TYPE_RECORD))
            given = argument_moved(engine, state, invocation, first + i, in, param, object);
        invocation_add(&inner, given, IR_NONE);
    }
    for (size_t i = count + 1; i < constructor->param_types.len; i++)
        invocation_add(&inner, value_int(&engine->values, constructor->locals.data[i].initial),
                       constructor->param_types.data[i]);
    value_id ignored = VALUE_NONE;
    return call_function(engine, state, &inner, number, &ignored);
}

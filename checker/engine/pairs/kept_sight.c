/* Stores into a member or a static that the walk has not seen: by functions that have nothing to do
 * with host memory, or that are given its address. */
#include "engine/pairs/kept.h"

#include <string.h>

struct search {
    const struct engine *engine;
    const struct program_function *in;
    struct kept_place place;
    bool is_walked;
    struct kept_constants *found; /* NULL: nobody asks which functions and globals are stored */
};

static bool is_place(const struct search *search, const struct ir_op *op)
{
    const struct ir_unit *unit = search->in->in;
    if (search->place.unit != MAP_NONE && search->place.unit != search->in->unit)
        return false;
    if (!search->place.record)
        return op->code == IR_ADDR_GLOBAL &&
               strcmp(program_global_key(&unit->globals.data[op->aux]), search->place.name) == 0;
    if (op->code != IR_FIELD || !op->text || strcmp(op->text, search->place.name) != 0)
        return false;
    ir_id record = callee_pointed_class(unit, search->in->ir->ops.data[op->a].type);
    return record == IR_NONE || strcmp(unit->records.data[record].key, search->place.record) == 0;
}

/* Does the call only move what lies there: std::swap(p, o.p), std::exchange(o.p, nullptr)? */
static bool only_moves(const struct search *search, const struct ir_call *call)
{
    const struct model_function *model = callee_model(search->engine->models, search->in->in, call);
    for (size_t i = 0; model && i < call->args.len; i++) {
        const struct ir_op *op = ir_behind_casts(search->in->ir, call->args.data[i]);
        bool is_null = op->code == IR_CONST && op->number == 0;
        if (!is_place(search, op) && !is_null && op->code != IR_ADDR_LOCAL)
            return false;
    }
    return model && (models_effect(model, MODEL_SWAPS) || models_effect(model, MODEL_EXCHANGES));
}

/* The address of a function or of a global, where these are asked for. */
static bool is_found(const struct search *search, const struct ir_op *op)
{
    if (!search->found || (op->code != IR_ADDR_FUNCTION && op->code != IR_ADDR_GLOBAL))
        return false;
    const struct kept_constant constant = {search->in->unit, op->aux, op->code == IR_ADDR_FUNCTION};
    for (size_t i = 0; i < search->found->count; i++) {
        const struct kept_constant *other = &search->found->data[i];
        if (other->unit == constant.unit && other->id == constant.id &&
            other->is_function == constant.is_function)
            return true;
    }
    if (search->found->count == KEPT_CONSTANTS)
        return false;
    search->found->data[search->found->count++] = constant;
    return true;
}

/* NULL, what lies in the same member of another object, or what is asked for. */
static bool brings_nothing(const struct search *search, ir_value value)
{
    const struct ir_op *op = ir_behind_casts(search->in->ir, value);
    if (is_found(search, op))
        return true;
    if (op->code == IR_CONST)
        return op->number == 0;
    if (op->code == IR_LOAD)
        return is_place(search, ir_behind_casts(search->in->ir, op->a));
    return op->code == IR_CALL && only_moves(search, op->call);
}

/* A call that is followed, or whose model says what it stores. */
static bool is_known_call(const struct search *search, const struct ir_call *call)
{
    if (call->function == IR_NONE)
        return false;
    uint32_t number = program_number(&search->engine->program, search->in->unit, call->function);
    return search->engine->program.functions.data[number].ir->has_body ||
           callee_model(search->engine->models, search->in->in, call);
}

static bool is_argument(const struct ir_op *op, ir_value value)
{
    for (size_t i = 0; op->call && i < op->call->args.len; i++)
        if (op->call->args.data[i] == value)
            return true;
    return false;
}

static bool stores_unseen(const struct search *search, ir_value place);

/* Does the operation, that uses the address, store something there that the walk has not seen? */
static bool use_is_unseen(const struct search *search, ir_value user, ir_value place)
{
    const struct ir_op *op = &search->in->ir->ops.data[user];
    if (is_argument(op, place))
        return op->code != IR_CALL || ((!search->is_walked || !is_known_call(search, op->call)) &&
                                       !only_moves(search, op->call));
    if (op->a != place && op->b != place)
        return false;
    switch (op->code) {
    case IR_LOAD:
    case IR_COMPARE:
        return false;
    case IR_STORE:
        return op->b == place || (!search->is_walked && !brings_nothing(search, op->b));
    case IR_INDEX:
    case IR_CAST:
        return stores_unseen(search, user);
    default:
        return true;
    }
}

static bool stores_unseen(const struct search *search, ir_value place)
{
    const struct ir_function *function = search->in->ir;
    for (size_t i = place + 1; i < function->ops.len; i++)
        if (use_is_unseen(search, (ir_value)i, place))
            return true;
    for (size_t b = 0; b < function->blocks.len; b++)
        if (function->blocks.data[b].value == place && function->ops.data[place].code != IR_LOAD)
            return true;
    return false;
}

/* ---- what is there before anything runs ---- */

static bool has_constructor(const struct ir_unit *unit, const struct ir_record *record)
{
    for (size_t i = 0; i < record->methods.len; i++)
        if (unit->functions.data[record->methods.data[i]].kind == IR_FUNCTION_CONSTRUCTOR)
            return true;
    return false;
}

/* Does an object of the type have one of the class inside, that an initialiser fills? */
static bool holds_class(const struct ir_unit *unit, ir_id type, const char *key, unsigned depth)
{
    type = ir_behind_arrays(unit, type);
    ir_id record = type == IR_NONE ? IR_NONE : unit->types.data[type].record;
    if (record == IR_NONE || depth > MAX_REACH)
        return false;
    const struct ir_record *of = &unit->records.data[record];
    if (has_constructor(unit, of))
        return false; /* its own code fills it */
    for (size_t i = 0; i < of->fields.len; i++)
        if (holds_class(unit, of->fields.data[i].type, key, depth + 1))
            return true;
    return strcmp(of->key, key) == 0;
}

static bool is_initialised(const struct ir_unit *unit, struct kept_place place)
{
    for (size_t i = 0; i < unit->globals.len; i++) {
        const struct ir_global *global = &unit->globals.data[i];
        if (!global->begins_null &&
            (place.record ? holds_class(unit, global->type, place.record, 0)
                          : strcmp(program_global_key(global), place.name) == 0))
            return true;
    }
    return false;
}

/* ---- where a place is named ---- */

struct use {
    uint32_t function, op;
    uint32_t next; /* of the same key; MAP_NONE: none */
};

struct kept_uses {
    struct map first; /* key -> index into `all` */
    VEC(struct use) all;
};

enum { OF_STATIC = 1, OF_UNKNOWN_CLASS };

static uint64_t member_key(const char *record, const char *name)
{
    uint64_t owner = record ? hash_bytes(record, strlen(record)) : OF_UNKNOWN_CLASS;
    return hash_pair(owner, hash_bytes(name, strlen(name)));
}

static uint64_t static_key(const char *name)
{
    return hash_pair(OF_STATIC, hash_bytes(name, strlen(name)));
}

/* 0: the operation names no place. */
static uint64_t use_key(const struct program_function *function, const struct ir_op *op)
{
    const struct ir_unit *unit = function->in;
    if (op->code == IR_ADDR_GLOBAL)
        return static_key(program_global_key(&unit->globals.data[op->aux]));
    if (op->code != IR_FIELD || !op->text)
        return 0;
    ir_id record = callee_pointed_class(unit, function->ir->ops.data[op->a].type);
    return member_key(record == IR_NONE ? NULL : unit->records.data[record].key, op->text);
}

struct kept_uses *kept_uses_find(struct arena *arena, const struct program *program)
{
    struct kept_uses *uses = arena_new_object(arena, struct kept_uses);
    uses->first.arena = arena;
    for (uint32_t f = 0; f < program->functions.len; f++) {
        const struct program_function *function = &program->functions.data[f];
        for (uint32_t i = 0; function->ir->has_body && i < function->ir->ops.len; i++) {
            uint64_t key = use_key(function, &function->ir->ops.data[i]);
            if (!key)
                continue;
            vec_push(arena, &uses->all, (struct use){f, i, map_get_u64(&uses->first, key)});
            map_set_u64(&uses->first, key, (uint32_t)uses->all.len - 1);
        }
    }
    return uses;
}

static bool some_use_is_unseen(const struct engine *engine, const struct kept_uses *uses,
                               uint64_t key, struct kept_place place, const bool *walked,
                               struct kept_constants *found)
{
    for (uint32_t u = map_get_u64(&uses->first, key); u != MAP_NONE; u = uses->all.data[u].next) {
        const struct use *use = &uses->all.data[u];
        const struct program_function *in = &engine->program.functions.data[use->function];
        const struct search search = {engine, in, place, walked && walked[use->function], found};
        if (is_place(&search, &in->ir->ops.data[use->op]) && stores_unseen(&search, use->op))
            return true;
    }
    return false;
}

/* A use of a place in a function that was not walked. */
typedef bool use_test(const struct search *search, ir_value place);

static bool some_unwalked_use(const struct engine *engine, const struct kept_uses *uses,
                              uint64_t key, struct kept_place place, const bool *walked,
                              use_test *test)
{
    for (uint32_t u = map_get_u64(&uses->first, key); u != MAP_NONE; u = uses->all.data[u].next) {
        const struct use *use = &uses->all.data[u];
        const struct program_function *in = &engine->program.functions.data[use->function];
        const struct search search = {.engine = engine, .in = in, .place = place};
        if (!walked[use->function] && is_place(&search, &in->ir->ops.data[use->op]) &&
            test(&search, use->op))
            return true;
    }
    return false;
}

static bool is_unwalked(const struct engine *engine, const struct kept_uses *uses,
                        struct kept_place place, const bool *walked, use_test *test)
{
    const uint64_t key =
        place.record ? member_key(place.record, place.name) : static_key(place.name);
    return some_unwalked_use(engine, uses, key, place, walked, test) ||
           (place.record &&
            some_unwalked_use(engine, uses, member_key(NULL, place.name), place, walked, test));
}

static bool may_undo(const struct search *search, ir_value place)
{
    (void)place;
    const struct flow *flow = search->in->flow;
    return flow && (flow->all & (FLOW_UNREGISTERS | FLOW_CALLS_UNKNOWN));
}

bool kept_is_named_unseen(const struct engine *engine, const struct kept_uses *uses,
                          struct kept_place place, const bool *walked)
{
    return is_unwalked(engine, uses, place, walked, may_undo);
}

/* Only const member functions of the container are called, and those that begin and end it. */
static bool changes(const struct search *search, ir_value place)
{
    const struct ir_function *function = search->in->ir;
    for (size_t i = place + 1; i < function->ops.len; i++) {
        const struct ir_op *op = &function->ops.data[i];
        if (op->a != place && op->b != place && !is_argument(op, place))
            continue;
        const struct ir_function *callee = op->code == IR_CALL && op->call->function != IR_NONE
                                               ? &search->in->in->functions.data[op->call->function]
                                               : NULL;
        if (!callee || op->call->args.data[0] != place ||
            !(callee->is_const_method || callee->kind == IR_FUNCTION_DESTRUCTOR ||
              (callee->kind == IR_FUNCTION_CONSTRUCTOR && op->call->args.len == 1)))
            return true;
    }
    return false;
}

bool kept_is_changed_unseen(const struct engine *engine, const struct kept_uses *uses,
                            struct kept_place place, const bool *walked)
{
    return is_unwalked(engine, uses, place, walked, changes);
}

static bool is_set_unseen(const struct engine *engine, const struct kept_uses *uses,
                          struct kept_place place, const bool *walked, struct kept_constants *found)
{
    const struct program *program = &engine->program;
    for (uint32_t u = 0; u < program->unit_count; u++)
        if ((place.unit == MAP_NONE || place.unit == u) && is_initialised(program->units[u], place))
            return true;
    if (!place.record)
        return some_use_is_unseen(engine, uses, static_key(place.name), place, walked, found);
    return some_use_is_unseen(engine, uses, member_key(place.record, place.name), place, walked,
                              found) ||
           some_use_is_unseen(engine, uses, member_key(NULL, place.name), place, walked, found);
}

bool kept_is_set_unseen(const struct engine *engine, const struct kept_uses *uses,
                        struct kept_place place, const bool *walked)
{
    return is_set_unseen(engine, uses, place, walked, NULL);
}

bool kept_only_constants(const struct engine *engine, const struct kept_uses *uses,
                         struct kept_place place, struct kept_constants *found)
{
    found->count = 0;
    return !is_set_unseen(engine, uses, place, NULL, found) && found->count;
}

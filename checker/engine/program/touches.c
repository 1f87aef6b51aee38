/* What a body changes, as its text says. A thread that fills a queue and reads a buffer leaves the
 * buffer as it is; so the members are told apart that the body, or what it calls, only reads. What
 * it reads and hands on counts where anything in all of that releases, registers or unregisters
 * memory, or is out of sight. */
#include "engine/program/touches.h"

#include "engine/program/callee.h"
#include "engine/program/flow_effects.h"

#include <string.h>

enum { MOST_FUNCTIONS = 256 };

/* What becomes of a value in a function: it is written through, handed on; or, of a container's
 * address, where its elements lie is. */
enum { WRITTEN = 1, GIVEN = 2, LENT = 4 };

struct pass {
    struct arena *arena;
    const struct program *program;
    const struct model_set *models;
    struct map seen;
    number_list waiting;
    struct touches found;
    struct name_set read; /* members whose pointers are handed on */
    bool acts;            /* on memory, or hands it to code out of sight */
    bool calls_back;
    /* of the function that is looked at */
    const struct program_function *here;
    uint8_t *uses; /* [op] */
    bool grew;     /* what is known of these */
};

static void visit(struct pass *pass, uint32_t number)
{
    const struct program_function *function = &pass->program->functions.data[number];
    if (map_get_u64(&pass->seen, number) != MAP_NONE)
        return;
    if (!function->flow || pass->waiting.len == MOST_FUNCTIONS) {
        pass->found.anything = true;
        return;
    }
    map_set_u64(&pass->seen, number, 1);
    vec_push(pass->arena, &pass->waiting, number);
}

static void use(struct pass *pass, ir_value value, unsigned how)
{
    if (value == IR_NONE || (pass->uses[value] | how) == pass->uses[value])
        return;
    pass->uses[value] |= (uint8_t)how;
    pass->grew = true;
}

static void use_all(struct pass *pass, const struct ir_call *call, unsigned how)
{
    for (size_t i = 0; i < call->args.len; i++)
        use(pass, call->args.data[i], how);
}

static const struct ir_type *type_of(const struct pass *pass, ir_id type)
{
    return type == IR_NONE ? NULL : &pass->here->in->types.data[type];
}

static const struct ir_record *record_of(const struct pass *pass, const struct ir_type *type)
{
    return type && type->kind == IR_TYPE_RECORD && type->record != IR_NONE
               ? &pass->here->in->records.data[type->record]
               : NULL;
}

/* What the value points or refers to. */
static const struct ir_type *pointed(const struct pass *pass, ir_value value)
{
    const struct ir_type *type = type_of(pass, pass->here->ir->ops.data[value].type);
    return type && (type->kind == IR_TYPE_POINTER || type->kind == IR_TYPE_REFERENCE)
               ? type_of(pass, type->element)
               : NULL;
}

/* ---- calls of what can be called ---- */

/* Whatever the program makes a pointer to, or a closure of. */
static void visit_called_back(struct pass *pass)
{
    if (pass->calls_back)
        return;
    pass->calls_back = true;
    for (uint32_t i = 0; i < pass->program->functions.len; i++) {
        const struct program_function *function = &pass->program->functions.data[i];
        if (function->flow && (function->ir->kind == IR_FUNCTION_LAMBDA ||
                               (function->is_address_taken && !function->ir->is_device_only)))
            visit(pass, i);
    }
}

static bool visit_call_operator(struct pass *pass, const struct ir_record *record)
{
    bool found = false;
    for (size_t i = 0; i < record->methods.len; i++) {
        if (strcmp(pass->here->in->functions.data[record->methods.data[i]].name, "operator()") != 0)
            continue;
        visit(pass, program_number(pass->program, pass->here->unit, record->methods.data[i]));
        found = true;
    }
    return found;
}

/* The callee runs the argument if that is a body. */
static void visit_body(struct pass *pass, ir_value argument)
{
    const struct ir_op *op = ir_behind_casts(pass->here->ir, argument);
    const struct ir_type *type = pointed(pass, argument);
    const struct ir_record *record = record_of(pass, type);
    const struct model_container *container =
        record ? models_container(pass->models, record->name) : NULL;
    if (op->code == IR_ADDR_FUNCTION)
        visit(pass, program_number(pass->program, pass->here->unit, op->aux));
    else if ((container && container->storage == MODEL_STORAGE_CALLABLE) ||
             (type && type->kind == IR_TYPE_FUNCTION))
        visit_called_back(pass);
    else if (record && !record->in_system_header)
        visit_call_operator(pass, record);
}

static void visit_bodies(struct pass *pass, const struct ir_call *call)
{
    for (size_t i = 0; i < call->args.len; i++)
        visit_body(pass, call->args.data[i]);
}

/* ---- what ends with a container's elements ---- */

enum { MAX_NESTING = 6 };

static void visit_end(struct pass *pass, ir_id type, int depth)
{
    const struct ir_type *t = type_of(pass, type);
    while (t && t->kind == IR_TYPE_ARRAY)
        t = type_of(pass, t->element);
    const struct ir_record *record = record_of(pass, t);
    if (!record || depth > MAX_NESTING)
        return;
    if (record->destructor != IR_NONE && !record->in_system_header)
        visit(pass, program_number(pass->program, pass->here->unit, record->destructor));
    if (!record->in_system_header)
        visit_call_operator(pass, record); /* a deleter */
    for (size_t i = 0; i < record->arguments.len; i++) {
        const struct ir_type *argument = type_of(pass, record->arguments.data[i]);
        if (argument && argument->kind == IR_TYPE_POINTER && argument->element != IR_NONE &&
            type_of(pass, argument->element)->kind == IR_TYPE_FUNCTION)
            visit_called_back(pass);
        visit_end(pass, record->arguments.data[i], depth + 1);
    }
}

/* ---- calls ---- */

/* Does the model's function only read and write the bytes that its arguments lead to? */
static bool only_fills(const struct model_function *model)
{
    for (size_t i = 0; i < model->effects.len; i++)
        switch (model->effects.data[i].kind) {
        case MODEL_FILLS:
        case MODEL_COPIES:
        case MODEL_REWRITES:
        case MODEL_RETURNS_ARG:
        case MODEL_STORES:
        case MODEL_FETCHES:
        case MODEL_UPDATES:
        case MODEL_CHECKS:
        case MODEL_WAITS:
        case MODEL_LOADS:
        case MODEL_QUERIES:
        case MODEL_READS_LAST_ERROR:
            break;
        default:
            return false;
        }
    return !model->keeps_arguments;
}

static void look_at_modelled(struct pass *pass, ir_value result, const struct ir_call *call,
                             const struct model_function *model)
{
    const struct model_effect *returned = models_effect(model, MODEL_RETURNS_ARG);
    if (returned && returned->pointer >= 0 && (size_t)returned->pointer < call->args.len)
        use(pass, call->args.data[returned->pointer], pass->uses[result]);
    if (callee_only_tells(model))
        return;
    if (only_fills(model)) {
        use_all(pass, call, WRITTEN);
        return;
    }
    use_all(pass, call, WRITTEN | GIVEN);
    pass->found.gives_away = true;
    pass->acts |=
        model->keeps_arguments || models_effect(model, MODEL_RELEASES) ||
        models_effect(model, MODEL_REALLOCATES) || models_effect(model, MODEL_REGISTERS) ||
        models_effect(model, MODEL_UNREGISTERS) || models_effect(model, MODEL_RESETS_DEVICE);
    if (models_effect(model, MODEL_CALLS) || models_effect(model, MODEL_UNPACKS) ||
        models_effect(model, MODEL_STARTS))
        visit_bodies(pass, call);
}

static void look_at_container(struct pass *pass, ir_value result, const struct ir_call *call,
                              const struct ir_function *callee,
                              const struct model_container *container)
{
    const struct model_method *method = models_method(container, callee->name);
    if (container->storage == MODEL_STORAGE_CALLABLE && method &&
        method->kind == MODEL_METHOD_CALL) {
        visit_called_back(pass);
        use_all(pass, call, GIVEN);
        use(pass, call->args.data[0], WRITTEN);
        pass->acts = true;
        return;
    }
    if (!(effects_of_own(container, callee) & ~(uint32_t)FLOW_ALLOCATES)) {
        const unsigned uses = pass->uses[result];
        if (call->args.len && pointed(pass, result)) /* what it gives lies in the container */
            use(pass, call->args.data[0],
                (uses & WRITTEN) | (uses & ~(unsigned)WRITTEN ? LENT : 0));
        for (size_t i = 1; i < call->args.len; i++)
            use(pass, call->args.data[i], WRITTEN | GIVEN);
        return;
    }
    use_all(pass, call, WRITTEN | GIVEN);
    pass->found.gives_away = true;
    if (callee->record != IR_NONE)
        for (size_t i = 0; i < pass->here->in->records.data[callee->record].arguments.len; i++)
            visit_end(pass, pass->here->in->records.data[callee->record].arguments.data[i], 0);
    pass->acts |= container->storage == MODEL_STORAGE_UNIQUE ||
                  container->storage == MODEL_STORAGE_SHARED ||
                  container->storage == MODEL_STORAGE_ANY;
}

/* An object that is handed over as a whole, `this` say: its members are anybody's. */
static bool is_whole_object(const struct pass *pass, ir_value argument)
{
    const struct ir_op *op = ir_behind_casts(pass->here->ir, argument);
    const struct ir_type *type = pointed(pass, argument);
    if (!type || type->is_const || op->code != IR_LOAD ||
        (type->kind != IR_TYPE_RECORD && type->kind != IR_TYPE_VOID))
        return false;
    return record_of(pass, type) == NULL || !record_of(pass, type)->in_system_header;
}

/* A function without a body. */
static void look_at_unseen(struct pass *pass, const struct ir_call *call,
                           const struct ir_function *callee)
{
    visit_bodies(pass, call);
    for (size_t i = 0; i < call->args.len; i++) {
        const struct ir_type *type = pointed(pass, call->args.data[i]);
        use(pass, call->args.data[i], type && type->is_const ? GIVEN : WRITTEN | GIVEN);
        const struct ir_op *op = ir_behind_casts(pass->here->ir, call->args.data[i]);
        bool is_asked = callee && callee->is_const_method && i == 0;
        if (!type || type->is_const || is_asked || type->kind == IR_TYPE_FUNCTION)
            continue;
        pass->acts |= op->code == IR_LOAD;
        pass->found.gives_away |= !callee || !callee->in_system_header;
        pass->found.anything |= is_whole_object(pass, call->args.data[i]);
    }
}

/* False: none is in sight. */
static bool visit_overriders(struct pass *pass, const struct ir_function *declared)
{
    bool found = false;
    for (uint32_t i = 0; i < pass->program->functions.len; i++) {
        const struct ir_function *other = pass->program->functions.data[i].ir;
        if (!other->is_virtual || !other->has_body || !callee_overrides(other, declared))
            continue;
        visit(pass, i);
        found = true;
    }
    return found;
}

static void look_at_call(struct pass *pass, ir_value result, const struct ir_call *call)
{
    const struct model_function *model = callee_model(pass->models, pass->here->in, call);
    use(pass, call->into, WRITTEN);
    if (model) {
        look_at_modelled(pass, result, call, model);
        return;
    }
    if (call->function == IR_NONE) {
        visit_called_back(pass);
        look_at_unseen(pass, call, NULL);
        return;
    }
    uint32_t number = program_number(pass->program, pass->here->unit, call->function);
    const struct program_function *callee = &pass->program->functions.data[number];
    const struct model_container *container = callee_container(pass->models, callee);
    if (container) {
        look_at_container(pass, result, call, &pass->here->in->functions.data[call->function],
                          container);
        return;
    }
    const bool is_seen = callee->ir->has_body && !callee->ir->in_system_header;
    if (is_seen)
        visit(pass, number);
    if ((call->is_virtual && visit_overriders(pass, callee->ir)) || is_seen)
        use_all(pass, call, WRITTEN | GIVEN);
    else
        look_at_unseen(pass, call, callee->ir);
}

/* ---- a function ---- */

/* What becomes of the operands, as what becomes of the result says. */
static void look_at_op(struct pass *pass, ir_value value)
{
    const struct ir_op *op = &pass->here->ir->ops.data[value];
    switch (op->code) {
    case IR_FIELD:
    case IR_INDEX:
    case IR_CAST:
    case IR_BINARY:
        use(pass, op->a, pass->uses[value]);
        use(pass, op->code == IR_BINARY ? op->b : IR_NONE, pass->uses[value]);
        break;
    case IR_STORE:
        use(pass, op->a, WRITTEN);
        use(pass, op->b, GIVEN);
        break;
    case IR_COPY:
    case IR_ZERO:
        use(pass, op->a, WRITTEN);
        use(pass, op->b, GIVEN);
        break;
    case IR_CALL:
        look_at_call(pass, value, op->call);
        break;
    case IR_HAVOC:
        pass->found.anything |= op->call != NULL;
        break;
    default:
        break;
    }
}

/* A pointer, or what may hold one, is put somewhere else than in a local. */
static bool is_kept(const struct pass *pass, const struct ir_op *op)
{
    const struct ir_op *ops = pass->here->ir->ops.data;
    const struct ir_type *stored = op->code == IR_STORE ? type_of(pass, ops[op->b].type) : NULL;
    if (op->code != IR_COPY && (!stored || stored->kind != IR_TYPE_POINTER))
        return false;
    ir_value address = op->a;
    while (ops[address].code == IR_FIELD || ops[address].code == IR_INDEX ||
           ops[address].code == IR_CAST)
        address = ops[address].a;
    return ops[address].code != IR_ADDR_LOCAL;
}

/* The member that the address is one of, or lies in. */
static void note_member(struct pass *pass, struct name_set *set, ir_value address)
{
    while (address != IR_NONE) {
        const struct ir_op *op = &pass->here->ir->ops.data[address];
        if (op->code != IR_FIELD && op->code != IR_INDEX && op->code != IR_CAST)
            return;
        name_set_add(set, name_of_op(pass->here->in, op));
        address = op->a;
    }
}

static void note_uses(struct pass *pass, ir_value value)
{
    const struct ir_op *op = &pass->here->ir->ops.data[value];
    const bool is_member = op->code == IR_FIELD && (pass->uses[value] & (WRITTEN | GIVEN));
    pass->found.gives_away |= (is_member && (pass->uses[value] & GIVEN)) || is_kept(pass, op);
    pass->found.keeps |= is_member;
    if (is_member)
        name_set_add(&pass->found.changed, name_of_op(pass->here->in, op));
    else if (op->code == IR_FIELD && pass->uses[value])
        name_set_add(&pass->read, name_of_op(pass->here->in, op));
    if (op->code == IR_LOAD && (pass->uses[value] & GIVEN))
        note_member(pass, &pass->read, op->a);
}

static void look_at(struct pass *pass, const struct program_function *function)
{
    const struct ir_function *ir = function->ir;
    pass->here = function;
    pass->uses = arena_new_array(pass->arena, ir->ops.len + 1, uint8_t);
    pass->found.anything |= ir->is_coroutine || ir->degraded.len > 0;
    for (size_t b = 0; b < ir->blocks.len; b++)
        if (ir->blocks.data[b].terminator == IR_RETURN)
            use(pass, ir->blocks.data[b].value, GIVEN);
    for (pass->grew = true; pass->grew;) {
        pass->grew = false;
        for (ir_value v = (ir_value)ir->ops.len; v-- > 0;)
            look_at_op(pass, v);
    }
    for (ir_value v = 0; v < ir->ops.len; v++)
        note_uses(pass, v);
}

struct touches touches_of(struct arena *arena, const struct program *program,
                          const struct model_set *models, uint32_t number)
{
    struct pass pass = {.arena = arena, .program = program, .models = models};
    pass.seen.arena = arena;
    visit(&pass, number);
    for (size_t i = 0; i < pass.waiting.len && !pass.found.anything; i++)
        look_at(&pass, &program->functions.data[pass.waiting.data[i]]);
    pass.found.gives_away |= pass.found.anything;
    pass.found.keeps |= pass.found.gives_away;
    if (pass.acts)
        name_set_unite(&pass.found.changed, &pass.read);
    return pass.found;
}

/* Calls: into bodies in sight, through models, and into the dark. */
#include "engine/internal.h"

#include <string.h>

static const struct ir_op *op_here(const struct engine *engine, const struct state *state,
                                   ir_id op_id)
{
    return &context_function(engine, state->context)->ir->ops.data[op_id];
}

static struct invocation invocation_of(struct engine *engine, struct state *state, ir_id op_id)
{
    const struct program_function *here = context_function(engine, state->context);
    const struct ir_op *op = &here->ir->ops.data[op_id];
    struct invocation invocation = {.op_id = op_id,
                                    .op = op,
                                    .unit = here->in,
                                    .site = site_of_op(engine, state, op_id),
                                    .into = VALUE_NONE,
                                    .is_discarded = op->call->is_discarded};
    if (op->call->into != IR_NONE)
        invocation.into = operand(engine, state, op->call->into);
    for (size_t i = 0; i < op->call->args.len && i < MAX_ARGS; i++) {
        invocation.args[i] = operand(engine, state, op->call->args.data[i]);
        invocation.types[i] = here->ir->ops.data[op->call->args.data[i]].type;
        invocation.count = i + 1;
    }
    return invocation;
}

/* ---- entering and leaving bodies ---- */

static void bind(struct engine *engine, struct state *state, context_id context,
                 const struct program_function *callee, const struct invocation *invocation)
{
    for (ir_id i = 0; i < callee->ir->param_count; i++) {
        ir_id type = callee->ir->locals.data[i].type;
        value_id address = memory_local(engine, context, i);
        state->blocks = pmap_remove(engine->arena, state->blocks, address);
        bool is_record = type != IR_NONE && callee->in->types.data[type].kind == IR_TYPE_RECORD;
        if (i >= invocation->count) {
            memory_havoc(engine, state, address, context);
            continue;
        }
        if (is_record)
            memory_copy(engine, state, address, invocation->args[i], 0);
        else
            state->store = pmap_set(engine->arena, state->store, address, invocation->args[i]);
    }
    if ((callee->flow->all & ~(uint32_t)FLOW_LEAVES) == 0)
        return; /* what follows "..." is only printed */
    for (size_t i = callee->ir->param_count; i < invocation->count; i++)
        escape_reachable(engine, state, invocation->args[i], context);
}

static enum step enter(struct engine *engine, struct state *state,
                       const struct invocation *invocation, uint32_t function)
{
    const struct program_function *callee = &engine->program.functions.data[function];
    context_id context = context_enter(engine, state->context, function, invocation->op_id);
    bind(engine, state, context, callee, invocation);
    if (invocation->count)
        dynamic_type_note(engine, state, callee, invocation->args[0]);
    state->context = context;
    state->block = 0;
    state->next = 0;
    return STEP_MOVED;
}

/* A parameter passed by value, or what alloca gave in this frame. */
static bool dies_with_frame(struct engine *engine, struct state *state, value_id base)
{
    struct block block;
    if (block_get(engine, state, base, &block) && block.memory == PROVENANCE_ALLOCA)
        return block.allocated != SITE_NONE &&
               site_at(engine, block.allocated)->context == state->context;
    const struct value *value = value_at(&engine->values, base);
    if (value->kind != VALUE_ADDRESS)
        return false;
    const struct region *region = region_at(&engine->values, value->a);
    return region->kind == REGION_LOCAL && region->a == state->context;
}

void call_release_frame(struct engine *engine, struct state *state, site_id at)
{
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);) {
        value_id base = registration_at(engine, key)->block;
        if (dies_with_frame(engine, state, base))
            release_block(engine, state, at, base, RELEASE_SCOPE, 0, NULL, NULL, NULL);
    }
}

void call_resume(struct engine *engine, struct state *state, const struct context *left)
{
    state->context = left->parent;
    const struct flow *flow = context_function(engine, left->parent)->flow;
    state->block = flow->block_of[left->call_op];
    state->next = flow->index_of[left->call_op] + 1;
}

static uint64_t record_size(const struct program_function *callee)
{
    uint64_t size = callee->in->types.data[callee->ir->result_type].size;
    return size == IR_SIZE_UNKNOWN ? 0 : size;
}

/* The caller drops what a wrapper says: that it failed. A call whose status is not tested is taken
 * to have succeeded, and so is one through a function. */
static bool is_dropped_failure(struct engine *engine, const struct state *state,
                               const struct program_function *callee, const struct ir_op *op,
                               value_id result)
{
    ir_id type = callee->ir->result_type;
    if (!op->call || !op->call->is_discarded || result == VALUE_NONE || type == IR_NONE ||
        !(callee->flow->all & (FLOW_REGISTERS | FLOW_UNREGISTERS)))
        return false;
    int64_t number;
    enum ir_type_kind kind = callee->in->types.data[type].kind;
    const struct symbol *symbol = symbol_of(&engine->values, result);
    if (kind == IR_TYPE_ENUM || (symbol && symbol->kind == SYMBOL_STATUS))
        return decide(engine, state, result) == TRUTH_TRUE;
    return kind == IR_TYPE_INT && value_is_int(&engine->values, result, &number) && number < 0;
}

enum step call_return(struct engine *engine, struct state *state, value_id result)
{
    struct context left = *context_at(engine, state->context);
    const struct program_function *callee = context_function(engine, state->context);
    call_release_frame(engine, state, site_of_terminator(engine, state));
    if (left.parent == CONTEXT_NONE) {
        path_ends(engine, state, result, strcmp(callee->ir->qualified, "main") == 0);
        return STEP_ENDED;
    }
    context_id inner = state->context;
    call_resume(engine, state, &left);
    const struct ir_op *op = op_here(engine, state, left.call_op);
    if (is_dropped_failure(engine, state, callee, op, result))
        return STEP_ENDED;
    bool is_record = callee->ir->result_type != IR_NONE &&
                     callee->in->types.data[callee->ir->result_type].kind == IR_TYPE_RECORD;
    if (is_record && op->call && op->call->into != IR_NONE) {
        value_id into = operand(engine, state, op->call->into);
        if (result != VALUE_NONE)
            memory_copy(engine, state, into, result, record_size(callee));
        result = into;
    }
    memory_leave(engine, state, inner, result);
    dynamic_type_return(engine, state, callee);
    if (result == VALUE_NONE)
        result = unknown_result(engine, state, left.call_op);
    if (op->call && op->call->is_discarded)
        status_discard(engine, state, result, site_of_op(engine, state, left.call_op));
    if (op->code == IR_CALL)
        set_result(engine, state, left.call_op, result);
    ends_continue(engine, state, left.call_op);
    return STEP_MOVED;
}

/* ---- the dark ---- */

static bool points_to_constant(const struct ir_unit *unit, ir_id type)
{
    if (type == IR_NONE)
        return false;
    const struct ir_type *t = &unit->types.data[type];
    bool is_pointer = t->kind == IR_TYPE_POINTER || t->kind == IR_TYPE_REFERENCE;
    return is_pointer && t->element != IR_NONE && unit->types.data[t->element].is_const;
}

/* Types are numbered by unit: what the callee's declaration says is of the unit `in`. */
static bool is_reference(const struct invocation *invocation, const struct ir_unit *in,
                         const struct ir_function *callee, size_t index)
{
    const struct ir_unit *unit = invocation->unit;
    ir_id type = invocation->types[index];
    if (callee && index < callee->param_types.len) {
        type = callee->param_types.data[index];
        unit = in;
    }
    return type != IR_NONE && unit->types.data[type].kind == IR_TYPE_REFERENCE;
}

void call_keep(struct engine *engine, struct state *state, const struct invocation *invocation,
               const struct ir_unit *in, const struct ir_function *callee, size_t index)
{
    value_id argument = invocation->args[index];
    if (!is_reference(invocation, in, callee, index)) {
        escape_reachable(engine, state, argument, hash_u64(((uint64_t)invocation->site << 8) | 17));
        return;
    }
    escape_contents(engine, state, argument);
}

void call_unknown(struct engine *engine, struct state *state, const struct invocation *invocation,
                  const struct ir_unit *in, const struct ir_function *callee, value_id *result)
{
    uint64_t salt = hash_u64(((uint64_t)invocation->site << 8) | 11);
    bool is_system = callee && callee->in_system_header;
    for (size_t i = 0; i < invocation->count; i++) {
        value_id argument = invocation->args[i];
        bool constant = points_to_constant(invocation->unit, invocation->types[i]) ||
                        (callee && i < callee->param_types.len &&
                         points_to_constant(in, callee->param_types.data[i]));
        if (is_system && iterator_is_handed(engine, state, invocation, i))
            continue;
        if (is_system && constant) {
            if (is_reference(invocation, in, callee, i))
                call_keep(engine, state, invocation, in, callee, i);
            continue; /* what a plain pointer to constants points to, it reads */
        }
        escape_reachable(engine, state, argument, salt);
    }
    if (!is_system)
        memory_havoc_all(engine, state, salt);
    if (invocation->into != VALUE_NONE) {
        shown_note(engine, state, invocation);
        memory_havoc(engine, state, invocation->into, salt);
        *result = invocation->into;
    }
}

/* ---- dispatch ---- */

struct invocation invocation_within(const struct invocation *cause)
{
    struct invocation inner = *cause;
    inner.count = 0;
    inner.into = VALUE_NONE;
    inner.is_discarded = false;
    return inner;
}

void invocation_add(struct invocation *invocation, value_id value, ir_id type)
{
    invocation->args[invocation->count] = value;
    invocation->types[invocation->count++] = type;
}

/* A first argument that is not written: the object of a call. */
static void insert_argument(struct invocation *invocation, value_id value, ir_id type)
{
    memmove(invocation->args + 1, invocation->args, invocation->count * sizeof invocation->args[0]);
    memmove(invocation->types + 1, invocation->types,
            invocation->count * sizeof invocation->types[0]);
    invocation->args[0] = value;
    invocation->types[0] = type;
    invocation->count++;
}

static bool has_loop(const struct flow *flow)
{
    for (ir_id b = 0; b < flow->block_count; b++)
        if (flow->is_loop_head[b])
            return true;
    return false;
}

/* Where the budget runs short it is not spent on bodies that only compute: what they do to memory
 * is as unknown then as what code out of sight does. */
static bool is_too_dear(const struct engine *engine, const struct program_function *callee)
{
    const uint32_t matters =
        FLOW_MEMORY | FLOW_RELEASES | FLOW_ALLOCATES | FLOW_LEAVES | FLOW_MAY_EXIT;
    return engine->steps > engine->limit / 4 && !(callee->flow->all & matters) &&
           (callee->flow->all & FLOW_WRITES) && has_loop(callee->flow);
}

enum step call_function(struct engine *engine, struct state *state,
                        const struct invocation *invocation, uint32_t function, value_id *result)
{
    const struct program_function *callee = &engine->program.functions.data[function];
    const struct model_function *model =
        callee_function_model(engine->models, callee->ir, invocation->count);
    if (model)
        return call_model(engine, state, invocation, model, result);
    struct invocation through_pointer;
    if (callee->ir->kind == IR_FUNCTION_LAMBDA && invocation->count < MAX_ARGS &&
        invocation->count + 1 == callee->ir->param_count) {
        through_pointer = *invocation; /* a closure without captures, as a function pointer */
        insert_argument(&through_pointer, 0, IR_NONE);
        invocation = &through_pointer;
    }
    if (callee->flow && !callee->ir->is_device_only &&
        context_at(engine, state->context)->depth < MAX_DEPTH &&
        !context_contains(engine, state->context, function) && !is_too_dear(engine, callee))
        return enter(engine, state, invocation, function);
    unwind_maybe(engine, state, callee->ir);
    call_unknown(engine, state, invocation, callee->in, callee->ir, result);
    bool over = callee->ir->is_noreturn;
    if (!callee->ir->has_body && !callee->ir->in_system_header &&
        flow_may_exit(engine->models, invocation->unit,
                      context_function(engine, state->context)->ir, invocation->op->call,
                      callee->ir))
        over |= walk_may_have_exited(engine, state);
    return over ? STEP_ENDED : STEP_NEXT;
}

/* The function that a call reaches, or MAP_NONE. */
static uint32_t target_of(struct engine *engine, struct state *state, struct invocation *invocation)
{
    const struct program_function *here = context_function(engine, state->context);
    const struct ir_call *call = invocation->op->call;
    if (call->function != IR_NONE && call->is_virtual && invocation->count)
        return dynamic_type_target(engine, state, &here->in->functions.data[call->function],
                                   &invocation->args[0]);
    if (call->function != IR_NONE)
        return call->is_virtual ? (uint32_t)MAP_NONE
                                : program_number(&engine->program, here->unit, call->function);
    if (call->callee == IR_NONE)
        return MAP_NONE;
    value_id callee = operand(engine, state, call->callee);
    const struct value *value = value_at(&engine->values, callee);
    if (value->kind != VALUE_ADDRESS)
        return MAP_NONE;
    const struct region *region = region_at(&engine->values, value->a);
    return region->kind == REGION_FUNCTION ? region->a : (uint32_t)MAP_NONE;
}

/* In a template's pattern a call of a member `action_()` shows the object only: where its class is
 * known by now and has an operator(), that is what is called. Makes the object the first argument.
 */
static uint32_t call_operator_of(struct engine *engine, struct state *state,
                                 struct invocation *invocation)
{
    const struct program_function *here = context_function(engine, state->context);
    const struct ir_call *call = invocation->op->call;
    if (call->function != IR_NONE || call->callee == IR_NONE || invocation->count == MAX_ARGS)
        return MAP_NONE;
    ir_id type = here->ir->ops.data[call->callee].type;
    if (type == IR_NONE || here->in->types.data[type].element == IR_NONE)
        return MAP_NONE;
    const struct ir_type *object = &here->in->types.data[here->in->types.data[type].element];
    if (object->kind != IR_TYPE_RECORD || object->record == IR_NONE)
        return MAP_NONE;
    const struct ir_record *record = &here->in->records.data[object->record];
    for (size_t i = 0; i < record->methods.len; i++) {
        if (strcmp(here->in->functions.data[record->methods.data[i]].name, "operator()") != 0)
            continue;
        insert_argument(invocation, operand(engine, state, call->callee), type);
        return program_number(&engine->program, here->unit, record->methods.data[i]);
    }
    return MAP_NONE;
}

/* The member function that a call in a template's pattern names: the only one of the object's class
 * with that name, which takes so many arguments. */
static uint32_t member_of_pattern(const struct engine *engine, const struct state *state,
                                  const struct invocation *invocation, const char *name,
                                  ir_id object)
{
    const struct program_function *here = context_function(engine, state->context);
    const struct ir_record *record = &here->in->records.data[here->in->types.data[object].record];
    ir_id found = IR_NONE;
    for (size_t i = 0; i < record->methods.len; i++) {
        const struct ir_function *method = &here->in->functions.data[record->methods.data[i]];
        if (strcmp(method->name, name) != 0 || method->is_static_method || method->is_virtual ||
            method->param_types.len != invocation->count)
            continue;
        if (found != IR_NONE)
            return MAP_NONE;
        found = record->methods.data[i];
    }
    return found == IR_NONE ? (uint32_t)MAP_NONE
                            : program_number(&engine->program, here->unit, found);
}

/* Plays the call of a container's method in a template's pattern; false: it is something else. */
static bool container_of_pattern(struct engine *engine, struct state *state,
                                 const struct invocation *invocation, const char *name,
                                 ir_id object, enum step *step, value_id *result)
{
    const struct ir_unit *unit = invocation->unit;
    const struct model_container *container =
        callee_container_of_type(engine->models, unit, object);
    const struct model_method *method = container ? models_method(container, name) : NULL;
    region_id region;
    value_id offset;
    if (!method || !value_as_address(&engine->values, invocation->args[0], &region, &offset))
        return false;
    *step = container_method(engine, state, invocation, container, method, unit,
                             &unit->records.data[unit->types.data[object].record], result);
    return true;
}

/* The library's own bases are no objects apart: what std::__shared_ptr holds, std::shared_ptr does.
 * (libclang 22 spells the way to the base out, older ones do not.) */
static value_id library_object(const struct engine *engine, value_id object)
{
    return object == VALUE_NONE ? VALUE_NONE
                                : value_around_bases(&engine->values, object, "(base) std::__");
}

static enum step dispatch(struct engine *engine, struct state *state, struct invocation *invocation,
                          value_id *result)
{
    const struct ir_call *call = invocation->op->call;
    uint32_t target = target_of(engine, state, invocation);
    if (target == MAP_NONE)
        target = call_operator_of(engine, state, invocation);
    ir_id object;
    const char *member =
        target != MAP_NONE
            ? NULL
            : callee_member_name(engine->arena, invocation->unit,
                                 context_function(engine, state->context)->ir, call, &object);
    enum step step;
    if (member && container_of_pattern(engine, state, invocation, member, object, &step, result))
        return step;
    if (member)
        target = member_of_pattern(engine, state, invocation, member, object);
    const struct model_function *model = target == MAP_NONE || call->function != IR_NONE
                                             ? callee_model(engine->models, invocation->unit, call)
                                             : NULL;
    if (model) {
        invocation->name = model->is_regex && call->function != IR_NONE
                               ? invocation->unit->functions.data[call->function].name
                               : model->name;
        return call_model(engine, state, invocation, model, result);
    }
    if (target == MAP_NONE) {
        const struct ir_function *declared =
            call->function == IR_NONE ? NULL : &invocation->unit->functions.data[call->function];
        unwind_maybe(engine, state, declared);
        call_unknown(engine, state, invocation, invocation->unit, declared, result);
        return STEP_NEXT;
    }
    const struct program_function *callee = &engine->program.functions.data[target];
    invocation->name = callee->ir->name;
    const struct model_container *container = callee_container(engine->models, callee);
    for (size_t i = 0; container && i < invocation->count; i++)
        invocation->args[i] = library_object(engine, invocation->args[i]);
    if (container)
        return container_call(engine, state, invocation, container, callee, result);
    return call_function(engine, state, invocation, target, result);
}

/* A call that takes a status together with an error's enumerator expects that error. */
static void note_expectations(struct engine *engine, const struct invocation *invocation)
{
    for (size_t i = 0; i < invocation->count; i++) {
        int64_t code;
        ir_id type = invocation->types[i];
        if (type == IR_NONE || invocation->unit->types.data[type].kind != IR_TYPE_ENUM ||
            !value_is_int(&engine->values, invocation->args[i], &code))
            continue;
        for (size_t j = 0; j < invocation->count; j++)
            status_expects(engine, invocation->args[j], code);
    }
}

enum step call_execute(struct engine *engine, struct state *state, ir_id op_id)
{
    struct invocation invocation = invocation_of(engine, state, op_id);
    note_expectations(engine, &invocation);
    for (size_t i = 0; i < invocation.count; i++) {
        value_id content;
        status_look(engine, state, invocation.args[i]);
        if (memory_peek(state, invocation.args[i], &content))
            status_look(engine, state, content); /* by reference */
    }
    value_id result = VALUE_NONE;
    value_id status = answers_given(engine, state, &invocation);
    enum step step = dispatch(engine, state, &invocation, &result);
    if (step != STEP_NEXT)
        return step;
    bool is_out_of_sight = result == VALUE_NONE || result == invocation.into;
    if (result == VALUE_NONE)
        result = question_answer(engine, state, &invocation);
    if (result == VALUE_NONE) {
        shown_note(engine, state, &invocation);
        result = unknown_result(engine, state, op_id);
    }
    if (is_out_of_sight)
        answers_note(engine, state, status, result, invocation.into != VALUE_NONE);
    if (invocation.is_discarded)
        status_discard(engine, state, result, invocation.site);
    set_result(engine, state, op_id, result);
    return STEP_NEXT;
}

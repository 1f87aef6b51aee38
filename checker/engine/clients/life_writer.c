#include "engine/clients/life_writer.h"

ir_value life_add(struct life *life, struct ir_op op)
{
    struct ir_function *function = life->function;
    op.loc = life->record->loc;
    vec_push(life->arena, &function->ops, op);
    ir_value value = (ir_value)function->ops.len - 1;
    vec_push(life->arena, &function->blocks.data[life->block].ops, value);
    return value;
}

/* That it is a pointer counts, not to what. */
static ir_value address_of(struct life *life, ir_id local)
{
    return life_add(life, (struct ir_op){.code = IR_ADDR_LOCAL,
                                         .aux = local,
                                         .type = life->pointer_type,
                                         .a = IR_NONE,
                                         .b = IR_NONE});
}

static ir_value load(struct life *life, ir_value address, ir_id type)
{
    return life_add(
        life,
        (struct ir_op){.code = IR_LOAD, .type = type, .a = address, .b = IR_NONE, .aux = IR_NONE});
}

void life_store(struct life *life, ir_value address, ir_value value)
{
    life_add(life,
             (struct ir_op){
                 .code = IR_STORE, .type = IR_NONE, .a = address, .b = value, .aux = IR_NONE});
}

ir_value life_address(struct life *life, ir_id object)
{
    if (life->making == LIFE_CONSTRUCTED)
        return address_of(life, object);
    return load(life, address_of(life, object), life->pointer_type);
}

static ir_id add_local(struct life *life, ir_id type, enum ir_local_kind kind)
{
    struct ir_local local = {.name = "", .type = type, .kind = kind, .loc = life->record->loc};
    vec_push(life->arena, &life->function->locals, local);
    return (ir_id)life->function->locals.len - 1;
}

ir_value life_parameter(struct life *life, ir_id local)
{
    ir_id type = life->function->locals.data[local].type;
    ir_value address = address_of(life, local);
    if (type != IR_NONE && life->unit->types.data[type].kind == IR_TYPE_RECORD)
        return address;
    return load(life, address, type);
}

ir_value life_call(struct life *life, ir_id callee, const ir_value *args, size_t count)
{
    struct ir_call *call = arena_new_object(life->arena, struct ir_call);
    call->function = callee;
    call->callee = IR_NONE;
    call->into = IR_NONE;
    for (size_t i = 0; i < count; i++) {
        vec_push(life->arena, &call->args, args[i]);
        vec_push(life->arena, &call->arg_locs, life->record->loc);
    }
    return life_add(life, (struct ir_op){.code = IR_CALL,
                                         .type = life->unit->functions.data[callee].result_type,
                                         .a = IR_NONE,
                                         .b = IR_NONE,
                                         .aux = IR_NONE,
                                         .call = call});
}

static void add_lifetime(struct life *life, enum ir_opcode code, ir_id local)
{
    life_add(life, (struct ir_op){
                       .code = code, .type = IR_NONE, .a = IR_NONE, .b = IR_NONE, .aux = local});
}

void life_take_parameter(struct life *life, ir_id type)
{
    add_local(life, type, IR_LOCAL_PARAM);
    vec_push(life->arena, &life->function->param_types, type);
    life->function->param_count = (uint32_t)life->function->locals.len;
}

static void take_parameters_from(struct life *life, const struct ir_function *callee, size_t first)
{
    for (size_t i = first; i < callee->param_count; i++)
        life_take_parameter(life, callee->param_types.data[i]);
}

void life_take_parameters(struct life *life, const struct ir_function *callee)
{
    take_parameters_from(life, callee, 1);
}

/* The first of the parameters that a client passes for the object to be made. */
static uint32_t first_written(const struct life *life)
{
    return life->making == LIFE_RETURNED || life->making == LIFE_STATIC ? 0 : 1;
}

static ir_id add_block(struct life *life)
{
    struct ir_block block = {
        .terminator = IR_RETURN, .value = IR_NONE, .unwind = IR_NONE, .loc = life->record->loc};
    vec_push(life->arena, &life->function->blocks, block);
    return (ir_id)life->function->blocks.len - 1;
}

bool life_begin(struct life *life, ir_id constructor, uint32_t objects)
{
    const struct ir_function *built_by =
        constructor == IR_NONE ? NULL : &life->unit->functions.data[constructor];
    struct ir_function *function = arena_new_object(life->arena, struct ir_function);
    if (built_by && (built_by->param_count > MAX_LIFE_PARAMETERS || built_by->is_variadic))
        return false;
    life->function = function;
    function->name = "";
    function->qualified = life->record->name;
    function->kind = IR_FUNCTION_FREE;
    function->record = IR_NONE;
    function->is_implicit = true;
    function->has_body = true;
    function->result_type = IR_NONE;
    function->loc = life->record->loc;
    function->end = life->record->loc;
    life->block = add_block(life);
    for (uint32_t object = 0; built_by && object < objects; object++)
        take_parameters_from(life, built_by, first_written(life));
    return true;
}

ir_id life_object(struct life *life)
{
    bool is_kept = life->making == LIFE_CONSTRUCTED;
    ir_id object = add_local(life, is_kept ? life->object_type : life->pointer_type, IR_LOCAL_AUTO);
    add_lifetime(life, IR_LIFETIME_BEGIN, object);
    return object;
}

ir_value life_call_with(struct life *life, ir_id object, ir_id callee, const ir_id *parameters)
{
    uint32_t count = life->unit->functions.data[callee].param_count - 1;
    ir_value args[MAX_LIFE_PARAMETERS];
    args[0] = life_address(life, object);
    for (uint32_t i = 0; i < count; i++)
        args[i + 1] = life_parameter(life, parameters[i]);
    return life_call(life, callee, args, count + 1);
}

ir_value life_call_on(struct life *life, ir_id object, ir_id callee, uint32_t first)
{
    ir_id parameters[MAX_LIFE_PARAMETERS];
    for (uint32_t i = 0; i < MAX_LIFE_PARAMETERS; i++)
        parameters[i] = first + i;
    return life_call_with(life, object, callee, parameters);
}

static ir_value zero(struct life *life)
{
    return life_add(life, (struct ir_op){.code = IR_CONST,
                                         .type = life->pointer_type,
                                         .a = IR_NONE,
                                         .b = IR_NONE,
                                         .aux = IR_NONE});
}

/* A client goes on where there is an object. */
static void go_on_if_made(struct life *life, ir_value result)
{
    if (life->success == LIFE_MADE_ALWAYS)
        return;
    enum ir_compare op = life->success == LIFE_MADE_IF_ZERO ? IR_EQ : IR_NE;
    ir_value none = zero(life);
    life_go_on_if(life, life_add(life, (struct ir_op){.code = IR_COMPARE,
                                                      .sub = (uint8_t)op,
                                                      .type = life->pointer_type,
                                                      .a = result,
                                                      .b = none,
                                                      .aux = IR_NONE}));
}

/* `place`: where it is to write the object's address, or IR_NONE. */
static ir_value call_maker(struct life *life, ir_id maker, ir_value place)
{
    const uint32_t first = first_written(life);
    const uint32_t written = life->unit->functions.data[maker].param_count - first;
    ir_value args[MAX_LIFE_PARAMETERS];
    if (first)
        args[0] = place;
    for (uint32_t i = 0; i < written; i++)
        args[first + i] = life_parameter(life, i);
    return life_call(life, maker, args, first + written);
}

/* By a function that allocates the object. */
static void make(struct life *life, ir_id object, ir_id maker)
{
    ir_value place = address_of(life, object);
    if (life->making == LIFE_RETURNED) {
        life_store(life, place, call_maker(life, maker, IR_NONE));
    } else {
        life_store(life, place, zero(life));
        go_on_if_made(life, call_maker(life, maker, place));
    }
    life_go_on_if(life, life_address(life, object));
}

ir_id life_construct(struct life *life, ir_id constructor, uint32_t number)
{
    if (life->making == LIFE_STATIC) {
        go_on_if_made(life, call_maker(life, constructor, IR_NONE));
        return IR_NONE;
    }
    ir_id object = life_object(life);
    if (life->making != LIFE_CONSTRUCTED)
        make(life, object, constructor);
    else if (constructor != IR_NONE)
        go_on_if_made(
            life, life_call_on(life, object, constructor,
                               number * (life->unit->functions.data[constructor].param_count - 1)));
    return object;
}

void life_go_on_if(struct life *life, ir_value value)
{
    const ir_id targets[] = {add_block(life), add_block(life)};
    struct ir_block *block = &life->function->blocks.data[life->block];
    block->terminator = IR_BRANCH;
    block->value = value;
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
        vec_push(life->arena, &block->targets, targets[i]);
    life->block = targets[0];
}

ir_value life_end(struct life *life, ir_id object)
{
    const ir_id destructor = life->record->destructor;
    if (life->making == LIFE_STATIC)
        return life_call(life, destructor, NULL, 0);
    ir_value address =
        life->ends_by_address ? address_of(life, object) : life_address(life, object);
    ir_value call = life_call(life, destructor, &address, 1);
    add_lifetime(life, IR_LIFETIME_END, object);
    return call;
}

struct program_function *life_finish(struct life *life, struct program *program, uint32_t unit)
{
    struct program_function entry = {.next = MAP_NONE,
                                     .unit = unit,
                                     .function = IR_NONE,
                                     .in = life->unit,
                                     .ir = life->function,
                                     .lived = life->record};
    vec_push(program->arena, &program->functions, entry);
    return &program->functions.data[program->functions.len - 1];
}

#include "engine/lifecycles.h"

#include "engine/callee.h"

#include <string.h>

/* The function being written. */
struct life {
    struct arena *arena;
    const struct ir_unit *unit;
    const struct ir_record *record;
    struct ir_function *function;
    ir_id object_type, pointer_type;
};

/* Can any client call it, and is all of it in sight? */
static bool is_usable(const struct ir_function *function)
{
    return function->has_body && !function->is_hidden && !function->is_template_pattern &&
           !function->in_system_header && !function->is_device_only && !function->degraded.len;
}

static bool is_transfer(const struct ir_unit *unit, const struct ir_function *function)
{
    return function->param_count == 2 && callee_takes_own_class(unit, function, 1);
}

/* ---- writing ---- */

static ir_value add_op(struct life *life, struct ir_op op)
{
    struct ir_function *function = life->function;
    op.loc = life->record->loc;
    vec_push(life->arena, &function->ops, op);
    ir_value value = (ir_value)function->ops.len - 1;
    vec_push(life->arena, &function->blocks.data[0].ops, value);
    return value;
}

static ir_value add_address(struct life *life, ir_id local)
{
    return add_op(life, (struct ir_op){.code = IR_ADDR_LOCAL,
                                       .aux = local,
                                       .type = life->pointer_type,
                                       .a = IR_NONE,
                                       .b = IR_NONE});
}

static ir_id add_local(struct life *life, ir_id type, enum ir_local_kind kind)
{
    struct ir_local local = {.name = "", .type = type, .kind = kind, .loc = life->record->loc};
    vec_push(life->arena, &life->function->locals, local);
    return (ir_id)life->function->locals.len - 1;
}

/* An argument that the caller of the whole passes. */
static ir_value pass_parameter(struct life *life, ir_id local)
{
    ir_id type = life->function->locals.data[local].type;
    ir_value address = add_address(life, local);
    if (type != IR_NONE && life->unit->types.data[type].kind == IR_TYPE_RECORD)
        return address;
    return add_op(
        life,
        (struct ir_op){.code = IR_LOAD, .type = type, .a = address, .b = IR_NONE, .aux = IR_NONE});
}

static void add_call(struct life *life, ir_id callee, const ir_value *args, size_t count)
{
    struct ir_call *call = arena_new_object(life->arena, struct ir_call);
    call->function = callee;
    call->callee = IR_NONE;
    call->into = IR_NONE;
    for (size_t i = 0; i < count; i++) {
        vec_push(life->arena, &call->args, args[i]);
        vec_push(life->arena, &call->arg_locs, life->record->loc);
    }
    add_op(life, (struct ir_op){.code = IR_CALL,
                                .type = life->unit->functions.data[callee].result_type,
                                .a = IR_NONE,
                                .b = IR_NONE,
                                .aux = IR_NONE,
                                .call = call});
}

static void add_lifetime(struct life *life, enum ir_opcode code, ir_id local)
{
    add_op(life,
           (struct ir_op){.code = code, .type = IR_NONE, .a = IR_NONE, .b = IR_NONE, .aux = local});
}

enum { MAX_PARAMETERS = 16 };

/* The callee's parameters behind the object become the function's own. */
static void take_parameters(struct life *life, const struct ir_function *callee)
{
    for (size_t i = 1; i < callee->param_count; i++) {
        ir_id type = callee->param_types.data[i];
        add_local(life, type, IR_LOCAL_PARAM);
        vec_push(life->arena, &life->function->param_types, type);
    }
    life->function->param_count = (uint32_t)life->function->locals.len;
}

/* A function with as many parameters as `objects` objects need, that are built by `constructor`;
 * IR_NONE: by none that anybody wrote. */
static bool begin(struct life *life, ir_id constructor, uint32_t objects)
{
    const struct ir_function *built_by =
        constructor == IR_NONE ? NULL : &life->unit->functions.data[constructor];
    struct ir_function *function = arena_new_object(life->arena, struct ir_function);
    if (built_by && (built_by->param_count > MAX_PARAMETERS || built_by->is_variadic))
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
    struct ir_block block = {
        .terminator = IR_RETURN, .value = IR_NONE, .unwind = IR_NONE, .loc = life->record->loc};
    vec_push(life->arena, &function->blocks, block);
    for (uint32_t object = 0; built_by && object < objects; object++)
        take_parameters(life, built_by);
    return true;
}

static ir_id add_object(struct life *life)
{
    ir_id object = add_local(life, life->object_type, IR_LOCAL_AUTO);
    add_lifetime(life, IR_LIFETIME_BEGIN, object);
    return object;
}

/* A member function of the object, with the parameters from `first` on. */
static void call_on(struct life *life, ir_id object, ir_id callee, uint32_t first)
{
    uint32_t count = life->unit->functions.data[callee].param_count - 1;
    ir_value args[MAX_PARAMETERS];
    args[0] = add_address(life, object);
    for (uint32_t i = 0; i < count; i++)
        args[i + 1] = pass_parameter(life, first + i);
    add_call(life, callee, args, count + 1);
}

/* Object number `number`, built by the constructor: its local. */
static ir_id construct(struct life *life, ir_id constructor, uint32_t number)
{
    ir_id object = add_object(life);
    if (constructor != IR_NONE)
        call_on(life, object, constructor,
                number * (life->unit->functions.data[constructor].param_count - 1));
    return object;
}

static void destroy(struct life *life, ir_id object)
{
    ir_value address = add_address(life, object);
    add_call(life, life->record->destructor, &address, 1);
    add_lifetime(life, IR_LIFETIME_END, object);
}

static void finish(struct life *life, struct program *program, uint32_t unit)
{
    struct program_function entry = {.next = MAP_NONE,
                                     .unit = unit,
                                     .function = IR_NONE,
                                     .in = life->unit,
                                     .ir = life->function};
    vec_push(program->arena, &program->functions, entry);
}

/* ---- what clients do ---- */

static void build_and_end(struct life *life, struct program *program, uint32_t unit,
                          ir_id constructor)
{
    if (!begin(life, constructor, 1))
        return;
    destroy(life, construct(life, constructor, 0));
    finish(life, program, unit);
}

static bool is_number(const struct life *life, const struct ir_field *field)
{
    const struct ir_type *type =
        field->type == IR_NONE ? NULL : &life->unit->types.data[field->type];
    return type && type->kind == IR_TYPE_INT && !type->is_const && !field->is_base;
}

/* A parameter for each member that is a number. */
static void take_numbers(struct life *life)
{
    for (size_t i = 0; i < life->record->fields.len; i++) {
        const struct ir_field *field = &life->record->fields.data[i];
        if (!is_number(life, field))
            continue;
        add_local(life, field->type, IR_LOCAL_PARAM);
        vec_push(life->arena, &life->function->param_types, field->type);
    }
    life->function->param_count = (uint32_t)life->function->locals.len;
}

/* Counts and sizes are what other calls have made of them by then; what says how the object works,
 * flags and pointers, is as it was constructed. */
static void set_numbers(struct life *life, ir_id object, uint32_t parameter)
{
    for (size_t i = 0; i < life->record->fields.len; i++) {
        const struct ir_field *field = &life->record->fields.data[i];
        if (!is_number(life, field))
            continue;
        ir_value address = add_op(life, (struct ir_op){.code = IR_FIELD,
                                                       .type = life->pointer_type,
                                                       .a = add_address(life, object),
                                                       .b = IR_NONE,
                                                       .aux = (ir_id)i,
                                                       .text = field->name,
                                                       .number = field->offset});
        add_op(life, (struct ir_op){.code = IR_STORE,
                                    .type = IR_NONE,
                                    .a = address,
                                    .b = pass_parameter(life, parameter++),
                                    .aux = IR_NONE});
    }
}

/* A member function may need others to run before it: rules say if that matters to them. */
static void use_and_end(struct life *life, struct program *program, uint32_t unit,
                        ir_id constructor, ir_id method)
{
    if (!begin(life, constructor, 1))
        return;
    uint32_t first = life->function->param_count;
    take_parameters(life, &life->unit->functions.data[method]);
    uint32_t counts = life->function->param_count;
    take_numbers(life);
    ir_id object = construct(life, constructor, 0);
    set_numbers(life, object, counts);
    call_on(life, object, method, first);
    destroy(life, object);
    finish(life, program, unit);
    struct program_function *made = &program->functions.data[program->functions.len - 1];
    made->is_use = true;
    made->used = program_number(program, unit, method);
}

/* T second(first), or second = first, by what the class itself defines for that. */
static void transfer_and_end(struct life *life, struct program *program, uint32_t unit,
                             ir_id constructor, ir_id transfer)
{
    bool assigns = life->unit->functions.data[transfer].kind != IR_FUNCTION_CONSTRUCTOR;
    if (!begin(life, constructor, assigns ? 2 : 1))
        return;
    ir_id first = construct(life, constructor, 0);
    ir_id second = assigns ? construct(life, constructor, 1) : add_object(life);
    ir_value to = add_address(life, second), from = add_address(life, first);
    add_call(life, transfer, (const ir_value[]){to, from}, 2);
    destroy(life, second);
    destroy(life, first);
    finish(life, program, unit);
}

/* Parts of it are not in sight: that is enough for those rules only that a use is enough for. */
static void build_and_end_in_part(struct life *life, struct program *program, uint32_t unit,
                                  ir_id constructor)
{
    size_t before = program->functions.len;
    build_and_end(life, program, unit, constructor);
    if (program->functions.len == before)
        return;
    program->functions.data[before].is_use = true;
    program->functions.data[before].used = MAP_NONE;
}

static void add_lives(struct life *life, struct program *program, uint32_t unit, ir_id constructor)
{
    build_and_end(life, program, unit, constructor);
    for (size_t m = 0; m < life->record->methods.len; m++) {
        ir_id method = life->record->methods.data[m];
        const struct ir_function *function = &life->unit->functions.data[method];
        if (!is_usable(function) || !is_transfer(life->unit, function))
            continue;
        if (function->kind == IR_FUNCTION_CONSTRUCTOR || strcmp(function->name, "operator=") == 0)
            transfer_and_end(life, program, unit, constructor, method);
    }
}

/* Classes that others are derived from: what they leave to these is not known of them alone. */
static void note_bases(const struct program *program, struct map *bases)
{
    for (uint32_t u = 0; u < program->unit_count; u++) {
        const struct ir_unit *unit = program->units[u];
        for (size_t r = 0; r < unit->records.len; r++)
            for (size_t f = 0; f < unit->records.data[r].fields.len; f++) {
                const struct ir_field *field = &unit->records.data[r].fields.data[f];
                ir_id type = field->is_base ? field->type : IR_NONE;
                ir_id base = type == IR_NONE ? IR_NONE : unit->types.data[type].record;
                if (base != IR_NONE)
                    map_set(bases, unit->records.data[base].key, 1);
            }
    }
}

/* Whose body the program uses, wherever it stands. */
static const struct ir_function *body_of(const struct program *program, uint32_t unit,
                                         ir_id function)
{
    return program->functions.data[program_number(program, unit, function)].ir;
}

/* Can any client call it; is enough of it in sight for what it surely does? */
static bool is_callable(const struct program *program, uint32_t unit, ir_id function)
{
    const struct ir_function *declared = &program->units[unit]->functions.data[function];
    const struct ir_function *body = body_of(program, unit, function);
    return !declared->is_hidden && !declared->is_variadic && declared->param_count > 0 &&
           declared->param_count <= MAX_PARAMETERS &&
           declared->param_types.len >= declared->param_count && body->has_body &&
           !body->is_template_pattern && !body->is_device_only && !body->in_system_header;
}

static bool is_candidate(const struct program *program, uint32_t u, const struct ir_record *record,
                         const struct map *bases)
{
    return !record->in_system_header && !record->is_lambda && !record->is_abstract &&
           record->destructor != IR_NONE && is_callable(program, u, record->destructor) &&
           map_get(bases, record->key) == MAP_NONE;
}

/* Only where the unit has the body that the program uses: each class once. */
static bool is_of_unit(const struct program *program, uint32_t unit, ir_id function)
{
    const struct program_function *entry =
        &program->functions.data[program_number(program, unit, function)];
    return entry->unit == unit && entry->function == function;
}

/* A member function of the unit that does something to its object. */
static bool is_used(const struct program *program, uint32_t unit, ir_id method)
{
    const struct ir_unit *in = program->units[unit];
    const struct ir_function *function = &in->functions.data[method];
    return function->kind == IR_FUNCTION_METHOD && !function->is_static_method &&
           !function->is_const_method && is_callable(program, unit, method) &&
           is_of_unit(program, unit, method) && !is_transfer(in, function);
}

static void add_uses(struct life *life, struct program *program, uint32_t unit, ir_id constructor)
{
    for (size_t m = 0; m < life->record->methods.len; m++)
        if (is_used(program, unit, life->record->methods.data[m]))
            use_and_end(life, program, unit, constructor, life->record->methods.data[m]);
}

/* What the member function's object is; false: that is not known. */
static bool set_object_type(struct life *life, const struct ir_function *member)
{
    ir_id pointer = member->param_types.len ? member->param_types.data[0] : IR_NONE;
    if (pointer == IR_NONE || life->unit->types.data[pointer].element == IR_NONE)
        return false;
    life->pointer_type = pointer;
    life->object_type = life->unit->types.data[pointer].element;
    return true;
}

static void add_class(struct program *program, uint32_t unit, const struct ir_record *record)
{
    const struct ir_unit *in = program->units[unit];
    struct life life = {.arena = program->arena, .unit = in, .record = record};
    bool ends_here = is_usable(&in->functions.data[record->destructor]);
    bool has_constructor = false;
    for (size_t m = 0; m < record->methods.len; m++) {
        ir_id method = record->methods.data[m];
        const struct ir_function *function = &in->functions.data[method];
        if (function->kind != IR_FUNCTION_CONSTRUCTOR || is_transfer(in, function))
            continue;
        has_constructor = true;
        if (!set_object_type(&life, function))
            continue;
        bool is_whole = ends_here && is_usable(function);
        if (is_whole && is_of_unit(program, unit, method))
            add_lives(&life, program, unit, method);
        if (!is_callable(program, unit, method))
            continue;
        if (!is_whole && is_of_unit(program, unit, method))
            build_and_end_in_part(&life, program, unit, method);
        add_uses(&life, program, unit, method);
    }
    if (!has_constructor && set_object_type(&life, &in->functions.data[record->destructor]))
        add_uses(&life, program, unit, IR_NONE);
}

void lifecycles_add(struct program *program)
{
    struct map bases = {.arena = program->arena};
    note_bases(program, &bases);
    for (uint32_t u = 0; u < program->unit_count; u++) {
        const struct ir_unit *unit = program->units[u];
        for (size_t r = 0; r < unit->records.len; r++)
            if (is_candidate(program, u, &unit->records.data[r], &bases))
                add_class(program, u, &unit->records.data[r]);
    }
}

bool lifecycles_is(const struct program_function *function)
{
    return function->function == IR_NONE;
}

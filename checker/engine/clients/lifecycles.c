#include "engine/clients/lifecycles.h"

#include "engine/clients/life_writer.h"
#include "engine/program/callee.h"

#include <string.h>

bool lifecycles_may_call(const struct ir_function *function)
{
    return function->has_body && !function->is_hidden && !function->is_template_pattern &&
           !function->in_system_header && !function->is_device_only && !function->degraded.len;
}

bool lifecycles_transfers(const struct ir_unit *unit, const struct ir_function *function)
{
    return function->param_count == 2 && callee_takes_own_class(unit, function, 1);
}

/* ---- what clients do ---- */

struct program_function *lifecycles_build_and_end(struct life *life, struct program *program,
                                                  uint32_t unit, ir_id constructor)
{
    if (!life_begin(life, constructor, 1))
        return NULL;
    life_end(life, life_construct(life, constructor, 0));
    return life_finish(life, program, unit);
}

/* Whose body the program uses, wherever it stands. */
static const struct ir_function *body_of(const struct program *program, uint32_t unit,
                                         ir_id function)
{
    return program->functions.data[program_number(program, unit, function)].ir;
}

static bool is_number(const struct life *life, const struct ir_field *field)
{
    const struct ir_type *type =
        field->type == IR_NONE ? NULL : &life->unit->types.data[field->type];
    return type && type->kind == IR_TYPE_INT && !type->is_const && !field->is_base;
}

/* Does the constructor itself leave 0 there, and nothing else? */
static bool is_zeroed(const struct ir_function *constructor, const char *name)
{
    bool is_zero = false;
    for (size_t i = 0; i < constructor->ops.len; i++) {
        const struct ir_op *store = &constructor->ops.data[i];
        if (store->code != IR_STORE || store->a == IR_NONE || store->b == IR_NONE)
            continue;
        const struct ir_op *place = &constructor->ops.data[store->a];
        if (place->code != IR_FIELD || !place->text || strcmp(place->text, name) != 0)
            continue;
        const struct ir_op *value = &constructor->ops.data[store->b];
        if (value->code != IR_CONST || value->number != 0)
            return false;
        is_zero = true;
    }
    return is_zero;
}

/* A count or a size that is not known yet. What was given to the constructor, or is no 0, may say
 * how the object works. */
static bool is_open_number(const struct life *life, const struct ir_function *constructor,
                           const struct ir_field *field)
{
    return constructor && is_number(life, field) && is_zeroed(constructor, field->name);
}

/* A parameter for each such member. */
static void take_numbers(struct life *life, const struct ir_function *constructor)
{
    for (size_t i = 0; i < life->record->fields.len; i++) {
        const struct ir_field *field = &life->record->fields.data[i];
        if (!is_open_number(life, constructor, field))
            continue;
        life_take_parameter(life, field->type);
    }
}

/* They are what other calls have made of them by then. All else, flags and pointers above all, is
 * as it was constructed. */
static void set_numbers(struct life *life, const struct ir_function *constructor, ir_id object,
                        uint32_t parameter)
{
    for (size_t i = 0; i < life->record->fields.len; i++) {
        const struct ir_field *field = &life->record->fields.data[i];
        if (!is_open_number(life, constructor, field))
            continue;
        ir_value address = life_add(life, (struct ir_op){.code = IR_FIELD,
                                                         .type = life->pointer_type,
                                                         .a = life_address(life, object),
                                                         .b = IR_NONE,
                                                         .aux = (ir_id)i,
                                                         .text = field->name,
                                                         .number = field->offset});
        life_store(life, address, life_parameter(life, parameter++));
    }
}

/* A member function may need others to run before it: rules say if that matters to them. */
static void use_and_end(struct life *life, struct program *program, uint32_t unit,
                        ir_id constructor, ir_id method)
{
    if (!life_begin(life, constructor, 1))
        return;
    uint32_t first = life->function->param_count;
    life_take_parameters(life, &life->unit->functions.data[method]);
    uint32_t counts = life->function->param_count;
    const struct ir_function *built_by =
        constructor == IR_NONE ? NULL : body_of(program, unit, constructor);
    take_numbers(life, built_by);
    ir_id object = life_construct(life, constructor, 0);
    set_numbers(life, built_by, object, counts);
    life_call_on(life, object, method, first);
    life_end(life, object);
    struct program_function *made = life_finish(life, program, unit);
    made->is_use = true;
    made->used = program_number(program, unit, method);
}

/* T second(first), or second = first, by what the class itself defines for that. */
static void transfer_and_end(struct life *life, struct program *program, uint32_t unit,
                             ir_id constructor, ir_id transfer)
{
    bool assigns = life->unit->functions.data[transfer].kind != IR_FUNCTION_CONSTRUCTOR;
    if (!life_begin(life, constructor, assigns ? 2 : 1))
        return;
    ir_id first = life_construct(life, constructor, 0);
    ir_id second = assigns ? life_construct(life, constructor, 1) : life_object(life);
    ir_value to = life_address(life, second), from = life_address(life, first);
    life_call(life, transfer, (const ir_value[]){to, from}, 2);
    life_end(life, second);
    life_end(life, first);
    life_finish(life, program, unit);
}

/* Parts of it are not in sight: that is enough for those rules only that a use is enough for. */
static void build_and_end_in_part(struct life *life, struct program *program, uint32_t unit,
                                  ir_id constructor)
{
    struct program_function *made = lifecycles_build_and_end(life, program, unit, constructor);
    if (!made)
        return;
    made->is_use = true;
    made->used = MAP_NONE;
}

static void add_lives(struct life *life, struct program *program, uint32_t unit, ir_id constructor)
{
    lifecycles_build_and_end(life, program, unit, constructor);
    for (size_t m = 0; m < life->record->methods.len; m++) {
        ir_id method = life->record->methods.data[m];
        const struct ir_function *function = &life->unit->functions.data[method];
        if (!lifecycles_may_call(function) || !lifecycles_transfers(life->unit, function))
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
                ir_id base = ir_base_class(unit, &unit->records.data[r].fields.data[f]);
                if (base != IR_NONE)
                    map_set(bases, unit->records.data[base].key, 1);
            }
    }
}

/* Can any client call it; is enough of it in sight for what it surely does? */
static bool is_callable(const struct program *program, uint32_t unit, ir_id function)
{
    const struct ir_function *declared = &program->units[unit]->functions.data[function];
    const struct ir_function *body = body_of(program, unit, function);
    return !declared->is_hidden && !declared->is_variadic && declared->param_count > 0 &&
           declared->param_count <= MAX_LIFE_PARAMETERS &&
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

bool lifecycles_is_of_unit(const struct program *program, uint32_t unit, ir_id function)
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
           lifecycles_is_of_unit(program, unit, method) && !lifecycles_transfers(in, function);
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

static void add_class(struct program *program, uint32_t unit, const struct ir_record *record,
                      life_visitor *nobody)
{
    (void)nobody;
    const struct ir_unit *in = program->units[unit];
    struct life life = {.arena = program->arena, .unit = in, .record = record};
    bool ends_here = lifecycles_may_call(&in->functions.data[record->destructor]);
    bool has_constructor = false;
    for (size_t m = 0; m < record->methods.len; m++) {
        ir_id method = record->methods.data[m];
        const struct ir_function *function = &in->functions.data[method];
        if (function->kind != IR_FUNCTION_CONSTRUCTOR || lifecycles_transfers(in, function))
            continue;
        has_constructor = true;
        if (!set_object_type(&life, function))
            continue;
        bool is_whole = ends_here && lifecycles_may_call(function);
        if (is_whole && lifecycles_is_of_unit(program, unit, method))
            add_lives(&life, program, unit, method);
        if (!is_callable(program, unit, method))
            continue;
        if (!is_whole && lifecycles_is_of_unit(program, unit, method))
            build_and_end_in_part(&life, program, unit, method);
        add_uses(&life, program, unit, method);
    }
    if (!has_constructor && set_object_type(&life, &in->functions.data[record->destructor]))
        add_uses(&life, program, unit, IR_NONE);
}

typedef void class_visitor(struct program *program, uint32_t unit, const struct ir_record *record,
                           life_visitor *visitor);

static void visit_classes(struct program *program, class_visitor *see, life_visitor *visitor)
{
    struct map bases = {.arena = program->arena};
    note_bases(program, &bases);
    for (uint32_t u = 0; u < program->unit_count; u++) {
        const struct ir_unit *unit = program->units[u];
        for (size_t r = 0; r < unit->records.len; r++)
            if (is_candidate(program, u, &unit->records.data[r], &bases))
                see(program, u, &unit->records.data[r], visitor);
    }
}

void lifecycles_add(struct program *program)
{
    visit_classes(program, add_class, NULL);
}

/* Each constructor, where it and the destructor are in sight as a whole. */
static void see_constructors(struct program *program, uint32_t unit, const struct ir_record *record,
                             life_visitor *visitor)
{
    const struct ir_unit *in = program->units[unit];
    struct life life = {.arena = program->arena, .unit = in, .record = record};
    if (!lifecycles_may_call(&in->functions.data[record->destructor]))
        return;
    for (size_t m = 0; m < record->methods.len; m++) {
        ir_id method = record->methods.data[m];
        const struct ir_function *function = &in->functions.data[method];
        if (function->kind == IR_FUNCTION_CONSTRUCTOR && lifecycles_may_call(function) &&
            !lifecycles_transfers(in, function) && lifecycles_is_of_unit(program, unit, method) &&
            set_object_type(&life, function))
            visitor(&life, program, unit, method);
    }
}

void lifecycles_visit(struct program *program, life_visitor *visitor)
{
    visit_classes(program, see_constructors, visitor);
}

bool lifecycles_is(const struct program_function *function)
{
    return function->function == IR_NONE;
}

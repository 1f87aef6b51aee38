/* One operation of the IR on one path. */
#include "engine/objects.h"

#include <string.h>

value_id operand(struct engine *engine, const struct state *state, ir_value value)
{
    const struct program_function *function = context_function(engine, state->context);
    if (!function->flow->outlives[value])
        return engine->scratch[value];
    uint64_t kept;
    if (pmap_get(state->temps, ((uint64_t)state->context << 32) | value, &kept))
        return (value_id)kept;
    return symbol_new(engine, SYMBOL_UNKNOWN, ((uint64_t)state->context << 32) | value,
                      function->in, function->ir->ops.data[value].type);
}

void set_result(struct engine *engine, struct state *state, ir_id op, value_id value)
{
    const struct program_function *function = context_function(engine, state->context);
    if (value == VALUE_NONE || function->ir->ops.data[op].type == IR_NONE)
        return;
    if (function->flow->outlives[op])
        state->temps =
            pmap_set(engine->arena, state->temps, ((uint64_t)state->context << 32) | op, value);
    else
        engine->scratch[op] = value;
}

value_id unknown_result(struct engine *engine, struct state *state, ir_id op_id)
{
    const struct program_function *function = context_function(engine, state->context);
    return symbol_new(engine, SYMBOL_RESULT,
                      hash_u64(((uint64_t)site_of_op(engine, state, op_id) << 8) | 5), function->in,
                      function->ir->ops.data[op_id].type);
}

static const struct ir_type *type_of(const struct ir_unit *unit, ir_id type)
{
    return type == IR_NONE ? NULL : &unit->types.data[type];
}

static bool is_float(const struct ir_unit *unit, ir_id type)
{
    const struct ir_type *t = type_of(unit, type);
    return t && t->kind == IR_TYPE_FLOAT;
}

/* A number as its type holds it. */
static int64_t truncate(int64_t number, const struct ir_type *type)
{
    if (!type || type->size == IR_SIZE_UNKNOWN || type->size >= 8 || type->size == 0)
        return number;
    unsigned shift = 64 - (unsigned)type->size * 8;
    uint64_t moved = (uint64_t)number << shift;
    return type->is_signed ? (int64_t)moved >> shift : (int64_t)(moved >> shift);
}

/* Is the field a base, or what objects of the class begin with? */
static bool has_as_base(const struct ir_record *record, const char *field)
{
    for (size_t i = 0; i < record->fields.len; i++) {
        const struct ir_field *part = &record->fields.data[i];
        if ((part->is_base || part->offset == 0) && strcmp(part->name, field) == 0)
            return true;
    }
    return record->is_union && strcmp(field, "(union)") == 0;
}

/* A pointer cast between classes: from a base, or from the first member as in C, back to the
 * object around it. */
static value_id cast_pointer(struct engine *engine, const struct ir_unit *unit,
                             const struct ir_type *to, value_id pointer)
{
    const struct ir_type *pointee = to ? type_of(unit, to->element) : NULL;
    if (!pointee || pointee->kind != IR_TYPE_RECORD || pointee->record == IR_NONE)
        return pointer;
    const struct ir_record *record = &unit->records.data[pointee->record];
    for (value_id part = pointer;;) {
        const struct value *value = value_at(&engine->values, part);
        if (value->kind != VALUE_ADDRESS || value->b != 0)
            return pointer;
        const struct region *region = region_at(&engine->values, value->a);
        const char *name =
            region->kind == REGION_FIELD ? name_text(&engine->values, region->b) : "";
        if (strncmp(name, "(base) ", 7) != 0 && !value_starts_with(&engine->values, part))
            return pointer;
        part = region->a;
        if (has_as_base(record, name))
            return part;
    }
}

/* `(double *)malloc(bytes)`: what the block is made of. */
static void note_element(struct engine *engine, struct state *state, const struct ir_type *from,
                         const struct ir_unit *unit, const struct ir_type *to, value_id pointer)
{
    const struct symbol *symbol = symbol_of(&engine->values, pointer);
    const struct ir_type *was = from ? type_of(unit, from->element) : NULL;
    const struct ir_type *is = to ? type_of(unit, to->element) : NULL;
    struct block block;
    if (!was || was->kind != IR_TYPE_VOID || !is || is->size < 2 || is->size > UINT32_MAX ||
        !symbol || symbol->kind != SYMBOL_BLOCK || !block_get(engine, state, pointer, &block) ||
        block.element)
        return;
    block.element = (uint32_t)is->size;
    block_set(engine, state, pointer, block);
}

static value_id cast(struct engine *engine, struct state *state, const struct ir_unit *unit,
                     const struct ir_function *function, ir_id op_id, value_id a)
{
    const struct ir_op *op = &function->ops.data[op_id];
    const struct ir_type *to = type_of(unit, op->type);
    if (op->sub == IR_CAST_VOID) {
        status_look(engine, state, a);
        return a;
    }
    if (op->sub == IR_CAST_TO_PTR)
        return value_pointer_arithmetic(&engine->values, a);
    if (op->sub == IR_CAST_POINTER) {
        note_element(engine, state, type_of(unit, function->ops.data[op->a].type), unit, to, a);
        return cast_pointer(engine, unit, to, a);
    }
    if (op->sub != IR_CAST_VALUE || !to)
        return a;
    if (is_float(unit, op->type) || is_float(unit, function->ops.data[op->a].type)) {
        status_look(engine, state, a);
        return unknown_result(engine, state, op_id);
    }
    int64_t number;
    if (to->kind == IR_TYPE_BOOL) {
        const struct value *value = value_at(&engine->values, a);
        if (value->kind == VALUE_COMPARISON)
            return a;
        return compare(engine, IR_NE, a, 0);
    }
    if (value_is_int(&engine->values, a, &number))
        return value_int(&engine->values, truncate(number, to));
    return a;
}

/* An unsigned constant that no int64_t holds, SIZE_MAX: here it is a negative number. */
static bool is_huge(const struct engine *engine, const struct ir_unit *unit, ir_id type,
                    value_id value)
{
    const struct ir_type *t = type_of(unit, type);
    int64_t number;
    return t && t->kind == IR_TYPE_INT && !t->is_signed && t->size == 8 &&
           value_is_int(&engine->values, value, &number) && number < 0;
}

/* What is left of a huge number: SIZE_MAX / 8, SIZE_MAX - n. VALUE_NONE: not known. */
static value_id part_of_huge(struct engine *engine, uint32_t op, value_id a, value_id b)
{
    int64_t huge = 0, by;
    if (!value_is_int(&engine->values, a, &huge) || !value_is_int(&engine->values, b, &by) ||
        by <= 0)
        return VALUE_NONE;
    uint64_t number = (uint64_t)huge;
    switch (op) {
    case IR_DIV:
        return value_int(&engine->values, (int64_t)(number / (uint64_t)by));
    case IR_REM:
        return value_int(&engine->values, (int64_t)(number % (uint64_t)by));
    case IR_SHR:
        return by < 64 ? value_int(&engine->values, (int64_t)(number >> by)) : VALUE_NONE;
    default:
        return value_binary(&engine->values, op, a, b);
    }
}

static value_id binary(struct engine *engine, struct state *state, const struct ir_unit *unit,
                       ir_id op_id, const struct ir_op *op)
{
    value_id a = operand(engine, state, op->a), b = operand(engine, state, op->b);
    status_look(engine, state, a);
    status_look(engine, state, b);
    if (is_float(unit, op->type))
        return unknown_result(engine, state, op_id);
    if (op->sub == IR_PTRDIFF) {
        value_id distance = value_binary(&engine->values, IR_SUB, a, b);
        value_id oa, ob;
        if (value_common(&engine->values, a, b, &oa, &ob))
            distance = value_binary(&engine->values, IR_SUB, oa, ob);
        return value_binary(&engine->values, IR_DIV, distance,
                            value_int(&engine->values, (int64_t)op->number));
    }
    bool leaves_part =
        op->sub == IR_DIV || op->sub == IR_REM || op->sub == IR_SHR || op->sub == IR_SUB;
    if (leaves_part && is_huge(engine, unit, op->type, a)) {
        value_id part = part_of_huge(engine, op->sub, a, b);
        return part == VALUE_NONE ? unknown_result(engine, state, op_id) : part;
    }
    value_id result = value_binary(&engine->values, op->sub, a, b);
    int64_t number;
    if (value_is_int(&engine->values, result, &number))
        return value_int(&engine->values, truncate(number, type_of(unit, op->type)));
    return result;
}

static value_id comparison(struct engine *engine, struct state *state, const struct ir_unit *unit,
                           const struct ir_function *function, ir_id op_id)
{
    const struct ir_op *op = &function->ops.data[op_id];
    value_id a = operand(engine, state, op->a), b = operand(engine, state, op->b);
    int64_t number;
    status_look(engine, state, a);
    status_look(engine, state, b);
    if (value_is_int(&engine->values, b, &number))
        status_expects(engine, a, number);
    else if (value_is_int(&engine->values, a, &number))
        status_expects(engine, b, number);
    if (is_float(unit, function->ops.data[op->a].type) ||
        is_float(unit, function->ops.data[op->b].type))
        return unknown_result(engine, state, op_id);
    bool orders = op->sub != IR_EQ && op->sub != IR_NE;
    bool a_is_huge = orders && is_huge(engine, unit, function->ops.data[op->a].type, a);
    bool b_is_huge = orders && is_huge(engine, unit, function->ops.data[op->b].type, b);
    if (a_is_huge != b_is_huge) /* as far as is known all other numbers are smaller */
        return value_int(&engine->values, (op->sub == IR_LT || op->sub == IR_LE) == b_is_huge);
    return compare(engine, op->sub, a, b);
}

static value_id unary(struct engine *engine, struct state *state, const struct ir_op *op)
{
    value_id a = operand(engine, state, op->a);
    int64_t number;
    status_look(engine, state, a);
    switch (op->sub) {
    case IR_NEG:
        return value_negate(&engine->values, a);
    case IR_NOT:
        return compare(engine, IR_EQ, a, 0);
    default:
        if (value_is_int(&engine->values, a, &number))
            return value_int(&engine->values, ~number);
        return value_opaque(&engine->values, 100 + op->sub, a, VALUE_NONE);
    }
}

/* A size, or a template's argument, that only instantiation fixes: a constant all the same. */
static value_id size_symbol(struct engine *engine, const struct ir_unit *unit, ir_id type,
                            const char *parameter)
{
    const struct ir_type *t = type_of(unit, type);
    const char *name = t && t->name ? t->name : parameter ? parameter : "?";
    struct symbol symbol = {
        .kind = SYMBOL_SIZEOF, .bits = 64, .origin = hash_bytes(name, strlen(name))};
    return value_symbol(&engine->values, symbol);
}

static value_id element_address(struct engine *engine, struct state *state,
                                const struct ir_unit *unit, const struct ir_op *op)
{
    value_id a = operand(engine, state, op->a);
    if (op->b == IR_NONE)
        return a;
    value_id size = op->number == IR_SIZE_UNKNOWN ? size_symbol(engine, unit, op->aux, op->text)
                                                  : value_int(&engine->values, (int64_t)op->number);
    value_id bytes = value_binary(&engine->values, IR_MUL, operand(engine, state, op->b), size);
    region_id region;
    value_id offset;
    if (value_as_address(&engine->values, a, &region, &offset))
        map_set_u64(&engine->indexed, region, 1);
    return value_advance(&engine->values, a, bytes);
}

/* The same for the same block, known or not: what new[] made, delete[] destroys. */
static value_id element_count(struct engine *engine, struct state *state,
                              const struct ir_unit *unit, const struct ir_op *op)
{
    value_id array = operand(engine, state, op->a), count = VALUE_NONE;
    struct block block;
    if (array != VALUE_NONE && block_get(engine, state, array, &block) &&
        block.size != VALUE_NONE && op->number != 0 && op->number <= INT32_MAX)
        count = value_quotient(&engine->values, block.size,
                               value_int(&engine->values, (int64_t)op->number));
    if (count != VALUE_NONE)
        return count;
    count =
        symbol_new(engine, SYMBOL_CONTENT, hash_u64(((uint64_t)array << 8) | 6), unit, op->type);
    symbol_note_source(engine, count, array);
    return count;
}

static value_id load(struct engine *engine, struct state *state, const struct ir_unit *unit,
                     ir_id op_id, const struct ir_op *op)
{
    value_id address = operand(engine, state, op->a);
    if (value_is_int(&engine->values, address, NULL) || is_float(unit, op->type))
        return unknown_result(engine, state, op_id);
    return memory_load(engine, state, address, unit, op->type);
}

/* A local comes to life: nothing of an earlier life (a loop's last turn) is left. */
static void begin_life(struct engine *engine, struct state *state, ir_id local)
{
    value_id address = memory_local(engine, state->context, local);
    memory_die(engine, state, address);
    state->blocks = pmap_remove(engine->arena, state->blocks, address);
}

/* In a template's pattern, a class that depends on its parameters: a scope guard, perhaps. */
static bool is_dependent_class(const struct engine *engine, const struct state *state, ir_id local)
{
    const struct program_function *here = context_function(engine, state->context);
    const struct ir_type *type = type_of(here->in, here->ir->locals.data[local].type);
    return type && type->kind == IR_TYPE_UNKNOWN && strchr(type->name, '<') &&
           type->name[0] != '<'; /* "<dependent type>" */
}

static void end_life(struct engine *engine, struct state *state, ir_id op_id,
                     const struct ir_op *op)
{
    value_id address = memory_local(engine, state->context, op->aux);
    if (is_dependent_class(engine, state, op->aux)) /* its destructor may do anything */
        escape_reachable(engine, state, address, site_of_op(engine, state, op_id));
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);) {
        if (registration_at(engine, key)->block != address)
            continue;
        release_block(engine, state, site_of_op(engine, state, op_id), address, RELEASE_SCOPE, 0,
                      NULL, NULL, op);
        break;
    }
    questions_end(engine, state, address);
    memory_die(engine, state, address);
    block_end(engine, state, address);
}

/* Is that parameter of the kernel an object of a class? */
static bool takes_object(const struct ir_unit *unit, const struct ir_call *call, size_t argument)
{
    if (call->function == IR_NONE)
        return false;
    const struct ir_function *kernel = &unit->functions.data[call->function];
    const struct ir_type *type = argument < kernel->param_types.len
                                     ? type_of(unit, kernel->param_types.data[argument])
                                     : NULL;
    return type && type->kind == IR_TYPE_RECORD;
}

static void launch(struct engine *engine, struct state *state, ir_id op_id, const struct ir_op *op)
{
    const struct ir_unit *unit = context_function(engine, state->context)->in;
    status_next_call(engine, state, false);
    struct event event =
        event_new(engine, state, EVENT_LAUNCH, site_of_op(engine, state, op_id), VALUE_NONE);
    event.call = op->call->written;
    for (size_t i = 0; i < op->call->args.len; i++) {
        value_id argument = operand(engine, state, op->call->args.data[i]);
        if (takes_object(unit, op->call, i))
            launch_gives_object(event, state, argument);
        else
            launch_gives(event, state, argument);
    }
}

static void havoc(struct engine *engine, struct state *state, ir_id op_id, const struct ir_op *op)
{
    uint64_t salt = hash_u64(((uint64_t)site_of_op(engine, state, op_id) << 8) | 9);
    if (!op->call)
        return;
    for (size_t i = 0; i < op->call->args.len; i++) {
        value_id argument = operand(engine, state, op->call->args.data[i]);
        status_look(engine, state, argument);
        escape_reachable(engine, state, argument, salt);
    }
}

static value_id string_address(struct engine *engine, const struct state *state, ir_id op_id)
{
    const struct program_function *function = context_function(engine, state->context);
    const char *text = function->ir->ops.data[op_id].text; /* equal ones may be one */
    const char *name = text ? text : arena_printf(engine->arena, "string %u", op_id);
    return memory_string(engine, name);
}

/* The library's own name for what a std::array holds: a list of elements between braces is stored
 * there. */
static bool is_elements(const struct engine *engine, const struct program_function *here,
                        const struct ir_op *op)
{
    if (op->text[0] != '_')
        return false;
    const struct ir_type *whole = type_of(here->in, here->ir->ops.data[op->a].type);
    const struct model_container *container =
        whole ? callee_container_of_type(engine->models, here->in, whole->element) : NULL;
    return container && container->storage == MODEL_STORAGE_INLINE;
}

static value_id field_address(struct engine *engine, struct state *state,
                              const struct program_function *here, ir_id op_id)
{
    const struct ir_op *op = &here->ir->ops.data[op_id];
    value_id whole = operand(engine, state, op->a);
    if (value_is_int(&engine->values, whole, NULL))
        return unknown_result(engine, state, op_id);
    if (!op->text)
        return value_field(&engine->values, whole, "", op->number);
    if (is_elements(engine, here, op))
        return part_address(engine, whole, "(elements)");
    return value_field(&engine->values, whole, op->text, op->number);
}

/* Operations that yield a value and touch nothing else. */
static value_id evaluate(struct engine *engine, struct state *state, ir_id op_id)
{
    const struct program_function *here = context_function(engine, state->context);
    const struct ir_unit *unit = here->in;
    const struct ir_op *op = &here->ir->ops.data[op_id];
    switch (op->code) {
    case IR_CONST:
        return value_int(&engine->values, (int64_t)op->number);
    case IR_SIZEOF:
        return op->number == IR_SIZE_UNKNOWN ? size_symbol(engine, unit, op->aux, op->text)
                                             : value_int(&engine->values, (int64_t)op->number);
    case IR_STRING:
        return string_address(engine, state, op_id);
    case IR_ADDR_LOCAL:
        return memory_local(engine, state->context, op->aux);
    case IR_ADDR_GLOBAL:
        return memory_global(engine, unit, op->aux);
    case IR_FIRST_VISIT:
        return question_first_visit(engine, state, op_id);
    case IR_ADDR_FUNCTION:
        return memory_function(engine, here->unit, op->aux);
    case IR_FIELD:
        return field_address(engine, state, here, op_id);
    case IR_INDEX:
        return element_address(engine, state, unit, op);
    case IR_LOAD:
        return load(engine, state, unit, op_id, op);
    case IR_UNARY:
        return unary(engine, state, op);
    case IR_BINARY:
        return binary(engine, state, unit, op_id, op);
    case IR_COMPARE:
        return comparison(engine, state, unit, here->ir, op_id);
    case IR_CATCHES:
        return exception_is_caught(engine, state, op_id);
    case IR_COUNT:
        return element_count(engine, state, unit, op);
    case IR_CAST:
        return cast(engine, state, unit, here->ir, op_id, operand(engine, state, op->a));
    default:
        return unknown_result(engine, state, op_id);
    }
}

/* What numbers with a fraction are is nobody's question: their cells are not kept. */
static bool holds_float(const struct engine *engine, const struct state *state, ir_value value)
{
    const struct program_function *here = context_function(engine, state->context);
    return is_float(here->in, here->ir->ops.data[value].type);
}

static uint64_t size_of_type(const struct engine *engine, const struct state *state, ir_id type)
{
    const struct ir_type *t = type_of(context_function(engine, state->context)->in, type);
    return t && t->size != IR_SIZE_UNKNOWN ? t->size : 0;
}

/* Is it the address of a member that points to another object of its own class: next, parent? */
static bool is_link(const struct engine *engine, const struct state *state, ir_value address)
{
    const struct program_function *here = context_function(engine, state->context);
    const struct ir_op *member = &here->ir->ops.data[address];
    if (member->code != IR_FIELD)
        return false;
    const struct ir_type *whole = type_of(here->in, here->ir->ops.data[member->a].type);
    const struct ir_type *place = type_of(here->in, member->type);
    const struct ir_type *link = place ? type_of(here->in, place->element) : NULL;
    return whole && link && link->kind == IR_TYPE_POINTER && whole->element != IR_NONE &&
           whole->element == link->element;
}

/* `{p, q}` for a std::initializer_list: what takes the list takes what its array holds. */
static bool is_list(const struct engine *engine, const struct state *state, ir_id type)
{
    const struct ir_unit *unit = context_function(engine, state->context)->in;
    const struct ir_type *t = type_of(unit, type);
    return t && t->kind == IR_TYPE_RECORD && t->record != IR_NONE &&
           strcmp(unit->records.data[t->record].name, "std::initializer_list") == 0;
}

enum step step_op(struct engine *engine, struct state *state, ir_id op_id)
{
    const struct ir_op *op = &context_function(engine, state->context)->ir->ops.data[op_id];
    value_id to, from;
    switch (op->code) {
    case IR_NOP:
        return STEP_NEXT;
    case IR_STORE:
        if (holds_float(engine, state, op->b))
            return STEP_NEXT;
        to = operand(engine, state, op->a); /* arguments would come in any order */
        if (is_link(engine, state, op->a))
            memory_relink(engine, state, to, site_of_op(engine, state, op_id));
        memory_store(engine, state, to, operand(engine, state, op->b));
        return STEP_NEXT;
    case IR_COPY:
        to = operand(engine, state, op->a);
        from = operand(engine, state, op->b);
        if (is_list(engine, state, op->type))
            escape_reachable(engine, state, from, site_of_op(engine, state, op_id));
        memory_copy(engine, state, to, from, size_of_type(engine, state, op->type));
        owner_share_within(engine, state, to, from);
        container_copied(engine, state, op_id, to);
        return STEP_NEXT;
    case IR_ZERO:
        memory_zero(engine, state, operand(engine, state, op->a),
                    size_of_type(engine, state, op->type));
        return STEP_NEXT;
    case IR_LIFETIME_BEGIN:
        begin_life(engine, state, op->aux);
        return STEP_NEXT;
    case IR_LIFETIME_END:
        end_life(engine, state, op_id, op);
        return STEP_NEXT;
    case IR_LAUNCH:
        launch(engine, state, op_id, op);
        return STEP_NEXT;
    case IR_HAVOC:
        havoc(engine, state, op_id, op);
        set_result(engine, state, op_id, unknown_result(engine, state, op_id));
        return STEP_NEXT;
    case IR_CALL:
        return call_execute(engine, state, op_id);
    case IR_THROWN:
        exception_thrown(engine, state, op);
        return STEP_NEXT;
    default:
        set_result(engine, state, op_id, evaluate(engine, state, op_id));
        return STEP_NEXT;
    }
}

#include "engine/fixes/fixer.h"
#include "engine/rule.h"

#include <assert.h>
#include <string.h>

static bool rule_variable_is_pointer(const struct event *event)
{
    const struct ir_type *type = rule_variable_type(event);
    return type && type->kind == IR_TYPE_POINTER; /* address-of-pointer's business */
}

/* The register call's pointer and size, where they were written. */
struct written {
    struct rule_origin pointer, size;
    bool has_pointer, has_size;
};

static struct written written_of(const struct event *event, const struct model_effect *effect)
{
    struct written written = {0};
    written.has_pointer =
        effect->pointer >= 0 && rule_origin(event, (size_t)effect->pointer, &written.pointer);
    written.has_size = effect->size.args[0] >= 0 &&
                       rule_origin(event, (size_t)effect->size.args[0], &written.size);
    return written;
}

/* The type whose sizeof the size was multiplied with, or NULL. */
static const struct ir_type *size_unit(const struct rule_origin *size, const struct ir_op *op,
                                       int depth)
{
    if (!op || depth > 4)
        return NULL;
    if (op->code == IR_SIZEOF && op->aux != IR_NONE)
        return &size->unit->types.data[op->aux];
    if (op->code == IR_CAST)
        return size_unit(size, &size->function->ops.data[op->a], depth + 1);
    if (op->code != IR_BINARY || op->sub != IR_MUL)
        return NULL;
    const struct ir_type *left = size_unit(size, &size->function->ops.data[op->a], depth + 1);
    return left ? left : size_unit(size, &size->function->ops.data[op->b], depth + 1);
}

/* Bytes of the type whose sizeof the allocated size was multiplied with; 0: of none. */
static uint64_t allocated_unit(const struct event *event)
{
    struct rule_origin size;
    for (size_t i = 0; rule_allocated_by(event, i, &size); i++) {
        const struct ir_type *unit = size_unit(&size, size.op, 0);
        if (unit)
            return unit->size == IR_SIZE_UNKNOWN ? 0 : unit->size;
    }
    return 0;
}

/* Bytes of what the pointer points to, by its type as written, or by what it was allocated for; 0:
 * unknown. */
static uint64_t element_size(const struct event *event, const struct written *written)
{
    if (event->block.element > 1)
        return event->block.element;
    if (!written->has_pointer || written->pointer.op->type == IR_NONE)
        return allocated_unit(event);
    const struct ir_unit *unit = written->pointer.unit;
    const struct ir_type *type = &unit->types.data[written->pointer.op->type];
    if (type->element == IR_NONE || unit->types.data[type->element].kind == IR_TYPE_VOID)
        return allocated_unit(event);
    type = &unit->types.data[type->element];
    if (type->kind == IR_TYPE_ARRAY && type->element != IR_NONE)
        type = &unit->types.data[type->element];
    return type->size == IR_SIZE_UNKNOWN ? 0 : type->size;
}

/* What the pointer points to, by its type as written; the whole variable's where that is lost. */
static const struct ir_type *object_type(const struct event *event, const struct written *written,
                                         const struct ir_unit **unit)
{
    const struct ir_op *pointer = written->has_pointer ? written->pointer.op : NULL;
    *unit = written->has_pointer ? written->pointer.unit : rule_unit(event);
    ir_id at =
        pointer && pointer->type != IR_NONE ? (*unit)->types.data[pointer->type].element : IR_NONE;
    const struct ir_type *type = at != IR_NONE ? &(*unit)->types.data[at] : NULL;
    if (type && type->kind != IR_TYPE_VOID)
        return type;
    *unit = rule_unit(event);
    return rule_variable_type(event);
}

static bool is_same_type(const struct ir_type *a, const struct ir_type *b)
{
    return a == b || (a->kind == b->kind && strcmp(a->name, b->name) == 0);
}

/* Does that object begin with a member of the type? */
static bool is_first_member(const struct event *event, const struct written *written,
                            const struct ir_type *member)
{
    const struct ir_unit *unit;
    const struct ir_type *type = object_type(event, written, &unit);
    for (int depth = 0; type && type->kind == IR_TYPE_RECORD && depth < 8; depth++) {
        const struct ir_record *record = &unit->records.data[type->record];
        if (record->fields.len == 0 || record->fields.data[0].offset != 0)
            return false;
        type = &unit->types.data[record->fields.data[0].type];
        if (is_same_type(type, member))
            return true;
    }
    return false;
}

/* Is it the size of an array of what the pointer points to? That array's, it may be a member. */
static bool is_size_of_array_at(const struct written *written, const struct ir_type *array)
{
    ir_id pointer = written->has_pointer ? written->pointer.op->type : IR_NONE;
    if (array->kind != IR_TYPE_ARRAY || array->element == IR_NONE || pointer == IR_NONE)
        return false;
    ir_id at = written->pointer.unit->types.data[pointer].element;
    return at != IR_NONE && is_same_type(&written->pointer.unit->types.data[at],
                                         &written->size.unit->types.data[array->element]);
}

/* sizeof of the very pointer: a slip, whatever it points to, unless that is as large. */
static bool is_size_of_pointer_itself(const struct event *event, const struct written *written)
{
    if (!written->has_pointer || !written->has_size || written->pointer.op->type == IR_NONE ||
        written->size.op->code != IR_SIZEOF || written->size.op->aux == IR_NONE ||
        event->size == event->block.size)
        return false;
    const struct ir_type *of = &written->size.unit->types.data[written->size.op->aux];
    const struct ir_type *pointer = &written->pointer.unit->types.data[written->pointer.op->type];
    return of->kind == IR_TYPE_POINTER && is_same_type(of, pointer);
}

/* The array whose first element the pointer, as written, points to: it may lie in a larger object,
 * or in one that the path knows nothing of. NULL: none that is known. */
static const struct ir_type *array_at(const struct event *event, const struct written *written)
{
    const struct rule_origin *pointer = &written->pointer;
    ir_value array = IR_NONE;
    if (pointer->op->code == IR_INDEX && pointer->op->b == IR_NONE)
        array = pointer->op->a; /* it decays */
    else if (pointer->op->code == IR_CALL && pointer->op->call->args.len == 1 &&
             pointer->op->call->function != IR_NONE &&
             strcmp(pointer->unit->functions.data[pointer->op->call->function].name, "data") == 0)
        array = pointer->op->call->args.data[0];
    if (array == IR_NONE)
        return NULL;
    const struct ir_type *types = pointer->unit->types.data;
    const ir_id type = pointer->function->ops.data[array].type;
    const ir_id of = type == IR_NONE ? IR_NONE : types[type].element;
    if (of == IR_NONE || types[of].size == IR_SIZE_UNKNOWN)
        return NULL;
    return types[of].kind == IR_TYPE_ARRAY || rule_holds_elements(event, pointer->unit, of)
               ? &types[of]
               : NULL;
}

/* As many bytes as that array has elements. */
static bool counts_elements_of_array(const struct event *event, const struct written *written)
{
    int64_t size;
    if (!written->has_pointer || !written->has_size || written->pointer.op->type == IR_NONE ||
        !rule_number(event, event->size, &size) || size < 2 ||
        size_unit(&written->size, written->size.op, 0))
        return false;
    const struct ir_type *array = array_at(event, written);
    const struct ir_type *types = written->pointer.unit->types.data;
    const ir_id element = types[written->pointer.op->type].element;
    return array && element != IR_NONE && types[element].size != IR_SIZE_UNKNOWN &&
           types[element].size > 1 && array->size / types[element].size == (uint64_t)size &&
           array->size % types[element].size == 0;
}

enum slip { SLIP_NONE, SLIP_POINTER, SLIP_OWNER, SLIP_COUNT, SLIP_OTHER_TYPE };

static const char *const slip_texts[] = {
    [SLIP_POINTER] = "it is the size of a pointer",
    [SLIP_OWNER] = "it is the size of the object that owns the buffer",
    [SLIP_COUNT] = "it counts elements, not bytes",
    [SLIP_OTHER_TYPE] = "it is made with the size of another type",
};

static enum slip slip_of(const struct event *event, const struct written *written)
{
    assert(!written->has_size || written->size.op);
    const struct ir_op *size = written->has_size ? written->size.op : NULL;
    uint64_t element = element_size(event, written);
    const struct ir_type *unit = size_unit(&written->size, size, 0);
    bool is_sizeof = size && size->code == IR_SIZEOF && unit;
    if (is_size_of_pointer_itself(event, written))
        return SLIP_POINTER;
    if (counts_elements_of_array(event, written))
        return SLIP_COUNT;
    if (is_sizeof && (is_first_member(event, written, unit) || is_size_of_array_at(written, unit)))
        return SLIP_NONE;
    if (is_sizeof && unit->kind == IR_TYPE_POINTER &&
        rule_below(event, event->size, event->block.size))
        return SLIP_POINTER;
    if (is_sizeof && unit->kind == IR_TYPE_RECORD && unit->size != element &&
        !rule_holds_elements(event, written->size.unit, size->aux) &&
        rule_below(event, event->size, event->block.size))
        return SLIP_OWNER;
    if (element < 2)
        return SLIP_NONE;
    if (!unit && rule_product(event, event->size, (int64_t)element) == event->block.size)
        return SLIP_COUNT;
    if (unit && unit->size != IR_SIZE_UNKNOWN && unit->size > 0 && unit->size < element &&
        rule_product(event, event->size, (int64_t)(element / unit->size)) == event->block.size &&
        element % unit->size == 0)
        return SLIP_OTHER_TYPE;
    return SLIP_NONE;
}

/* n * sizeof *p bytes, times sizeof *p again: too much for any n but 0. */
static bool counts_bytes_as_elements(const struct event *event, const struct written *written)
{
    uint64_t element = element_size(event, written);
    return element > 1 && !rule_must_be_zero(event, event->block.size) &&
           rule_product(event, event->block.size, (int64_t)element) == event->size;
}

static void report_slip(const struct rule *rule, struct event *event, enum slip slip)
{
    rule_report(rule, event, rule->level, 0,
                "the size given to '%s' covers only a part of the object: %s", event->call,
                slip_texts[slip]);
}

static void report_excess(const struct rule *rule, struct event *event)
{
    rule_report(rule, event, rule->level, 0,
                "the size given to '%s' exceeds the object: it reaches into what lies behind",
                event->call);
}

static void hear(const struct rule *rule, struct event *event)
{
    int64_t zero;
    if (event->kind != EVENT_REGISTER || event->fails || event->size == VALUE_NONE ||
        rule_must_be_zero(event, event->size) || rule_variable_is_pointer(event))
        return;
    const struct model_effect *effect = rule_effect(event, MODEL_REGISTERS);
    struct written written = {0};
    if (effect)
        written = written_of(event, effect);
    if (is_size_of_pointer_itself(event, &written)) {
        report_slip(rule, event, SLIP_POINTER);
        return;
    }
    if (counts_elements_of_array(event, &written)) {
        report_slip(rule, event, SLIP_COUNT);
        return;
    }
    if (event->block.size == VALUE_NONE || event->block.life != BLOCK_LIVE)
        return;
    /* where a member lies is not known, but not before its object */
    value_id end =
        event->offset == VALUE_NONE ? event->size : rule_sum(event, event->offset, event->size);
    if (rule_below(event, event->block.size, end)) {
        report_excess(rule, event);
        return;
    }
    if (!effect || event->offset == VALUE_NONE || !rule_number(event, event->offset, &zero) ||
        zero != 0)
        return;
    if (counts_bytes_as_elements(event, &written)) {
        rule_report(rule, event, rule->level, 0,
                    "the size given to '%s' exceeds the object: it multiplies bytes by the size of "
                    "an element",
                    event->call);
        return;
    }
    /* nobody registers 0 bytes and means it: that call fails */
    if (rule_below_unless_zero(event, event->block.size, event->size)) {
        report_excess(rule, event);
        return;
    }
    enum slip slip = slip_of(event, &written);
    if (slip != SLIP_NONE)
        report_slip(rule, event, slip);
}

/* ---- the fix --------------------------------------------------------------------------- */

/* "sizeof *p" for the element that the pointer, as written, points to; NULL: no plain name. */
static const char *sizeof_element(const struct fixer *fixer, const struct model_effect *effect,
                                  uint64_t *bytes)
{
    const struct code *code = fixer->code;
    const struct ir_op *op = rule_argument(fixer->event, (size_t)effect->pointer);
    struct code_range pointer;
    if (!op || op->type == IR_NONE || !fixer_argument(fixer, fixer->op, effect->pointer, &pointer))
        return NULL;
    const struct ir_type *type = &fixer->unit->types.data[op->type];
    if (type->kind != IR_TYPE_POINTER || type->element == IR_NONE)
        return NULL;
    type = &fixer->unit->types.data[type->element];
    if (type->size == IR_SIZE_UNKNOWN || type->kind == IR_TYPE_VOID || type->kind == IR_TYPE_ARRAY)
        return NULL;
    *bytes = type->size;
    if (code_is_postfix(code, pointer))
        return arena_printf(code->arena, "sizeof *%s", code_text(code, pointer));
    const struct code_range object = {pointer.first + 1, pointer.last};
    if (!code_is(code, pointer.first, "&") || !code_is_postfix(code, object) ||
        !code_is(code, object.last, "]"))
        return NULL;
    return arena_printf(code->arena, "sizeof %s", code_text(code, object));
}

/* Is it a factor as it stands? What a macro holds may be a sum. */
static bool binds_tightly(const struct fixer *fixer, struct code_range size, size_t index)
{
    const struct ir_op *op = rule_argument(fixer->event, index);
    if (!fixer->code->tokens.data[size.first].is_name)
        return size.first == size.last; /* a number */
    return code_is_postfix(fixer->code, size) && op && (op->code == IR_LOAD || op->code == IR_CALL);
}

/* n becomes n * sizeof *p. */
static void mend_count(struct fixer *fixer, struct code_range size, size_t index,
                       const char *element)
{
    fixer_replace(fixer, size, binds_tightly(fixer, size, index) ? "%s * %s" : "(%s) * %s",
                  code_text(fixer->code, size), element);
}

/* The only sizeof(...) in the size becomes sizeof *p. */
static bool mend_type(struct fixer *fixer, struct code_range size, const char *element)
{
    const struct code *code = fixer->code;
    struct code_range found = {CODE_NONE, CODE_NONE};
    for (code_id i = size.first; i <= size.last; i++) {
        if (!code_is(code, i, "sizeof"))
            continue;
        if (found.first != CODE_NONE || i == size.last || !code_is(code, i + 1, "("))
            return false;
        found = (struct code_range){i, code->tokens.data[i + 1].partner};
    }
    if (found.first == CODE_NONE || found.last > size.last)
        return false;
    fixer_replace(fixer, found, "%s", element);
    return true;
}

static bool mend(struct fixer *fixer)
{
    const struct event *event = fixer->event;
    const struct model_effect *effect = rule_effect(event, MODEL_REGISTERS);
    struct code_range size;
    uint64_t bytes;
    int64_t number;
    if (!effect || effect->pointer < 0 || effect->size.args[1] >= 0 ||
        !fixer_argument(fixer, fixer->op, effect->size.args[0], &size))
        return false;
    const char *element = sizeof_element(fixer, effect, &bytes);
    if (!element)
        return false;
    fixer_describe(fixer, "give the size in bytes, by '%s'", element);
    const struct written written = written_of(event, effect);
    const bool is_here = written.size.function == rule_function(event); /* no caller's number */
    switch (slip_of(event, &written)) {
    case SLIP_COUNT:
        if (!is_here || bytes != element_size(event, &written))
            return false;
        mend_count(fixer, size, (size_t)effect->size.args[0], element);
        return true;
    case SLIP_OTHER_TYPE:
        return bytes == element_size(event, &written) && mend_type(fixer, size, element);
    case SLIP_POINTER:
        if (!is_here || written.size.op != rule_argument(event, (size_t)effect->size.args[0]) ||
            !rule_number(event, event->block.size, &number) || (uint64_t)number != bytes)
            return false;
        fixer_replace(fixer, size, "%s", element);
        return true;
    default:
        return false;
    }
}

const struct rule rule_size_mismatch = {
    .name = "size-mismatch",
    .level = LEVEL_WARNING,
    .summary = "registers more or less than the object by a slip of units",
    .hear = hear,
    .fix = mend,
};

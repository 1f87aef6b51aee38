#include "lower/declarations/data.h"

#include "lower/body/body.h"
#include "lower/body/expressions.h"
#include "lower/body/scopes.h"
#include "lower/declarations/types.h"
#include "lower/parse/tree.h"

#include <stdlib.h>

/* The initialiser is lowered as if it ran, which settles nesting, designators, omitted braces and
 * conversions; the stores of that code, all to known places, are the data. */

enum { LARGEST_INITIALISER = 1024 /* nodes of the tree */, BITS_PER_BYTE = 8 };

struct reading {
    struct unit_builder *u;
    const struct ir_function *code;
    ir_id global;
    VEC(struct ir_part) parts;
};

static const struct ir_op *op_at(const struct reading *r, ir_value value)
{
    return &r->code->ops.data[value];
}

/* Bytes from the start of the global to the place that an operation addresses. */
static bool place_of(const struct reading *r, ir_value value, uint64_t *offset)
{
    uint64_t sum = 0;
    for (;;) {
        const struct ir_op *op = op_at(r, value);
        const struct ir_op *index =
            op->code == IR_INDEX && op->b != IR_NONE ? op_at(r, op->b) : NULL;
        switch (op->code) {
        case IR_ADDR_GLOBAL:
            *offset = sum;
            return op->aux == r->global;
        case IR_FIELD:
            if (op->number == IR_SIZE_UNKNOWN)
                return false;
            sum += op->number;
            break;
        case IR_INDEX:
            if (index && (index->code != IR_CONST || op->number == IR_SIZE_UNKNOWN))
                return false;
            sum += index ? index->number * op->number : 0;
            break;
        default:
            return false;
        }
        value = op->a;
    }
}

static int64_t converted(uint64_t number, const struct ir_type *type)
{
    if (type->kind == IR_TYPE_BOOL)
        return number != 0;
    if (type->size == 0 || type->size >= sizeof number)
        return (int64_t)number;
    unsigned unused = (unsigned)(sizeof number - type->size) * BITS_PER_BYTE;
    uint64_t moved = number << unused;
    return type->is_signed ? (int64_t)moved >> unused : (int64_t)(moved >> unused);
}

/* What is stored: `part` gets its kind and content. */
static void content_of(const struct reading *r, ir_value value, struct ir_part *part)
{
    const struct ir_op *op = op_at(r, value);
    const struct ir_type *type = types_get(r->u, op->type);
    if (op->code == IR_CONST) {
        part->kind = IR_PART_NUMBER;
        part->number = (int64_t)op->number;
    } else if (op->code == IR_ADDR_FUNCTION) {
        part->kind = IR_PART_FUNCTION;
        part->function = op->aux;
    } else if (op->code == IR_ADDR_GLOBAL) {
        part->kind = IR_PART_GLOBAL;
        part->global = op->aux;
    } else if (op->code == IR_STRING && op->text) {
        part->kind = IR_PART_STRING;
        part->text = op->text;
    } else if (op->code == IR_CAST) {
        content_of(r, op->a, part);
        if (part->kind == IR_PART_NUMBER && type->kind == IR_TYPE_FLOAT)
            part->kind = IR_PART_OTHER;
        else if (part->kind == IR_PART_NUMBER)
            part->number = converted((uint64_t)part->number, type);
    } else if (op->code == IR_INDEX && op->b == IR_NONE) {
        content_of(r, op->a, part); /* an array's name */
    }
}

/* A place that is initialised twice (designators) keeps the last. */
static void add_part(struct reading *r, struct ir_part part)
{
    for (size_t i = r->parts.len; i-- > 0 && r->parts.data[i].offset >= part.offset;)
        if (r->parts.data[i].offset == part.offset && r->parts.data[i].size == part.size) {
            r->parts.data[i] = part;
            return;
        }
    vec_push(r->u->arena, &r->parts, part);
}

static bool read_op(struct reading *r, const struct ir_op *op)
{
    struct ir_part part = {.kind = IR_PART_OTHER, .function = IR_NONE, .global = IR_NONE};
    switch (op->code) {
    case IR_STORE:
        part.size = types_bytes(r->u, types_get(r->u, op_at(r, op->a)->type)->element);
        content_of(r, op->b, &part);
        break;
    case IR_COPY:
        part.size = types_bytes(r->u, op->type);
        break;
    case IR_ZERO: /* comes before what is stored there, and static storage begins as zero */
        return true;
    case IR_CALL:
    case IR_LIFETIME_BEGIN:
        return false;
    default:
        return true;
    }
    if (part.size == IR_SIZE_UNKNOWN || !place_of(r, op->a, &part.offset))
        return false;
    add_part(r, part);
    return true;
}

static int by_offset(const void *x, const void *y)
{
    const struct ir_part *a = x, *b = y;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

static bool read_code(struct reading *r)
{
    for (size_t i = 0; i < r->code->ops.len; i++)
        if (!read_op(r, &r->code->ops.data[i]))
            return false;
    if (r->parts.len)
        qsort(r->parts.data, r->parts.len, sizeof *r->parts.data, by_offset);
    return true;
}

static void describe(struct unit_builder *u, struct constant_source constant)
{
    static const struct ir_function nothing = {.record = IR_NONE, .loc = {.file = IR_NONE}};
    struct tree *tree = tree_new(u);
    node_id initialiser = tree_add(tree, u->clang->Cursor_getVarDeclInitializer(constant.variable));
    if (tree->nodes.len > LARGEST_INITIALISER)
        return;
    ir_id type = u->unit->globals.data[constant.global].type;
    struct body *b = body_new(u, &nothing, tree);
    b->folds_sizeof = true;
    body_at(b, initialiser);
    ir_value place =
        body_emit(b, OP(IR_ADDR_GLOBAL, .type = types_pointer_to(u, type), .aux = constant.global));
    size_t mark = scopes_enter(b);
    expressions_into(b, initialiser, place, type);
    scopes_leave(b, mark);
    struct reading reading = {.u = u, .code = b->fn, .global = constant.global};
    if (b->fn->blocks.len > 1 || !read_code(&reading))
        return;
    struct ir_global *global = &u->unit->globals.data[constant.global];
    global->has_parts = true;
    global->parts.data = reading.parts.data;
    global->parts.len = reading.parts.len;
    global->parts.cap = reading.parts.cap;
}

void data_describe(struct unit_builder *u)
{
    for (size_t i = 0; i < u->constants.len; i++)
        describe(u, u->constants.data[i]);
}

#include "ir/print_body.h"

#include <inttypes.h>
#include <string.h>

static const char *const unary_names[] = {"neg", "bitnot", "not"};
static const char *const binary_names[] = {"add", "sub", "mul", "div", "rem",    "shl",
                                           "shr", "and", "or",  "xor", "ptrdiff"};
static const char *const compare_names[] = {"eq", "ne", "lt", "le", "gt", "ge"};
static const char *const cast_names[] = {"value", "pointer", "to_int", "to_ptr", "void"};

/* ---- parts ----------------------------------------------------------------------------- */

const char *print_type_name(const struct ir_unit *unit, ir_id type)
{
    return type < unit->types.len ? unit->types.data[type].name : "?";
}

void print_loc(const struct printer *p, struct ir_loc loc)
{
    if (loc.file == IR_NONE) {
        fprintf(p->out, "@-");
        return;
    }
    fprintf(p->out, "@%u:%u", loc.line, loc.column);
    if (loc.end_line != loc.line)
        fprintf(p->out, "-%u:%u", loc.end_line, loc.end_column);
    else if (loc.end_column > loc.column + 1)
        fprintf(p->out, "-%u", loc.end_column);
    if (!p->unit->files.data[loc.file].is_main) {
        const char *slash = strrchr(p->unit->files.data[loc.file].path, '/');
        fprintf(p->out, " %s", slash ? slash + 1 : p->unit->files.data[loc.file].path);
    }
    if (loc.macro != IR_NONE)
        fprintf(p->out, " %s", p->unit->macros.data[loc.macro].name);
}

static void print_value(const struct printer *p, ir_value value)
{
    if (value == IR_NONE)
        fprintf(p->out, "_");
    else
        fprintf(p->out, "%%%u", value);
}

static const char *function_name(const struct printer *p, ir_id function)
{
    return p->unit->functions.data[function].qualified;
}

static void print_string(const struct printer *p, const char *text)
{
    enum { LONGEST = 60 };
    size_t len = strlen(text);
    fprintf(p->out, "%.*s%s", LONGEST, text, len > LONGEST ? "..." : "");
}

static void print_arguments(const struct printer *p, const struct ir_call *call)
{
    fprintf(p->out, "(");
    for (size_t i = 0; call && i < call->args.len; i++) {
        fprintf(p->out, "%s", i ? ", " : "");
        print_value(p, call->args.data[i]);
    }
    fprintf(p->out, ")");
}

static void print_call(const struct printer *p, const struct ir_op *op)
{
    const struct ir_call *call = op->call;
    fprintf(p->out, "%s ", op->code == IR_LAUNCH ? "launch" : "call");
    if (call->function != IR_NONE)
        fprintf(p->out, "%s", function_name(p, call->function));
    else
        print_value(p, call->callee);
    if (call->written)
        fprintf(p->out, " \"%s\"", call->written);
    print_arguments(p, call);
    if (call->into != IR_NONE) {
        fprintf(p->out, " into ");
        print_value(p, call->into);
    }
    if (call->is_virtual)
        fprintf(p->out, " virtual");
    if (call->is_discarded)
        fprintf(p->out, " discarded");
    if (call->is_new_array)
        fprintf(p->out, " array");
}

static void print_number(const struct printer *p, uint64_t number)
{
    if (number == IR_SIZE_UNKNOWN)
        fprintf(p->out, "?");
    else
        fprintf(p->out, "%" PRIu64, number);
}

static void print_pair(const struct printer *p, const char *name, const struct ir_op *op)
{
    fprintf(p->out, "%s ", name);
    print_value(p, op->a);
    fprintf(p->out, ", ");
    print_value(p, op->b);
}

static void print_single(const struct printer *p, const char *name, ir_value operand)
{
    fprintf(p->out, "%s ", name);
    print_value(p, operand);
}

static void print_local(const struct printer *p, ir_id local)
{
    const char *name = p->fn->locals.data[local].name;
    fprintf(p->out, "%s#%u", name, local);
}

static void print_index(const struct printer *p, const struct ir_op *op)
{
    print_pair(p, "index", op);
    fprintf(p->out, " * ");
    print_number(p, op->number);
}

static void print_operation(const struct printer *p, const struct ir_op *op)
{
    switch (op->code) {
    case IR_NOP:
        fprintf(p->out, "nop");
        break;
    case IR_CONST:
        fprintf(p->out, "const %" PRId64, (int64_t)op->number);
        break;
    case IR_SIZEOF:
        if (op->text)
            fprintf(p->out, "parameter %s = ", op->text);
        else
            fprintf(p->out, "sizeof %s = ", print_type_name(p->unit, op->aux));
        print_number(p, op->number);
        break;
    case IR_STRING:
        fprintf(p->out, "string ");
        print_string(p, op->text);
        break;
    case IR_ADDR_LOCAL:
        fprintf(p->out, "local ");
        print_local(p, op->aux);
        break;
    case IR_ADDR_GLOBAL:
        fprintf(p->out, "global %s", p->unit->globals.data[op->aux].qualified);
        break;
    case IR_FIRST_VISIT:
        fprintf(p->out, "first visit of %s", p->unit->globals.data[op->aux].qualified);
        break;
    case IR_ADDR_FUNCTION:
        fprintf(p->out, "function %s", function_name(p, op->aux));
        break;
    case IR_FIELD:
        print_single(p, "field", op->a);
        fprintf(p->out, " .%s", op->text);
        break;
    case IR_INDEX:
        print_index(p, op);
        break;
    case IR_LOAD:
        print_single(p, "load", op->a);
        break;
    case IR_STORE:
        print_pair(p, "store", op);
        break;
    case IR_COPY:
        print_pair(p, "copy", op);
        break;
    case IR_ZERO:
        print_single(p, "zero", op->a);
        break;
    case IR_UNARY:
        print_single(p, unary_names[op->sub], op->a);
        break;
    case IR_BINARY:
        print_pair(p, binary_names[op->sub], op);
        if (op->sub == IR_PTRDIFF) {
            fprintf(p->out, " / ");
            print_number(p, op->number);
        }
        break;
    case IR_COMPARE:
        print_pair(p, compare_names[op->sub], op);
        break;
    case IR_CAST:
        fprintf(p->out, "cast.%s ", cast_names[op->sub]);
        print_value(p, op->a);
        break;
    case IR_COUNT:
        fprintf(p->out, "count ");
        print_value(p, op->a);
        break;
    case IR_CALL:
    case IR_LAUNCH:
        print_call(p, op);
        break;
    case IR_LIFETIME_BEGIN:
        fprintf(p->out, "begin ");
        print_local(p, op->aux);
        if (op->a != IR_NONE) {
            fprintf(p->out, " bytes ");
            print_value(p, op->a);
        }
        break;
    case IR_LIFETIME_END:
        fprintf(p->out, "end ");
        print_local(p, op->aux);
        break;
    case IR_THROWN:
        fprintf(p->out, "thrown %s",
                op->number           ? "again"
                : op->aux == IR_NONE ? "?"
                                     : print_type_name(p->unit, op->aux));
        break;
    case IR_CATCHES:
        fprintf(p->out, "catches %s%s", print_type_name(p->unit, op->aux),
                op->number ? ", last" : "");
        break;
    case IR_HAVOC:
        fprintf(p->out, "unknown \"%s\"", op->text);
        if (op->call)
            print_arguments(p, op->call);
        break;
    }
}

static bool yields(const struct ir_op *op)
{
    return op->type != IR_NONE && op->code != IR_COPY && op->code != IR_ZERO;
}

static void print_op(const struct printer *p, ir_id index)
{
    const struct ir_op *op = &p->fn->ops.data[index];
    fprintf(p->out, "    ");
    if (yields(op))
        fprintf(p->out, "%%%u: %s = ", index, print_type_name(p->unit, op->type));
    print_operation(p, op);
    fprintf(p->out, op->is_in_doubt ? "  in doubt  " : "  ");
    print_loc(p, op->loc);
    fprintf(p->out, "\n");
}

/* ---- blocks ---------------------------------------------------------------------------- */

static void print_switch(const struct printer *p, const struct ir_block *block)
{
    fprintf(p->out, "switch ");
    print_value(p, block->value);
    for (size_t i = 0; i < block->cases.len; i++) {
        struct ir_case c = block->cases.data[i];
        if (c.low == c.high)
            fprintf(p->out, " %" PRId64 ": b%u", c.low, block->targets.data[i]);
        else
            fprintf(p->out, " %" PRId64 "..%" PRId64 ": b%u", c.low, c.high,
                    block->targets.data[i]);
    }
    if (block->targets.len)
        fprintf(p->out, " else b%u", block->targets.data[block->targets.len - 1]);
}

static void print_terminator(const struct printer *p, const struct ir_block *block)
{
    fprintf(p->out, "    ");
    switch (block->terminator) {
    case IR_JUMP:
        fprintf(p->out, "jump b%u", block->targets.data[0]);
        break;
    case IR_BRANCH:
        print_single(p, "branch", block->value);
        fprintf(p->out, " b%u b%u", block->targets.data[0], block->targets.data[1]);
        break;
    case IR_SWITCH:
        print_switch(p, block);
        break;
    case IR_RETURN:
        print_single(p, "return", block->value);
        break;
    case IR_THROW:
        fprintf(p->out, "throw");
        break;
    case IR_UNREACHABLE:
        fprintf(p->out, "unreachable");
        break;
    }
    fprintf(p->out, "  ");
    print_loc(p, block->loc);
    fprintf(p->out, "\n");
}

void print_block(const struct printer *p, ir_id index)
{
    const struct ir_block *block = &p->fn->blocks.data[index];
    fprintf(p->out, "  b%u:", index);
    if (block->is_loop_head)
        fprintf(p->out, " loop");
    if (block->is_handler)
        fprintf(p->out, " handler");
    if (block->unwind != IR_NONE)
        fprintf(p->out, " unwind b%u", block->unwind);
    fprintf(p->out, "\n");
    for (size_t i = 0; i < block->ops.len; i++)
        print_op(p, block->ops.data[i]);
    print_terminator(p, block);
}

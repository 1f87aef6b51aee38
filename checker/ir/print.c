#include "ir/print.h"

#include <inttypes.h>
#include <string.h>

static const char *const unary_names[] = {"neg", "bitnot", "not"};
static const char *const binary_names[] = {"add", "sub", "mul", "div", "rem",    "shl",
                                           "shr", "and", "or",  "xor", "ptrdiff"};
static const char *const compare_names[] = {"eq", "ne", "lt", "le", "gt", "ge"};
static const char *const cast_names[] = {"value", "pointer", "to_int", "to_ptr", "void"};

struct printer {
    FILE *out;
    const struct ir_unit *unit;
    const struct ir_function *fn;
};

/* ---- parts ----------------------------------------------------------------------------- */

static const char *type_name(const struct ir_unit *unit, ir_id type)
{
    return type < unit->types.len ? unit->types.data[type].name : "?";
}

static void print_loc(const struct printer *p, struct ir_loc loc)
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
            fprintf(p->out, "sizeof %s = ", type_name(p->unit, op->aux));
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
                                     : type_name(p->unit, op->aux));
        break;
    case IR_CATCHES:
        fprintf(p->out, "catches %s%s", type_name(p->unit, op->aux), op->number ? ", last" : "");
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
        fprintf(p->out, "%%%u: %s = ", index, type_name(p->unit, op->type));
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

static void print_block(const struct printer *p, ir_id index)
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

/* ---- functions ------------------------------------------------------------------------- */

static void print_flags(const struct printer *p, const struct ir_function *fn)
{
    static const char *const kinds[] = {"",        " method",        " constructor", " destructor",
                                        " lambda", " initialisation"};
    fprintf(p->out, "%s", kinds[fn->kind]);
    const struct {
        bool is_set;
        const char *name;
    } flags[] = {
        {fn->is_static, " static"},
        {fn->is_static_method, " static_method"},
        {fn->is_template_pattern, " pattern"},
        {fn->is_extern_c_or_global, " global"},
        {fn->is_noreturn, " noreturn"},
        {fn->is_noexcept, " noexcept"},
        {fn->is_virtual, " virtual"},
        {fn->is_variadic, " variadic"},
        {fn->is_const_method, " const"},
        {fn->is_hidden, " hidden"},
        {fn->is_device_only, " device"},
        {fn->is_coroutine, " coroutine"},
        {fn->is_kernel, " kernel"},
        {fn->is_implicit, " implicit"},
    };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (flags[i].is_set)
            fprintf(p->out, "%s", flags[i].name);
}

static void print_signature(const struct printer *p, const struct ir_function *fn)
{
    fprintf(p->out, "%s(", fn->qualified);
    for (size_t i = 0; i < fn->param_types.len; i++)
        fprintf(p->out, "%s%s", i ? ", " : "", type_name(p->unit, fn->param_types.data[i]));
    fprintf(p->out, ") -> %s", type_name(p->unit, fn->result_type));
    print_flags(p, fn);
    fprintf(p->out, "  ");
    print_loc(p, fn->loc);
    fprintf(p->out, "\n");
}

void ir_print_function(FILE *out, const struct ir_unit *unit, const struct ir_function *function)
{
    struct printer p = {.out = out, .unit = unit, .fn = function};
    fprintf(out, "%s ", function->has_body ? "function" : "declare");
    print_signature(&p, function);
    for (size_t i = 0; i < function->degraded.len; i++)
        fprintf(out, "  degraded: %s\n", function->degraded.data[i]);
    if (function->is_in_doubt)
        fprintf(out, "  in doubt\n");
    if (!function->has_body)
        return;
    for (ir_id i = 0; i < function->locals.len; i++) {
        const struct ir_local *local = &function->locals.data[i];
        static const char *const kinds[] = {"param", "auto", "temp"};
        fprintf(out, "  %s %s#%u: %s", kinds[local->kind], local->name, i,
                type_name(unit, local->type));
        if (local->has_default)
            fprintf(out, " = %" PRId64, local->initial);
        fprintf(out, "\n");
    }
    for (ir_id i = 0; i < function->blocks.len; i++)
        print_block(&p, i);
}

/* ---- the unit -------------------------------------------------------------------------- */

static void print_field(const struct printer *p, const struct ir_field *field)
{
    fprintf(p->out, "  %s: %s", field->name, type_name(p->unit, field->type));
    if (field->offset != IR_SIZE_UNKNOWN)
        fprintf(p->out, " at %" PRIu64, field->offset);
    fprintf(p->out, "\n");
}

static void print_record(const struct printer *p, const struct ir_record *record)
{
    fprintf(p->out, "record %s", record->display);
    if (record->is_union)
        fprintf(p->out, " union");
    if (record->is_lambda)
        fprintf(p->out, " lambda");
    if (record->copy_deleted)
        fprintf(p->out, " nocopy");
    if (record->is_abstract)
        fprintf(p->out, " abstract");
    if (record->has_unseen_friend)
        fprintf(p->out, " befriended");
    if (record->destructor != IR_NONE)
        fprintf(p->out, " destructor %s", p->unit->functions.data[record->destructor].qualified);
    fprintf(p->out, "\n");
    for (size_t i = 0; i < record->fields.len; i++)
        print_field(p, &record->fields.data[i]);
}

static void print_part(const struct printer *p, const struct ir_part *part)
{
    switch (part->kind) {
    case IR_PART_NUMBER:
        fprintf(p->out, "%" PRId64, part->number);
        break;
    case IR_PART_FUNCTION:
        fprintf(p->out, "%s", p->unit->functions.data[part->function].qualified);
        break;
    case IR_PART_GLOBAL:
        fprintf(p->out, "&%s", p->unit->globals.data[part->global].qualified);
        break;
    case IR_PART_STRING:
        fprintf(p->out, "%s", part->text);
        break;
    case IR_PART_OTHER:
        fprintf(p->out, "?");
        break;
    }
}

/* " = 5" for a scalar, else " = {0: 5, 8: f}" by offset. */
static void print_parts(const struct printer *p, const struct ir_global *global)
{
    if (!global->has_parts)
        return;
    const struct ir_part *parts = global->parts.data;
    uint64_t whole = global->type == IR_NONE ? 0 : p->unit->types.data[global->type].size;
    fprintf(p->out, " = ");
    if (global->parts.len == 1 && parts[0].size == whole) {
        print_part(p, &parts[0]);
        return;
    }
    fprintf(p->out, "{");
    for (size_t i = 0; i < global->parts.len; i++) {
        fprintf(p->out, "%s%" PRIu64 ": ", i ? ", " : "", parts[i].offset);
        print_part(p, &parts[i]);
    }
    fprintf(p->out, "}");
}

static void print_global(const struct printer *p, const struct ir_global *global)
{
    fprintf(p->out, "global %s: %s", global->qualified, type_name(p->unit, global->type));
    if (global->is_static)
        fprintf(p->out, " static");
    if (global->is_function_local)
        fprintf(p->out, " local");
    if (global->record != IR_NONE)
        fprintf(p->out, global->is_private ? " private member" : " member");
    if (global->is_thread_local)
        fprintf(p->out, " thread");
    if (global->is_volatile)
        fprintf(p->out, " volatile");
    if (global->is_const_data)
        fprintf(p->out, " const");
    if (global->is_managed)
        fprintf(p->out, " managed");
    if (!global->begins_null)
        fprintf(p->out, " set");
    if (global->has_start)
        fprintf(p->out, " from %" PRId64, global->start);
    print_parts(p, global);
    fprintf(p->out, "  ");
    print_loc(p, global->loc);
    fprintf(p->out, "\n");
}

void ir_print(FILE *out, const struct ir_unit *unit)
{
    struct printer p = {.out = out, .unit = unit};
    for (size_t i = 0; i < unit->records.len; i++)
        if (!unit->records.data[i].in_system_header)
            print_record(&p, &unit->records.data[i]);
    for (size_t i = 0; i < unit->globals.len; i++) {
        const struct ir_loc *loc = &unit->globals.data[i].loc;
        if (loc->file == IR_NONE || !unit->files.data[loc->file].is_system)
            print_global(&p, &unit->globals.data[i]);
    }
    for (size_t i = 0; i < unit->functions.len; i++)
        if (!unit->functions.data[i].in_system_header || unit->functions.data[i].has_body)
            ir_print_function(out, unit, &unit->functions.data[i]);
    for (size_t i = 0; i < unit->gaps.len; i++) {
        fprintf(out, "gap %s  ", unit->gaps.data[i].what);
        print_loc(&p, unit->gaps.data[i].loc);
        fprintf(out, "\n");
    }
}

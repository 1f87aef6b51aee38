#include "ir/print.h"

#include "ir/print_body.h"

#include <inttypes.h>

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
        fprintf(p->out, "%s%s", i ? ", " : "", print_type_name(p->unit, fn->param_types.data[i]));
    fprintf(p->out, ") -> %s", print_type_name(p->unit, fn->result_type));
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
                print_type_name(unit, local->type));
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
    fprintf(p->out, "  %s: %s", field->name, print_type_name(p->unit, field->type));
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
    fprintf(p->out, "global %s: %s", global->qualified, print_type_name(p->unit, global->type));
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

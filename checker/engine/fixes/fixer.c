#include "engine/fixes/fixer.h"

#include "engine/fixes/fix_source.h"
#include "engine/state/context.h"

#include <string.h>

/* ---- text ------------------------------------------------------------------------------ */

static bool range_of_op(const struct fixer *fixer, const struct ir_op *op, struct code_range *range)
{
    return op && fix_source_range(fixer->source, &op->loc, range);
}

bool fixer_statement(const struct fixer *fixer, const struct ir_op *op,
                     struct code_statement *statement)
{
    struct code_range range;
    return range_of_op(fixer, op, &range) && code_statement_of(fixer->code, range, statement);
}

bool fixer_call(const struct fixer *fixer, const struct ir_op *op, struct code_call *call)
{
    struct code_range range;
    return op->call && range_of_op(fixer, op, &range) && code_call_of(fixer->code, range, call) &&
           call->args.len <= op->call->args.len;
}

/* The parser and the brackets must agree about where the argument begins. */
bool fixer_argument(const struct fixer *fixer, const struct ir_op *op, int index,
                    struct code_range *argument)
{
    struct code_call call;
    if (index < 0 || !op || !fixer_call(fixer, op, &call) || (size_t)index >= call.args.len)
        return false;
    *argument = call.args.data[index];
    const struct ir_loc *loc = &op->call->arg_locs.data[index];
    return loc->file == op->loc.file &&
           loc->offset == fixer->code->tokens.data[argument->first].offset;
}

bool fixer_released(const struct fixer *fixer, const struct ir_op *op, struct code_range *pointer)
{
    const struct model_effect *effect = fixer_effect(fixer, op, MODEL_RELEASES);
    struct code_call call;
    if (!effect || !range_of_op(fixer, op, pointer))
        return false;
    if (fixer_call(fixer, op, &call))
        return fixer_argument(fixer, op, effect->pointer, pointer);
    if (!code_is(fixer->code, pointer->first++, "delete"))
        return false;
    if (code_is(fixer->code, pointer->first, "["))
        pointer->first += 2;
    return pointer->first <= pointer->last;
}

/* ---- edits ----------------------------------------------------------------------------- */

void fixer_describe(struct fixer *fixer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fixer->fix.description = arena_vprintf(fixer->code->arena, format, args);
    va_end(args);
}

static void add_edit(struct fixer *fixer, uint32_t offset, uint32_t end_offset, const char *text)
{
    const struct text *file = fixer->code->text;
    struct position at = {.file = file->path, .offset = offset, .end_offset = end_offset};
    text_place(file, offset, &at.line, &at.column);
    text_place(file, end_offset, &at.end_line, &at.end_column);
    vec_push(fixer->code->arena, &fixer->fix.replacements, (struct replacement){at, text});
}

void fixer_replace(struct fixer *fixer, struct code_range range, const char *format, ...)
{
    const struct code_token *tokens = fixer->code->tokens.data;
    va_list args;
    va_start(args, format);
    add_edit(fixer, tokens[range.first].offset, tokens[range.last].end_offset,
             arena_vprintf(fixer->code->arena, format, args));
    va_end(args);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The end of the line behind `at` where only blanks and a comment stand there, else `at`. */
static uint32_t end_of_line(const struct text *text, uint32_t at)
{
    uint32_t end = at;
    while (end < text->len && is_blank(text->bytes[end]))
        end++;
    const char *rest = text->bytes + end;
    if (strncmp(rest, "//", 2) == 0) {
        end += (uint32_t)strcspn(rest, "\r\n");
        if (text->bytes[end - 1] == '\\')
            return at;
    } else if (strncmp(rest, "/*", 2) == 0) {
        const char *close = strstr(rest, "*/");
        end = close ? (uint32_t)(close + 2 - text->bytes) : end;
    }
    end += text->bytes[end] == '\r';
    return end < text->len && text->bytes[end] == '\n' ? end + 1 : at;
}

void fixer_remove(struct fixer *fixer, const struct code_statement *statement)
{
    const struct text *text = fixer->code->text;
    uint32_t start = fixer->code->tokens.data[statement->all.first].offset;
    uint32_t end = fixer->code->tokens.data[statement->all.last + 1].end_offset;
    uint32_t line = start, behind = end_of_line(text, end);
    while (line > 0 && is_blank(text->bytes[line - 1]))
        line--;
    if (behind > end && (line == 0 || text->bytes[line - 1] == '\n')) {
        start = line;
        end = behind;
    } else if (is_blank(text->bytes[end])) {
        end++;
    }
    add_edit(fixer, start, end, "");
}

/* ---- the engine's side ----------------------------------------------------------------- */

void fix_add(const struct rule *rule, const struct event *event, site_id site,
             struct finding *finding)
{
    struct engine *engine = event->engine;
    if (!rule->fix)
        return;
    const struct site *place = site_at(engine, site);
    const struct program_function *function = context_function(engine, place->context);
    struct fix_source *source = fix_source_of(engine, function->in);
    if (!source->code)
        return;
    struct fixer fixer = {.event = event,
                          .source = source,
                          .code = source->code,
                          .unit = function->in,
                          .function = function->ir,
                          .op = place->op == IR_NONE ? NULL : &function->ir->ops.data[place->op]};
    if (rule->fix(&fixer))
        vec_push(engine->findings->arena, &finding->fixes, fixer.fix);
}

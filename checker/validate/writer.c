#include "validate/writer.h"

#include "validate/memory.h"

#include <stdarg.h>
#include <string.h>

enum { SHOWN_SOURCE = 86, COMMENT_WIDTH = 92, LINE_WIDTH = 100, INDENT = 4, MAX_OPEN = 16 };

/* The last place behind a comma where the line may end, and in `column` where what follows lines
 * up: behind the innermost parenthesis that is open there. 0: it is short enough, or has none. */
static size_t place_to_break(const char *text, size_t indent, size_t *column)
{
    size_t open[MAX_OPEN], depth = 0, found = 0;
    bool is_quoted = false;

    if (indent + strlen(text) <= LINE_WIDTH)
        return 0;
    for (size_t i = 0; text[i] && (indent + i < LINE_WIDTH || !found); i++) {
        is_quoted ^= text[i] == '"' && (i == 0 || text[i - 1] != '\\');
        if (is_quoted)
            continue;
        if (text[i] == '(' && depth < MAX_OPEN)
            open[depth++] = i + 1;
        else if (text[i] == ')' && depth)
            depth--;
        if (text[i] == ',' && text[i + 1] == ' ' && depth) {
            found = i + 1;
            *column = indent + open[depth - 1];
        }
    }
    return found;
}

static void add_code(struct writer *w, const char *text)
{
    size_t indent = INDENT, column = INDENT, len;

    while ((len = place_to_break(text, indent, &column)) != 0) {
        strbuf_addf(&w->body, "%*s%.*s\n", (int)indent, "", (int)len, text);
        text += len + 1; /* the blank behind the comma goes */
        indent = column;
    }
    strbuf_addf(&w->body, "%*s%s\n", (int)indent, "", text);
}

void writer_line(struct writer *w, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    const char *text = arena_vprintf(w->arena, format, args);
    va_end(args);
    if (*text)
        add_code(w, text);
    else
        strbuf_addc(&w->body, '\n');
}

void writer_comment(struct writer *w, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    strbuf_addf(&w->body, "%*s// %s\n", INDENT, "", arena_vprintf(w->arena, format, args));
    va_end(args);
}

const char *writer_place_name(const struct writer *w, const struct position *at)
{
    return arena_printf(w->arena, "%s:%u", text_path_below(w->root, at->file), at->line);
}

/* Bytes at the span's start that are of the set. */
static size_t leading(struct text_span span, const char *set)
{
    size_t count = 0;

    while (count < span.len && strchr(set, span.bytes[count]))
        count++;
    return count;
}

/* The source line without its indentation; "" where it cannot be read. A backslash at its end would
 * carry the comment on. Of a long line, the part from `column` on where the start does not show
 * it. */
static const char *source_text(const struct writer *w, const struct position *at)
{
    const struct text *text = text_get(w->texts, at->file);
    if (!text)
        return "";
    struct text_span line = text_line(text, at->line);
    size_t indent = leading(line, " \t"), from = indent;
    size_t end = at->end_line == at->line ? at->end_column : at->column;
    while (line.len > indent && strchr(" \t\r\\", line.bytes[line.len - 1]))
        line.len--;
    if (end > indent + SHOWN_SOURCE && at->column > indent + 1 && at->column <= line.len)
        from = at->column - 1;
    size_t len = line.len - from;
    bool is_cut = len > SHOWN_SOURCE;
    if (is_cut) /* not within a character of UTF-8 */
        for (len = SHOWN_SOURCE; (line.bytes[from + len] & 0xc0) == 0x80; len--)
            continue;
    return arena_printf(w->arena, "%s%.*s%s", from > indent ? "... " : "", (int)len,
                        line.bytes + from, is_cut ? " ..." : "");
}

static void add_place(struct writer *w, const struct position *at, const char *indent)
{
    const char *place = writer_place_name(w, at), *source = source_text(w, at);

    if (strlen(place) + strlen(source) < COMMENT_WIDTH) {
        writer_comment(w, "%s%s: %s", indent, place, source);
    } else {
        writer_comment(w, "%s%s:", indent, place);
        writer_comment(w, "%s    %s", indent, source);
    }
}

void writer_place(struct writer *w, const struct replay_step *step, const char *remark)
{
    writer_line(w, "%s", "");
    for (size_t i = 0; i < step->callers.len; i++)
        add_place(w, &step->callers.data[i], i ? "  " : "");
    add_place(w, &step->at, step->callers.len ? "  " : "");
    if (remark)
        writer_comment(w, "%s", remark);
}

const char *writer_pointer(struct writer *w, const struct replay_step *step)
{
    const char *base = w->block;

    switch (step->place) {
    case REPLAY_NULL:
        return "nullptr";
    case REPLAY_FAILED:
        w->parts |= PART_MAPPINGS;
        return "MAP_FAILED";
    case REPLAY_FORMER:
        base = w->former;
        break;
    case REPLAY_BLOCK:
        break;
    }
    if (step->offset == 0)
        return base;
    return arena_printf(w->arena, "%s %c %lld", base, step->offset > 0 ? '+' : '-',
                        (long long)(step->offset > 0 ? step->offset : -step->offset));
}

const struct replay_step *writer_own_step(const struct writer *w)
{
    if (strcmp(w->finding->rule, "register-leak") == 0)
        return NULL;
    return &w->replay->steps.data[w->replay->steps.len - 1];
}

void writer_need_block(struct writer *w)
{
    if (!w->has_block)
        memory_declare(w, NULL);
}

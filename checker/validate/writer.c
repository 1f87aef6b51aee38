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

/* Without white space around it; a backslash at its end would carry the comment on. */
static struct text_span trimmed(struct text_span line)
{
    while (line.len && strchr(" \t", *line.bytes)) {
        line.bytes++;
        line.len--;
    }
    while (line.len && strchr(" \t\r\\", line.bytes[line.len - 1]))
        line.len--;
    return line;
}

/* The place's lines as one, from where its code begins where that is far behind the line's start;
 * "" where they cannot be read. */
static const char *joined_lines(const struct writer *w, const struct position *at)
{
    const struct text *text = text_get(w->texts, at->file);
    struct strbuf out;

    strbuf_init(&out, w->arena);
    for (uint32_t number = at->line; text && (number == at->line || number <= at->end_line);
         number++) {
        struct text_span whole = text_line(text, number), line = trimmed(whole);
        size_t before = (size_t)(line.bytes - whole.bytes);
        bool is_far = number == at->line && at->column > before + SHOWN_SOURCE / 2 &&
                      at->column <= before + line.len;
        size_t skipped = is_far ? at->column - 1 - before : 0;
        strbuf_adds(&out, is_far ? "... " : out.len ? " " : "");
        strbuf_add(&out, line.bytes + skipped, line.len - skipped);
        if (out.len > SHOWN_SOURCE)
            break;
    }
    return out.text;
}

static const char *source_text(const struct writer *w, const struct position *at)
{
    const char *text = joined_lines(w, at);
    size_t len = strlen(text);

    if (len <= SHOWN_SOURCE)
        return text;
    for (len = SHOWN_SOURCE; (text[len] & 0xc0) == 0x80; len--) /* not within a character */
        continue;
    return arena_printf(w->arena, "%.*s ...", (int)len, text);
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

#include "validate/writer.h"

#include "validate/memory.h"

#include <stdarg.h>
#include <string.h>

enum { SHOWN_SOURCE = 86, COMMENT_WIDTH = 92 };

void writer_line(struct writer *w, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    const char *text = arena_vprintf(w->arena, format, args);
    va_end(args);
    if (*text)
        strbuf_addf(&w->body, "    %s", text);
    strbuf_addc(&w->body, '\n');
}

void writer_comment(struct writer *w, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    writer_line(w, "// %s", arena_vprintf(w->arena, format, args));
    va_end(args);
}

const char *writer_place_name(const struct writer *w, const struct position *at)
{
    return arena_printf(w->arena, "%s:%u", text_path_below(w->root, at->file), at->line);
}

/* The source line without its indentation; "" where it cannot be read. A backslash at its end would
 * carry the comment on. */
static const char *source_text(const struct writer *w, const struct position *at)
{
    const struct text *text = text_get(w->texts, at->file);
    if (!text)
        return "";
    struct text_span line = text_line(text, at->line);
    while (line.len && (*line.bytes == ' ' || *line.bytes == '\t')) {
        line.bytes++;
        line.len--;
    }
    while (line.len && strchr(" \t\\", line.bytes[line.len - 1]))
        line.len--;
    bool is_cut = line.len > SHOWN_SOURCE;
    return arena_printf(w->arena, "%.*s%s", (int)(is_cut ? SHOWN_SOURCE : line.len), line.bytes,
                        is_cut ? " ..." : "");
}

void writer_place(struct writer *w, const struct position *at, const char *remark)
{
    writer_line(w, "%s", "");
    const char *place = writer_place_name(w, at), *source = source_text(w, at);
    if (strlen(place) + strlen(source) < COMMENT_WIDTH) {
        writer_comment(w, "%s: %s", place, source);
    } else {
        writer_comment(w, "%s:", place);
        writer_comment(w, "    %s", source);
    }
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

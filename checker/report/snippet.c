#include "report/snippet.h"

#include "support/strbuf.h"
#include "support/utf8.h"
#include "support/vec.h"

#include <string.h>

enum {
    TAB_STOP = 8,
    MAX_LINES = 16,         /* of one range, as clang */
    MAX_LINE_LENGTH = 4096, /* longer lines are generated, and no help on a terminal */
    MIN_NUMBER_WIDTH = 4
};

#define CARET_COLOR "\033[0;1;32m"
#define INSERTION_COLOR "\033[0;32m"
#define COLOR_OFF "\033[0m"

/* ---- what a line looks like ------------------------------------------------------------ */

struct layout {
    struct strbuf shown;
    uint32_t *columns; /* display column of each byte; one more for the end */
    size_t len;        /* bytes of the line */
    uint32_t width;
};

/* Appends one character as it is shown and returns the columns that it takes. */
static uint32_t show_char(struct strbuf *shown, const char *bytes, struct utf8_char c,
                          uint32_t column)
{
    size_t before = shown->len;
    if (c.valid && c.code == '\t') {
        uint32_t spaces = TAB_STOP - column % TAB_STOP;
        strbuf_addf(shown, "%*s", (int)spaces, "");
        return spaces;
    }
    if (c.valid && utf8_is_printable(c.code)) {
        strbuf_add(shown, bytes, c.len);
        return (uint32_t)utf8_width(c.code);
    }
    if (c.valid)
        strbuf_addf(shown, "<U+%04X>", c.code);
    else
        for (uint32_t i = 0; i < c.len; i++)
            strbuf_addf(shown, "<%02X>", (unsigned char)bytes[i]);
    return (uint32_t)(shown->len - before);
}

static struct layout lay_out(struct arena *arena, const char *bytes, size_t len)
{
    struct layout layout = {.len = len};
    strbuf_init(&layout.shown, arena);
    layout.columns = arena_new_array(arena, len + 1, uint32_t);
    for (size_t at = 0; at < len;) {
        struct utf8_char next = utf8_next(bytes + at, len - at);
        for (uint32_t i = 0; i < next.len; i++)
            layout.columns[at + i] = layout.width;
        layout.width += show_char(&layout.shown, bytes + at, next, layout.width);
        at += next.len;
    }
    layout.columns[len] = layout.width;
    return layout;
}

const char *snippet_printable(struct arena *arena, const char *bytes, size_t len)
{
    return lay_out(arena, bytes, len).shown.text;
}

/* The display column of a byte column of the line; the end for what lies behind it. */
static uint32_t display_column(const struct layout *layout, uint32_t byte_column)
{
    size_t index = byte_column ? byte_column - 1 : 0;
    return layout->columns[index < layout->len ? index : layout->len];
}

/* ---- the lines below it ---------------------------------------------------------------- */

struct row {
    struct arena *arena;
    struct text_span span;
    struct layout layout;
    uint32_t line;
    struct strbuf marks;      /* "    ^~~~" */
    struct strbuf insertions; /* text of fix-its */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void set_mark(struct row *row, uint32_t column, char mark)
{
    while (row->marks.len <= column)
        strbuf_addc(&row->marks, ' ');
    row->marks.text[column] = mark;
}

/* Underlines the part of a range that lies on the row's line, without white space at its ends. */
static void underline(struct row *row, const struct position *at)
{
    if (row->line < at->line || row->line > at->end_line)
        return;
    size_t first = row->line == at->line && at->column ? at->column - 1 : 0;
    size_t end = row->line == at->end_line && at->end_column ? at->end_column - 1 : row->span.len;
    if (end > row->span.len)
        end = row->span.len;
    while (first < end && is_blank(row->span.bytes[first]))
        first++;
    while (end > first && is_blank(row->span.bytes[end - 1]))
        end--;
    if (first >= end)
        return;
    for (uint32_t c = row->layout.columns[first]; c < row->layout.columns[end]; c++)
        set_mark(row, c, '~');
}

bool snippet_can_show(const struct replacement *replacement)
{
    return replacement->at.line == replacement->at.end_line &&
           !strpbrk(replacement->text, "\n\r\t");
}

/* Underlines what goes and writes what comes; texts that would touch are moved apart. */
static void show_replacement(struct row *row, const struct replacement *replacement)
{
    underline(row, &replacement->at);
    if (replacement->at.line != row->line || !*replacement->text || !snippet_can_show(replacement))
        return;
    uint32_t column = display_column(&row->layout, replacement->at.column);
    if (row->insertions.len > column)
        strbuf_addc(&row->insertions, ' ');
    while (row->insertions.len < column)
        strbuf_addc(&row->insertions, ' ');
    strbuf_adds(&row->insertions,
                snippet_printable(row->arena, replacement->text, strlen(replacement->text)));
}

static struct row row_at(struct arena *arena, const struct text *text, uint32_t line)
{
    struct row row = {.arena = arena, .line = line, .span = text_line(text, line)};
    row.layout = lay_out(arena, row.span.bytes, row.span.len);
    strbuf_init(&row.marks, arena);
    strbuf_init(&row.insertions, arena);
    return row;
}

/* ---- writing --------------------------------------------------------------------------- */

static int number_width(uint32_t line)
{
    int width = 1;
    while (line >= 10) {
        line /= 10;
        width++;
    }
    return width > MIN_NUMBER_WIDTH ? width : MIN_NUMBER_WIDTH;
}

static size_t trimmed(const char *text, size_t len)
{
    while (len > 0 && text[len - 1] == ' ')
        len--;
    return len;
}

static void write_below(const struct snippet_style *style, int width, const char *color,
                        const struct strbuf *text)
{
    if (!text->len)
        return;
    fprintf(style->out, " %*s | %s%s%s\n", width, "", style->color ? color : "", text->text,
            style->color ? COLOR_OFF : "");
}

static void write_row(const struct snippet_style *style, const struct row *row, int width)
{
    const struct strbuf *shown = &row->layout.shown;
    fprintf(style->out, " %*u | %.*s\n", width, row->line, (int)trimmed(shown->text, shown->len),
            shown->text);
    write_below(style, width, CARET_COLOR, &row->marks);
    write_below(style, width, INSERTION_COLOR, &row->insertions);
}

static bool is_line_shown(const struct text *text, uint32_t line)
{
    return line > 0 && line <= text->line_count && text_line(text, line).len <= MAX_LINE_LENGTH;
}

void snippet_write(struct arena *arena, const struct snippet_style *style, const struct text *text,
                   const struct position *at, const struct replacement *replacements,
                   size_t replacement_count)
{
    uint32_t last = at->end_line < at->line ? at->line : at->end_line;
    if (last - at->line >= MAX_LINES)
        last = at->line + MAX_LINES - 1;
    int width = number_width(last);
    for (uint32_t line = at->line; line <= last && is_line_shown(text, line); line++) {
        struct row row = row_at(arena, text, line);
        underline(&row, at);
        for (size_t i = 0; i < replacement_count; i++)
            show_replacement(&row, &replacements[i]);
        if (line == at->line)
            set_mark(&row, display_column(&row.layout, at->column), '^');
        write_row(style, &row, width);
    }
}

void snippet_write_fix(struct arena *arena, const struct snippet_style *style,
                       const struct text *text, const struct fix *fix)
{
    uint32_t first = UINT32_MAX, last = 0;
    for (size_t i = 0; i < fix->replacements.len; i++) {
        const struct position *at = &fix->replacements.data[i].at;
        first = at->line < first ? at->line : first;
        last = at->end_line > last ? at->end_line : last;
    }
    int width = number_width(last);
    for (uint32_t line = first; line <= last && is_line_shown(text, line); line++) {
        struct row row = row_at(arena, text, line);
        for (size_t i = 0; i < fix->replacements.len; i++)
            if (strcmp(fix->replacements.data[i].at.file, text->path) == 0)
                show_replacement(&row, &fix->replacements.data[i]);
        if (row.marks.len || row.insertions.len)
            write_row(style, &row, width);
    }
}

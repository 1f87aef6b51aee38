/* A plan as a unified diff. The edits say where the texts differ, so no search for a longest
 * common subsequence is needed. */
#include "fix/fix.h"
#include "support/strbuf.h"
#include "support/utf8.h"

#include <string.h>

enum { CONTEXT = 3 };

struct diff_line {
    char kind;             /* ' ', '-', '+' */
    struct text_span span; /* with its line end, if it has one */
};

struct lines {
    VEC(struct text_span) list;
};

struct diff {
    struct arena *arena;
    struct lines old;
    VEC(struct diff_line) lines; /* the whole file */
};

/* Only LF ends a line for patch and git. */
static void split(struct arena *arena, const char *bytes, size_t len, struct lines *lines)
{
    for (size_t at = 0; at < len;) {
        const char *end = memchr(bytes + at, '\n', len - at);
        size_t line = end ? (size_t)(end - bytes) + 1 - at : len - at;
        vec_push(arena, &lines->list, (struct text_span){bytes + at, line});
        at += line;
    }
}

static bool is_equal(struct text_span a, struct text_span b)
{
    return a.len == b.len && memcmp(a.bytes, b.bytes, a.len) == 0;
}

/* The lines from `first` up to `end`, which is not one of them. */
static void add_lines(struct diff *diff, char kind, const struct lines *lines, size_t first,
                      size_t end)
{
    for (size_t i = first; i < end; i++)
        vec_push(diff->arena, &diff->lines, (struct diff_line){kind, lines->list.data[i]});
}

/* The old lines from `first` up to `end` against new ones; what both begin and end with is
 * context. */
static void add_block(struct diff *diff, size_t first, size_t end, const struct lines *new)
{
    const struct text_span *old = diff->old.list.data;
    size_t new_first = 0, new_end = new->list.len, block_end = end;
    while (first < end && new_first < new_end && is_equal(old[first], new->list.data[new_first])) {
        add_lines(diff, ' ', &diff->old, first, first + 1);
        first++;
        new_first++;
    }
    while (first < end && new_first < new_end &&
           is_equal(old[end - 1], new->list.data[new_end - 1])) {
        end--;
        new_end--;
    }
    add_lines(diff, '-', &diff->old, first, end);
    add_lines(diff, '+', new, new_first, new_end);
    add_lines(diff, ' ', &diff->old, end, block_end);
}

/* The index of the line that holds the byte, looked for from a line before it on. The end of the
 * text belongs to the last line where that has no end of its own; else it is a line behind all. */
static size_t line_holding(const struct diff *diff, const char *byte, size_t from)
{
    size_t count = diff->old.list.len;
    while (from < count) {
        struct text_span line = diff->old.list.data[from];
        bool is_open = from + 1 == count && line.bytes[line.len - 1] != '\n';
        if (byte < line.bytes + line.len || is_open)
            return from;
        from++;
    }
    return count;
}

/* The edits from *next on that change lines from `first` on without a gap; returns the line
 * behind them. Their new text goes to `text`. */
static size_t apply_block(struct diff *diff, const struct fixed_file *file, size_t first,
                          size_t *next, struct strbuf *text)
{
    const char *bytes = file->text->bytes;
    const char *file_end = bytes + file->text->len;
    const char *at = first < diff->old.list.len ? diff->old.list.data[first].bytes : file_end;
    size_t behind = first;
    while (*next < file->edits.len) {
        const struct edit *edit = &file->edits.data[*next];
        if (behind > first && line_holding(diff, bytes + edit->offset, first) >= behind)
            break;
        strbuf_add(text, at, (size_t)(bytes + edit->offset - at));
        strbuf_adds(text, edit->text);
        at = bytes + edit->end_offset;
        behind = line_holding(diff, at, first) + 1;
        ++*next;
    }
    if (behind > diff->old.list.len)
        behind = diff->old.list.len;
    const char *end = behind < diff->old.list.len ? diff->old.list.data[behind].bytes : file_end;
    strbuf_add(text, at, (size_t)(end - at));
    return behind;
}

static void compare(struct diff *diff, const struct fixed_file *file)
{
    split(diff->arena, file->text->bytes, file->text->len, &diff->old);
    size_t line = 0, next = 0;
    while (next < file->edits.len) {
        size_t first = line_holding(diff, file->text->bytes + file->edits.data[next].offset, line);
        add_lines(diff, ' ', &diff->old, line, first);
        struct strbuf text;
        strbuf_init(&text, diff->arena);
        line = apply_block(diff, file, first, &next, &text);
        struct lines new = {0};
        split(diff->arena, text.text, text.len, &new);
        add_block(diff, first, line, &new);
    }
    add_lines(diff, ' ', &diff->old, line, diff->old.list.len);
}

/* ---- printing -------------------------------------------------------------------------- */

/* The end of the hunk whose first change is at `first`: changes with at most two contexts of
 * unchanged lines between them share it. */
static size_t hunk_end(const struct diff *diff, size_t first)
{
    size_t last = first;
    for (size_t i = first; i < diff->lines.len && i - last <= 2 * (size_t)CONTEXT + 1; i++)
        if (diff->lines.data[i].kind != ' ')
            last = i;
    size_t end = last + 1 + CONTEXT;
    return end < diff->lines.len ? end : diff->lines.len;
}

static void print_line(const struct diff_line *line, FILE *out)
{
    fputc(line->kind, out);
    fwrite(line->span.bytes, 1, line->span.len, out);
    if (!line->span.len || line->span.bytes[line->span.len - 1] != '\n')
        fputs("\n\\ No newline at end of file\n", out);
}

/* `old_line` and `new_line` count the lines before the hunk. */
static void print_hunk(const struct diff *diff, size_t first, size_t end, size_t old_line,
                       size_t new_line, FILE *out)
{
    size_t old_count = 0, new_count = 0;
    for (size_t i = first; i < end; i++) {
        old_count += diff->lines.data[i].kind != '+';
        new_count += diff->lines.data[i].kind != '-';
    }
    fprintf(out, "@@ -%zu,%zu +%zu,%zu @@\n", old_line + (old_count > 0), old_count,
            new_line + (new_count > 0), new_count);
    for (size_t i = first; i < end; i++)
        print_line(&diff->lines.data[i], out);
}

static void print_hunks(const struct diff *diff, FILE *out)
{
    size_t old_line = 0, new_line = 0, at = 0;
    for (size_t i = 0; i < diff->lines.len; i++) {
        if (i < at || diff->lines.data[i].kind == ' ')
            continue;
        size_t first = i - at > CONTEXT ? i - CONTEXT : at;
        /* Lines between two hunks are unchanged. */
        old_line += first - at;
        new_line += first - at;
        at = hunk_end(diff, i);
        print_hunk(diff, first, at, old_line, new_line, out);
        for (size_t j = first; j < at; j++) {
            old_line += diff->lines.data[j].kind != '+';
            new_line += diff->lines.data[j].kind != '-';
        }
    }
}

static bool is_shown_as_it_is(struct utf8_char c)
{
    return c.valid && utf8_is_printable(c.code);
}

static void print_quoted(const char *name, FILE *out)
{
    for (struct utf8_char c; *name; name += c.len) {
        c = utf8_next(name, strlen(name));
        for (uint32_t i = 0; i < c.len; i++)
            if (is_shown_as_it_is(c))
                fprintf(out, "%s%c", strchr("\"\\", name[i]) ? "\\" : "", name[i]);
            else
                fprintf(out, "\\%03o", (unsigned char)name[i]);
    }
}

/* git quotes names with quotes, backslashes or what no terminal should get, byte by byte, and ends
 * names with blanks by a tab. */
static void print_name(const char *mark, const char *prefix, const char *name, FILE *out)
{
    bool quoted = strpbrk(name, "\"\\") != NULL;
    struct utf8_char c;
    for (const char *at = name; *at; at += c.len) {
        c = utf8_next(at, strlen(at));
        quoted = quoted || !is_shown_as_it_is(c);
    }
    fprintf(out, "%s %s%s", mark, quoted ? "\"" : "", prefix);
    if (quoted)
        print_quoted(name, out);
    else
        fputs(name, out);
    fputs(quoted ? "\"\n" : strchr(name, ' ') ? "\t\n" : "\n", out);
}

void fix_print_diff(const struct fix_plan *plan, const char *root, FILE *out)
{
    for (size_t i = 0; i < plan->files.len; i++) {
        const struct fixed_file *file = &plan->files.data[i];
        const char *name = text_path_below(root, file->text->path);
        struct diff diff = {.arena = plan->arena};
        compare(&diff, file);
        print_name("---", "a/", name, out);
        print_name("+++", "b/", name, out);
        print_hunks(&diff, out);
    }
}

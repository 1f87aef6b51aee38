#include "rewrite.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void rewrite_site(struct rewrite *rewrite)
{
    vec_push(rewrite->arena, &rewrite->sites, (struct change){.at = SIZE_MAX});
}

void rewrite_fixed_site(struct rewrite *rewrite)
{
    vec_push(rewrite->arena, &rewrite->sites, (struct change){.at = SIZE_MAX, .is_fixed = true});
}

void rewrite_template(struct rewrite *rewrite, struct range range, const char *text,
                      const struct range *parts, size_t part_count)
{
    struct change *site;
    struct edit edit = {.range = range, .text = text, .order = rewrite->edits.len};

    if (rewrite->sites.len == 0)
        rewrite_site(rewrite);
    edit.site = rewrite->sites.len - 1;
    memcpy(edit.parts, parts, part_count * sizeof *parts);
    site = &rewrite->sites.data[edit.site];
    if (range.from < site->at)
        site->at = range.from;
    vec_push(rewrite->arena, &rewrite->edits, edit);
    rewrite->is_sorted = false;
}

void rewrite_replace(struct rewrite *rewrite, struct range range, const char *text)
{
    const struct range none = {0, 0};

    rewrite_template(rewrite, range, text, &none, 1);
}

void rewrite_insert(struct rewrite *rewrite, size_t at, const char *text)
{
    rewrite_replace(rewrite, (struct range){at, at}, text);
}

void rewrite_wrap(struct rewrite *rewrite, struct range range, const char *before,
                  const char *behind)
{
    rewrite_replace(rewrite, range, arena_printf(rewrite->arena, "%s$0%s", before, behind));
}

/* ---- rendering ---- */

/* Outer edits before the inner ones; insertions before what begins where they stand. */
static int by_place(const void *a, const void *b)
{
    const struct edit *x = a, *y = b;
    bool x_inserts = x->range.from == x->range.to, y_inserts = y->range.from == y->range.to;

    if (x->range.from != y->range.from)
        return x->range.from < y->range.from ? -1 : 1;
    if (x_inserts != y_inserts)
        return x_inserts ? -1 : 1;
    if (x->range.to != y->range.to)
        return x->range.to > y->range.to ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

struct rendering {
    const struct rewrite *rewrite;
    struct arena *arena;
    const char *text;
    struct rewritten *out;
};

static void render_range(struct rendering *rendering, struct range range, size_t first);

static void copy_text(struct rendering *rendering, size_t from, size_t to)
{
    struct rewritten *out = rendering->out;

    if (from >= to)
        return;
    vec_push(rendering->arena, &out->copies, (struct copied){from, to, out->text.len, false});
    strbuf_add(&out->text, rendering->text + from, to - from);
}

static void render_edit(struct rendering *rendering, size_t index)
{
    const struct edit *edit = &rendering->rewrite->edits.data[index];
    struct rewritten *out = rendering->out;

    if (strchr(edit->text, '$') == NULL && edit->range.to > edit->range.from)
        vec_push(rendering->arena, &out->copies,
                 (struct copied){edit->range.from, edit->range.to, out->text.len, true});
    for (const char *text = edit->text; *text != '\0'; text++) {
        if (*text != '$' || text[1] < '0' || text[1] > '9') {
            strbuf_addc(&out->text, *text);
            continue;
        }
        text++;
        render_range(rendering, *text == '0' ? edit->range : edit->parts[*text - '1'], index + 1);
    }
}

/* The edits from `first` on that lie in the range. */
static void render_range(struct rendering *rendering, struct range range, size_t first)
{
    const struct rewrite *rewrite = rendering->rewrite;
    size_t at = range.from;

    for (size_t i = first; i < rewrite->edits.len; i++) {
        const struct edit *edit = &rewrite->edits.data[i];

        if (edit->range.from > range.to || edit->range.to > range.to || edit->range.from < at ||
            rewrite->sites.data[edit->site].is_off)
            continue;
        if (edit->range.from == range.to && range.from < range.to)
            continue;
        copy_text(rendering, at, edit->range.from);
        render_edit(rendering, i);
        at = edit->range.to;
    }
    copy_text(rendering, at, range.to);
}

void rewrite_render(struct rewrite *rewrite, struct arena *arena, const char *text, size_t len,
                    struct rewritten *out)
{
    struct rendering rendering = {rewrite, arena, text, out};

    if (!rewrite->is_sorted && rewrite->edits.len > 1)
        qsort(rewrite->edits.data, rewrite->edits.len, sizeof *rewrite->edits.data, by_place);
    rewrite->is_sorted = true;
    *out = (struct rewritten){0};
    strbuf_init(&out->text, arena);
    render_range(&rendering, (struct range){0, len}, 0);
}

/* ---- places ---- */

size_t rewritten_place(const struct rewritten *rewritten, size_t offset, size_t n)
{
    for (size_t i = 0; i < rewritten->copies.len; i++) {
        const struct copied *copied = &rewritten->copies.data[i];

        if (offset >= copied->from && offset < copied->to && n-- == 0)
            return copied->out + (copied->is_replaced ? 0 : offset - copied->from);
    }
    return SIZE_MAX;
}

size_t rewritten_origin(const struct rewritten *rewritten, size_t out)
{
    size_t origin = 0;

    for (size_t i = 0; i < rewritten->copies.len; i++) {
        const struct copied *copied = &rewritten->copies.data[i];

        if (copied->out > out)
            break;
        origin = copied->is_replaced ? copied->from : copied->from + (out - copied->out);
        if (origin > copied->to)
            origin = copied->to;
    }
    return origin;
}

unsigned line_of(const char *text, size_t offset)
{
    unsigned line = 1;

    for (size_t i = 0; i < offset && text[i] != '\0'; i++)
        line += text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n');
    return line;
}

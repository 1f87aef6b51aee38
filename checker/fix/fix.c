#include "fix/fix.h"

#include "support/file.h"
#include "support/strbuf.h"

#include <stdlib.h>
#include <string.h>

/* ---- the plan -------------------------------------------------------------------------- */

static struct fixed_file *file_at(struct fix_plan *plan, const struct text *text)
{
    for (size_t i = 0; i < plan->files.len; i++)
        if (plan->files.data[i].text == text)
            return &plan->files.data[i];
    struct fixed_file *file = vec_add(plan->arena, &plan->files);
    *file = (struct fixed_file){.text = text};
    return file;
}

static bool is_same(const struct edit *a, const struct edit *b)
{
    return a->offset == b->offset && a->end_offset == b->end_offset &&
           strcmp(a->text, b->text) == 0;
}

/* Ranges that merely touch do not collide; two insertions at one place do: their order would be a
 * guess. */
static bool collides(const struct edit *a, const struct edit *b)
{
    bool is_insertion = a->offset == a->end_offset && b->offset == b->end_offset;
    if (is_insertion)
        return a->offset == b->offset;
    return a->offset < b->end_offset && b->offset < a->end_offset;
}

enum fit { FITS, IS_PRESENT, COLLIDES };

static enum fit fit_of(const struct fixed_file *file, const struct edit *edit)
{
    for (size_t i = 0; i < file->edits.len; i++) {
        if (is_same(&file->edits.data[i], edit))
            return IS_PRESENT;
        if (collides(&file->edits.data[i], edit))
            return COLLIDES;
    }
    return FITS;
}

static struct edit edit_of(const struct replacement *replacement)
{
    return (struct edit){replacement->at.offset, replacement->at.end_offset, replacement->text};
}

/* A fix fits when each of its edits does, or when all are there already: one of two equal edits
 * of different fixes says nothing about the rest. */
static bool fix_fits(struct fix_plan *plan, const struct findings *findings, const struct fix *fix,
                     bool *is_present)
{
    size_t present = 0;
    for (size_t i = 0; i < fix->replacements.len; i++) {
        const struct position *at = &fix->replacements.data[i].at;
        const struct text *text = text_get(findings->texts, at->file);
        if (!text || at->offset > at->end_offset || at->end_offset > text->len)
            return false;
        struct edit edit = edit_of(&fix->replacements.data[i]);
        enum fit fit = fit_of(file_at(plan, text), &edit);
        if (fit == COLLIDES)
            return false;
        present += fit == IS_PRESENT;
    }
    *is_present = present == fix->replacements.len;
    return *is_present || present == 0;
}

static void add_fix(struct fix_plan *plan, const struct findings *findings, const struct fix *fix)
{
    for (size_t i = 0; i < fix->replacements.len; i++) {
        const struct replacement *replacement = &fix->replacements.data[i];
        struct fixed_file *file = file_at(plan, text_get(findings->texts, replacement->at.file));
        vec_push(plan->arena, &file->edits, edit_of(replacement));
    }
}

static int compare_edits(const void *left, const void *right)
{
    const struct edit *a = left, *b = right;
    if (a->offset != b->offset)
        return a->offset < b->offset ? -1 : 1;
    /* An insertion goes before the range that begins at its place. */
    return (a->end_offset > b->end_offset) - (a->end_offset < b->end_offset);
}

static void sort_and_drop_empty(struct fix_plan *plan)
{
    size_t kept = 0;
    for (size_t i = 0; i < plan->files.len; i++) {
        struct fixed_file *file = &plan->files.data[i];
        if (!file->edits.len)
            continue;
        qsort(file->edits.data, file->edits.len, sizeof *file->edits.data, compare_edits);
        plan->files.data[kept++] = *file;
    }
    plan->files.len = kept;
}

void fix_plan_make(struct fix_plan *plan, const struct findings *findings, const bool *left_out)
{
    *plan = (struct fix_plan){.arena = findings->arena,
                              .chosen = arena_new_array(findings->arena, findings->list.len, bool)};
    for (size_t i = 0; i < findings->list.len; i++) {
        const struct finding *finding = &findings->list.data[i];
        if (finding->suppressed_by || !finding->fixes.len || !findings->texts ||
            (left_out && left_out[i]))
            continue;
        const struct fix *fix = &finding->fixes.data[0];
        bool is_present;
        if (!fix_fits(plan, findings, fix, &is_present)) {
            plan->skipped++;
            continue;
        }
        if (!is_present)
            add_fix(plan, findings, fix);
        plan->chosen[i] = true;
        plan->fixed++;
    }
    sort_and_drop_empty(plan);
}

/* ---- applying it ----------------------------------------------------------------------- */

const char *fix_new_text(struct arena *arena, const struct fixed_file *file, size_t *len)
{
    struct strbuf result;
    strbuf_init(&result, arena);
    uint32_t at = 0;
    for (size_t i = 0; i < file->edits.len; i++) {
        const struct edit *edit = &file->edits.data[i];
        strbuf_add(&result, file->text->bytes + at, edit->offset - at);
        strbuf_adds(&result, edit->text);
        at = edit->end_offset;
    }
    strbuf_add(&result, file->text->bytes + at, file->text->len - at);
    *len = result.len;
    return result.text;
}

const struct error *fix_write(struct arena *arena, const struct fixed_file *file)
{
    const struct text *text = file->text;
    if (text->is_injected)
        return error_new(arena, ERROR_USAGE,
                         "cannot fix '%s': its text came on standard input, not from the file",
                         text->path);
    const char *bytes;
    size_t len;
    const struct error *error = file_read(arena, text->path, &bytes, &len);
    if (error)
        return error;
    if (len != text->len || memcmp(bytes, text->bytes, len) != 0)
        return error_new(arena, ERROR_USAGE, "cannot fix '%s': it has changed since it was read",
                         text->path);
    bytes = fix_new_text(arena, file, &len);
    return file_replace(arena, text->path, bytes, len);
}

/* The findings' fixes: applied to files, shown as a patch, or handed to other tools. */
#ifndef CUHOSTLINT_FIX_FIX_H
#define CUHOSTLINT_FIX_FIX_H

#include "findings/finding.h"
#include "findings/text.h"
#include "support/error.h"

#include <stdio.h>

struct edit {
    uint32_t offset, end_offset; /* bytes; equal: an insertion */
    const char *text;
};

struct fixed_file {
    const struct text *text;
    VEC(struct edit) edits; /* sorted, no two overlap */
};

struct fix_plan {
    struct arena *arena;
    VEC(struct fixed_file) files; /* in the order of their first fixed finding */
    bool *chosen;                 /* for each finding: its fix is in the plan */
    size_t fixed;                 /* findings whose fix is in the plan */
    size_t skipped; /* findings whose fix collides with an earlier one, or whose file cannot be
                       read: the next run fixes them */
};

/* Chooses what to change: for each finding that is not suppressed, nor marked in `left_out` (NULL:
 * none is), its first fix, whole or not at all. Two findings with the same fix share it. */
void fix_plan_make(struct fix_plan *plan, const struct findings *findings, const bool *left_out);

/* The new contents of a file, NUL-terminated; *len is without the NUL. */
const char *fix_new_text(struct arena *arena, const struct fixed_file *file, size_t *len);

/* Writes the new contents. Error: the file cannot be written, has changed since it was read, or is
 * not the one on disk at all (an editor's buffer); it is as it was then. */
const struct error *fix_write(struct arena *arena, const struct fixed_file *file);

/* Prints the plan as a unified diff with names below `root`, for `git apply` or `patch -p1`. */
void fix_print_diff(const struct fix_plan *plan, const char *root, FILE *out);

/* Writes the findings that are not suppressed, with the fixes of the plan, as clang-tidy's
 * --export-fixes does: YAML for clang-apply-replacements and editors. `source` is the main file,
 * `folder` the current one. */
const struct error *fix_export(const struct findings *findings, const struct fix_plan *plan,
                               const char *source, const char *folder, const char *path);

#endif

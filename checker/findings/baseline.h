/* A file of findings that a project has accepted for now: only new ones are reported.
 *
 * Entries are known by fingerprint, so that moved lines do not matter; the rest is for people. They
 * are sorted, one per line group, so that the file merges and its history reads well. */
#ifndef CUHOSTLINT_FINDINGS_BASELINE_H
#define CUHOSTLINT_FINDINGS_BASELINE_H

#include "findings/finding.h"
#include "support/error.h"
#include "support/map.h"

#define SUPPRESSED_BY_BASELINE "baseline"

struct baseline_entry {
    const char *fingerprint;
    const char *rule;
    const char *file; /* below the project's root */
    const char *function;
    const char *message;
    bool is_used; /* a finding of this run matched it */
};

struct baseline {
    struct arena *arena;
    VEC(struct baseline_entry) entries;
    struct map by_fingerprint; /* into entries */
};

/* Reads a baseline from its text; `path` is for messages. Errors: no JSON, not a baseline. */
const struct error *baseline_parse(struct arena *arena, const char *path, const char *bytes,
                                   size_t len, struct baseline *baseline);

/* Reads a baseline file; an untrusted one, which the linted repository names, must be a regular
 * file of a sane size. */
const struct error *baseline_read(struct arena *arena, const char *path, bool is_trusted,
                                  struct baseline *baseline);

/* Sets suppressed_by of the findings that the baseline holds and marks their entries as used.
 * Returns how many. */
size_t baseline_apply(struct baseline *baseline, struct findings *findings);

/* Whether the entry is about one of `files` (absolute paths: what was analysed) and no finding
 * matches it any more. To be asked after baseline_apply. */
bool baseline_is_stale(const struct baseline_entry *entry, const char *root,
                       const char *const *files, size_t file_count);

/* Writes the findings that are not suppressed, and those that a baseline suppresses, as the new
 * baseline. With `previous` (or NULL), its entries about other files than `files` are kept: a run
 * over a part of a project drops what is stale there and forgets nothing. */
const struct error *baseline_write(const char *path, const struct findings *findings,
                                   const struct baseline *previous, const char *const *files,
                                   size_t file_count);

#endif

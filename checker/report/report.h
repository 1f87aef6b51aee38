/* Findings as the user wants to read them: one writer per format. */
#ifndef CUHOSTLINT_REPORT_REPORT_H
#define CUHOSTLINT_REPORT_REPORT_H

#include "findings/finding.h"
#include "findings/rule_info.h"
#include "findings/text.h"
#include "support/arena.h"
#include "support/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum report_file_status {
    REPORT_FILE_ANALYSED,
    REPORT_FILE_INCOMPLETE, /* analysed as far as it parses: headers missing, unknown types */
    REPORT_FILE_FAILED      /* not analysed at all */
};

/* A textual call of a modelled function that was not analysed. */
struct report_site {
    const char *name; /* "cudaHostRegister" */
    uint32_t line, column;
    const char *state;  /* "inactive", "lost", "macro" */
    const char *reason; /* or NULL */
};

/* One file of the run. */
struct report_file {
    const char *path; /* absolute */
    enum report_file_status status;
    const char *reason; /* why it is incomplete or failed, one sentence; else NULL */
    double seconds;
    uint32_t sites_analysed;
    const struct report_site *other_sites;
    size_t other_site_count;
};

struct report_stat {
    const char *name; /* a JSON key: "functions" */
    double value;
};

/* All that the formats say, apart from the findings. */
struct report_run {
    const char *version; /* of this program: "0.1.0" */
    const char *root;    /* the project's folder; absolute */
    const char *folder;  /* the current folder; absolute */
    struct rule_table rules;
    const char *pages_uri; /* where the rules' pages are published (uri_of_page); NULL: nowhere */
    const struct report_file *files;
    size_t file_count;
    const struct report_stat *stats;
    size_t stat_count;
    const char *const *warnings; /* sentences about the run: unreadable inputs, unknown rules */
    size_t warning_count;
    struct text_cache *texts;
    bool color;           /* text: terminal colors */
    bool with_suppressed; /* SARIF: suppressed findings too, marked as such */
    int exit_status;      /* that the program is about to return */
};

/* Writes findings in one format. All formats get findings that findings_finish has sorted, and
 * leave out suppressed ones (but see with_suppressed). What they need they allocate in `arena`. */
struct report_format {
    const char *name; /* as in --format: "sarif" */
    bool shows_fixes;
    void (*write)(struct arena *arena, const struct findings *findings,
                  const struct report_run *run, FILE *out);
};

/* The format of that name, or NULL. */
const struct report_format *report_format_find(const char *name);

/* "text, json, sarif, ...": for messages. */
const char *report_format_names(struct arena *arena);

/* Writes to a stream that stays open. Error: the stream does not take it. */
const struct error *report_write(struct arena *arena, const struct report_format *format,
                                 const struct findings *findings, const struct report_run *run,
                                 FILE *out);

/* Writes the file `path`: complete, or not at all. */
const struct error *report_write_file(struct arena *arena, const struct report_format *format,
                                      const struct findings *findings, const struct report_run *run,
                                      const char *path);

#endif

/* The writers behind the registry, and what they share. Inside the report room only. */
#ifndef CUHOSTLINT_REPORT_FORMATS_H
#define CUHOSTLINT_REPORT_FORMATS_H

#include "report/report.h"

void report_text(struct arena *arena, const struct findings *findings, const struct report_run *run,
                 FILE *out);
void report_json(struct arena *arena, const struct findings *findings, const struct report_run *run,
                 FILE *out);
void report_sarif(struct arena *arena, const struct findings *findings,
                  const struct report_run *run, FILE *out);
void report_github(struct arena *arena, const struct findings *findings,
                   const struct report_run *run, FILE *out);
void report_gitlab(struct arena *arena, const struct findings *findings,
                   const struct report_run *run, FILE *out);
void report_checkstyle(struct arena *arena, const struct findings *findings,
                       const struct report_run *run, FILE *out);
void report_junit(struct arena *arena, const struct findings *findings,
                  const struct report_run *run, FILE *out);

/* As the user would name it: relative to the current folder where it lies below it. */
const char *report_shown_path(const struct report_run *run, const char *path);

/* Relative to the project's folder where it lies below it. */
const char *report_root_path(const struct report_run *run, const char *path);

/* "analysed", "incomplete", "failed". */
const char *report_file_status_name(enum report_file_status status);

#endif

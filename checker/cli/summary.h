/* What a run came to, for people, on standard error. */
#ifndef CUHOSTLINT_CLI_SUMMARY_H
#define CUHOSTLINT_CLI_SUMMARY_H

#include "findings/finding.h"
#include "report/report.h"

/* One line: how many findings of each level, in how many files. */
void summary_print(const struct report_run *report);

/* --stats: the counts and times of the run, and the findings of each rule, as tables. */
void summary_print_stats(const struct report_run *report, const struct findings *findings);

#endif

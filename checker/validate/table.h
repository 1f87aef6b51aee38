/* The verdicts as people read them on a terminal. */
#ifndef CUHOSTLINT_VALIDATE_TABLE_H
#define CUHOSTLINT_VALIDATE_TABLE_H

#include "report/report.h"

/* Takes the place of the text format. */
extern const struct report_format validate_table;

#endif

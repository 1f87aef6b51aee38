/* One line that shows how far a run is. On a terminal only: pipes and logs never see it. */
#ifndef CUHOSTLINT_CLI_PROGRESS_H
#define CUHOSTLINT_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct progress {
    bool is_on;
    bool is_shown;     /* the line is on the screen now */
    const char *what;  /* the stage: "parsing" */
    const char *units; /* what it counts: "files" */
    size_t done, total;
    double start, stage_start, last_drawn;
};

/* A line on standard error. Off where that is no terminal, or not `wanted`. */
struct progress progress_start(bool wanted);

/* A stage begins: "WHAT 0/TOTAL UNITS". The strings are static. */
void progress_stage(struct progress *progress, const char *what, const char *units, size_t total);

/* `done` of the stage are done; `detail` is a name or a count to show behind. Draws a few times a
 * second, and nothing at all in runs that are over at once. */
void progress_advance(struct progress *progress, size_t done, const char *detail);

/* Removes the line, until the next progress_advance. */
void progress_hide(struct progress *progress);

#endif

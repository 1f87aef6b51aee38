/* One line that shows how far a run is. On a terminal only: pipes and logs never see it. */
#ifndef CUHOSTLINT_CLI_PROGRESS_H
#define CUHOSTLINT_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct progress {
    bool is_on;
    bool is_shown; /* the line is on the screen now */
    size_t done, total;
    double start, last_drawn;
};

/* A line for `total` files, on standard error. Off where that is no terminal, or not `wanted`. */
struct progress progress_start(bool wanted, size_t total);

/* One more file is done; `name` is its name. Draws a few times a second, and nothing at all in
 * runs that are over at once. */
void progress_advance(struct progress *progress, const char *name);

/* Removes the line. */
void progress_end(struct progress *progress);

#endif

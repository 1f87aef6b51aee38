/* Processes that are run side by side, each in a folder of its own, under limits. */
#ifndef CUHOSTLINT_VALIDATE_PROCESS_H
#define CUHOSTLINT_VALIDATE_PROCESS_H

#include "support/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct process {
    const char *const *argv; /* argv[0] is a path, or a name on PATH */
    const char *folder;      /* where it runs */
    const char *output;      /* file for what it prints */
    bool is_confined;        /* limits, no network where the system offers that, and only the
                                environment that a CUDA program needs */

    /* how it ended */
    bool timed_out;
    bool started;
    int status; /* of waitpid */
    double seconds;
    pid_t pid;
    double start;
};

/* Runs all of them, at most `parallel` at a time (0: one for each processor), each for at most
 * `timeout` seconds. */
void processes_run(struct process *processes, size_t count, unsigned parallel, unsigned timeout);

#endif

/* Processes that are run side by side, each in a folder of its own, under limits. */
#ifndef CUHOSTLINT_VALIDATE_PROCESS_H
#define CUHOSTLINT_VALIDATE_PROCESS_H

#include "support/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum process_kind {
    PROCESS_TOOL,     /* a compiler: nothing to read */
    PROCESS_CONFINED, /* limits, no network where the system offers that, and only the environment
                         that a CUDA program needs */
    PROCESS_OF_USER   /* as if the user had started it, but that what it prints goes to standard
                         error; an interrupt from the terminal ends it, and not this program */
};

struct process {
    enum process_kind kind;
    const char *const *argv;        /* argv[0] is a path, or a name on PATH */
    const char *const *environment; /* "NAME=VALUE" to add, with a NULL behind; or NULL */
    const char *folder;             /* where it runs; not for PROCESS_OF_USER */
    const char *output;             /* file for what it prints; not for PROCESS_OF_USER */

    /* how it ended */
    bool timed_out;
    bool started;
    int status; /* of waitpid */
    double seconds;
    pid_t pid;
    double start;
};

/* Whether the program was not there, or could not be started. */
bool process_cannot_start(const struct process *process);

/* Runs all of them, at most `parallel` at a time (0: one for each processor), each for at most
 * `timeout` seconds (0: as long as they take). A signal that interrupt_watch waits for ends those
 * that run, and no other is started. */
void processes_run(struct process *processes, size_t count, unsigned parallel, unsigned timeout);

#endif

/* Processes forked for work on input that is not to be trusted. */
#ifndef CUHOSTLINT_SUPPORT_CHILD_H
#define CUHOSTLINT_SUPPORT_CHILD_H

#include "support/arena.h"
#include "support/error.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Of a running child, in its parent; child_bury ends it. */
struct child_process {
    pid_t pid;    /* 0: none; or this is the child itself */
    int socket;   /* to the other process: a stream in both directions */
    int output;   /* what the child prints on standard error: a file in memory */
    char *folder; /* a name that the child may give to a folder, which goes with the child */
};

/* Forks. Returns twice, as fork does: in the new process child->pid is 0. That one reads nothing
 * from standard input, writes nothing to standard output or error, handles no signal, leaves no
 * core, has at most `memory_mib` of address space (sanitizer builds have no limit: they reserve
 * terabytes), and dies with its parent, however that ends. Error: no process can be started. */
const struct error *child_fork(struct arena *arena, unsigned memory_mib,
                               struct child_process *child);

/* Sends, or receives, exactly `len` bytes. False: the other process is gone. */
bool child_send(int socket, const void *bytes, size_t len);
bool child_receive(int socket, void *bytes, size_t len);

/* The first 4 KiB of what the child has printed, or NULL. */
const char *child_output(const struct child_process *child, struct arena *arena);

/* The processor time that the child has used so far, in seconds; 0 where nobody can say. */
double child_cpu_seconds(const struct child_process *child);

/* While it is held, neither its parent's death nor an interruption (SIGINT, SIGTERM, SIGHUP) ends
 * the calling process; what came meanwhile does so when it is let go. For moments between which
 * something is left behind; the process need be no child. */
struct child_hold {
    sigset_t signals;
    int death_signal;
    pid_t parent;
};
void child_hold(struct child_hold *hold);
void child_let_go(const struct child_hold *hold);

/* Ends the process where it has not ended by itself (of which the end of its socket tells, unless
 * its memory is in disorder), releases what belongs to it, gives its wait status. */
int child_bury(struct child_process *child);

#endif

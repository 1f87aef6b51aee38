/* What the recorder (recorder/recorder.h) wrote down while a program ran: one file for each
 * process.
 *
 * The lines, numbers decimal but for addresses and frames:
 *   process 1 PID PROGRAM                         1: the format's version
 *   cupti watches COUNT | not found | refuses STATUS
 *   module NUMBER PATH                            a program or library with code in stacks
 *   stack NUMBER MODULE+ADDRESS ...               innermost first; as the module's symbols count
 *   call NAME STACK THREAD STATUS NANOSECONDS POINTER SIZE FLAGS [block=START,SIZE] [map=ACCESS]
 *   release NAME STACK THREAD POINTER SIZE        of bytes that hold page-locked memory; NAME is
 *                                                 "return" for an object whose function returned
 *   full                                          the rest is missing
 *   end                                           the process came to its end by itself
 */
#ifndef CUHOSTLINT_VALIDATE_RUN_LOG_H
#define CUHOSTLINT_VALIDATE_RUN_LOG_H

#include "support/arena.h"
#include "support/error.h"
#include "support/vec.h"

#include <stdbool.h>
#include <stdint.h>

/* One place in the source, as debug information tells it. */
struct run_place {
    const char *file; /* NULL: not known */
    unsigned line;
    const char *function;
};

/* Code of a module; several places where functions are inlined, innermost first. */
struct run_frame {
    const char *module; /* path */
    uint64_t address;
    VEC(struct run_place) places; /* set by symbols_find */
};

struct run_stack {
    unsigned number;
    VEC(struct run_frame) frames; /* innermost first */
    size_t events;                /* that have it */
};

struct run_event {
    const char *name;              /* "cudaHostRegister", "free" */
    bool is_release;               /* else a CUDA call */
    const struct run_stack *stack; /* NULL: not known */
    unsigned thread;
    int status;
    uint64_t nanoseconds;
    uint64_t pointer, size;
    unsigned flags;
    uint64_t block, block_size; /* the block of ordinary memory around a registration; size 0: not
                                   known */
    const char *map;            /* how a failed register call's memory is mapped: "r--p", "none" */
};

struct run_process {
    long pid;
    const char *program;
    const char *cupti; /* "watches 21", "not found"; NULL: CUDA was never started */
    bool is_full, has_ended;
    VEC(struct run_stack *) stacks;
    VEC(struct run_event) events;
};

struct run_log {
    VEC(struct run_process) processes; /* by number */
};

/* Reads all files of the folder. Error: a line that no recorder writes, with its place. */
const struct error *run_log_read(struct arena *arena, const char *folder, struct run_log *log);

#endif

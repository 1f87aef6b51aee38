/* A program that runs with the recorder, and what it did. */
#ifndef CUHOSTLINT_VALIDATE_RECORDING_H
#define CUHOSTLINT_VALIDATE_RECORDING_H

#include "validate/observe.h"
#include "validate/process.h"
#include "validate/toolchain.h"

/* What it takes to record. */
struct recorder {
    const char *library; /* beside this program, or where it is installed */
    const char *cupti;   /* of the toolkit; NULL: the loader may know one */
};

struct recording {
    struct run_log log;
    struct observations observations;
    bool has_symbols; /* false: nothing is here that reads debug information */
};

/* Error: the recorder is not installed. */
const struct error *recorder_find(struct arena *arena, const struct toolchain *toolchain,
                                  struct recorder *recorder);

/* The environment that has a program write to `folder`; for struct process. */
const char *const *recorder_environment(struct arena *arena, const struct recorder *recorder,
                                        const char *folder);

/* Reads what a program wrote to the folder. */
const struct error *recording_read(struct arena *arena, const char *folder,
                                   struct recording *recording);

/* Why CUDA calls are missing from the log, one sentence; NULL: they are not. */
const char *recording_gap(const struct run_log *log);

#endif

/* The worker's side of the driver, and what the two say to each other. Private to checker/driver/.
 *
 * The parent sends the index of a unit; the worker answers with a frame and as many bytes as the
 * frame says. Both are the same program image, so the structs go over the socket as they are. */
#ifndef CUHOSTLINT_DRIVER_WORKER_H
#define CUHOSTLINT_DRIVER_WORKER_H

#include "driver/driver.h"
#include "models/model.h"
#include "source/source.h"

#include <stddef.h>
#include <stdint.h>

enum frame_kind {
    FRAME_UNIT,     /* bytes: the unit */
    FRAME_ERROR,    /* bytes: the error's message */
    FRAME_NO_PARSER /* likewise; no unit can be parsed */
};

struct frame {
    enum frame_kind kind;
    uint32_t parses;
    double parse_seconds, lower_seconds;
    uint64_t len;
    char reparsed[32]; /* "" for NULL */
};

struct worker_job {
    struct source_unit *units;
    const struct model_set *models;
    const struct driver_options *options;
};

struct child_process;

/* Serves requests until the end of the socket, in `process`, which is a child of child_fork. */
_Noreturn void worker_serve(const struct worker_job *job, const struct child_process *process);

#endif

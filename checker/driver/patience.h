/* How long a worker may take for a unit: so much processor time, not so much time by the clock on
 * the wall, which says little on a busy machine. Private to checker/driver/. */
#ifndef CUHOSTLINT_DRIVER_PATIENCE_H
#define CUHOSTLINT_DRIVER_PATIENCE_H

#include "support/child.h"

struct patience {
    double deadline; /* to be looked at then */
    double started, cpu_started;
    double moved, cpu_moved; /* when it was last seen to have used the processor */
};

enum patience_answer {
    PATIENCE_GOES_ON,
    PATIENCE_BUSY,   /* it used up the time that it may use */
    PATIENCE_WAITING /* it does nothing, for a pipe that nobody writes into say */
};

/* The child begins with a unit that may take `limit` seconds. */
struct patience patience_begin(const struct child_process *child, double now, unsigned limit);

/* Looks at it after the deadline; there is a new one where it may go on. */
enum patience_answer patience_look(struct patience *patience, const struct child_process *child,
                                   double now, unsigned limit);

/* Nobody worked meanwhile: the user had stopped all processes, or the machine slept. */
void patience_prolong(struct patience *patience, double seconds);

#endif

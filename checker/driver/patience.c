#include "driver/patience.h"

#include "driver/driver.h"

struct patience patience_begin(const struct child_process *child, double now, unsigned limit)
{
    double cpu = child_cpu_seconds(child);
    return (struct patience){now + limit, now, cpu, now, cpu};
}

/* Whoever is ready to run gets a little of the processor, however busy the machine is. */
static bool is_waiting(struct patience *patience, double cpu, double now, unsigned limit)
{
    const double least = 1e-3;
    bool has_moved = cpu - patience->cpu_moved >= least;
    if (has_moved) {
        patience->cpu_moved = cpu;
        patience->moved = now;
    }
    return !has_moved && now - patience->moved >= limit;
}

enum patience_answer patience_look(struct patience *patience, const struct child_process *child,
                                   double now, unsigned limit)
{
    enum { AGAIN_MS = 50 };
    double cpu = child_cpu_seconds(child);
    double left = limit - (cpu - patience->cpu_started);
    double end = patience->started + (double)limit * (double)DRIVER_PATIENCE;
    if (left <= 0 || now >= end)
        return PATIENCE_BUSY;
    if (is_waiting(patience, cpu, now, limit))
        return PATIENCE_WAITING;
    double next = now + left + (double)AGAIN_MS * 1e-3;
    patience->deadline = next < end ? next : end;
    return PATIENCE_GOES_ON;
}

void patience_prolong(struct patience *patience, double seconds)
{
    patience->deadline += seconds;
    patience->started += seconds;
    patience->moved += seconds;
}

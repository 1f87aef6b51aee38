/* Walks the feasible paths of functions and tells the rules what happens to host memory. */
#ifndef CUHOSTLINT_ENGINE_ENGINE_H
#define CUHOSTLINT_ENGINE_ENGINE_H

#include "findings/finding.h"
#include "ir/ir.h"
#include "models/model.h"

struct rule;

struct engine_options {
    const struct rule *const *rules; /* the enabled ones */
    size_t rule_count;
    bool with_replays;  /* findings carry their replay */
    uint32_t max_steps; /* blocks walked for one root function; 0: default */
    void (*progress)(void *context, size_t done, size_t total); /* functions; or NULL */
    void *context;
};

struct engine_stats {
    uint64_t functions;      /* with a body */
    uint64_t roots;          /* walked from their entry */
    uint64_t steps;          /* blocks walked */
    uint64_t merged;         /* states dropped because an equal one had been there */
    uint64_t budget_hits;    /* roots that ran out of budget */
    VEC(const char *) notes; /* for -v: where and why the engine gave up */
};

/* Analyses the units as one program and appends to `findings`. Nothing is kept between calls;
 * strings of the findings live in findings->arena, except rule names (static). */
void engine_run(struct arena *arena, struct ir_unit *const *units, size_t unit_count,
                const struct model_set *models, const struct engine_options *options,
                struct findings *findings, struct engine_stats *stats);

#endif

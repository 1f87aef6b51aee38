/* Many units at once, each parsed and lowered in a worker process.
 *
 * A worker serves one unit after the other, so libclang is loaded once for each of them. Whatever
 * a source file does to the parser (crash, endless loop, memory without end) costs that one unit:
 * the worker is replaced and the run goes on. Workers read nothing from standard input, write
 * nothing to standard output or error, and die with the process that started them, however that
 * ends. */
#ifndef CUHOSTLINT_DRIVER_DRIVER_H
#define CUHOSTLINT_DRIVER_DRIVER_H

#include "ir/ir.h"
#include "models/model.h"
#include "source/source.h"
#include "support/error.h"

struct relevance;
struct unit_cache;

struct driver_result {
    const struct error *error; /* ERROR_ANALYSIS: this unit could not be analysed; names its file */
    struct ir_unit *unit;      /* NULL: an error, or irrelevant */
    const unsigned char *bytes; /* the unit as ir_write gave it, for a cache */
    size_t len;
    bool is_irrelevant;   /* holds no modelled call, nor do the headers it reaches: not parsed */
    double parse_seconds; /* wall times; 0 where nothing was parsed */
    double lower_seconds;
    uint32_t parses;      /* 0: nothing was parsed, the unit comes from the cache */
    const char *reparsed; /* why there was more than one parse, or NULL */
    const char *output;   /* what a worker that died had printed on standard error, or NULL */
};

enum { DRIVER_TIMEOUT_SECONDS = 60, DRIVER_PATIENCE = 5, DRIVER_MEMORY_MIB = 4096 };

struct driver_options {
    unsigned jobs;               /* workers; 0: one for each processor */
    unsigned timeout_seconds;    /* processor time for one unit, and DRIVER_PATIENCE times as much
                                    by the clock on the wall; 0: DRIVER_TIMEOUT_SECONDS */
    unsigned memory_mib;         /* address space of one worker (RLIMIT_AS); 0: DRIVER_MEMORY_MIB.
                                    Sanitizer builds have no limit: they reserve terabytes */
    struct relevance *relevance; /* decides which units are worth parsing; NULL: all are */
    struct unit_cache *cache;    /* units of earlier runs (cache/cache.h), or NULL */
    void (*progress)(void *context, size_t unit, const struct driver_result *result); /* or NULL */
    void *context;
};

/* Analyses all units; (*results)[i] is for units[i]. Everything lives in `arena`. Call it before
 * the process loads anything heavy: workers are forked from it. Error: nothing can be analysed (no
 * libclang, no processes). */
const struct error *driver_run(struct arena *arena, struct source_unit *units, size_t count,
                               const struct model_set *models, const struct driver_options *options,
                               struct driver_result **results);

#endif

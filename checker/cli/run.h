/* The stages that check and the --dump commands share: from the options to units in IR. */
#ifndef CUHOSTLINT_CLI_RUN_H
#define CUHOSTLINT_CLI_RUN_H

#include "cli/cli.h"
#include "cli/progress.h"
#include "cli/settings.h"
#include "driver/driver.h"
#include "engine/engine.h"
#include "models/model.h"
#include "source/source.h"

/* Wall time of each stage, seconds. */
struct run_times {
    double start;
    double find;    /* which files, which arguments */
    double lower;   /* the workers */
    double analyse; /* engine and rules */
    double report;  /* suppressions, reports, fixes */
};

struct relevance;

/* One more unit of a file. */
struct other_branch {
    size_t unit; /* the file's first one, in the list */
    struct ir_unit *ir;
};

struct run {
    struct arena *arena;
    const struct options *options;
    struct settings settings;
    struct model_set models;
    struct source_list sources;
    struct relevance *relevance; /* what of the sources is worth parsing; NULL: not asked yet */
    const struct source_memory *memory;
    struct fact_store *facts;      /* of the files that decide what is parsed */
    struct unit_cache *cache;      /* units of earlier runs; NULL: none are kept, or nothing was
                                      lowered yet */
    struct driver_result *results; /* one for each unit of `sources` */
    VEC(struct other_branch) other_branches; /* see branches.h */
    const char **parsed_for; /* by unit: what it defines for others, if that is why it was parsed,
                                else NULL; NULL where all are parsed anyway */
    size_t definers_left;    /* units that define such functions too, and were not parsed */
    VEC(const char *) warnings; /* said on standard error already; reports carry them too */
    struct run_times times;
    struct progress progress;
    enum exit_status status; /* so far */
};

/* Reads the settings, finds the files, reads the models. Inputs that cannot be linted are
 * told on standard error and raise run->status. Error: nothing can be run. */
const struct error *run_prepare(struct arena *arena, const struct options *options,
                                struct run *run);

/* Finds a source for each header among the files, to parse it through: see source_route_headers. */
void run_route_headers(struct run *run);

/* The same for sources that are known: nothing is searched for. */
const struct error *run_prepare_units(struct arena *arena, const struct options *options,
                                      const struct source_list *sources, struct run *run);

/* Parses and lowers all units; those that fail are told on standard error. With `parse_all` also
 * units without any modelled call. */
const struct error *run_lower(struct run *run, bool parse_all);

/* Says a warning on standard error and keeps it for the reports. */
void run_warn(struct run *run, const char *message);

/* Textual calls of watched functions: those that the engine saw, and those that it could not. Calls
 * in the definition of a macro are neither: its uses count. */
struct site_counts {
    size_t analysed, hidden;
};
bool run_is_hidden(const struct ir_site *site);

/* Adds a unit's sites to the counts. */
void run_count_sites(const struct ir_unit *unit, struct site_counts *counts);

/* -v: how each file was parsed, and what of it was not analysed. */
void run_explain(const struct run *run);

#endif

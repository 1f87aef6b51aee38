/* The settings of a run: `.cuhostlint` files and the command line together. */
#ifndef CUHOSTLINT_CLI_SETTINGS_H
#define CUHOSTLINT_CLI_SETTINGS_H

#include "cli/options.h"
#include "config/config.h"
#include "engine/rule.h"
#include "findings/finding.h"
#include "models/model.h"
#include "source/source.h"

struct settings {
    struct arena *arena;
    struct rule_names rules;
    struct config_store *store;
    struct project_roots *roots;  /* of the folders asked about so far */
    const struct config *primary; /* of the first input, or the current folder: says what holds for
                                     the run as a whole (database, toolkit, baseline, headers) */
    const struct error *primary_error; /* it cannot be used: defaults stand in for it */
    VEC(const struct config *) used;   /* each configuration of a linted file, sorted by name */
};

/* Reads the configuration of the first input. Errors: --rules names what is no rule; --config
 * cannot be used. */
const struct error *settings_read(struct arena *arena, const struct options *options,
                                  struct settings *settings);

/* Drops the units that the configurations leave out, and those whose configuration cannot be used;
 * each of these configurations is a problem of the list. */
void settings_choose_units(struct settings *settings, struct source_list *sources);

/* The configuration of a file, found from its folder upwards; the primary one where that fails. */
const struct config *settings_of(const struct settings *settings, const char *path);

/* The rules that run: those that are on in some configuration. */
const struct rule *const *settings_rules(const struct settings *settings, size_t *count);

/* Drops the findings of rules that are off where they stand, and marks those that `paths:` turns
 * off. */
void settings_apply(const struct settings *settings, struct findings *findings);

/* Whether a finding that is not suppressed reaches the level at which its configuration fails. */
bool settings_fail(const struct settings *settings, const struct findings *findings);

/* Adds the projects' own functions to the models. All are known in all files, so that calls across
 * sub-projects are followed. */
const struct error *settings_models(const struct settings *settings, struct model_set *models);

#endif

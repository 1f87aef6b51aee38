/* What `.cuhostlint` says, found upwards from each source and merged with the command line. */
#ifndef CUHOSTLINT_CONFIG_CONFIG_H
#define CUHOSTLINT_CONFIG_CONFIG_H

#include "config/rule_list.h"
#include "findings/finding.h"
#include "models/model.h"
#include "support/arena.h"
#include "support/error.h"
#include "support/strbuf.h"
#include "support/ydoc.h"

#include <stdbool.h>
#include <stddef.h>

/* One item of `paths:`. */
struct config_path {
    const char *glob;    /* relative to config.folder; see glob_match_path */
    const char *rules;   /* only what this list leaves on is reported there; NULL: says nothing */
    bool has_lint, lint; /* `lint: false`: the file is not linted at all */
};

/* One item of `levels:`. */
struct config_level {
    const char *rules; /* a rule, or a glob of their names */
    enum level level;
};

/* One configuration. Every string lives in the arena that it was read into; names of files are
 * absolute, or as given on the command line. */
struct config {
    const char *file;   /* the file that was read; NULL: none, all is default */
    const char *folder; /* its folder; the project's root where there is none */
    const char *rules;  /* NULL: all */
    bool has_fail_on;   /* else `warning` */
    bool fail_never;
    enum level fail_on;
    const char *header_filter; /* a regex that has been checked, or NULL */
    const char *baseline;
    const char *cuda_path;
    const char *database;
    VEC(struct config_path) paths;
    VEC(struct config_level) levels;
    const struct ynode *document; /* for config_models and config_dump; NULL: none */
};

/* Values of the command line; NULL and false where nothing was given. They win over the file's. */
struct config_overrides {
    const char *rules; /* joined to the file's: see rule_list_join */
    bool has_fail_on, fail_never;
    enum level fail_on;
    const char *header_filter, *baseline, *cuda_path, *database;
};

/* ---- one file ---- */

/* Reads a configuration from its text. `file` is its absolute name. An untrusted one, of the
 * repository that is linted, may not name a baseline outside its folder. All problems are noted,
 * those of `functions:` and the other models too. */
void config_read(struct yproblems *problems, const char *text, size_t len, const char *file,
                 bool is_trusted, const struct rule_names *rules, struct config *config);

/* Replaces what the command line says otherwise. */
void config_override(struct arena *arena, struct config *config,
                     const struct config_overrides *overrides);

/* ---- the right one for each source ---- */

struct config_store;

/* With `forced_file` (--config) that file holds for all sources. `rules` must outlive the store. */
struct config_store *config_store_new(struct arena *arena, const char *forced_file,
                                      const struct rule_names *rules,
                                      const struct config_overrides *overrides);

/* The configuration of a source: the nearest `.cuhostlint` from its folder upwards, not above
 * `root` nor beyond its file system. Equal files give the same pointer. `path` and `root` are
 * absolute and without "..". Error: the file cannot be used; its first problem. */
const struct error *config_find(struct config_store *store, const char *path, const char *root,
                                const struct config **config);

/* Every problem of every file that was read so far, "file:line:column: message" each: an error of
 * config_find has only the first of its file. */
size_t config_problem_count(const struct config_store *store);
const char *config_problem(const struct config_store *store, size_t index);

/* ---- asking it ---- */

/* Whether findings of a rule in a file are wanted. */
bool config_rule_enabled(const struct config *config, const char *rule, const char *path);

/* The level of a finding of that rule; `level` is the rule's own. The last item that names the rule
 * holds. */
enum level config_level(const struct config *config, const char *rule, enum level level);

/* False for files that `paths:` leaves out. */
bool config_lints(const struct config *config, const char *path);

/* Adds the models of the project to a set, behind those built in. */
const struct error *config_models(const struct config *config, struct model_set *set);

/* Prints the effective configuration as YAML that reads back to the same. */
void config_dump(const struct config *config, struct strbuf *out);

#endif

/* The command line as a plain record (../shared/spec/cli.md is the contract). */
#ifndef CUHOSTLINT_CLI_OPTIONS_H
#define CUHOSTLINT_CLI_OPTIONS_H

#include "findings/finding.h"
#include "support/arena.h"
#include "support/error.h"
#include "support/vec.h"

#include <stdbool.h>
#include <stddef.h>

enum command {
    COMMAND_CHECK,
    COMMAND_INDEX,
    COMMAND_LINK,
    COMMAND_RULES,
    COMMAND_VALIDATE,
    COMMAND_LSP,
    COMMAND_COUNT
};

/* What to do in place of the command: decided by options such as --help. */
enum action {
    ACTION_RUN,
    ACTION_HELP,
    ACTION_VERSION,
    ACTION_LIST_RULES,
    ACTION_EXPLAIN,
    ACTION_DUMP_IR,
    ACTION_DUMP_CONFIG,
    ACTION_VERIFY_CONFIG,
    ACTION_PRECOMPILE
};

enum color_choice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* One --format: `name`, or `name=path`. */
struct output_request {
    const char *format; /* as named; the report room knows which exist */
    const char *path;   /* NULL: standard output */
};

struct options {
    enum command command;
    enum action action;
    VEC(const char *) inputs; /* files and folders; rule names for `rules` */
    VEC(const char *) compiler_args;
    bool has_compiler_args;       /* "--" was given */
    VEC(const char *) extra_args; /* --extra-arg */
    const char *database;         /* -p */
    const char *cuda_path;
    const char *rules;
    const char *config;
    VEC(struct output_request) outputs; /* one entry at least after options_parse */
    const char *output_path;            /* -o: already given to the only entry of `outputs` */
    bool has_fail_on;                   /* else the configuration decides */
    bool fail_never;
    enum level fail_on;
    const char *baseline;
    const char *write_baseline;
    bool prune_baseline;
    bool show_suppressed;
    const char *pages_uri; /* where the rules' pages are published; NULL: nowhere */
    const char *since;
    const char *diff;
    bool fix;
    bool fix_dry_run;
    const char *export_fixes;
    unsigned jobs;          /* 0: as many as there are cores */
    const char *precompile; /* the folder */
    const char *cache;
    bool no_cache;
    const char *header_filter;
    const char *stdin_path;
    const char *keep; /* validate */
    const char *arch;
    unsigned timeout; /* seconds; 0: the usual */
    bool dry_run;
    bool run;                  /* --run: what stands behind "--" is a program */
    VEC(const char *) program; /* ... and its arguments */
    const char *stdin_text;    /* of an editor's buffer; NULL: standard input is read */
    size_t stdin_len;
    enum color_choice color;
    bool quiet;
    bool verbose;
    bool stats;
    bool progress;
    bool stdio; /* of the language server: means nothing */
    bool no_progress;
};

/* Reads argv into `options`; strings are argv's own. Errors (ERROR_USAGE): unknown option, missing
 * or bad value, options that contradict each other. */
const struct error *options_parse(struct arena *arena, int argc, char **argv,
                                  struct options *options);

/* The text of `--help` for a command. */
const char *options_help(struct arena *arena, enum command command);

#endif

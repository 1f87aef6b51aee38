#include "cli/option_table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- readers --------------------------------------------------------------------------- */

static void *field_of(struct options *options, const struct option_row *row)
{
    return (char *)options + row->field;
}

static const struct error *read_flag(struct arena *arena, const struct option_row *row,
                                     const char *name, const char *value, struct options *options)
{
    (void)arena, (void)name, (void)value;
    *(bool *)field_of(options, row) = true;
    return NULL;
}

static const struct error *read_text(struct arena *arena, const struct option_row *row,
                                     const char *name, const char *value, struct options *options)
{
    if (value[0] == '\0')
        return error_new(arena, ERROR_USAGE, "%s needs a value: %s", name, row->value);
    *(const char **)field_of(options, row) = value;
    return NULL;
}

static const struct error *read_action(struct arena *arena, const struct option_row *row,
                                       const char *name, const char *value, struct options *options)
{
    (void)arena, (void)name, (void)value;
    options->action = row->action;
    return NULL;
}

static const struct error *read_jobs(struct arena *arena, const struct option_row *row,
                                     const char *name, const char *value, struct options *options)
{
    char *end;
    unsigned long jobs;

    (void)row;
    errno = 0;
    jobs = strtoul(value, &end, 10);
    if (errno != 0 || *end != '\0' || value[0] < '0' || value[0] > '9' || jobs > 4096)
        return error_new(
            arena, ERROR_USAGE,
            "%s takes a number of worker processes from 0 (all cores) to 4096, not '%s'", name,
            value);
    options->jobs = (unsigned)jobs;
    return NULL;
}

static const struct error *read_timeout(struct arena *arena, const struct option_row *row,
                                        const char *name, const char *value,
                                        struct options *options)
{
    char *end;
    unsigned long seconds;

    (void)row;
    errno = 0;
    seconds = strtoul(value, &end, 10);
    if (errno != 0 || *end != '\0' || value[0] < '0' || value[0] > '9' || seconds == 0 ||
        seconds > 86400)
        return error_new(arena, ERROR_USAGE, "%s takes a number of seconds from 1, not '%s'", name,
                         value);
    options->timeout = (unsigned)seconds;
    return NULL;
}

static const struct error *read_format(struct arena *arena, const struct option_row *row,
                                       const char *name, const char *value, struct options *options)
{
    const char *equals = strchr(value, '=');
    struct output_request request = {.format = value};

    (void)row;
    if (equals != NULL) {
        request.format = arena_strndup(arena, value, (size_t)(equals - value));
        request.path = equals + 1;
        if (equals[1] == '\0')
            return error_new(arena, ERROR_USAGE, "%s %s names no file after the '='", name, value);
    }
    vec_push(arena, &options->outputs, request);
    return NULL;
}

static const struct error *read_fail_on(struct arena *arena, const struct option_row *row,
                                        const char *name, const char *value,
                                        struct options *options)
{
    (void)row;
    options->has_fail_on = true;
    options->fail_never = strcmp(value, "never") == 0;
    if (options->fail_never)
        return NULL;
    for (enum level level = LEVEL_NOTE; level <= LEVEL_ERROR; level++)
        if (strcmp(value, level_name(level)) == 0) {
            options->fail_on = level;
            return NULL;
        }
    return error_new(arena, ERROR_USAGE, "%s takes error, warning, note or never, not '%s'", name,
                     value);
}

static const struct error *read_color(struct arena *arena, const struct option_row *row,
                                      const char *name, const char *value, struct options *options)
{
    static const char *const choices[] = {"auto", "always", "never"};

    (void)row;
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
        if (strcmp(value, choices[i]) == 0) {
            options->color = (enum color_choice)i;
            return NULL;
        }
    return error_new(arena, ERROR_USAGE, "%s takes auto, always or never, not '%s'", name, value);
}

static const struct error *read_extra_arg(struct arena *arena, const struct option_row *row,
                                          const char *name, const char *value,
                                          struct options *options)
{
    (void)row, (void)name;
    vec_push(arena, &options->extra_args, value);
    return NULL;
}

static const struct error *read_explain(struct arena *arena, const struct option_row *row,
                                        const char *name, const char *value,
                                        struct options *options)
{
    (void)row, (void)name;
    options->action = ACTION_EXPLAIN;
    vec_push(arena, &options->inputs, value);
    return NULL;
}

static const struct error *read_precompile(struct arena *arena, const struct option_row *row,
                                           const char *name, const char *value,
                                           struct options *options)
{
    options->action = ACTION_PRECOMPILE;
    return read_text(arena, row, name, value, options);
}

/* What CMake gives to the program of <LANG>_CLANG_TIDY; the command behind "--" says the same. */
static const struct error *read_driver_mode(struct arena *arena, const struct option_row *row,
                                            const char *name, const char *value,
                                            struct options *options)
{
    (void)row, (void)options;
    if (strncmp(value, "--driver-mode=", strlen("--driver-mode=")) == 0)
        return NULL;
    return error_new(
        arena, ERROR_USAGE,
        "%s takes --driver-mode=NAME only, not '%s'; other arguments are for --extra-arg", name,
        value);
}

/* ---- the table ------------------------------------------------------------------------- */

#define ON(command) (1U << (command))
#define ON_CHECK ON(COMMAND_CHECK)
#define ON_LINT (ON_CHECK | ON(COMMAND_VALIDATE))
#define ON_PARSE (ON_LINT | ON(COMMAND_INDEX))
#define ON_REPORT (ON_CHECK | ON(COMMAND_LINK))
#define ON_VALIDATE ON(COMMAND_VALIDATE)
#define ON_LSP ON(COMMAND_LSP)
#define ON_ALL ((1U << COMMAND_COUNT) - 1)
#define FLAG(member) .read = read_flag, .field = offsetof(struct options, member)
#define TEXT(member, placeholder)                                                                  \
    .read = read_text, .value = (placeholder), .field = offsetof(struct options, member)
#define ACTION(what) .read = read_action, .action = (what)

const struct option_row option_rows[] = {
    {.letter = 'p',
     .commands = ON_PARSE | ON_LSP,
     TEXT(database, "DIR"),
     .help = "where compile_commands.json is: a build folder, or the file\n"
             "(default: looked for from each file upwards, also in build/ and out/)"},
    {.name = "--cuda-path",
     .commands = ON_PARSE | ON_LSP,
     TEXT(cuda_path, "DIR"),
     .help = "the CUDA Toolkit; none is needed: built-in declarations take its place"},
    {.name = "--rules",
     .commands = ON_LINT | ON_REPORT | ON_LSP,
     TEXT(rules, "LIST"),
     .help = "rules to run, as clang-tidy's: -*,already-pinned or all,-zero-*"},
    {.name = "--config",
     .commands = ON_PARSE | ON_REPORT | ON_LSP,
     TEXT(config, "FILE"),
     .help = "project settings (default: the nearest .cuhostlint above each file)"},
    {.name = "--header-filter",
     .commands = ON_LINT | ON_REPORT | ON_LSP,
     TEXT(header_filter, "REGEX"),
     .help = "headers whose findings are shown\n"
             "(default: those below the project's root, never system headers)"},
    {.name = "--format",
     .commands = ON_LINT | ON_REPORT,
     .read = read_format,
     .value = "FMT[=FILE]",
     .help = "text, json, sarif, github, gitlab, checkstyle or junit; may be repeated:\n"
             "--format sarif=out.sarif --format text"},
    {.letter = 'o',
     .commands = ON(COMMAND_INDEX),
     TEXT(output_path, "UNIT"),
     .help = "the file to write"},
    {.letter = 'o',
     .commands = ON_LINT | ON_REPORT,
     TEXT(output_path, "FILE"),
     .help = "where the (single) format goes, in place of standard output"},
    {.name = "--fail-on",
     .commands = ON_REPORT,
     .read = read_fail_on,
     .value = "LEVEL",
     .help = "lowest level that makes the exit status 1:\n"
             "error, warning (default), note or never"},
    {.name = "--baseline",
     .commands = ON_LINT | ON_REPORT,
     TEXT(baseline, "FILE"),
     .help = "report only findings that FILE does not hold"},
    {.name = "--write-baseline",
     .commands = ON_REPORT,
     TEXT(write_baseline, "FILE"),
     .help = "write the findings of this run to FILE"},
    {.name = "--prune-baseline",
     .commands = ON_REPORT,
     FLAG(prune_baseline),
     .help = "remove from the --baseline file what is found no more"},
    {.name = "--show-suppressed",
     .commands = ON_LINT | ON_REPORT,
     FLAG(show_suppressed),
     .help = "SARIF: suppressed findings too, marked as such (GitHub would show them)"},
    {.name = "--pages-uri",
     .commands = ON_LINT | ON_REPORT | ON_LSP,
     TEXT(pages_uri, "URI"),
     .help = "where the rules' pages are published: reports and editors link to\n"
             "URI/RULE/RULE.md, or to URI with {rule} in it replaced"},
    {.name = "--since",
     .commands = ON_LINT | ON_REPORT,
     TEXT(since, "REV"),
     .help = "only findings on lines changed since the git revision REV"},
    {.name = "--diff",
     .commands = ON_LINT | ON_REPORT,
     TEXT(diff, "FILE"),
     .help = "only findings on lines that the unified diff FILE changes\n(-: standard input)"},
    {.name = "--fix", .commands = ON_REPORT, FLAG(fix), .help = "apply the fixes of the findings"},
    {.name = "--fix-dry-run",
     .commands = ON_REPORT,
     FLAG(fix_dry_run),
     .help = "print the fixes as a patch, change nothing"},
    {.name = "--export-fixes",
     .commands = ON_REPORT,
     TEXT(export_fixes, "FILE"),
     .help = "write findings and fixes as clang-apply-replacements reads them"},
    {.name = "--jobs",
     .letter = 'j',
     .commands = ON_LINT,
     .read = read_jobs,
     .value = "N",
     .help = "worker processes (default: all cores)"},
    {.name = "--cache",
     .commands = ON_PARSE,
     TEXT(cache, "DIR"),
     .help = "where units of earlier runs are kept, 512 MiB at most\n"
             "(default: $XDG_CACHE_HOME/cuhostlint, else ~/.cache/cuhostlint)"},
    {.name = "--no-cache",
     .commands = ON_PARSE,
     FLAG(no_cache),
     .help = "parse everything again, and keep nothing"},
    {.name = "--stdin-filename",
     .commands = ON_CHECK,
     TEXT(stdin_path, "PATH"),
     .help = "the text of PATH comes on standard input: for editors"},
    {.name = "--color",
     .commands = ON_LINT | ON_REPORT,
     .read = read_color,
     .value = "WHEN",
     .help = "auto (default: on a terminal), always or never"},
    {.name = "--quiet",
     .letter = 'q',
     .commands = ON_PARSE | ON_REPORT,
     FLAG(quiet),
     .help = "findings and errors only"},
    {.name = "--verbose",
     .letter = 'v',
     .commands = ON_PARSE | ON_REPORT,
     FLAG(verbose),
     .help = "what was parsed and how, and what could not be analysed"},
    {.name = "--stats", .commands = ON_REPORT, FLAG(stats), .help = "counts and times at the end"},
    {.name = "--progress",
     .commands = ON_LINT,
     FLAG(progress),
     .help = "a progress line, only ever on a terminal (default there)"},
    {.name = "--no-progress", .commands = ON_LINT, FLAG(no_progress), .help = "no progress line"},
    {.name = "--keep",
     .commands = ON_VALIDATE,
     TEXT(keep, "DIR"),
     .help = "keep the programs in DIR: one for each finding, to read or to paste"},
    {.name = "--timeout",
     .commands = ON_PARSE,
     .read = read_timeout,
     .value = "SECONDS",
     .help = "for parsing one file (default: 60), for one program of validate (30)"},
    {.name = "--arch",
     .commands = ON_VALIDATE,
     TEXT(arch, "ARCH"),
     .help = "GPU architecture for nvcc: sm_90, native (default: nvcc's)"},
    {.name = "--dry-run",
     .commands = ON_VALIDATE,
     FLAG(dry_run),
     .help = "write and compile the programs, run none"},
    {.name = "--extra-arg",
     .commands = ON_PARSE,
     .read = read_extra_arg,
     .value = "ARG",
     .help = "one more compiler argument for every source: --extra-arg=-DUSE_GPU"},
    {.name = "--extra-arg-before",
     .commands = ON_CHECK,
     .read = read_driver_mode,
     .value = "ARG",
     .help = "accepted, as CMake gives it to the program of <LANG>_CLANG_TIDY"},
    {.name = "--run",
     .commands = ON_VALIDATE,
     FLAG(run),
     .help = "record what PROGRAM does with host memory; match it with the findings of\n"
             "FILEs (none named: of the sources that the recorded calls come from)"},
    {.name = "--list-rules",
     .commands = ON_CHECK,
     ACTION(ACTION_LIST_RULES),
     .help = "the rules that would run"},
    {.name = "--explain",
     .commands = ON_CHECK,
     .read = read_explain,
     .value = "RULE",
     .help = "the page of a rule, as 'cuhostlint rules RULE'"},
    {.name = "--dump-config",
     .commands = ON_CHECK,
     ACTION(ACTION_DUMP_CONFIG),
     .help = "the settings that hold for each file, and where they come from"},
    {.name = "--verify-config",
     .commands = ON_CHECK,
     ACTION(ACTION_VERIFY_CONFIG),
     .help = "only check the settings; exit status 2 where they are wrong"},
    {.name = "--dump-ir",
     .commands = ON_CHECK,
     ACTION(ACTION_DUMP_IR),
     .help = "print what the checker understood of each file, for developers"},
    {.name = "--precompile",
     .commands = ON_CHECK,
     .read = read_precompile,
     .value = "DIR",
     .field = offsetof(struct options, precompile),
     .help = "parse what CUDA sources begin with, for first runs: installing does this"},
    {.name = "--stdio",
     .commands = ON_LSP,
     FLAG(stdio),
     .help = "accepted, as many editors give it: there is no other way"},
    {.name = "--version",
     .commands = ON_ALL,
     ACTION(ACTION_VERSION),
     .help = "print the version, and the libclang that is used"},
    {.name = "--help",
     .letter = 'h',
     .commands = ON_ALL,
     ACTION(ACTION_HELP),
     .help = "print this text"},
};
const size_t option_row_count = sizeof option_rows / sizeof *option_rows;

const struct command_row command_rows[COMMAND_COUNT] = {
    [COMMAND_CHECK] = {"check", "[OPTIONS] [FILE|DIR...] [-- COMPILER ARGS]",
                       "the linter; the word check may be left out"},
    [COMMAND_INDEX] = {"index", "-o UNIT [OPTIONS] [FILE] -- COMPILE COMMAND",
                       "what one source means for host memory, as a file: for build systems"},
    [COMMAND_LINK] = {"link", "[OPTIONS] UNIT...", "the linter, over units that index wrote"},
    [COMMAND_RULES] = {"rules", "[RULE|STATUS...]",
                       "list the rules; explain one, or what a status such as 712 comes from"},
    [COMMAND_VALIDATE] = {"validate",
                          "[OPTIONS] [FILE|DIR...] [-- COMPILER ARGS | --run -- PROGRAM ARGS]",
                          "prove findings on a GPU: a program for each, compiled and run"},
    [COMMAND_LSP] = {"lsp", "[OPTIONS]",
                     "language server for editors, on standard input and output"},
};

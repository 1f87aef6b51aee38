/* The commands, and how they end. */
#ifndef CUHOSTLINT_CLI_CLI_H
#define CUHOSTLINT_CLI_CLI_H

#include "cli/options.h"
#include "support/arena.h"
#include "support/error.h"

/* The contract with hooks and CI: where several hold, the highest. */
enum exit_status {
    EXIT_CLEAN = 0, /* nothing at or above --fail-on */
    EXIT_FINDINGS = 1,
    EXIT_USAGE = 2,     /* bad option, unreadable file, broken configuration */
    EXIT_UNANALYSED = 3 /* some file could not be analysed at all */
};

/* Each command does all of its work and gives its exit status. */
typedef enum exit_status command_function(struct arena *arena, const struct options *options);
command_function cmd_check;
command_function cmd_index;
command_function cmd_link;
command_function cmd_dump_ir;
command_function cmd_precompile;
command_function cmd_dump_config;
command_function cmd_verify_config;
command_function cmd_rules;
command_function cmd_validate;
command_function cmd_lsp;

/* Runs what the command line asks for. */
enum exit_status cli_main(int argc, char **argv);

/* Prints "cuhostlint: error: MESSAGE" on standard error and gives the status that it stands for. */
enum exit_status cli_error(const struct error *error);

/* Prints "cuhostlint: warning: MESSAGE" or "cuhostlint: MESSAGE" on standard error. */
void cli_warning(const char *message);
void cli_note(const char *message);

/* "s" for all counts but one. */
const char *cli_plural(size_t count);

/* Prints a line of -v on standard error, as it is. */
void cli_detail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Ends a command that wrote to standard output: EXIT_USAGE with a message where the output could
 * not be written, else `status`. */
enum exit_status cli_finish_stdout(enum exit_status status);

/* The higher of the two. */
enum exit_status exit_status_max(enum exit_status a, enum exit_status b);

#endif

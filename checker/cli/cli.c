#include "cli/cli.h"

#include "cli/version.h"
#include "report/snippet.h"
#include "support/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum exit_status exit_status_max(enum exit_status a, enum exit_status b)
{
    return a > b ? a : b;
}

/* Messages quote names and text of linted files, which must not steer the terminal. */
static void say(const char *prefix, const char *message)
{
    struct arena *arena = arena_new();

    fprintf(stderr, "%s%s\n", prefix, snippet_printable(arena, message, strlen(message)));
    arena_free(arena);
}

enum exit_status cli_error(const struct error *error)
{
    say("cuhostlint: error: ", error->message);
    return error->kind == ERROR_ANALYSIS ? EXIT_UNANALYSED : EXIT_USAGE;
}

void cli_warning(const char *message)
{
    say("cuhostlint: warning: ", message);
}

void cli_note(const char *message)
{
    say("cuhostlint: ", message);
}

const char *cli_plural(size_t count)
{
    return count == 1 ? "" : "s";
}

void cli_detail(const char *format, ...)
{
    struct arena *arena = arena_new();
    va_list args;

    va_start(args, format);
    say("", arena_vprintf(arena, format, args));
    va_end(args);
    arena_free(arena);
}

enum exit_status cli_finish_stdout(enum exit_status status)
{
    if (file_flush(stdout))
        return status;
    fprintf(stderr, "cuhostlint: error: cannot write to standard output: %s\n", strerror(errno));
    return exit_status_max(status, EXIT_USAGE);
}

/* Names are relative to it. For one that cannot be told "/" would stand, and all that is below. */
static const struct error *check_folder(struct arena *arena, const struct options *options)
{
    bool is_needed = (options->action == ACTION_RUN && options->command != COMMAND_RULES &&
                      options->command != COMMAND_LSP) ||
                     options->action == ACTION_DUMP_IR || options->action == ACTION_DUMP_CONFIG ||
                     options->action == ACTION_VERIFY_CONFIG;

    return is_needed ? file_check_current_folder(arena) : NULL;
}

static enum exit_status run_command(struct arena *arena, const struct options *options)
{
    static command_function *const commands[COMMAND_COUNT] = {
        [COMMAND_CHECK] = cmd_check, [COMMAND_INDEX] = cmd_index,       [COMMAND_LINK] = cmd_link,
        [COMMAND_RULES] = cmd_rules, [COMMAND_VALIDATE] = cmd_validate, [COMMAND_LSP] = cmd_lsp,
    };

    switch (options->action) {
    case ACTION_RUN:
        return commands[options->command](arena, options);
    case ACTION_HELP:
        fputs(options_help(arena, options->command), stdout);
        return cli_finish_stdout(EXIT_CLEAN);
    case ACTION_VERSION:
        version_print(arena);
        return cli_finish_stdout(EXIT_CLEAN);
    case ACTION_LIST_RULES:
    case ACTION_EXPLAIN:
        return cmd_rules(arena, options);
    case ACTION_DUMP_IR:
        return cmd_dump_ir(arena, options);
    case ACTION_DUMP_CONFIG:
        return cmd_dump_config(arena, options);
    case ACTION_VERIFY_CONFIG:
        return cmd_verify_config(arena, options);
    case ACTION_PRECOMPILE:
        return cmd_precompile(arena, options);
    }
    return EXIT_USAGE;
}

/* A stream that the caller has closed would be the next file that is opened. In its place comes
 * what can be neither read nor written: the error is told where that matters. */
static void fill_closed_streams(void)
{
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
        if (fcntl(stream, F_GETFD) < 0)
            (void)!open("/", O_RDONLY);
}

/* The parser, the lowering and the engine call themselves as deep as sources nest, within bounds
 * that are made for the stack that systems give: what they find does not depend on a smaller one of
 * the caller's, where that may be widened. */
static void widen_stack(void)
{
    enum { USUAL_STACK = 8 << 20 };
    struct rlimit stack;

    if (getrlimit(RLIMIT_STACK, &stack) != 0 || stack.rlim_cur >= USUAL_STACK)
        return;
    stack.rlim_cur = stack.rlim_max < USUAL_STACK ? stack.rlim_max : USUAL_STACK;
    setrlimit(RLIMIT_STACK, &stack);
}

/* Says so itself where there is too little of it: printf might not have enough for its own. */
static bool has_stack(void)
{
    enum { LEAST_STACK = 256 << 10 };
    static const char message[] =
        "cuhostlint: error: the stack is limited to less than 256 KiB: see 'ulimit -s'\n";
    struct rlimit stack;

    widen_stack();
    if (getrlimit(RLIMIT_STACK, &stack) != 0 || stack.rlim_cur >= LEAST_STACK)
        return true;
    (void)!write(STDERR_FILENO, message, sizeof message - 1);
    return false;
}

enum exit_status cli_main(int argc, char **argv)
{
    fill_closed_streams();
    if (!has_stack())
        return EXIT_USAGE;

    struct arena *arena = arena_new();
    struct options options;

    signal(SIGPIPE, SIG_IGN); /* a reader that went away is an error of writing as any other, */
    signal(SIGXFSZ, SIG_IGN); /* and so is a limit on the size of files */

    const struct error *error = options_parse(arena, argc, argv, &options);
    if (error == NULL)
        error = check_folder(arena, &options);
    enum exit_status status = error != NULL ? cli_error(error) : run_command(arena, &options);

    arena_free(arena);
    return status;
}

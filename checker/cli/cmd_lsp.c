#include "cli/cli.h"

enum exit_status cmd_lsp(struct arena *arena, const struct options *options)
{
    (void)options;
    return cli_error(error_new(arena, ERROR_USAGE,
                               "this version has no language server yet; editors can use check "
                               "with --stdin-filename"));
}

#include "cli/cli.h"

enum exit_status cmd_validate(struct arena *arena, const struct options *options)
{
    (void)options;
    return cli_error(error_new(arena, ERROR_USAGE,
                               "this version has no validate command yet; check finds "
                               "without a GPU what validate will prove on one"));
}

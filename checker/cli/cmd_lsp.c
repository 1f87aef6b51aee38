#include "cli/cli.h"
#include "cli/lsp_check.h"
#include "cli/rule_table.h"
#include "server/server.h"

#include <unistd.h>

enum exit_status cmd_lsp(struct arena *arena, const struct options *options)
{
    const struct server_options server = {
        .in = STDIN_FILENO,
        .out = STDOUT_FILENO,
        .version = CUHOSTLINT_VERSION,
        .rules = rule_table_all(arena),
        .pages_uri = options->pages_uri,
        .checker = lsp_checker_new(arena, options),
    };

    return (enum exit_status)server_run(&server);
}

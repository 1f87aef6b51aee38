/* The language server's checker: a check of one document, again and again in one process. */
#ifndef CUHOSTLINT_CLI_LSP_CHECK_H
#define CUHOSTLINT_CLI_LSP_CHECK_H

#include "cli/options.h"
#include "server/server.h"

/* `options` are those of the command line. They must outlive the checker, which lives in `arena`.
 */
struct server_checker lsp_checker_new(struct arena *arena, const struct options *options);

#endif

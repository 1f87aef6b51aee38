/* Findings in the protocol's terms. Private to checker/server/. */
#ifndef CUHOSTLINT_SERVER_DIAGNOSTICS_H
#define CUHOSTLINT_SERVER_DIAGNOSTICS_H

#include "server/server.h"
#include "server/worker.h"

#include <jansson.h>

/* What a worker answers:
 *
 *     {"files": {"file:///a.cu": [Diagnostic...]}, "warnings": ["..."]}
 *
 * The checked document is always among the files. A diagnostic's `data` holds its fingerprint and
 * its fixes: {"fingerprint", "fixes": [{"title", "edits": {"uri": [TextEdit...]}}]}. With `error`
 * (the document could not be analysed) the only diagnostic says so. */
json_t *diagnostics_answer(struct arena *arena, const struct worker_style *style,
                           const struct server_job *job, const struct server_report *report,
                           const struct error *error);

/* The only diagnostic of a document that could not be analysed. */
json_t *diagnostics_of_failure(const char *message);

#endif

/* From source text to IR. The only room that knows libclang. */
#ifndef CUHOSTLINT_LOWER_LOWER_H
#define CUHOSTLINT_LOWER_LOWER_H

#include "ir/ir.h"
#include "models/model.h"
#include "source/source.h"
#include "support/error.h"

/* A loaded libclang with an index: one per process. */
struct lower_session;

/* Loads the newest libclang of 22 to 17 (or the one that $CUHOSTLINT_LIBCLANG names) and finds its
 * resource folder. Error: none found, or too old: the message says which package to install. */
const struct error *lower_open(struct arena *arena, struct lower_session **session);
void lower_close(struct lower_session *session);

/* "clang version 19.1.7 (libclang-19.so.19)". */
const char *lower_version(const struct lower_session *session);

/* Parses and lowers one unit. Chooses by itself between bundled declarations and the toolkit's
 * headers, and guesses include folders where headers are missing. Errors: no translation unit. */
const struct error *lower_unit(struct lower_session *session, struct arena *arena,
                               struct source_unit *source, const struct model_set *models,
                               struct ir_unit **unit);

#endif

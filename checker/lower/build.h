/* From a parsed translation unit to IR. */
#ifndef CUHOSTLINT_LOWER_BUILD_H
#define CUHOSTLINT_LOWER_BUILD_H

#include "ir/ir.h"
#include "lower/parse/clang_api.h"
#include "lower/text/sites.h"
#include "models/model.h"
#include "source/source.h"

/* Fills the unit's files, macros, types, records, globals, functions and gaps; everything from
 * `arena`. `unit->arena` and `unit->source` are set too; sites and diagnostics are the caller's.
 * `healed`: as struct parse has it. */
void lower_build(const struct clang_api *clang, CXTranslationUnit tu, struct arena *arena,
                 const struct source_unit *source, const struct model_set *models,
                 const user_errors *healed, struct ir_unit *unit);

#endif

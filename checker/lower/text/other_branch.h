/* What stands in the branches that a parse left out: "#elif USE_CUDA" behind "#if USE_HIP", the
 * #else of "#ifdef USE_CUDA". Another parse of the file may read them. Private to checker/lower/.
 */
#ifndef CUHOSTLINT_LOWER_TEXT_OTHER_BRANCH_H
#define CUHOSTLINT_LOWER_TEXT_OTHER_BRANCH_H

#include "ir/ir.h"
#include "lower/text/site_scan.h"
#include "source/source.h"

/* Says in unit->other_branch with which arguments the preprocessor would read recorded sites of the
 * main file that it left out. Of branches that exclude each other, the first one. */
void other_branch_note(const struct source_unit *source, const struct site_list *list,
                       struct ir_unit *unit);

#endif

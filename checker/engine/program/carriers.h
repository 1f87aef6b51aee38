/* Which names of a program carry host-memory effects to whoever mentions them. */
#ifndef CUHOSTLINT_ENGINE_PROGRAM_CARRIERS_H
#define CUHOSTLINT_ENGINE_PROGRAM_CARRIERS_H

#include "ir/ir.h"
#include "models/model.h"
#include "support/vec.h"

struct carriers {
    VEC(const char *) names; /* each once, in the order of the units */
};

/* Functions with external linkage that register, unregister, or handle pinned memory for others,
 * by themselves or through what they call; of member functions the class's name; and constant
 * tables of such functions. A unit that mentions none of them, nor a modelled function, has no part
 * in the program's findings. NULL units are passed over. The names live in `arena`. */
void engine_carriers(struct arena *arena, struct ir_unit *const *units, size_t unit_count,
                     const struct model_set *models, struct carriers *carriers);

#endif

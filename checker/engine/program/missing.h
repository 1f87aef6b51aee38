/* Which bodies are not in sight that may decide what happens to host memory. */
#ifndef CUHOSTLINT_ENGINE_PROGRAM_MISSING_H
#define CUHOSTLINT_ENGINE_PROGRAM_MISSING_H

#include "ir/ir.h"
#include "models/model.h"
#include "support/vec.h"

/* A function without a body in its own program, or a constant without a value, as far as that is
 * known. */
struct missing_name {
    const char *name;
    const char *scope; /* of its class or namespace, without the scopes around; NULL: none */
    bool is_member;
    const char *caller; /* path of the source that names it */
    const char *known;  /* path of a body in sight that may be another program's; NULL: none is */
};

struct missing {
    VEC(struct missing_name) names;
};

/* The functions without a body, and the constants without a value, that are named near calls which
 * register, unregister or pin, the nearest first: in the functions around such a call, in their
 * callers, in what those call, and so on, a few steps. What they do decides there. NULL units are
 * passed over. Strings live in `arena` or in the units. */
void engine_missing(struct arena *arena, struct ir_unit *const *units, size_t unit_count,
                    const struct model_set *models, struct missing *missing);

#endif

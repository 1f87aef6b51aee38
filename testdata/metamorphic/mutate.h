/* Programs that nobody would write: pieces of programs taken away, doubled, swapped, mixed. */
#ifndef CUHOSTLINT_TESTDATA_METAMORPHIC_MUTATE_H
#define CUHOSTLINT_TESTDATA_METAMORPHIC_MUTATE_H

#include "program.h"

#include <stdint.h>

struct random {
    uint64_t state; /* not 0 */
};

/* A number below `limit`, which is not 0. */
size_t random_below(struct random *random, size_t limit);

/* A changed text of the program, in `arena`; `donor` gives pieces. What comes of it may not be
 * C or C++ any more. */
struct strbuf mutate(const struct program *program, const struct program *donor,
                     struct random *random, struct arena *arena);

#endif

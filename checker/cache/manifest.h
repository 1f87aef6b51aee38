/* The list of a unit's inputs as bytes. Private to checker/cache/. */
#ifndef CUHOSTLINT_CACHE_MANIFEST_H
#define CUHOSTLINT_CACHE_MANIFEST_H

#include "cache/inputs.h"

/* The bytes live in `arena`; their order of numbers is the machine's own. */
const unsigned char *manifest_write(struct arena *arena, const input_list *inputs, size_t *len);

/* False where the bytes are no manifest. Paths point into `bytes`. */
bool manifest_read(struct arena *arena, const unsigned char *bytes, size_t len, input_list *inputs);

#endif

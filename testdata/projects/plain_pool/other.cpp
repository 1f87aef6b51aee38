/* Names the pool, defines nothing of it: need not be parsed. */
#include "pool.h"

void use_once()
{
    if (void *p = pool_get(1)) {
        pool_put(p);
    }
}

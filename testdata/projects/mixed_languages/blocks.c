#include "bridge.h"

#include <stdlib.h>

void *c_block(size_t size)
{
    return malloc(size);
}

void c_release(void *block)
{
    free(block); /* expect: freed-while-registered */
}

/* Right: C that calls C++. */
int c_calls_cpp(void)
{
    void *block = c_block(4096);

    if (block == NULL)
        return -1;
    if (!cpp_register(block, 4096)) {
        free(block);
        return -1;
    }
    cpp_unregister(block);
    free(block);
    return 0;
}

/* Wrong: what C++ registered is registered still. */
int c_forgets(void)
{
    void *block = c_block(4096);

    if (block == NULL)
        return -1;
    if (!cpp_register(block, 4096)) {
        free(block);
        return -1;
    }
    cpp_release(block);
    return 0;
}

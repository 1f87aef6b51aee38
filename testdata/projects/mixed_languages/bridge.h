#ifndef BRIDGE_H
#define BRIDGE_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* in C */
void *c_block(size_t size);
void c_release(void *block);
/* in C++ */
int cpp_register(void *block, size_t size);
void cpp_unregister(void *block);
void cpp_release(void *block);

#ifdef __cplusplus
}
#endif

#endif

/* The one place where memory comes from the system, and the one answer when there is none. */
#ifndef CUHOSTLINT_SUPPORT_MEM_H
#define CUHOSTLINT_SUPPORT_MEM_H

#include <stddef.h>

/* `size` zeroed bytes from the C heap, to be released with free. Never NULL. */
void *mem_alloc(size_t size);

/* `size` bytes, not zeroed, to be released with free. Many of them come in huge pages where the
 * system has these (madvise(2), MADV_HUGEPAGE): what is filled once and soon given back costs
 * mostly page faults. Never NULL. */
void *mem_large(size_t size);

/* As realloc; new bytes are not zeroed. Never NULL. */
void *mem_realloc(void *block, size_t size);

enum { MEM_EXIT_STATUS = 3 };

/* Says "out of memory" on standard error and ends the process with MEM_EXIT_STATUS. */
_Noreturn void mem_exhausted(void);

#endif

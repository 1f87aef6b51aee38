/* The recorder: a library that a program runs with, unchanged, and that writes down what it does
 * with host memory. LD_PRELOAD puts it in front of the allocators; CUDA_INJECTION64_PATH has the
 * driver load it, where it asks CUPTI for the CUDA calls, also of a static runtime.
 *
 * Each process writes a file of lines into the folder $CUHOSTLINT_RUN, as
 * checker/validate/run_log.h describes them. Nothing here may allocate from the heap that it
 * watches. */
#ifndef CUHOSTLINT_RECORDER_RECORDER_H
#define CUHOSTLINT_RECORDER_RECORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- log.c: the lines ------------------------------------------------------------------ */

/* Adds a line; `format` has no line end. Lines behind the limit on the file's size are dropped. */
void log_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The number of the calling thread's stack, described in the log when it is new; the frames of the
 * recorder and of NVIDIA's libraries at its top are left out. */
unsigned log_stack(void);

/* Whether the address is code of NVIDIA's driver or of CUPTI, or of the C library. */
bool log_is_vendor_code(const void *address);
bool log_is_c_library(const void *address);

/* Small number of the calling thread. */
unsigned log_thread(void);

/* ---- live.c: what is page-locked, and how large blocks are ------------------------------ */

enum live_kind { LIVE_REGISTERED, LIVE_PINNED };

void live_add(uintptr_t start, size_t size, enum live_kind kind);
void live_remove(uintptr_t start);
void live_clear(void);

/* Whether anything page-locked lies in the bytes; quick where nothing is page-locked near them. */
bool live_touches(uintptr_t start, size_t size);

/* Whether the address lies in memory of a pinned allocator. */
bool live_is_pinned(uintptr_t address);

/* Blocks of ordinary memory, from BLOCK_MINIMUM bytes. */
enum { BLOCK_MINIMUM = 1024 };
void block_add(uintptr_t start, size_t size);
void block_remove(uintptr_t start);

/* Around fork. */
void live_before_fork(void);
void live_after_fork(bool is_child);

/* The block that begins at the address or less than a page before it. */
bool block_find(uintptr_t address, uintptr_t *start, size_t *size);

/* ---- frames.c: registered objects on stacks ---------------------------------------------- */

/* Registered by the calling thread; memory of no stack is of no interest. */
void frames_registered(uintptr_t start, size_t size);
void frames_unregistered(uintptr_t start);
void frames_clear(void);

/* Writes a line for each object of the calling thread whose function has returned meanwhile; quick
 * where no object is registered. */
void frames_look(void);

/* In the child. */
void frames_after_fork(void);

/* ---- calls.c -------------------------------------------------------------------- */

/* Has CUPTI tell of the CUDA calls; says in the log how that went. */
void calls_watch(void);

/* Whether the calling thread is inside a CUDA call: what it frees is the driver's business. */
bool calls_is_inside(void);

#endif

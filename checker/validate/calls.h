/* The calls of the CUDA runtime and driver as a reproducer writes them. */
#ifndef CUHOSTLINT_VALIDATE_CALLS_H
#define CUHOSTLINT_VALIDATE_CALLS_H

#include "validate/writer.h"

/* Whether the call is one of the driver's (cuMem...). */
bool calls_is_driver(const char *call);

/* The CUDA call that stands for the source's: itself, the twin of a HIP call, or `usual` where the
 * call is a project's own. */
const char *calls_twin(const char *call, const char *usual);

/* Flags as people write them: "cudaHostRegisterPortable", or a number where bits have no name. */
const char *calls_register_flags(struct writer *w, const struct replay_step *step);
const char *calls_alloc_flags(struct writer *w, const struct replay_step *step);

/* "cudaHostRegister(block, 4096, cudaHostRegisterDefault)" */
const char *calls_register(struct writer *w, const struct replay_step *step, const char *pointer,
                           int64_t size);
const char *calls_unregister(struct writer *w, const struct replay_step *step, const char *pointer);

/* "cudaHostAlloc(&block, 4096, cudaHostAllocDefault)"; for pinned, device and managed memory. */
const char *calls_allocate(struct writer *w, const struct replay_step *step, uint32_t memory,
                           const char *pointer, const char *size);

/* The call that gives memory back: "cudaFreeHost(block)"; NULL where it is no CUDA call. */
const char *calls_free(struct writer *w, const struct replay_step *step, const char *pointer);

/* CALL(...), with what it takes to print the status. */
const char *calls_shown(struct writer *w, const char *call);

/* Adds MUST(...). */
void calls_must(struct writer *w, const char *call);

#endif

/* What compiles the reproducers. */
#ifndef CUHOSTLINT_VALIDATE_TOOLCHAIN_H
#define CUHOSTLINT_VALIDATE_TOOLCHAIN_H

#include "validate/program.h"

struct toolchain {
    const char *nvcc;  /* path, or NULL */
    const char *host;  /* a host compiler with libcudart, where there is no nvcc; or NULL */
    const char *clang; /* ... one that compiles kernels too; or NULL */
    const char *root;  /* the toolkit's folder: host compilers find the headers there */
    const char *libraries;
    const char *missing; /* why nothing can be compiled; NULL: something can */
};

/* `cuda_path` as --cuda-path, or NULL: the usual places. */
struct toolchain toolchain_find(struct arena *arena, const char *cuda_path);

/* Path of the program, as the shell would find it; NULL: it is not there. */
const char *toolchain_on_path(struct arena *arena, const char *name);

/* Seconds that a compilation may take. */
enum { COMPILE_TIMEOUT_SECONDS = 300 };

/* "/usr/local/cuda/bin/nvcc": for messages. */
const char *toolchain_name(struct arena *arena, const struct toolchain *toolchain);

/* The words that compile `source` to `binary`; NULL, with the reason, where this compiler cannot.
 * `arch` as nvcc's -arch, or NULL. */
const char *const *toolchain_command(struct arena *arena, const struct toolchain *toolchain,
                                     const struct program *program, const char *source,
                                     const char *binary, const char *arch, const char **reason);

/* The words that compile a user's file by itself, with debug information; NULL where this compiler
 * cannot. */
const char *const *toolchain_command_of_file(struct arena *arena, const struct toolchain *toolchain,
                                             const char *file, const char *binary,
                                             const char *arch);

#endif

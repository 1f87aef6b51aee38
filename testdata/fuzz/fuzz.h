/* Fuzz targets: each reads bytes as one of the program's readers of foreign input does, and checks
 * what must hold whatever they are. Linked with libFuzzer, or with replay.c, which runs files. */
#ifndef CUHOSTLINT_TESTDATA_FUZZ_H
#define CUHOSTLINT_TESTDATA_FUZZ_H

#include "support/arena.h"

#include <stddef.h>
#include <stdint.h>

/* Takes one input; gives 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes with a NUL behind them, as file_read gives them. */
const char *fuzz_text(struct arena *arena, const uint8_t *data, size_t size);

/* A path that holds the bytes until fuzz_close: a file in memory. */
struct fuzz_file {
    int descriptor;
    const char *path;
};

struct fuzz_file fuzz_open(struct arena *arena, const uint8_t *data, size_t size);
void fuzz_close(struct fuzz_file *file);

/* Ends the process where something does not hold. */
void fuzz_check(int holds, const char *what);

#endif

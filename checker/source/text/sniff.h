/* What a file's text tells about its language, where no command does. */
#ifndef CUHOSTLINT_SOURCE_TEXT_SNIFF_H
#define CUHOSTLINT_SOURCE_TEXT_SNIFF_H

#include "source/text/lexer.h"

#include <stdbool.h>
#include <stddef.h>

struct source_marks {
    bool cuda;  /* kernels, launches, device functions */
    bool hip;   /* HIP's headers */
    bool cxx;   /* words and headers that C does not have */
    bool cxx20; /* words and headers of C++20 */
    bool cxx23;
    bool runtime_calls; /* names of the CUDA runtime API: cudaMalloc */
    bool driver_calls;  /* names of the driver API: cuMemAlloc */
    bool hip_calls;     /* names of the HIP runtime API: hipMalloc */
    bool bridges;       /* defines names of one of these APIs as macros */
    bool min_max;
    bool math;         /* mathematical functions */
    bool special_math; /* those of C++17: std::legendre */
};

/* Marks gathered token by token, by whoever reads a text anyway. Starts as zero. */
struct sniffer {
    struct source_marks marks;
    bool is_define; /* the next name is what a #define defines */
};

/* The lexer stands behind the token. */
void sniffer_take(struct sniffer *sniffer, const struct lexer *lexer,
                  const struct lexer_token *token);

/* Adds what the text says, comments and strings left out, to the marks. */
void source_sniff(const char *text, size_t len, struct source_marks *marks);

#endif

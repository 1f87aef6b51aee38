/* The bundled declarations, as checker/embed.cmake builds them into the program. */
#ifndef CUHOSTLINT_SOURCE_DECLARATIONS_H
#define CUHOSTLINT_SOURCE_DECLARATIONS_H

#include "source/source.h"

/* Sorted by path. */
extern const struct source_virtual_file source_declarations[];
extern const size_t source_declaration_count;

#endif

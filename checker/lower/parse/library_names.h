/* What the libraries of C and C++ declare, and where: a missing header of a project's may have been
 * the one that included it. Private to checker/lower/. */
#ifndef CUHOSTLINT_LOWER_PARSE_LIBRARY_NAMES_H
#define CUHOSTLINT_LOWER_PARSE_LIBRARY_NAMES_H

#include <stddef.h>

/* The header of std::NAME, "vector"; NULL: none that the list knows. `len`: of the name. */
const char *library_header(const char *name, size_t len);

/* The same for a name outside of any namespace, "stdlib.h" for malloc. */
const char *library_c_header(const char *name, size_t len);

#endif

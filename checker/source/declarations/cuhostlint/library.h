/* The part of the C and C++ library that nvcc brings into every file, without its dear parts. */
#ifndef CUHOSTLINT_LIBRARY_H
#define CUHOSTLINT_LIBRARY_H

#ifdef __cplusplus
/* libstdc++ puts the special functions (beta, legendre, ...) into <cmath> from C++17 on, which
 * costs more time than all else in it. */
#if __has_include(<bits/c++config.h>)
#include <bits/c++config.h>
#ifndef CUHOSTLINT_WANTS_SPECIAL_MATH
#undef _GLIBCXX_USE_STD_SPEC_FUNCS
#endif
#endif
#endif

#ifdef __CUDACC__
#ifdef __cplusplus
#include <new>
#if defined(CUHOSTLINT_WANTS_MIN_MAX) && __has_include(<bits/stl_algobase.h>)
#include <bits/stl_algobase.h>
#endif
#ifdef CUHOSTLINT_WANTS_MATH
#include <cmath>
#include <cstdlib>
#endif
#include <utility>
/* The plain C headers: libstdc++'s wrappers would bring <cmath> by way of <stdlib.h>. */
#define _GLIBCXX_INCLUDE_NEXT_C_HEADERS
#include <stdlib.h>
#undef _GLIBCXX_INCLUDE_NEXT_C_HEADERS
#else
#include <stdlib.h>
#endif
#include <assert.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#ifdef __cplusplus
/* nvcc's own headers bring <cstdlib>, and thereby these; many a file leans on that. */
namespace std
{
using ::abort;
using ::atoi;
using ::calloc;
using ::exit;
using ::fprintf;
using ::free;
using ::getenv;
using ::malloc;
using ::memcpy;
using ::memset;
using ::printf;
using ::puts;
using ::rand;
using ::realloc;
using ::srand;
using ::strlen;
} // namespace std
#endif
#endif

#endif

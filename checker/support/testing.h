/* For unit tests only: cmocka, behind the headers that it needs. */
#ifndef CUHOSTLINT_SUPPORT_TESTING_H
#define CUHOSTLINT_SUPPORT_TESTING_H

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#endif

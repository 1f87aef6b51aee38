/* Part of cuhostlint/thrust.h. */
#include <cuhostlint/thrust.h>

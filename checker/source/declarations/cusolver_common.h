/* Part of cusolverDn.h here. */
#include <cusolverDn.h>

/* Part of crt/host_defines.h here. */
#include "crt/host_defines.h"

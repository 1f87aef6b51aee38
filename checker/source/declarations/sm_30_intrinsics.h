/* Part of device_functions.h here. */
#include "device_functions.h"

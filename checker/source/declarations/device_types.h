/* Part of driver_types.h here. */
#ifndef __DEVICE_TYPES_H__
#define __DEVICE_TYPES_H__

#include "driver_types.h"

#endif

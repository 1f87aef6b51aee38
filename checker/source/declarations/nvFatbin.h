/* nvFatbin: its handle. */
#ifndef __nvFatbin_h__
#define __nvFatbin_h__

#include <stddef.h>

typedef enum nvFatbinResult { NVFATBIN_SUCCESS = 0 } nvFatbinResult;
typedef struct _nvFatbinHandle *nvFatbinHandle;

#endif

/* Part of nvtx3/nvToolsExt.h here. */
#include <nvtx3/nvToolsExt.h>

/* Where the CUDA Toolkit's headers are. */
#ifndef CUHOSTLINT_SOURCE_PROJECT_TOOLKIT_H
#define CUHOSTLINT_SOURCE_PROJECT_TOOLKIT_H

#include "source/commands/words.h"

/* Appends the include folders of the toolkit at `root` ("/usr/local/cuda-13.0"), or of the include
 * folder itself. False: no CUDA headers there. */
bool source_toolkit_at(struct arena *arena, const char *root, struct words *includes);

/* True where the folder itself holds the toolkit's headers (not merely some cuda.h). */
bool source_toolkit_is_include_folder(const char *folder);

/* True where the folder holds thrust, cub or cuda/std: in a toolkit, or in a project that brings
 * its own. */
bool source_toolkit_is_cccl_folder(const char *folder);

/* True where the folder holds ROCm's hip/hip_runtime_api.h. */
bool source_toolkit_is_hip_folder(const char *folder);

/* Looks where a machine has its toolkit: $CUDA_HOME, $CUDA_PATH, nvcc on PATH, the usual folders,
 * newest first. Empty: none. */
void source_toolkit_of_machine(struct arena *arena, struct words *includes);

#endif

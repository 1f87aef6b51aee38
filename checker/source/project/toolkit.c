#include "source/project/toolkit.h"

#include "source/project/path.h"
#include "support/file.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

static bool holds(const char *folder, const char *name)
{
    struct arena *scratch = arena_new();
    bool found = source_path_is_file(source_path_join(scratch, folder, name));
    arena_free(scratch);
    return found;
}

bool source_toolkit_is_include_folder(const char *folder)
{
    return holds(folder, "cuda_runtime_api.h") && holds(folder, "driver_types.h");
}

bool source_toolkit_is_cccl_folder(const char *folder)
{
    return holds(folder, "thrust/version.h") || holds(folder, "cub/version.cuh") ||
           holds(folder, "cuda/std/version");
}

bool source_toolkit_is_hip_folder(const char *folder)
{
    return holds(folder, "hip/hip_runtime_api.h");
}

static bool add_include_folder(struct arena *arena, const char *folder, struct words *includes)
{
    if (!source_toolkit_is_include_folder(folder))
        return false;
    const char *real = file_real_path(arena, folder);
    if (!real) /* it went in the meantime */
        return false;
    vec_push(arena, includes, real);
    const char *cccl = source_path_join(arena, real, "cccl"); /* CUDA 13: thrust, cub, cuda/std */
    if (source_path_is_folder(cccl))
        vec_push(arena, includes, cccl);
    return true;
}

static bool add_first_match(struct arena *arena, const char *pattern, struct words *includes)
{
    glob_t found;
    bool added = false;
    if (glob(pattern, 0, NULL, &found) != 0)
        return false;
    for (size_t i = 0; i < found.gl_pathc && !added; i++)
        added = add_include_folder(arena, found.gl_pathv[i], includes);
    globfree(&found);
    return added;
}

bool source_toolkit_at(struct arena *arena, const char *root, struct words *includes)
{
    return add_include_folder(arena, source_path_join(arena, root, "include"), includes) ||
           add_include_folder(arena, root, includes) ||
           add_first_match(arena, source_path_join(arena, root, "targets/*-linux/include"),
                           includes);
}

static bool add_of_variable(struct arena *arena, const char *name, struct words *includes)
{
    const char *root = getenv(name);
    return root && root[0] == '/' && source_toolkit_at(arena, root, includes);
}

/* The folder of the real nvcc: /usr/bin/nvcc and /usr/local/cuda/bin are often links. */
static bool add_of_nvcc(struct arena *arena, struct words *includes)
{
    const char *path = getenv("PATH");
    for (const char *p = path; p && *p;) {
        size_t len = strcspn(p, ":");
        const char *folder = arena_strndup(arena, p, len);
        const char *real = file_real_path(arena, source_path_join(arena, folder, "nvcc"));
        if (real && folder[0] == '/') {
            const char *bin = source_path_parent(arena, real);
            if (source_toolkit_at(arena, source_path_parent(arena, bin), includes))
                return true;
        }
        p += len + (p[len] == ':');
    }
    return false;
}

/* "/usr/local/cuda-12.4" is older than "/usr/local/cuda-13.0", and than "cuda-12.10". */
static bool add_newest(struct arena *arena, const char *pattern, struct words *includes)
{
    glob_t found;
    if (glob(pattern, 0, NULL, &found) != 0)
        return false;
    const char *newest = NULL;
    for (size_t i = 0; i < found.gl_pathc; i++)
        if (!newest || strverscmp(found.gl_pathv[i], newest) > 0)
            newest = found.gl_pathv[i];
    bool added = newest && source_toolkit_at(arena, newest, includes);
    globfree(&found);
    return added;
}

void source_toolkit_of_machine(struct arena *arena, struct words *includes)
{
    if (add_of_variable(arena, "CUDA_HOME", includes) ||
        add_of_variable(arena, "CUDA_PATH", includes) || add_of_nvcc(arena, includes) ||
        add_newest(arena, "/usr/local/cuda-[0-9]*", includes))
        return;
    static const char *const usual[] = {"/usr/local/cuda", "/opt/cuda", "/usr/lib/cuda", "/usr",
                                        "/usr/lib/nvidia-cuda-toolkit"};
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
        if (source_toolkit_at(arena, usual[i], includes))
            return;
}

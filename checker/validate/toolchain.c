#include "validate/toolchain.h"

#include "source/project/toolkit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_program(const char *path)
{
    return access(path, X_OK) == 0;
}

const char *toolchain_on_path(struct arena *arena, const char *name)
{
    for (const char *p = getenv("PATH"); p && *p;) {
        size_t len = strcspn(p, ":");
        const char *found = arena_printf(arena, "%.*s/%s", (int)len, p, name);
        if (len && is_program(found))
            return found;
        p += len + (p[len] == ':');
    }
    return NULL;
}

/* The toolkit around an include folder: ".../targets/x86_64-linux/include" lies two deeper. */
static const char *root_of_include(struct arena *arena, const char *include)
{
    const char *targets = strstr(include, "/targets/");
    const char *slash = targets ? targets : strrchr(include, '/');
    return arena_strndup(arena, include, (size_t)(slash - include));
}

static const char *toolkit_root(struct arena *arena, const char *cuda_path)
{
    struct words includes = {0};

    if (cuda_path)
        return cuda_path;
    source_toolkit_of_machine(arena, &includes);
    return includes.len ? root_of_include(arena, includes.data[0]) : NULL;
}

static const char *find_libraries(struct arena *arena, const char *root)
{
    static const char *const folders[] = {"lib64", "targets/x86_64-linux/lib",
                                          "targets/sbsa-linux/lib", "lib"};

    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        const char *folder = arena_printf(arena, "%s/%s", root, folders[i]);
        if (access(arena_printf(arena, "%s/libcudart_static.a", folder), R_OK) == 0 ||
            access(arena_printf(arena, "%s/libcudart.so", folder), R_OK) == 0)
            return folder;
    }
    return NULL;
}

struct toolchain toolchain_find(struct arena *arena, const char *cuda_path)
{
    struct toolchain found = {.root = toolkit_root(arena, cuda_path)};

    if (found.root) {
        const char *nvcc = arena_printf(arena, "%s/bin/nvcc", found.root);
        found.nvcc = is_program(nvcc) ? nvcc : NULL;
        found.libraries = find_libraries(arena, found.root);
    }
    if (!found.nvcc && !cuda_path)
        found.nvcc = toolchain_on_path(arena, "nvcc");
    if (found.nvcc)
        return found;
    found.clang = toolchain_on_path(arena, "clang++");
    found.host = toolchain_on_path(arena, "g++");
    if (!found.host)
        found.host = found.clang;
    if (!found.host)
        found.missing = "no compiler: neither nvcc nor g++ nor clang++ is here";
    else if (!found.root || !found.libraries)
        found.missing = "no nvcc and no libcudart: install the CUDA Toolkit, or name it with "
                        "--cuda-path";
    return found;
}

const char *toolchain_name(struct arena *arena, const struct toolchain *toolchain)
{
    if (toolchain->missing)
        return toolchain->missing;
    if (toolchain->nvcc)
        return toolchain->nvcc;
    return arena_printf(arena, "%s with the libcudart of %s", toolchain->host, toolchain->root);
}

struct command {
    struct arena *arena;
    VEC(const char *) words;
};

static void add(struct command *command, const char *word)
{
    vec_push(command->arena, &command->words, word);
}

/* Turing: the oldest that CUDA 13 knows; PTX for it runs on all that are newer. */
#define OLDEST_ARCH "sm_75"

/* clang knows CUDA by the ending of the file's name. */
static void begin_clang(struct command *command, const struct toolchain *toolchain,
                        const char *arch)
{
    add(command, toolchain->clang);
    add(command, arena_printf(command->arena, "--cuda-path=%s", toolchain->root));
    add(command, arena_printf(command->arena, "--cuda-gpu-arch=%s", arch ? arch : OLDEST_ARCH));
    add(command, "--cuda-include-ptx=all");
    add(command, "-Wno-unknown-cuda-version");
}

/* The compiler with what all of its compilations need; false: it cannot compile that. */
static bool begin(struct command *command, const struct toolchain *toolchain, const char *arch,
                  bool has_kernel)
{
    if (toolchain->nvcc) {
        add(command, toolchain->nvcc);
        if (arch)
            add(command, arena_printf(command->arena, "-arch=%s", arch));
    } else if (!has_kernel) {
        add(command, toolchain->host);
        add(command, arena_printf(command->arena, "-I%s/include", toolchain->root));
    } else if (toolchain->clang) {
        begin_clang(command, toolchain, arch);
    }
    return command->words.len > 0;
}

/* The runtime, of which some installations have only the shared library. */
static void link_runtime(struct command *command, const struct toolchain *toolchain)
{
    const char *archive =
        arena_printf(command->arena, "%s/libcudart_static.a", toolchain->libraries);

    if (access(archive, R_OK) == 0) {
        add(command, "-lcudart_static");
    } else {
        add(command, "-lcudart");
        add(command, arena_printf(command->arena, "-Wl,-rpath,%s", toolchain->libraries));
    }
    add(command, "-ldl");
    add(command, "-lrt");
    add(command, "-lpthread");
}

static void finish(struct command *command, const struct toolchain *toolchain, const char *source,
                   const char *binary, bool uses_driver)
{
    add(command, "-o");
    add(command, binary);
    add(command, source);
    if (toolchain->libraries) {
        add(command, arena_printf(command->arena, "-L%s", toolchain->libraries));
        add(command, arena_printf(command->arena, "-L%s/stubs", toolchain->libraries));
    }
    if (!toolchain->nvcc)
        link_runtime(command, toolchain);
    if (uses_driver)
        add(command, "-lcuda");
    add(command, NULL);
}

const char *const *toolchain_command(struct arena *arena, const struct toolchain *toolchain,
                                     const struct program *program, const char *source,
                                     const char *binary, const char *arch, const char **reason)
{
    struct command command = {.arena = arena};

    *reason = toolchain->missing;
    if (!*reason && !begin(&command, toolchain, arch, program->has_kernel))
        *reason = "its kernel needs nvcc or clang++, and neither is here";
    if (*reason)
        return NULL;
    add(&command, "-std=c++17");
    finish(&command, toolchain, source, binary, program->uses_driver);
    return command.words.data;
}

const char *const *toolchain_command_of_file(struct arena *arena, const struct toolchain *toolchain,
                                             const char *file, const char *binary, const char *arch)
{
    struct command command = {.arena = arena};
    const char *dot = strrchr(file, '.');

    bool is_cuda = dot && strcmp(dot, ".cu") == 0;

    if (toolchain->missing || !begin(&command, toolchain, arch, is_cuda))
        return NULL;
    add(&command, "-g");
    add(&command, "-w");
    finish(&command, toolchain, file, binary, true);
    return command.words.data;
}

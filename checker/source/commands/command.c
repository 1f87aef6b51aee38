/* What a command is: the wrappers in front of a compiler, and which compiler it is. */
#include "source/commands/translate.h"
#include "source/project/path.h"
#include "support/file.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum compiler { COMPILER_C, COMPILER_CXX, COMPILER_NVCC, COMPILER_NVCC_WRAPPER, COMPILER_HIPCC };

static bool is_wrapper(const char *name)
{
    static const char *const wrappers[] = {
        "ccache", "sccache", "distcc", "icecc",   "gomacc",   "buildcache", "fastbuild", "env",
        "nice",   "time",    "ionice", "taskset", "colorgcc", "libtool",    "compdb",
    };
    for (size_t i = 0; i < sizeof wrappers / sizeof wrappers[0]; i++)
        if (strcmp(name, wrappers[i]) == 0)
            return true;
    return false;
}

static bool is_assignment(const char *word)
{
    size_t name = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
    return name > 0 && word[name] == '=';
}

/* The base name without ".exe" and without a version: "clang++" for "/usr/bin/clang++-19". */
static const char *program_name(struct arena *arena, const char *word)
{
    const char *base = source_path_base(word);
    const char *backslash = strrchr(base, '\\');
    char *name = arena_strdup(arena, backslash ? backslash + 1 : base);
    size_t len = strlen(name);
    if (len > 4 && strcasecmp(name + len - 4, ".exe") == 0)
        name[len -= 4] = '\0';
    size_t end = len;
    while (end > 0 && (isdigit((unsigned char)name[end - 1]) || name[end - 1] == '.'))
        end--;
    if (end > 1 && end < len && name[end - 1] == '-')
        end--;
    if (end > 0)
        name[end] = '\0';
    return name;
}

static bool ends_with(const char *text, const char *end)
{
    size_t len = strlen(text), size = strlen(end);
    return len >= size && strcmp(text + len - size, end) == 0;
}

static enum compiler compiler_of(const char *name)
{
    if (ends_with(name, "nvcc_wrapper"))
        return COMPILER_NVCC_WRAPPER;
    if (ends_with(name, "nvcc"))
        return COMPILER_NVCC;
    if (strcmp(name, "hipcc") == 0)
        return COMPILER_HIPCC;
    static const char *const cxx[] = {"++", "icpc", "icpx", "mpicxx", "mpic++", "mpiCC", "CC"};
    for (size_t i = 0; i < sizeof cxx / sizeof cxx[0]; i++)
        if (ends_with(name, cxx[i]))
            return COMPILER_CXX;
    return COMPILER_C;
}

/* The index of the compiler's own word: behind "cmake -E env A=B ccache" and the like. */
static size_t skip_wrappers(struct arena *arena, const struct words *command)
{
    size_t i = 0;
    bool wrapped = false;
    while (i + 1 < command->len) {
        const char *word = command->data[i];
        const char *name = program_name(arena, word);
        if (strcmp(name, "cmake") == 0 && strcmp(command->data[i + 1], "-E") == 0)
            i += 3;
        else if (is_wrapper(name))
            i++;
        else if (is_assignment(word) || (wrapped && word[0] == '-'))
            i++;
        else
            break;
        wrapped = true;
    }
    return i < command->len ? i : command->len - 1;
}

/* A toolkit's nvcc lies in its bin folder. */
static void note_toolkit_of(struct translation *t, const char *nvcc)
{
    if (!strchr(nvcc, '/'))
        return;
    const char *path = source_path_normal(t->arena, t->directory, nvcc);
    const char *real = file_real_path(t->arena, path);
    const char *bin = source_path_parent(t->arena, real ? real : path);
    t->cuda_path = source_path_parent(t->arena, bin);
}

void source_translate_command(struct translation *t, const struct words *command)
{
    if (command->len == 0)
        return;
    size_t first = skip_wrappers(t->arena, command);
    const char *program = command->data[first];
    struct words args = {.data = command->data + first + 1, .len = command->len - first - 1};
    enum compiler compiler = compiler_of(program_name(t->arena, program));

    if (compiler == COMPILER_NVCC || compiler == COMPILER_NVCC_WRAPPER) {
        t->is_nvcc = true;
        if (compiler == COMPILER_NVCC_WRAPPER)
            t->default_language = "cuda";
        else
            note_toolkit_of(t, program);
        source_translate_nvcc(t, &args);
        return;
    }
    struct words expanded = {0};
    source_expand_response_files(t, &args, false, &expanded);
    t->default_language = compiler == COMPILER_HIPCC ? "hip"
                          : compiler == COMPILER_CXX ? "c++"
                                                     : NULL;
    source_translate_host(t, &expanded);
}

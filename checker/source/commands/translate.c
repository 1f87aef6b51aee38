#include "source/commands/translate.h"

#include "source/commands/options.h"
#include "source/project/path.h"

#include <glob.h>
#include <string.h>

void source_translation_init(struct translation *t, struct arena *arena, const char *directory)
{
    *t = (struct translation){.arena = arena, .directory = directory};
}

void source_emit_joined(struct translation *t, const char *option, const char *value)
{
    vec_push(t->arena, &t->args, arena_printf(t->arena, "%s%s", option, value));
}

/* "=dir" is below the sysroot for GCC; without one the sign says nothing. */
static const char *absolute(struct translation *t, const char *path)
{
    if (path[0] == '=' && path[1] == '/')
        return t->sysroot ? arena_printf(t->arena, "%s%s", t->sysroot, path + 1) : path + 1;
    return source_path_normal(t->arena, t->directory, path);
}

void source_emit_path(struct translation *t, const char *option, const char *path)
{
    const char *full = absolute(t, path);
    bool joined = strlen(option) == 2 || option[strlen(option) - 1] == '=';
    if (joined) {
        source_emit_joined(t, option, full);
    } else {
        vec_push(t->arena, &t->args, option);
        vec_push(t->arena, &t->args, full);
    }
}

/* -include looks in the working folder first, then where "..." includes are looked for. */
static void emit_include(struct translation *t, const char *option, const char *name)
{
    const char *full = absolute(t, name);
    vec_push(t->arena, &t->args, option);
    vec_push(t->arena, &t->args, source_path_is_file(full) ? full : name);
}

static void set_language(struct translation *t, const char *name)
{
    static const struct {
        const char *name;
        const char *language; /* NULL: by the file's ending again */
    } languages[] = {
        {"c", "c"},     {"c-header", "c"}, {"c++", "c++"}, {"c++-header", "c++"},
        {"cu", "cuda"}, {"cuda", "cuda"},  {"hip", "hip"}, {"none", NULL},
    };
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
        if (strcmp(name, languages[i].name) == 0)
            t->language = languages[i].language;
}

/* A processor's name that this libclang does not know would cost the whole unit. */
static void emit_architecture(struct translation *t, const char *name)
{
    static const char *const known[] = {
        "native",    "x86-64",         "x86-64-v2",   "x86-64-v3",      "x86-64-v4",
        "core2",     "nehalem",        "westmere",    "corei7",         "sandybridge",
        "ivybridge", "haswell",        "corei7-avx",  "core-avx2",      "broadwell",
        "skylake",   "skylake-avx512", "cascadelake", "icelake-server", "sapphirerapids",
        "znver1",    "znver2",         "znver3",
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(name, known[i]) == 0)
            source_emit_joined(t, "-march=", name);
}

/* libc++ is asked for in many commands and installed on few machines: libstdc++ parses the same
 * code, no library at all does not. */
static void emit_stdlib(struct translation *t, const char *name)
{
    glob_t found;
    if (glob("/usr/include/c++/v1/vector", 0, NULL, &found) == 0 ||
        glob("/usr/lib/llvm-*/include/c++/v1/vector", 0, NULL, &found) == 0) {
        source_emit_joined(t, "-stdlib=", name);
        globfree(&found);
    } else {
        vec_push(
            t->arena, &t->notes,
            arena_printf(t->arena, "-stdlib=%s is left out: that library is not installed", name));
    }
}

static void host_word(struct translation *t, const char *word)
{
    const char *data[] = {word};
    source_translate_host(t, &(struct words){.data = data, .len = 1, .cap = 1});
}

static void host_list(struct translation *t, const char *list)
{
    struct words words = {0};
    source_words_split_list(t->arena, list, &words);
    source_translate_host(t, &words);
}

/* Options with a value; a missing value drops the option. */
static void apply_value(struct translation *t, const struct option *option, const char *value)
{
    switch (option->action) {
    case OPTION_PATH:
        source_emit_path(t, option->emit, value);
        break;
    case OPTION_INCLUDE:
        emit_include(t, option->emit, value);
        break;
    case OPTION_TEXT:
        source_emit_joined(t, option->emit, value);
        break;
    case OPTION_LANGUAGE:
        set_language(t, value);
        break;
    case OPTION_STANDARD:
        t->standard = value;
        break;
    case OPTION_SYSROOT:
        t->sysroot = source_path_normal(t->arena, t->directory, value);
        break;
    case OPTION_CUDA_PATH:
        t->cuda_path = source_path_normal(t->arena, t->directory, value);
        break;
    case OPTION_ARCHITECTURE:
        emit_architecture(t, value);
        break;
    case OPTION_STDLIB:
        emit_stdlib(t, value);
        break;
    case OPTION_HOST_LIST:
        host_list(t, value);
        break;
    case OPTION_HOST_WORD:
        host_word(t, value);
        break;
    default:
        break;
    }
}

/* Options that are complete by themselves. Gives false for those that need a value. */
static bool apply_flag(struct translation *t, const struct option *option, const char *word)
{
    switch (option->action) {
    case OPTION_KEEP:
        vec_push(t->arena, &t->args, word);
        return true;
    case OPTION_COMPILES:
        t->compiles = true;
        return true;
    case OPTION_OPENMP_ON:
        t->openmp = true;
        return true;
    case OPTION_OPENMP_OFF:
        t->openmp = false;
        return true;
    default:
        break;
    }
    if (option->value != OPTION_FLAG)
        return false;
    if (option->action == OPTION_TEXT)
        source_emit_joined(t, option->emit, "");
    if (option->action == OPTION_STANDARD)
        t->standard = option->emit;
    return true;
}

void source_translate_host(struct translation *t, const struct words *args)
{
    for (size_t i = 0; i < args->len; i++) {
        const char *word = args->data[i];
        struct option_match match;
        if (!source_option_match(source_host_options, source_host_option_count, args, &i, &match))
            continue;
        if (!apply_flag(t, match.option, word) && match.value)
            apply_value(t, match.option, match.value);
    }
}

void source_translation_finish(struct translation *t)
{
    const struct {
        bool set;
        const char *word;
    } flags[] = {
        {t->openmp, "-D_OPENMP=201511"},
        {t->relocatable_device_code, "-D__CUDACC_RDC__"},
        {t->device_debug, "-D__CUDACC_DEBUG__"},
        {t->relaxed_constexpr, "-D__CUDACC_RELAXED_CONSTEXPR__"},
        {t->whole_program, "-D__CUDACC_EWP__"},
        {t->per_thread_stream, "-DCUDA_API_PER_THREAD_DEFAULT_STREAM=1"},
    };
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        if (flags[i].set)
            vec_push(t->arena, &t->args, flags[i].word);
    if (t->sysroot)
        source_emit_joined(t, "--sysroot=", t->sysroot);
}

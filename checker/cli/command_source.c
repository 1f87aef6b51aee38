#include "cli/command_source.h"

#include <string.h>

static bool takes_file(const char *option)
{
    static const char *const options[] = {"-o",  "-include", "-imacros", "-MF",          "-MT",
                                          "-MQ", "-isystem", "-I",       "--output-file"};

    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (strcmp(option, options[i]) == 0)
            return true;
    return false;
}

static bool is_source(const char *word)
{
    static const char *const endings[] = {".c", ".cc", ".cpp", ".cxx", ".c++",
                                          ".C", ".cu", ".hip", ".CPP", ".cp"};
    const char *ending = strrchr(word, '.');

    for (size_t i = 0; word[0] != '-' && ending != NULL && i < sizeof endings / sizeof *endings;
         i++)
        if (strcmp(ending, endings[i]) == 0)
            return true;
    return false;
}

const struct error *command_source(struct arena *arena, struct options *options)
{
    for (size_t i = 1; i < options->compiler_args.len && options->inputs.len < 2; i++)
        if (is_source(options->compiler_args.data[i]) &&
            !takes_file(options->compiler_args.data[i - 1]))
            vec_push(arena, &options->inputs, options->compiler_args.data[i]);
    if (options->inputs.len == 1)
        return NULL;
    return error_new(arena, ERROR_USAGE,
                     "the command behind -- names %s: say which source is meant, as FILE before "
                     "the --",
                     options->inputs.len == 0 ? "no source" : "several sources");
}

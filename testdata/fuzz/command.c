/* A command line, as one string for a shell, and the same words in a response file. No argument
 * for the parser may come out that loads, runs or writes. */
#include "fuzz.h"
#include "source/commands/translate.h"

#include <string.h>

static const char *const compilers[] = {"nvcc", "clang++", "hipcc", "nvcc_wrapper"};

static int is_dangerous(const char *word)
{
    static const char *const beginnings[] = {
        "-load", "-fplugin", "-Xclang", "-fpass-plugin", "-mllvm", "-o",      "-M",      "-save",
        "-fmod", "-B",       "@",       "-ftime-trace",  "-E",     "-config", "-working"};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (strncmp(word, beginnings[i], strlen(beginnings[i])) == 0)
            return 1;
    return 0;
}

/* Words behind options of two words are values. */
static int takes_value(const char *word)
{
    static const char *const options[] = {"-isystem", "-iquote", "-idirafter", "-include",
                                          "-imacros"};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (strcmp(word, options[i]) == 0)
            return 1;
    return 0;
}

static void translate(struct arena *arena, const struct words *words)
{
    struct translation translation;
    source_translation_init(&translation, arena, "/nowhere");
    source_translate_command(&translation, words);
    source_translation_finish(&translation);
    for (size_t i = 0; i < translation.args.len; i++) {
        if (takes_value(translation.args.data[i]))
            i++;
        else
            fuzz_check(!is_dangerous(translation.args.data[i]), translation.args.data[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct fuzz_file file = fuzz_open(arena, data, size);
    struct words whole = {0};
    source_words_split(arena, fuzz_text(arena, data, size), &whole);
    translate(arena, &whole);
    for (size_t i = 0; i < sizeof compilers / sizeof *compilers; i++) {
        const char *in_file[] = {compilers[i], arena_printf(arena, "@%s", file.path)};
        struct words words = {0};
        vec_push(arena, &words, compilers[i]);
        source_words_append(arena, &words, &whole);
        translate(arena, &words);
        translate(arena, &(struct words){in_file, 2, 2});
    }
    fuzz_close(&file);
    arena_free(arena);
    return 0;
}

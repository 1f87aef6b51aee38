/* The arguments that libclang gets: ours around the unit's. */
#include "source/commands/words.h"
#include "source/declarations.h"
#include "source/project/path.h"
#include "source/project/toolkit.h"
#include "source/text/sniff.h"
#include "source/text/text.h"

#include <string.h>

static const char declarations_folder[] = "/cuhostlint/include";

const struct source_virtual_file *source_virtual_files(size_t *count)
{
    *count = source_declaration_count;
    return source_declarations;
}

bool source_decides_macro(const struct source_unit *unit, const char *macro)
{
    size_t len = strlen(macro);
    for (size_t i = 0; i < unit->args.len; i++) {
        const char *arg = unit->args.data[i];
        bool names = (strncmp(arg, "-D", 2) == 0 || strncmp(arg, "-U", 2) == 0) &&
                     strncmp(arg + 2, macro, len) == 0;
        if (names && (!arg[2 + len] || arg[2 + len] == '='))
            return true;
    }
    return false;
}

static void add(struct arena *arena, struct words *args, const char *word)
{
    vec_push(arena, args, word);
}

static void add_pair(struct arena *arena, struct words *args, const char *option, const char *value)
{
    add(arena, args, option);
    add(arena, args, value);
}

static bool is_gpu(const struct source_unit *unit)
{
    return unit->language == SOURCE_CUDA || unit->language == SOURCE_HIP;
}

/* With the bundled declarations the toolkit's folders must be out of sight: one of its headers that
 * finds another next to itself would declare everything a second time. HIP's own headers are for
 * its own compiler: they are never read. */
static bool is_hidden(const char *folder, bool bundled)
{
    return (bundled &&
            (source_toolkit_is_include_folder(folder) || source_toolkit_is_cccl_folder(folder))) ||
           source_toolkit_is_hip_folder(folder);
}

static void add_own_args(struct arena *arena, const struct source_unit *unit, bool bundled,
                         struct words *args)
{
    for (size_t i = 0; i < unit->args.len; i++) {
        const char *word = unit->args.data[i];
        bool separate = strcmp(word, "-isystem") == 0 || strcmp(word, "-idirafter") == 0;
        if (separate && i + 1 < unit->args.len) {
            const char *folder = unit->args.data[++i];
            if (!is_hidden(folder, bundled))
                add_pair(arena, args, word, folder);
        } else if (strncmp(word, "-I", 2) != 0 || !is_hidden(word + 2, bundled)) {
            add(arena, args, word);
        }
    }
}

/* Everything that the pre-include declares costs time: it declares what the text speaks of. */
static void add_wants(struct arena *arena, const struct source_unit *unit, struct words *args)
{
    struct arena *scratch = arena_new();
    struct source_text text = {.data = unit->text, .len = unit->text_len}, source;
    struct source_marks marks = {0};
    if (text.data || source_read_text(scratch, unit->path, &text))
        source_sniff(text.data, text.len, &marks);
    if (unit->through && source_read_text(scratch, unit->through, &source))
        source_sniff(source.data, source.len, &marks);
    arena_free(scratch);

    bool hip = marks.hip || unit->language == SOURCE_HIP || (marks.hip_calls && !marks.bridges);
    const struct {
        bool wanted;
        const char *macro;
    } wants[] = {
        {marks.runtime_calls, "-DCUHOSTLINT_WANTS_CUDA"},
        {marks.driver_calls, "-DCUHOSTLINT_WANTS_DRIVER"},
        {hip, "-DCUHOSTLINT_WANTS_HIP"},
        {marks.min_max, "-DCUHOSTLINT_WANTS_MIN_MAX"},
        {marks.math, "-DCUHOSTLINT_WANTS_MATH"},
        {marks.special_math, "-DCUHOSTLINT_WANTS_SPECIAL_MATH"},
    };
    for (size_t i = 0; i < sizeof wants / sizeof wants[0]; i++)
        if (wants[i].wanted)
            add(arena, args, wants[i].macro);
}

void source_parse_args(struct arena *arena, const struct source_unit *unit, bool bundled,
                       const char ***args, size_t *count)
{
    struct words words = {0};
    if (is_gpu(unit)) {
        add(arena, &words, "--cuda-host-only");
        add(arena, &words, "-nocudainc");
        add(arena, &words, "-nocudalib");
    }
    if (bundled)
        add(arena, &words, "-DCUHOSTLINT_BUNDLED");
    add_wants(arena, unit, &words);
    add_pair(arena, &words, "-include", is_gpu(unit) ? "cuhostlint/cuda.h" : "cuhostlint/host.h");
    add_own_args(arena, unit, bundled, &words);
    for (size_t i = 0; !bundled && i < unit->cuda_includes.len; i++)
        add_pair(arena, &words, "-isystem", unit->cuda_includes.data[i]);
    /* behind the project's own folders, which may hold its own headers of these names */
    add_pair(arena, &words, bundled ? "-isystem" : "-idirafter", declarations_folder);
    /* an assert says what its author knows, in release builds too */
    add(arena, &words, "-UNDEBUG");
    *args = words.data;
    *count = words.len;
}

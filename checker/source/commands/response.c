/* Response files: bounded, because a repository under review chooses them. */
#include "source/commands/options.h"
#include "source/commands/translate.h"
#include "source/project/path.h"
#include "support/file.h"

enum { MAX_DEPTH = 8, MAX_FILES = 64, MAX_BYTES = 8 << 20, MAX_WORDS = 100000 };

/* One file may be named by each of thousands of commands, which all keep its words. False: there is
 * no room for them. */
static bool take_from_budget(struct translation *t, size_t len)
{
    if (t->response_budget && *t->response_budget < len)
        return false;
    t->response_bytes += len;
    if (t->response_budget)
        *t->response_budget -= len;
    return true;
}

static void note_unread(struct translation *t, const char *path, const char *why)
{
    vec_push(
        t->arena, &t->notes,
        arena_printf(t->arena, "the response file '%s' %s; its options are missing", path, why));
}

void source_read_response_file(struct translation *t, const char *name, struct words *words)
{
    const char *path = source_path_normal(t->arena, t->directory, name);
    if (++t->response_files > MAX_FILES || t->response_bytes > MAX_BYTES) {
        note_unread(t, path, "is not read: the command has too many of them");
        return;
    }
    struct arena *scratch = arena_new();
    const char *text;
    size_t len;
    const struct error *error = file_read_untrusted(scratch, path, MAX_BYTES, &text, &len);
    if (error) {
        note_unread(t, path, "is not read: it is no file, or larger than 8 MiB");
    } else if (!take_from_budget(t, len)) {
        note_unread(t, path, "is not read: all commands together have too much in such files");
    } else {
        source_words_split(t->arena, text, words);
    }
    arena_free(scratch);
}

/* The file that the argument at *index names, or NULL; moves *index over a value of its own. */
static const char *response_file_name(const struct words *args, size_t *index, bool is_nvcc)
{
    if (args->data[*index][0] == '@' && args->data[*index][1])
        return args->data[*index] + 1;
    struct option_match match;
    size_t at = *index;
    if (!is_nvcc ||
        !source_option_match(source_nvcc_options, source_nvcc_option_count, args, &at, &match) ||
        match.option->action != OPTION_RESPONSE_FILE || !match.value)
        return NULL;
    *index = at;
    return match.value;
}

static void expand(struct translation *t, const struct words *args, bool is_nvcc, int depth,
                   struct words *expanded);

static void expand_file(struct translation *t, const char *name, bool is_nvcc, int depth,
                        struct words *expanded)
{
    if (depth == MAX_DEPTH) {
        note_unread(t, name, "is not read: response files are nested too deep");
        return;
    }
    struct words words = {0};
    source_read_response_file(t, name, &words);
    expand(t, &words, is_nvcc, depth + 1, expanded);
}

static void expand(struct translation *t, const struct words *args, bool is_nvcc, int depth,
                   struct words *expanded)
{
    for (size_t i = 0; i < args->len && expanded->len < MAX_WORDS; i++) {
        const char *name = response_file_name(args, &i, is_nvcc);
        if (!name) {
            vec_push(t->arena, expanded, args->data[i]);
            continue;
        }
        struct words names = {0};
        if (is_nvcc)
            source_words_split_list(t->arena, name, &names);
        else
            vec_push(t->arena, &names, name);
        for (size_t k = 0; k < names.len; k++)
            expand_file(t, names.data[k], is_nvcc, depth, expanded);
    }
}

void source_expand_response_files(struct translation *t, const struct words *args, bool is_nvcc,
                                  struct words *expanded)
{
    expand(t, args, is_nvcc, 0, expanded);
    if (expanded->len == MAX_WORDS)
        vec_push(
            t->arena, &t->notes,
            arena_printf(t->arena, "of the compile command only %d words are read", MAX_WORDS));
}

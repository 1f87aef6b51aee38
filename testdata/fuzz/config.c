/* .cuhostlint: what is read without a problem is printed so that it reads back to the same. */
#include "config/config.h"

#include "fuzz.h"

#include <string.h>

static const char *const names[] = {"already-pinned", "zero-size", "register-leak"};
static const struct rule_names rules = {names, sizeof names / sizeof *names};

static const char *read_and_dump(struct arena *arena, const char *text, size_t len)
{
    struct yproblems problems = {.arena = arena, .origin = "/a/b/.cuhostlint"};
    struct model_set models = {.arena = arena};
    struct config config;
    struct strbuf dump;
    config_read(&problems, text, len, "/a/b/.cuhostlint", false, &rules, &config);
    for (size_t i = 0; i < problems.list.len; i++)
        (void)ydoc_problem_text(&problems, i);
    if (problems.list.len)
        return NULL;
    fuzz_check(!config_models(&config, &models), "models without a problem can be used");
    models_index(&models);
    (void)config_lints(&config, "/a/b/c/d/e.cu");
    (void)config_rule_enabled(&config, "zero-size", "/a/b/src/deep/er/file.cu");
    strbuf_init(&dump, arena);
    config_dump(&config, &dump);
    return dump.text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    const char *first = read_and_dump(arena, fuzz_text(arena, data, size), size);
    if (first) {
        const char *second = read_and_dump(arena, first, strlen(first));
        fuzz_check(second && strcmp(first, second) == 0, "a dump reads back to the same");
    }
    arena_free(arena);
    return 0;
}

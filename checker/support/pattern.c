#define PCRE2_CODE_UNIT_WIDTH 8

#include "support/pattern.h"

#include <pcre2.h>

enum { MOST_MATCH_STEPS = 100000 };

struct pattern {
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *limits;
};

static void *take_memory(size_t size, void *arena)
{
    return arena_alloc(arena, size);
}

static void keep_memory(void *block, void *arena)
{
    (void)block, (void)arena;
}

static const char *explain(struct arena *arena, int code, size_t offset)
{
    PCRE2_UCHAR why[128] = "";
    pcre2_get_error_message(code, why, sizeof why);
    return arena_printf(arena, "at character %zu: %s", offset + 1, (const char *)why);
}

const struct pattern *pattern_compile(struct arena *arena, const char *regex, bool whole,
                                      const char **why)
{
    struct pattern *pattern = arena_new_object(arena, struct pattern);
    pcre2_general_context *memory = pcre2_general_context_create(take_memory, keep_memory, arena);
    uint32_t options = PCRE2_NEVER_BACKSLASH_C;
    int error;
    size_t offset;
    if (whole)
        options |= PCRE2_ANCHORED | PCRE2_ENDANCHORED;
    pattern->code = pcre2_compile((PCRE2_SPTR)regex, PCRE2_ZERO_TERMINATED, options, &error,
                                  &offset, pcre2_compile_context_create(memory));
    if (!pattern->code) {
        *why = explain(arena, error, offset);
        return NULL;
    }
    pattern->match = pcre2_match_data_create(1, memory);
    pattern->limits = pcre2_match_context_create(memory);
    pcre2_set_match_limit(pattern->limits, MOST_MATCH_STEPS);
    return pattern;
}

bool pattern_matches(const struct pattern *pattern, const char *text, size_t len)
{
    return pcre2_match(pattern->code, (PCRE2_SPTR)text, len, 0, 0, pattern->match,
                       pattern->limits) >= 0;
}

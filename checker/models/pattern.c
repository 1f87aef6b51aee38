/* Regular expressions for names: PCRE2, compiled into the arena of the set. */
#define PCRE2_CODE_UNIT_WIDTH 8

#include "models/read.h"

#include <pcre2.h>

/* A name is short and so are the regexes; a hostile one may not burn time. */
enum { MOST_MATCH_STEPS = 20000 };

static void *take_memory(size_t size, void *arena)
{
    return arena_alloc(arena, size);
}

static void keep_memory(void *block, void *arena)
{
    (void)block, (void)arena;
}

const void *models_pattern(struct yproblems *problems, const struct ynode *node,
                           struct arena *arena, const char *regex)
{
    pcre2_general_context *memory = pcre2_general_context_create(take_memory, keep_memory, arena);
    pcre2_compile_context *context = pcre2_compile_context_create(memory);
    int error;
    size_t offset;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)regex, PCRE2_ZERO_TERMINATED,
                                     PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_NEVER_BACKSLASH_C,
                                     &error, &offset, context);
    if (!code) {
        PCRE2_UCHAR why[128] = "";
        pcre2_get_error_message(error, why, sizeof why);
        ydoc_problem(problems, node, "broken regular expression /%s/ at character %zu: %s", regex,
                     offset + 1, (const char *)why);
    }
    return code;
}

bool models_pattern_matches(const void *pattern, const char *name, size_t len)
{
    pcre2_match_data *match = pcre2_match_data_create(1, NULL);
    pcre2_match_context *limits = pcre2_match_context_create(NULL);
    bool matches = false;
    if (match && limits) {
        pcre2_set_match_limit(limits, MOST_MATCH_STEPS);
        matches = pcre2_match(pattern, (PCRE2_SPTR)name, len, 0, 0, match, limits) >= 0;
    }
    pcre2_match_context_free(limits);
    pcre2_match_data_free(match);
    return matches;
}

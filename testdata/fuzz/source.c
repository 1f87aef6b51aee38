/* A source text, as far as the program reads it without a parser. */
#include "findings/nolint.h"
#include "fuzz.h"
#include "lower/text/site_scan.h"
#include "source/text/carriers.h"
#include "source/text/facts.h"
#include "source/text/lexer.h"

#include <string.h>

static bool is_wanted(const void *context, const char *name, size_t len)
{
    (void)context;
    return len > 4 && memcmp(name, "cuda", 4) == 0;
}

static void lex(const char *text, size_t size)
{
    struct lexer lexer = lexer_start(text, size);
    for (const char *last = text;;) {
        struct lexer_token token = lexer_next(&lexer);
        if (token.kind == LEXER_END)
            return;
        fuzz_check(token.text >= last && token.text + token.len <= text + size,
                   "tokens are parts of the text, in its order");
        last = token.text;
    }
}

static void read_comments(struct arena *arena, const char *text, size_t size)
{
    struct text_cache *texts = text_cache_new(arena);
    struct nolint_file comments = {0};
    text_inject(texts, "/a.cu", text, size);
    const struct text *injected = text_get(texts, "/a.cu");
    nolint_read(arena, injected, &comments);
    for (size_t i = 0; i < comments.directives.len; i++)
        (void)nolint_covers(&comments.directives.data[i], "zero-size");
    for (uint32_t line = 0; line <= injected->line_count + 1; line++) {
        struct text_span span = text_line(injected, line);
        fuzz_check(span.len <= size, "a line is a part of the text");
        (void)nolint_suppresses(&comments, line, line, "zero-size");
    }
}

/* What is kept of the text is whole by the measure of those who read it back. */
static void find_facts(const char *text, size_t size)
{
    struct facts_reader *reader = facts_reader_new();
    const struct facts *facts = facts_of_text(reader, text, size);
    fuzz_check(facts_are_whole((const unsigned char *)facts, facts->len), "facts are whole");
    (void)facts_have(facts, facts_hash("cudaFree", strlen("cudaFree")));
    facts_reader_free(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    const char *text = fuzz_text(arena, data, size);
    struct model_set models = {.arena = arena};
    struct site_list sites = {0};
    struct words carriers = {0};
    models_index(&models);
    lex(text, size);
    read_comments(arena, text, size);
    find_facts(text, size);
    (void)carriers_find(arena, text, size, is_wanted, NULL, &carriers);
    site_scan(arena, text, size, &models, &sites);
    arena_free(arena);
    return 0;
}

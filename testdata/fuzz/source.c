/* A source text, as far as the program reads it without a parser. */
#include "findings/nolint.h"
#include "fuzz.h"
#include "lower/site_scan.h"
#include "source/carriers.h"
#include "source/directives.h"
#include "source/lexer.h"
#include "source/name_search.h"
#include "source/sniff.h"

#include <string.h>

static bool is_wanted(const void *context, const char *name, size_t len)
{
    (void)context;
    return len > 4 && memcmp(name, "cuda", 4) == 0;
}

static void ignore(void *context, const struct source_directive *directive, const char *from)
{
    (void)from;
    *(size_t *)context += strlen(directive->name);
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"cudaHostRegister", "cudaFree", "free"};
    struct arena *arena = arena_new();
    const char *text = fuzz_text(arena, data, size);
    struct name_search *search = name_search_new(arena, names, sizeof names / sizeof *names);
    struct model_set models = {.arena = arena};
    struct site_list sites = {0};
    struct source_marks marks = {0};
    struct words carriers = {0};
    size_t total = 0;
    models_index(&models);
    lex(text, size);
    read_comments(arena, text, size);
    source_each_directive(text, size, "/a.cu", ignore, &total);
    source_sniff(text, size, &marks);
    (void)carriers_find(arena, text, size, is_wanted, NULL, &carriers);
    (void)name_search_hits(search, text, size);
    (void)name_search_may_paste(search, text, size);
    site_scan(arena, text, size, &models, &sites);
    arena_free(arena);
    return 0;
}

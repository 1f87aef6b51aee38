#include "source/text/cut.h"

#include "source/text/lexer.h"

#include <string.h>

struct cutter {
    struct arena *scratch;
    struct reach *reach;
    const struct source_unit *unit;
    const char *header;
    struct lexer lexer;
    long braces, conditions; /* that are open */
};

/* Of the rest of an include line; NULL where it is a macro. */
static const char *name_on_line(struct cutter *cutter)
{
    const char *rest = lexer_rest_of_line(&cutter->lexer, cutter->scratch);
    while (*rest == ' ')
        rest++;
    if (*rest != '"' && *rest != '<')
        return NULL;
    const char *end = strchr(rest + 1, *rest == '"' ? '"' : '>');
    return end ? arena_strndup(cutter->scratch, rest + 1, (size_t)(end - rest - 1)) : NULL;
}

static bool leads_to_header(struct cutter *cutter)
{
    const char *name = name_on_line(cutter);
    return name && reach_name_leads_to(cutter->reach, cutter->unit, name, cutter->header);
}

static bool starts_with(const struct lexer_token *word, const char *start)
{
    size_t len = strlen(start);
    return word->len >= len && strncmp(word->text, start, len) == 0;
}

/* True for an include line that leads to the header. */
static bool take(struct cutter *cutter, const struct lexer_token *token)
{
    if (token->kind == LEXER_OTHER && !token->in_macro)
        cutter->braces += lexer_is(token, "{") - lexer_is(token, "}");
    if (token->kind != LEXER_DIRECTIVE)
        return false;
    if (starts_with(token, "if"))
        cutter->conditions++;
    else if (lexer_is(token, "endif"))
        cutter->conditions--;
    return lexer_is(token, "include") && leads_to_header(cutter);
}

size_t cut_behind_header(struct reach *reach, const struct source_unit *unit, const char *text,
                         size_t len, const char *header)
{
    struct cutter cutter = {.scratch = arena_new(),
                            .reach = reach,
                            .unit = unit,
                            .header = header,
                            .lexer = lexer_start(text, len)};
    size_t cut = len;
    bool is_wanted = false; /* the next place where nothing is open */
    for (;;) {
        struct lexer_token token = lexer_next(&cutter.lexer);
        if (token.kind == LEXER_END)
            break;
        if (take(&cutter, &token)) {
            is_wanted = cutter.braces == 0;
            cut = len;
        }
        if (is_wanted && token.kind == LEXER_DIRECTIVE && cutter.braces == 0 &&
            cutter.conditions == 0) {
            cut = lexer_line_end(cutter.lexer);
            is_wanted = false;
        }
    }
    arena_free(cutter.scratch);
    return cut;
}

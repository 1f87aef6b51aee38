#include "lower/parse/leading.h"

#include "source/project/path.h"
#include "source/project/walk.h"
#include "source/text/lexer.h"
#include "support/strbuf.h"

#include <string.h>
#include <unistd.h>

/* An include where it stands: from its '#' up to what closes its name. */
struct include {
    const char *begin, *end;
    const char *name;
    bool in_quotes;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && is_blank(*at))
        at++;
    return at;
}

/* False where the directive is written in an unusual way, a macro's name say. */
static bool read_include(struct arena *arena, const struct lexer *lexer,
                         const struct lexer_token *word, struct include *include)
{
    const char *begin = word->text, *text = lexer->text, *end = text + lexer_line_end(*lexer);
    while (begin > text && is_blank(begin[-1]))
        begin--;
    const char *open = skip_blanks(word->text + word->len, end);
    if (begin == text || begin[-1] != '#' || open == end || (*open != '<' && *open != '"'))
        return false;
    const char *close = memchr(open + 1, *open == '<' ? '>' : '"', (size_t)(end - open - 1));
    if (!close || close == open + 1)
        return false;
    *include =
        (struct include){begin - 1, close + 1,
                         arena_strndup(arena, open + 1, (size_t)(close - open - 1)), *open == '"'};
    return true;
}

/* In quotes, the source's own folder comes first. */
static bool is_of_library(struct arena *arena, const struct include *include, const char *path)
{
    if (source_is_source(include->name))
        return false;
    return !include->in_quotes ||
           (include->name[0] != '/' &&
            access(source_path_join(arena, source_path_parent(arena, path), include->name), F_OK) !=
                0);
}

bool leading_read(struct arena *arena, const char *path, const char *text, size_t len,
                  struct leading *leading)
{
    struct lexer lexer = lexer_start(text, len);
    struct strbuf includes;
    struct include include;
    char *rest = arena_strndup(arena, text, len);
    strbuf_init(&includes, arena);
    for (;;) {
        struct lexer_token token = lexer_next(&lexer);
        if (token.kind != LEXER_DIRECTIVE || !lexer_is(&token, "include") ||
            !read_include(arena, &lexer, &token, &include) || !is_of_library(arena, &include, path))
            break;
        strbuf_addf(&includes, "#include <%s>\n", include.name);
        memset(rest + (include.begin - text), ' ', (size_t)(include.end - include.begin));
    }
    *leading = (struct leading){includes.text, rest};
    return includes.len > 0;
}

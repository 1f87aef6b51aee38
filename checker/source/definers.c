#include "source/definers.h"

#include "source/lexer.h"
#include "support/file.h"

#include <string.h>

/* Between the parameters and the body: const noexcept(...) -> T, and a constructor's members. */
enum { LONGEST_TAIL = 64 };

static bool is_among(const struct lexer_token *token, const struct words *names)
{
    for (size_t i = 0; token->kind == LEXER_NAME && i < names->len; i++)
        if (lexer_is(token, names->data[i]))
            return true;
    return false;
}

/* Reads on to behind the parenthesis that closes the one just read. */
static bool skip_parentheses(struct lexer *lexer)
{
    for (size_t depth = 1; depth > 0;) {
        struct lexer_token token = lexer_next(lexer);
        if (token.kind == LEXER_END || token.in_macro)
            return false;
        depth += lexer_is(&token, "(") ? 1U : 0U;
        depth -= lexer_is(&token, ")") ? 1U : 0U;
    }
    return true;
}

static bool is_between(const struct lexer_token *token)
{
    return token->kind == LEXER_OTHER && strchr("-><:,*&[]", *token->text) != NULL;
}

/* Does a body follow what stands behind the name? */
static bool is_definition(struct lexer lexer)
{
    struct lexer_token token = lexer_next(&lexer);
    if (!lexer_is(&token, "(") || !skip_parentheses(&lexer))
        return false;
    for (int i = 0; i < LONGEST_TAIL; i++) {
        token = lexer_next(&lexer);
        if (lexer_is(&token, "{"))
            return true;
        bool goes_on = token.kind == LEXER_NAME || is_between(&token);
        if (lexer_is(&token, "(") ? !skip_parentheses(&lexer) : !goes_on)
            return false;
    }
    return false;
}

bool definers_in_text(const char *text, size_t len, const struct words *names)
{
    struct lexer lexer = lexer_start(text, len);
    for (;;) {
        struct lexer_token token = lexer_next(&lexer);
        if (token.kind == LEXER_END)
            return false;
        if (!token.in_macro && is_among(&token, names) && is_definition(lexer))
            return true;
    }
}

static bool mentions(const struct facts *facts, const uint32_t *hashes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (facts_have(facts, hashes[i]))
            return true;
    return false;
}

bool definers_find(struct arena *arena, struct fact_store *store, const struct source_unit *units,
                   size_t count, const struct words *names, size_t most, bool *answers)
{
    uint32_t *hashes = arena_new_array(arena, names->len + 1, uint32_t);
    size_t found = 0;
    for (size_t i = 0; i < names->len; i++)
        hashes[i] = facts_hash(names->data[i], strlen(names->data[i]));
    for (size_t i = 0; i < count; i++) {
        const struct facts *facts = fact_store_get(store, units[i].path);
        const char *text;
        size_t len;
        answers[i] = false;
        if (found == most || facts == NULL || !mentions(facts, hashes, names->len) ||
            file_read_untrusted(arena, units[i].path, FILE_LARGEST_TEXT, &text, &len) != NULL)
            continue;
        answers[i] = definers_in_text(text, len, names);
        found += answers[i];
    }
    return found > 0;
}

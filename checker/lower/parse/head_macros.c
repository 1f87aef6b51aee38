#include "lower/parse/head_macros.h"

#include "lower/parse/tokens.h"
#include "support/starts_with.h"

#include <ctype.h>

enum { MOST_HEAD_TOKENS = 40, NO_WORD = UINT32_MAX };

/* What stands in front of the name of a function. */
struct head {
    const lexer_tokens *tokens;
    size_t at;         /* the token that is read next */
    bool has_type;     /* a word of the language, or a name that only a type has */
    head_macros words; /* types or macros */
};

/* ---- where it begins --------------------------------------------------------------------- */

static bool is_label_end(const lexer_tokens *tokens, size_t at)
{
    return tokens_is(tokens, at, ":") && !tokens_is(tokens, at + 1, ":") &&
           (at == 0 || !tokens_is(tokens, at - 1, ":"));
}

/* A declaration may begin behind the token; behind the literal of `extern "C"` too. */
static bool ends_declaration(const lexer_tokens *tokens, size_t at)
{
    return tokens_is(tokens, at, ";") || tokens_is(tokens, at, "{") || tokens_is(tokens, at, "}") ||
           tokens->data[at].kind == LEXER_LITERAL || is_label_end(tokens, at);
}

/* The first token of the declaration that the place is in. */
static size_t begin_of_declaration(const lexer_tokens *tokens, const char *text, size_t offset)
{
    size_t at = tokens_at(tokens, text, offset + 1);
    for (int i = 0; i < MOST_HEAD_TOKENS && at > 0 && !ends_declaration(tokens, at - 1); i++)
        at--;
    return at;
}

/* ---- what it says ------------------------------------------------------------------------ */

static bool skip_word(struct head *head, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (tokens_is(head->tokens, head->at, words[i])) {
            head->at++;
            return true;
        }
    return false;
}

static bool skip_specifier(struct head *head)
{
    static const char *const specifiers[] = {"static",   "inline",   "extern", "constexpr",
                                             "virtual",  "explicit", "const",  "friend",
                                             "volatile", "*",        "&"};
    return skip_word(head, specifiers, sizeof specifiers / sizeof *specifiers);
}

static bool skip_type(struct head *head)
{
    static const char *const types[] = {"void",  "bool",   "char",   "short",    "int", "long",
                                        "float", "double", "signed", "unsigned", "auto"};
    static const char *const kinds[] = {"struct", "class", "enum", "union", "typename"};
    if (skip_word(head, kinds, sizeof kinds / sizeof *kinds))
        head->at++;
    else if (!skip_word(head, types, sizeof types / sizeof *types))
        return false;
    head->has_type = true;
    return true;
}

/* Behind "a::b<c>::d", or behind one word. */
static size_t behind_name(const lexer_tokens *tokens, size_t at)
{
    for (at++;; at += 3) {
        size_t behind =
            tokens_is(tokens, at, "<") ? tokens_behind_bracket(tokens, at, "<", ">") : 0;
        at = behind ? behind : at;
        if (!tokens_is_scope(tokens, at) || !tokens_is_name(tokens, at + 2))
            return at;
    }
}

static bool opens_definition(const lexer_tokens *tokens, size_t at)
{
    size_t behind = tokens_behind_bracket(tokens, at, "(", ")");
    while (behind && tokens_is_name(tokens, behind))
        behind++; /* const noexcept override */
    return behind && (tokens_is(tokens, behind, "{") || is_label_end(tokens, behind));
}

/* Up to the parameters; false: it is none of a function with a body. */
static bool read_head(struct arena *arena, struct head *head)
{
    const lexer_tokens *tokens = head->tokens;
    for (int i = 0; i < MOST_HEAD_TOKENS; i++) {
        if (tokens_is(tokens, head->at, "template") && tokens_is(tokens, head->at + 1, "<")) {
            head->at = tokens_behind_bracket(tokens, head->at + 1, "<", ">");
            if (!head->at)
                return false;
            continue;
        }
        if (skip_specifier(head) || skip_type(head))
            continue;
        if (!tokens_is_name(tokens, head->at))
            return false;
        size_t behind = behind_name(tokens, head->at);
        bool is_one_word = behind == head->at + 1;
        size_t word = head->at;
        head->at = behind;
        if (tokens_is(tokens, behind, "("))
            return opens_definition(tokens, behind);
        if (is_one_word)
            vec_push(arena, &head->words, &tokens->data[word]);
        else
            head->has_type = true;
    }
    return false;
}

/* ---- which words are macros -------------------------------------------------------------- */

static bool is_written_as_macro(const struct lexer_token *word)
{
    for (size_t i = 0; i < word->len; i++)
        if (islower((unsigned char)word->text[i]))
            return false;
    return true;
}

/* Of words that nobody knows one is the type: the last one that is not written as macros are; of
 * "LIB_API STATUS LIB_CALL f() {" the second. */
static size_t type_among(const struct head *head)
{
    if (head->has_type)
        return NO_WORD;
    size_t type = NO_WORD, plain = 0;
    for (size_t i = 0; i < head->words.len; i++)
        if (!is_written_as_macro(head->words.data[i])) {
            type = i;
            plain++;
        }
    if (plain > 1)
        return NO_WORD;
    return plain ? type : head->words.len > 1;
}

void head_macros_find(struct arena *arena, const lexer_tokens *tokens, const char *text,
                      const struct user_error *error, head_macros *macros)
{
    struct head head = {.tokens = tokens, .at = begin_of_declaration(tokens, text, error->offset)};
    if (!read_head(arena, &head) || (size_t)(tokens->data[head.at].text - text) < error->offset)
        return;
    size_t type = type_among(&head);
    if (type == NO_WORD && !head.has_type)
        return;
    for (size_t i = 0; i < head.words.len; i++)
        if (i != type && !starts_with(head.words.data[i]->text, "__"))
            vec_push(arena, macros, head.words.data[i]);
}

#include "findings/code.h"

#include "source/text/lexer.h"
#include "support/identifier.h"

#include <string.h>

/* ---- reading --------------------------------------------------------------------------- */

struct reader {
    struct code *code;
    code_id open;          /* the innermost bracket */
    VEC(code_id) branches; /* the same at each #if around */
    uint32_t directives;
};

static char first_char(const struct code *code, code_id token)
{
    return code->text->bytes[code->tokens.data[token].offset];
}

static char closer_of(char opener)
{
    return (char)(opener == '(' ? ')' : opener == '[' ? ']' : '}');
}

static void take_macro(struct reader *reader, const struct lexer_token *token)
{
    struct code *code = reader->code;
    const char *name = token->text + token->len;
    name += strspn(name, " \t");
    size_t len = identifier_span(name);
    vec_push(code->arena, &code->macros,
             (struct code_macro){name, len, (uint32_t)(name - code->text->bytes),
                                 lexer_is(token, "undef")});
}

/* Each branch of an #if goes on from where the #if stands. */
static void take_directive(struct reader *reader, const struct lexer_token *token)
{
    size_t depth = reader->branches.len;
    reader->directives++;
    if (lexer_is(token, "define") || lexer_is(token, "undef"))
        take_macro(reader, token);
    else if (lexer_is(token, "if") || lexer_is(token, "ifdef") || lexer_is(token, "ifndef"))
        vec_push(reader->code->arena, &reader->branches, reader->open);
    else if (depth && token->len >= 4 && memcmp(token->text, "el", 2) == 0)
        reader->open = reader->branches.data[depth - 1];
    else if (depth && lexer_is(token, "endif"))
        reader->branches.len--;
}

static void close_bracket(struct reader *reader, code_id id, char c)
{
    struct code_token *tokens = reader->code->tokens.data;
    code_id open = reader->open;
    while (open != CODE_NONE && closer_of(first_char(reader->code, open)) != c)
        open = tokens[open].open;
    if (open == CODE_NONE)
        return;
    tokens[open].partner = id;
    tokens[id].partner = open;
    tokens[id].open = reader->open = tokens[open].open;
}

static void take_token(struct reader *reader, const struct lexer_token *token)
{
    struct code *code = reader->code;
    code_id id = (code_id)code->tokens.len;
    uint32_t offset = (uint32_t)(token->text - code->text->bytes);
    vec_push(code->arena, &code->tokens,
             (struct code_token){.offset = offset,
                                 .end_offset = offset + (uint32_t)token->len,
                                 .open = reader->open,
                                 .partner = CODE_NONE,
                                 .directives = reader->directives,
                                 .is_name = token->kind == LEXER_NAME});
    if (token->kind != LEXER_OTHER)
        return;
    if (strchr("([{", *token->text))
        reader->open = id;
    else if (strchr(")]}", *token->text))
        close_bracket(reader, id, *token->text);
}

const struct code *code_read(struct arena *arena, const struct text *text)
{
    struct code *code = arena_new_object(arena, struct code);
    *code = (struct code){.arena = arena, .text = text};
    struct reader reader = {.code = code, .open = CODE_NONE};
    struct lexer lexer = lexer_start(text->bytes, text->len);
    for (;;) {
        struct lexer_token token = lexer_next(&lexer);
        if (token.kind == LEXER_END)
            return code;
        if (token.kind == LEXER_DIRECTIVE)
            take_directive(&reader, &token);
        else if (!token.in_macro)
            take_token(&reader, &token);
    }
}

/* ---- tokens ---------------------------------------------------------------------------- */

bool code_is(const struct code *code, code_id token, const char *text)
{
    if (token >= code->tokens.len)
        return false;
    const struct code_token *is = &code->tokens.data[token];
    size_t len = strlen(text);
    return is->end_offset - is->offset == len &&
           memcmp(code->text->bytes + is->offset, text, len) == 0;
}

static bool same_token(const struct code *code, code_id a, code_id b)
{
    const struct code_token *x = &code->tokens.data[a], *y = &code->tokens.data[b];
    size_t len = x->end_offset - x->offset;
    return y->end_offset - y->offset == len &&
           memcmp(code->text->bytes + x->offset, code->text->bytes + y->offset, len) == 0;
}

static bool is_any(const struct code *code, code_id token, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (code_is(code, token, words[i]))
            return true;
    return false;
}

static bool is_control(const struct code *code, code_id token)
{
    static const char *const words[] = {"if",     "else",     "for",       "while",   "do",
                                        "switch", "case",     "default",   "return",  "goto",
                                        "break",  "try",      "continue",  "catch",   "throw",
                                        "asm",    "co_await", "co_return", "co_yield"};
    return code->tokens.data[token].is_name &&
           is_any(code, token, words, sizeof words / sizeof *words);
}

static bool is_operator_word(const struct code *code, code_id token)
{
    static const char *const words[] = {"sizeof", "alignof",  "_Alignof",   "decltype",
                                        "typeof", "noexcept", "__typeof__", "new",
                                        "delete", "and",      "or",         "not"};
    return is_any(code, token, words, sizeof words / sizeof *words);
}

bool code_range_at(const struct code *code, uint32_t offset, uint32_t end_offset,
                   struct code_range *range)
{
    size_t low = 0, high = code->tokens.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (code->tokens.data[middle].offset < offset)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == code->tokens.len || code->tokens.data[low].offset != offset)
        return false;
    size_t last = low;
    while (last < code->tokens.len && code->tokens.data[last].end_offset < end_offset)
        last++;
    if (last == code->tokens.len || code->tokens.data[last].end_offset != end_offset)
        return false;
    *range = (struct code_range){(code_id)low, (code_id)last};
    return true;
}

bool code_equal(const struct code *code, struct code_range a, struct code_range b)
{
    if (a.last - a.first != b.last - b.first)
        return false;
    for (code_id i = 0; i <= a.last - a.first; i++)
        if (!same_token(code, a.first + i, b.first + i))
            return false;
    return true;
}

bool code_mentions(const struct code *code, struct code_range range, struct code_range names)
{
    for (code_id i = range.first; i <= range.last; i++)
        for (code_id j = names.first; j <= names.last; j++)
            if (code->tokens.data[j].is_name && same_token(code, i, j))
                return true;
    return false;
}

/* A colon that is no half of `::`: of a label, or of a conditional expression. */
static bool is_colon(const struct code *code, code_id token)
{
    return code_is(code, token, ":") && !code_is(code, token + 1, ":") &&
           !(token && code_is(code, token - 1, ":"));
}

bool code_is_straight(const struct code *code, struct code_range range)
{
    for (code_id i = range.first; i <= range.last; i++)
        if (is_control(code, i) || is_colon(code, i) || strchr("{}", first_char(code, i)))
            return false;
    return code->tokens.data[range.first].directives == code->tokens.data[range.last].directives;
}

bool code_has_comma(const struct code *code, struct code_range range)
{
    for (code_id i = range.first; i <= range.last; i++) {
        const struct code_token *token = &code->tokens.data[i];
        if (code_is(code, i, ",") && token->open == code->tokens.data[range.first].open)
            return true;
        if (code_is(code, i, ",") && token->open != CODE_NONE &&
            first_char(code, token->open) != '(')
            return true; /* only parentheses protect it */
    }
    return false;
}

const char *code_text(const struct code *code, struct code_range range)
{
    struct text_span span = text_range(code->text, code->tokens.data[range.first].offset,
                                       code->tokens.data[range.last].end_offset);
    return arena_strndup(code->arena, span.bytes, span.len);
}

/* ---- expressions ----------------------------------------------------------------------- */

bool code_is_postfix(const struct code *code, struct code_range range)
{
    bool wants_name = true;
    for (code_id i = range.first; i <= range.last; i++) {
        const struct code_token *token = &code->tokens.data[i];
        if (wants_name) {
            if (!token->is_name || is_operator_word(code, i))
                return false;
            wants_name = false;
        } else if (code_is(code, i, "(") || code_is(code, i, "[")) {
            if (token->partner == CODE_NONE || token->partner > range.last)
                return false;
            i = token->partner;
        } else if (code_is(code, i, ".")) {
            wants_name = true;
        } else if ((code_is(code, i, "-") && code_is(code, i + 1, ">")) ||
                   (code_is(code, i, ":") && code_is(code, i + 1, ":"))) {
            i++;
            wants_name = true;
        } else {
            return false;
        }
    }
    return !wants_name;
}

bool code_call_of(const struct code *code, struct code_range range, struct code_call *call)
{
    code_id open = code->tokens.data[range.last].partner;
    if (!code_is(code, range.last, ")") || open == CODE_NONE || open <= range.first)
        return false;
    *call = (struct code_call){.name = {range.first, open - 1}};
    for (code_id i = range.first; i < open; i++)
        if (!code->tokens.data[i].is_name && !code_is(code, i, ":"))
            return false;
    code_id first = open + 1;
    for (code_id i = first; i <= range.last; i++) {
        bool ends = i == range.last || (code_is(code, i, ",") && code->tokens.data[i].open == open);
        if (ends && i == first)
            return i == range.last && first == open + 1;
        if (!ends)
            continue;
        vec_push(code->arena, &call->args, (struct code_range){first, i - 1});
        first = i + 1;
    }
    return true;
}

/* ---- statements ------------------------------------------------------------------------ */

/* The name in front of an opening parenthesis, with its qualifiers. */
static bool name_before(const struct code *code, code_id open, struct code_range *name)
{
    if (open == 0 || !code->tokens.data[open - 1].is_name || is_control(code, open - 1) ||
        is_operator_word(code, open - 1))
        return false;
    *name = (struct code_range){open - 1, open - 1};
    while (name->first >= 3 && code_is(code, name->first - 1, ":") &&
           code_is(code, name->first - 2, ":") && code->tokens.data[name->first - 3].is_name)
        name->first -= 3;
    return true;
}

/* Takes what stands around the expression into the statement: parentheses, a cast, one check. */
static bool widen(const struct code *code, struct code_statement *statement)
{
    struct code_range *all = &statement->all;
    if (all->first == 0 || all->last + 1 >= code->tokens.len)
        return false;
    code_id before = all->first - 1, after = all->last + 1;
    if (code_is(code, before, "(") && code->tokens.data[before].partner == after) {
        struct code_range name;
        *all = (struct code_range){before, after};
        if (name_before(code, before, &name)) {
            if (statement->wrapper.first != CODE_NONE)
                return false;
            statement->wrapper = name;
            all->first = name.first;
        }
        return true;
    }
    if (before >= 2 && code_is(code, before, ")") && code_is(code, before - 1, "void") &&
        code_is(code, before - 2, "(")) {
        statement->is_void = true;
        all->first = before - 2;
        return true;
    }
    return false;
}

bool code_statement_of(const struct code *code, struct code_range range,
                       struct code_statement *statement)
{
    *statement =
        (struct code_statement){.all = range, .call = range, .wrapper = {CODE_NONE, CODE_NONE}};
    while (widen(code, statement))
        ;
    const struct code_range *all = &statement->all;
    if (all->first == 0 || !code_is(code, all->last + 1, ";"))
        return false;
    statement->block = code->tokens.data[all->first].open;
    return statement->block != CODE_NONE && code_is(code, statement->block, "{") &&
           code->tokens.data[all->last + 1].open == statement->block &&
           strchr(";{}", first_char(code, all->first - 1)) != NULL &&
           code->tokens.data[all->first].directives == code->tokens.data[all->last + 1].directives;
}

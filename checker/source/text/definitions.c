#include "source/text/definitions.h"

#include "source/text/facts.h"
#include "support/identifier.h"
#include "support/map.h"

#include <string.h>

/* Between the parameters and the body: const noexcept(...) -> T, and a constructor's members. */
enum { LONGEST_TAIL = 64 };

static const char operator_word[] = "operator";

static uint32_t scoped(uint32_t scope, uint32_t name)
{
    return scope ? (uint32_t)hash_u64(((uint64_t)scope << 32) | name) : name;
}

/* "operator delete", "operator=", but not "operators". */
static bool is_operator(const char *name)
{
    const size_t len = sizeof operator_word - 1;
    if (strncmp(name, operator_word, len) != 0)
        return false;
    return name[len] != '\0' && !identifier_has(name[len]);
}

uint32_t definitions_hash(const char *scope, const char *name)
{
    uint32_t outer = scope ? facts_hash(scope, strlen(scope)) : 0;
    if (is_operator(name))
        name = operator_word;
    else if (*name == '~')
        name++;
    return scoped(outer, facts_hash(name, strlen(name)));
}

static void restart(struct definitions *definitions)
{
    definitions->state = DEFINITIONS_BEFORE;
    definitions->last = definitions->last_scope = definitions->scope = 0;
    definitions->array = 0;
    definitions->count = definitions->tail = 0;
    definitions->is_static = definitions->is_operator = false;
    definitions->is_colon = definitions->is_initialising = false;
}

static bool is_word(const struct lexer_token *token, const char *word)
{
    return *token->text == *word && lexer_is(token, word);
}

static void take_name(struct definitions *definitions, const struct lexer_token *token,
                      uint32_t hash)
{
    if (definitions->is_operator)
        return;
    definitions->is_static |= is_word(token, "static");
    definitions->is_operator = is_word(token, operator_word);
    definitions->last = hash;
    definitions->last_scope = definitions->scope;
    definitions->scope = 0;
}

/* One of a constructor, or half of "::". */
static void take_colon(struct definitions *definitions)
{
    definitions->scope = definitions->is_colon ? definitions->last : 0;
    if (definitions->is_colon)
        definitions->last = 0;
    definitions->is_colon = !definitions->is_colon;
}

static void open_parenthesis(struct definitions *definitions)
{
    bool counts = definitions->last && !definitions->is_static && !definitions->is_initialising;
    if (counts && definitions->count < DEFINITIONS_MOST_NAMES)
        definitions->names[definitions->count++] =
            scoped(definitions->last_scope, definitions->last);
    if (definitions->last || definitions->state == DEFINITIONS_TAIL) {
        definitions->state = DEFINITIONS_PARAMETERS;
        definitions->depth = 1;
    }
    definitions->last = definitions->scope = 0;
    definitions->is_operator = false;
}

/* Parameters hold no semicolon: an #if has taken the closing parenthesis, or it is a for's. */
static void take_parameter(struct definitions *definitions, char c)
{
    if (c == ';')
        restart(definitions);
    else if (c == '(')
        definitions->depth++;
    else if (c == ')' && --definitions->depth == 0)
        definitions->state = DEFINITIONS_TAIL;
}

/* True: the value of a variable begins. */
static bool take_equals(struct definitions *definitions)
{
    uint32_t name =
        definitions->last ? scoped(definitions->last_scope, definitions->last) : definitions->array;
    definitions->last = definitions->scope = definitions->array = 0;
    definitions->names[0] = name;
    definitions->count = name && !definitions->is_static ? 1 : 0;
    return definitions->count > 0;
}

/* Outside of parentheses. Other characters than these end what stands between parameters and body.
 */
static void take_other(struct definitions *definitions, char c)
{
    bool is_tail = definitions->state == DEFINITIONS_TAIL;
    if (c == ':')
        take_colon(definitions);
    else if (c == '(')
        open_parenthesis(definitions);
    else if (is_tail ? c == '\0' || !strchr("-><,*&[]~", c) : c == ';' || c == '{' || c == '}')
        restart(definitions);
    else if (c != '~' && !definitions->is_operator) {
        if (c == '[' && definitions->last)
            definitions->array = scoped(definitions->last_scope, definitions->last);
        definitions->last = definitions->scope = 0;
    }
}

static bool begin_body(struct definitions *definitions)
{
    definitions->state = DEFINITIONS_BODY;
    definitions->depth = 1;
    return true;
}

/* A brace in the first column ends it, whatever an #if did to those inside. */
static void take_body(struct definitions *definitions, const struct lexer_token *token)
{
    if (*token->text == '{')
        definitions->depth++;
    else if (--definitions->depth == 0 || token->column == 1)
        restart(definitions);
}

static bool take_outside(struct definitions *definitions, const struct lexer_token *token,
                         uint32_t hash)
{
    char c = token->kind == LEXER_OTHER ? *token->text : '\0';
    bool is_tail = definitions->state == DEFINITIONS_TAIL;
    if (definitions->is_colon && c != ':') {
        definitions->is_initialising |= is_tail;
        definitions->is_colon = false;
    }
    if (!is_tail)
        definitions->count = 0;
    if (c == '=' && !is_tail && !definitions->is_operator)
        return take_equals(definitions);
    if (is_tail && ++definitions->tail > LONGEST_TAIL)
        restart(definitions);
    else if (token->kind == LEXER_NAME)
        take_name(definitions, token, hash);
    else
        take_other(definitions, c);
    return false;
}

bool definitions_take(struct definitions *definitions, const struct lexer_token *token,
                      uint32_t hash)
{
    if (definitions_ignore(definitions, token) || token->kind == LEXER_DIRECTIVE || token->in_macro)
        return false;
    if (definitions->state == DEFINITIONS_BODY)
        take_body(definitions, token);
    else if (definitions->state == DEFINITIONS_PARAMETERS)
        take_parameter(definitions, *token->text);
    else if (definitions->state == DEFINITIONS_TAIL && lexer_is(token, "{"))
        return begin_body(definitions);
    else
        return take_outside(definitions, token, hash);
    return false;
}

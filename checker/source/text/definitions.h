/* Which functions and variables a text seems to define, found token by token by whoever reads it
 * anyway.
 *
 * A name with parentheses behind it, and a body behind those, is a definition; outside of bodies,
 * so is one with "=" behind it. What is static is nobody else's and does not count. */
#ifndef CUHOSTLINT_SOURCE_TEXT_DEFINITIONS_H
#define CUHOSTLINT_SOURCE_TEXT_DEFINITIONS_H

#include "source/text/lexer.h"

enum { DEFINITIONS_MOST_NAMES = 8 };

/* Starts as zero. Names are hashes, 0: none. */
struct definitions {
    enum { DEFINITIONS_BEFORE, DEFINITIONS_PARAMETERS, DEFINITIONS_TAIL, DEFINITIONS_BODY } state;
    uint32_t last, last_scope;              /* the name just read, and the one before its "::" */
    uint32_t scope;                         /* the name before the "::" just read */
    uint32_t array;                         /* the name before brackets */
    uint32_t names[DEFINITIONS_MOST_NAMES]; /* those with parentheses behind them: a macro's, too */
    size_t count;
    size_t depth; /* of parentheses, or of a body's braces */
    size_t tail;  /* tokens behind the first parameters */
    bool is_static;
    bool is_operator;     /* an operator's name goes on up to the parentheses */
    bool is_colon;        /* the last token is one that is not the second of "::" */
    bool is_initialising; /* behind the colon of a constructor */
};

/* What stands for "scope::name" as it is written there; `scope` may be NULL. Neither
 * the constructor and the destructor of a class are told apart, nor its operators. */
uint32_t definitions_hash(const char *scope, const char *name);

/* The next token; `hash` is facts_hash of a name. True: a body or a value begins, and `names`
 * holds the `count` names that it may belong to, until the next one is taken. */
bool definitions_take(struct definitions *definitions, const struct lexer_token *token,
                      uint32_t hash);

/* True where the token changes nothing, as most do not: it need not be taken. */
static inline bool definitions_ignore(const struct definitions *definitions,
                                      const struct lexer_token *token)
{
    if (definitions->state == DEFINITIONS_BODY)
        return token->kind != LEXER_OTHER || (*token->text != '{' && *token->text != '}');
    return definitions->state == DEFINITIONS_PARAMETERS && token->kind != LEXER_OTHER;
}

#endif

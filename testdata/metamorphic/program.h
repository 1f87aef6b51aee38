/* A source file as the transformations see it: tokens, functions, variables, statements. */
#ifndef CUHOSTLINT_TESTDATA_METAMORPHIC_PROGRAM_H
#define CUHOSTLINT_TESTDATA_METAMORPHIC_PROGRAM_H

#include "lower/parse/clang_api.h"
#include "lower/lower.h"
#include "rewrite.h"

#define NONE SIZE_MAX

struct token {
    CXTokenKind kind;
    struct range range;
    const char *text;
    size_t mate; /* of a bracket: the other one; else NONE */
};

struct function {
    CXCursor cursor;
    const char *name;
    size_t first, name_token;
    size_t parameters;  /* the opening parenthesis */
    size_t open, close; /* the body's braces */
    const char *result; /* type */
    bool is_plain;      /* no member, no template, not variadic */
    bool is_static;
    bool has_directives;               /* its statements are not known */
    VEC(const char *) parameter_names; /* "" for none */
    VEC(size_t) uses;                  /* tokens of its name, the definition's left out */
    bool is_opaque;                    /* used where no token shows it */
};

/* A local variable or parameter, or one of the file. */
struct variable {
    const char *name;
    CXCursor cursor;
    const char *type;
    size_t function; /* or NONE */
    size_t token;    /* of the name */
    bool is_parameter, is_static, is_const, is_scalar, is_pointer, is_alone;
    size_t first, last;             /* tokens of its declaration, with the ';'; NONE: elsewhere */
    size_t value_first, value_last; /* after '='; NONE without it */
    VEC(size_t) uses;               /* tokens */
    bool is_opaque; /* used where no token shows it (in a macro's definition), or captured */
};

enum statement_kind {
    STATEMENT_PLAIN, /* an expression, a macro, or what has no kind of its own */
    STATEMENT_DECLARATION,
    STATEMENT_BLOCK,
    STATEMENT_IF,
    STATEMENT_FOR,
    STATEMENT_RANGE_FOR,
    STATEMENT_WHILE,
    STATEMENT_DO,
    STATEMENT_SWITCH,
    STATEMENT_TRY,
    STATEMENT_RETURN,
    STATEMENT_JUMP, /* break, continue, goto, throw */
    STATEMENT_LABEL,
    STATEMENT_EMPTY
};

/* Tokens; NONE where there is none. `last` is included. */
struct statement {
    enum statement_kind kind;
    size_t function, parent;
    size_t first, last;
    size_t open, close; /* the parentheses of the condition */
    size_t body, other; /* statements: first branch or loop's body, else */
};

struct program {
    struct arena *arena;
    const struct clang_api *clang;
    CXFile file;
    const char *path, *text;
    size_t len;
    enum source_language language;
    bool is_cxx;
    VEC(struct token) tokens;     /* without comments and lines of the preprocessor's */
    VEC(struct token) directives; /* those of the latter */
    VEC(struct function) functions;
    VEC(struct variable) variables;
    VEC(struct statement) statements;
    VEC(const char *) own_names;     /* declared in the file */
    VEC(const char *) foreign_names; /* of headers, used in the file */
    VEC(size_t) declarations;        /* tokens that begin declarations in functions */
    size_t prologue; /* where the file's own code begins, behind all leading directives */
};

/* A parser that can be asked again and again whether a text is well formed. */
struct parser;

const struct error *parser_new(struct arena *arena, struct parser **parser);

/* Reads a program. Everything lives in `arena`. Error: it does not parse. */
const struct error *program_read(struct parser *parser, struct arena *arena, const char *path,
                                 const char *text, size_t len, struct program *program);

/* The offsets of what the compiler says is wrong with the text. */
typedef VEC(size_t) offset_list;
const struct error *parser_errors(struct parser *parser, struct arena *arena, const char *path,
                                  const char *text, size_t len, offset_list *errors,
                                  const char **first);

/* What is malformed in the unit that the text is lowered to, or NULL. */
const char *parser_malformed(struct parser *parser, struct arena *arena, const char *path,
                             const char *text, size_t len);

/* Fills in the statements. */
void program_find_statements(struct program *program);

/* ---- questions ---- */

bool token_is(const struct program *program, size_t token, const char *text);
struct range token_range(const struct program *program, size_t first, size_t last);
struct range statement_range(const struct program *program, const struct statement *statement);
const char *program_written(const struct program *program, size_t first, size_t last);

/* True when one of the tokens has the text. */
bool tokens_have(const struct program *program, size_t first, size_t last, const char *text);

/* The number of the function around a token, or NONE. */
size_t program_function_at(const struct program *program, size_t token);

/* The first token at or behind the offset. */
size_t program_token_at(const struct program *program, size_t offset);

#endif

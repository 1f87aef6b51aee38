/* A source file as tokens with matched brackets: what a fix has to know of the text around a call.
 *
 * The IR says where a call stands; whether the text there may be changed is a question about the
 * text: is the call a statement of its own, or the argument of a check in one? Wherever the answer
 * is not plain (preprocessor lines in between, controlled statements, labels), it is no. */
#ifndef CUHOSTLINT_FINDINGS_CODE_H
#define CUHOSTLINT_FINDINGS_CODE_H

#include "findings/text.h"
#include "support/vec.h"

typedef uint32_t code_id; /* an index into code.tokens */
#define CODE_NONE UINT32_MAX

struct code_token {
    uint32_t offset, end_offset;
    code_id open;    /* the bracket that it stands in, CODE_NONE: none; a bracket does not stand in
                        itself, nor in its partner */
    code_id partner; /* of a bracket: the other one, or CODE_NONE */
    uint32_t directives; /* preprocessor lines before it in the file */
    bool is_name;        /* keywords too */
};

/* #define and #undef. */
struct code_macro {
    const char *name; /* in the text */
    size_t len;
    uint32_t offset;
    bool is_undef;
};

struct code {
    struct arena *arena;
    const struct text *text;
    VEC(struct code_token) tokens; /* no comments, no preprocessor lines */
    VEC(struct code_macro) macros;
};

/* Tokens first..last, both included. */
struct code_range {
    code_id first, last;
};

/* `f(x);`, `(void)f(x);`, `CHECK(f(x));` directly in the braces of a block. */
struct code_statement {
    struct code_range all; /* without the semicolon, which follows */
    struct code_range call;
    struct code_range wrapper; /* the name CHECK; first is CODE_NONE where there is none */
    bool is_void;              /* cast to void */
    code_id block;             /* the opening brace */
};

struct code_call {
    struct code_range name;
    VEC(struct code_range) args;
};

const struct code *code_read(struct arena *arena, const struct text *text);

/* The tokens that fill the bytes from offset to end_offset exactly. */
bool code_range_at(const struct code *code, uint32_t offset, uint32_t end_offset,
                   struct code_range *range);

/* The statement that consists of the expression in `range`. */
bool code_statement_of(const struct code *code, struct code_range range,
                       struct code_statement *statement);

/* The plain call `name(args)` in `range`; the name may be qualified. */
bool code_call_of(const struct code *code, struct code_range range, struct code_call *call);

bool code_is(const struct code *code, code_id token, const char *text);

/* Do the ranges hold the same tokens? */
bool code_equal(const struct code *code, struct code_range a, struct code_range b);

/* Does a name of `names` stand in `range`? */
bool code_mentions(const struct code *code, struct code_range range, struct code_range names);

/* Is control sure to run through all of `range`, and the preprocessor to leave it alone: no
 * braces, no keywords of control flow, no preprocessor lines? */
bool code_is_straight(const struct code *code, struct code_range range);

/* Names, `.`, `->`, `::`, and whole pairs of brackets behind them: what unary operators and
 * sizeof apply to without parentheses. */
bool code_is_postfix(const struct code *code, struct code_range range);

/* A comma outside of all brackets of `range` would end a macro's argument. */
bool code_has_comma(const struct code *code, struct code_range range);

/* The text of the range as it stands. */
const char *code_text(const struct code *code, struct code_range range);

#endif

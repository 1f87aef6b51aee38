/* Finds the statements of functions by their tokens: as they are written, macros and all. */
#include "program.h"

#include <string.h>

struct reading {
    struct program *program;
    size_t function;
    size_t end; /* the token behind the body's last statement */
};

static size_t read_statement(struct reading *reading, size_t token, size_t parent);

static struct statement *at(const struct reading *reading, size_t statement)
{
    return &reading->program->statements.data[statement];
}

static size_t mate_of(const struct reading *reading, size_t token)
{
    const struct program *program = reading->program;

    return token < program->tokens.len && program->tokens.data[token].mate != NONE
               ? program->tokens.data[token].mate
               : token;
}

static bool is(const struct reading *reading, size_t token, const char *text)
{
    return token < reading->end && token_is(reading->program, token, text);
}

/* The ';' that ends what begins at the token. */
static size_t semicolon(const struct reading *reading, size_t token)
{
    while (token + 1 < reading->end && !is(reading, token, ";")) {
        size_t mate = mate_of(reading, token);

        token = mate > token ? mate + 1 : token + 1;
    }
    return token < reading->end ? token : reading->end - 1;
}

static size_t new_statement(struct reading *reading, size_t token, size_t parent)
{
    struct program *program = reading->program;
    const struct statement statement = {
        .function = reading->function,
        .parent = parent,
        .first = token,
        .last = token,
        .open = NONE,
        .close = NONE,
        .body = NONE,
        .other = NONE,
    };

    vec_push(program->arena, &program->statements, statement);
    return program->statements.len - 1;
}

/* The condition that begins at the token; gives the token behind it. */
static size_t read_condition(struct reading *reading, size_t statement, size_t token)
{
    if (!is(reading, token, "("))
        return token;
    at(reading, statement)->open = token;
    at(reading, statement)->close = mate_of(reading, token);
    return mate_of(reading, token) + 1;
}

/* Reads the statement's body; gives the token behind it. */
static size_t read_body(struct reading *reading, size_t statement, size_t token)
{
    size_t body = read_statement(reading, token, statement);

    at(reading, statement)->body = body;
    return at(reading, body)->last + 1;
}

static void read_block(struct reading *reading, size_t statement, size_t token)
{
    size_t close = mate_of(reading, token);

    at(reading, statement)->kind = STATEMENT_BLOCK;
    at(reading, statement)->last = close;
    for (token++; token < close;) {
        size_t inner = read_statement(reading, token, statement);

        token = at(reading, inner)->last + 1;
    }
}

static void read_if(struct reading *reading, size_t statement, size_t token)
{
    if (is(reading, ++token, "constexpr"))
        token++;
    token = read_body(reading, statement, read_condition(reading, statement, token));
    at(reading, statement)->kind = STATEMENT_IF;
    at(reading, statement)->last = token - 1;
    if (is(reading, token, "else")) {
        size_t other = read_statement(reading, token + 1, statement);

        at(reading, statement)->other = other;
        at(reading, statement)->last = at(reading, other)->last;
    }
}

static void read_loop(struct reading *reading, size_t statement, size_t token,
                      enum statement_kind kind)
{
    token = read_condition(reading, statement, token + 1);
    token = read_body(reading, statement, token);
    at(reading, statement)->last = token - 1;
    if (kind == STATEMENT_FOR && !tokens_have(reading->program, at(reading, statement)->open,
                                              at(reading, statement)->close, ";"))
        kind = STATEMENT_RANGE_FOR;
    at(reading, statement)->kind = kind;
}

static void read_do(struct reading *reading, size_t statement, size_t token)
{
    token = read_body(reading, statement, token + 1);
    if (is(reading, token, "while"))
        token = read_condition(reading, statement, token + 1);
    at(reading, statement)->kind = STATEMENT_DO;
    at(reading, statement)->last = is(reading, token, ";") ? token : token - 1;
}

static void read_try(struct reading *reading, size_t statement, size_t token)
{
    token = read_body(reading, statement, token + 1);
    while (is(reading, token, "catch")) {
        size_t handler = read_statement(reading, mate_of(reading, token + 1) + 1, statement);

        token = at(reading, handler)->last + 1;
    }
    at(reading, statement)->kind = STATEMENT_TRY;
    at(reading, statement)->last = token - 1;
}

/* "name:", "case x:", "default:": one statement up to the colon. */
static bool read_label(struct reading *reading, size_t statement, size_t token)
{
    const struct token *first = &reading->program->tokens.data[token];
    size_t colon = token + 1;

    if (is(reading, token, "case"))
        while (colon < reading->end && !is(reading, colon, ":"))
            colon++;
    else if (first->kind != CXToken_Identifier && !is(reading, token, "default"))
        return false;
    if (!is(reading, colon, ":"))
        return false;
    at(reading, statement)->kind = STATEMENT_LABEL;
    at(reading, statement)->last = colon;
    return true;
}

static bool is_declaration(const struct program *program, size_t token)
{
    for (size_t i = 0; i < program->declarations.len; i++)
        if (program->declarations.data[i] == token)
            return true;
    return token_is(program, token, "struct") || token_is(program, token, "class") ||
           token_is(program, token, "enum") || token_is(program, token, "union") ||
           token_is(program, token, "using") || token_is(program, token, "typedef") ||
           token_is(program, token, "static") || token_is(program, token, "const") ||
           token_is(program, token, "auto") || token_is(program, token, "extern");
}

static enum statement_kind kind_of_simple(const struct program *program, size_t token)
{
    static const char *const jumps[] = {"break", "continue", "goto", "throw", "co_return"};

    for (size_t i = 0; i < sizeof jumps / sizeof *jumps; i++)
        if (token_is(program, token, jumps[i]))
            return STATEMENT_JUMP;
    if (token_is(program, token, "return"))
        return STATEMENT_RETURN;
    if (token_is(program, token, ";"))
        return STATEMENT_EMPTY;
    return is_declaration(program, token) ? STATEMENT_DECLARATION : STATEMENT_PLAIN;
}

static size_t read_statement(struct reading *reading, size_t token, size_t parent)
{
    size_t statement = new_statement(reading, token, parent);

    if (is(reading, token, "{"))
        read_block(reading, statement, token);
    else if (is(reading, token, "if"))
        read_if(reading, statement, token);
    else if (is(reading, token, "for"))
        read_loop(reading, statement, token, STATEMENT_FOR);
    else if (is(reading, token, "while"))
        read_loop(reading, statement, token, STATEMENT_WHILE);
    else if (is(reading, token, "switch"))
        read_loop(reading, statement, token, STATEMENT_SWITCH);
    else if (is(reading, token, "do"))
        read_do(reading, statement, token);
    else if (is(reading, token, "try"))
        read_try(reading, statement, token);
    else if (!read_label(reading, statement, token)) {
        at(reading, statement)->kind = kind_of_simple(reading->program, token);
        at(reading, statement)->last = semicolon(reading, token);
    }
    return statement;
}

void program_find_statements(struct program *program)
{
    for (size_t i = 0; i < program->functions.len; i++) {
        const struct function *function = &program->functions.data[i];
        struct reading reading = {program, i, function->close + 1};

        if (!function->has_directives)
            read_statement(&reading, function->open, NONE);
    }
}

#include "source/text/carriers.h"

#include "source/text/lexer.h"
#include "support/map.h"

#include <string.h>

struct span {
    const char *text;
    size_t len;
};

/* A pair of braces. */
struct scope {
    bool is_class;
    bool is_body;           /* of a function: names inside are no carriers of their own */
    VEC(struct span) names; /* of the class or function that the braces belong to */
};

struct finder {
    struct arena *arena;
    carriers_test *is_wanted;
    const void *context;
    struct words *carriers;
    struct map known; /* carriers by name */
    bool found;

    VEC(struct scope) scopes;
    VEC(struct span) statement; /* names since the last ';', '{' or '}' outside of bodies */
    VEC(struct span) called;    /* those of them in front of a '(': functions, as it seems */
    struct span class_name;
    bool is_class, is_namespace;
    bool has_initialisers; /* behind "x =", "Foo(int a) :": no more of its own names come */
    bool is_pending;       /* the statement mentions a wanted name */
    unsigned parens;

    struct span macro; /* being defined */
};

static void add_carrier(struct finder *finder, struct span name)
{
    if (finder->is_wanted(finder->context, name.text, name.len))
        return; /* known already */
    const char *kept = arena_strndup(finder->arena, name.text, name.len);
    if (map_get(&finder->known, kept) != MAP_NONE)
        return;
    map_set(&finder->known, kept, 0);
    vec_push(finder->arena, finder->carriers, kept);
}

/* ---- scopes ------------------------------------------------------------------------------ */

static bool in_body(const struct finder *finder)
{
    for (size_t i = 0; i < finder->scopes.len; i++)
        if (finder->scopes.data[i].is_body)
            return true;
    return false;
}

/* In braces that carry a name: a function's, an initialiser's. */
static bool in_definition(const struct finder *finder)
{
    for (size_t i = 0; i < finder->scopes.len; i++)
        if (finder->scopes.data[i].names.len && !finder->scopes.data[i].is_class)
            return true;
    return false;
}

static void end_statement(struct finder *finder)
{
    finder->statement.len = finder->called.len = 0;
    finder->is_class = finder->is_namespace = finder->has_initialisers = false;
    finder->is_pending = false;
    finder->class_name = (struct span){0};
}

static void add_names(struct finder *finder, const struct span *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add_carrier(finder, names[i]);
}

/* Who uses a class has named it, or a function whose own text names it: the innermost class carries
 * what its members mention, and their names ("free") do not count. */
static void mention(struct finder *finder)
{
    finder->found = true;
    finder->is_pending = !in_definition(finder);
    for (size_t i = finder->scopes.len; i-- > 0;) {
        const struct scope *scope = &finder->scopes.data[i];
        if (!scope->is_class)
            continue;
        add_names(finder, scope->names.data, scope->names.len);
        return;
    }
    for (size_t i = 0; i < finder->scopes.len; i++)
        add_names(finder, finder->scopes.data[i].names.data, finder->scopes.data[i].names.len);
}

/* A class is named by itself, a function by what stands in front of its parentheses (and by the
 * class in front of "::"), anything else (an initialiser) by all names of its statement. */
static void open_scope(struct finder *finder)
{
    struct scope scope = {0};
    if (in_body(finder) || finder->is_namespace) {
        /* no name of its own */
    } else if (finder->is_class && finder->class_name.len && !finder->called.len) {
        scope.is_class = true;
        vec_push(finder->arena, &scope.names, finder->class_name);
    } else if (finder->called.len) {
        scope.is_body = true;
        for (size_t i = 0; i < finder->called.len; i++)
            vec_push(finder->arena, &scope.names, finder->called.data[i]);
    } else {
        for (size_t i = 0; i < finder->statement.len; i++)
            vec_push(finder->arena, &scope.names, finder->statement.data[i]);
    }
    if (finder->is_pending) /* in the initialisers of a constructor, or a default argument */
        add_names(finder, scope.names.data, scope.names.len);
    vec_push(finder->arena, &finder->scopes, scope);
    end_statement(finder);
}

static void close_scope(struct finder *finder)
{
    if (finder->scopes.len)
        finder->scopes.len--;
    end_statement(finder);
}

static void semicolon(struct finder *finder)
{
    if (finder->is_pending)
        add_names(finder, finder->statement.data, finder->statement.len);
    end_statement(finder);
}

/* ---- tokens ------------------------------------------------------------------------------ */

static bool is_any(const struct lexer_token *token, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (lexer_is(token, words[i]))
            return true;
    return false;
}

static bool is_keyword(const struct lexer_token *token)
{
    static const char *const keywords[] = {
        "alignas",
        "auto",
        "bool",
        "char",
        "const",
        "constexpr",
        "decltype",
        "default",
        "delete",
        "double",
        "enum",
        "explicit",
        "extern",
        "final",
        "float",
        "friend",
        "if",
        "inline",
        "int",
        "long",
        "mutable",
        "noexcept",
        "operator",
        "override",
        "private",
        "protected",
        "public",
        "requires",
        "short",
        "signed",
        "sizeof",
        "static",
        "std",
        "struct",
        "template",
        "this",
        "typedef",
        "typename",
        "union",
        "unsigned",
        "using",
        "virtual",
        "void",
        "volatile",
        "__attribute__",
        "__declspec",
        "__device__",
        "__forceinline__",
        "__global__",
        "__host__",
        "class",
        "namespace",
        "size_t",
        "uint8_t",
        "__launch_bounds__",
    };
    return is_any(token, keywords, sizeof keywords / sizeof *keywords);
}

static bool is_class_keyword(const struct lexer_token *token)
{
    return lexer_is(token, "class") || lexer_is(token, "struct") || lexer_is(token, "union");
}

/* The last two names in front of a '(': the function, and the class in "Pool::give_back". */
static void note_called(struct finder *finder, const struct lexer *lexer)
{
    size_t count = finder->statement.len;
    if (finder->has_initialisers || finder->parens || !count)
        return;
    struct span function = finder->statement.data[count - 1];
    const char *between = function.text + function.len;
    for (; between < lexer->text + lexer->at - 1; between++)
        if (*between != ' ' && *between != '\t' && *between != '\n' && *between != '\r')
            return; /* no name directly in front: a cast, a lambda */
    vec_push(finder->arena, &finder->called, function);
    if (count < 2)
        return;
    struct span before = finder->statement.data[count - 2];
    const char *colons = before.text + before.len;
    if (function.text - colons >= 2 && colons[0] == ':' && colons[1] == ':')
        vec_push(finder->arena, &finder->called, before);
}

static void note_name(struct finder *finder, const struct lexer_token *token)
{
    struct span name = {token->text, token->len};
    if (is_class_keyword(token) && !finder->parens) {
        finder->is_class = true;
        finder->has_initialisers = false;
    } else if (lexer_is(token, "namespace")) {
        finder->is_namespace = true;
    }
    if (is_keyword(token))
        return;
    if (!finder->has_initialisers)
        vec_push(finder->arena, &finder->statement, name);
    if (finder->is_class && !finder->has_initialisers && !finder->parens)
        finder->class_name = name;
}

/* `cudaError_t cudaFreeHost(void *);` among declarations is one, and no mention. */
static bool is_declaration(const struct finder *finder, const struct lexer *lexer)
{
    struct lexer ahead = *lexer;
    struct lexer_token next = lexer_next(&ahead);
    return !in_definition(finder) && !finder->parens && !finder->has_initialisers &&
           lexer_is(&next, "(");
}

static void code_name(struct finder *finder, const struct lexer *lexer,
                      const struct lexer_token *token)
{
    bool is_mention = finder->is_wanted(finder->context, token->text, token->len) &&
                      !is_declaration(finder, lexer);
    if (!in_body(finder))
        note_name(finder, token);
    if (is_mention)
        mention(finder);
}

/* The lexer stands behind one of the colons. */
static bool is_double_colon(const struct lexer *lexer)
{
    return (lexer->at >= 2 && lexer->text[lexer->at - 2] == ':') ||
           (lexer->at < lexer->len && lexer->text[lexer->at] == ':');
}

static void punctuation(struct finder *finder, const struct lexer *lexer, char c)
{
    switch (c) {
    case '{':
        open_scope(finder);
        finder->parens = 0;
        break;
    case '}':
        close_scope(finder);
        finder->parens = 0;
        break;
    case ';':
        if (!finder->parens)
            semicolon(finder);
        break;
    case '(':
        note_called(finder, lexer);
        finder->parens++;
        break;
    case ')':
        finder->parens -= finder->parens > 0;
        break;
    case ':': /* of "Foo() : a_(1)" or "class A : public B", not of "A::b" or "public:" */
        finder->has_initialisers |=
            !finder->parens && finder->statement.len && !is_double_colon(lexer);
        break;
    case '<': /* of a specialisation: "struct A<int>" */
        finder->has_initialisers |= finder->is_class && finder->class_name.len != 0;
        break;
    case '=':
        finder->has_initialisers |= !finder->parens;
        break;
    default:
        break;
    }
}

/* The parameters of a template: "<class T = int, int N>". */
static void skip_template_parameters(struct lexer *lexer)
{
    struct lexer ahead = *lexer;
    struct lexer_token token = lexer_next(&ahead);
    if (!lexer_is(&token, "<"))
        return;
    for (int depth = 1; depth > 0;) {
        token = lexer_next(&ahead);
        if (token.kind == LEXER_END || lexer_is(&token, "{") || lexer_is(&token, ";"))
            return;
        depth += lexer_is(&token, "<");
        depth -= lexer_is(&token, ">");
    }
    *lexer = ahead;
}

static void macro_token(struct finder *finder, const struct lexer_token *token)
{
    if (token->kind != LEXER_NAME)
        return;
    if (!finder->macro.len) {
        finder->macro = (struct span){token->text, token->len};
    } else if (finder->is_wanted(finder->context, token->text, token->len)) {
        finder->found = true;
        add_carrier(finder, finder->macro);
    }
}

bool carriers_find(struct arena *arena, const char *text, size_t len, carriers_test *is_wanted,
                   const void *context, struct words *carriers)
{
    struct finder finder = {.arena = arena,
                            .is_wanted = is_wanted,
                            .context = context,
                            .carriers = carriers,
                            .known = {.arena = arena}};
    struct lexer lexer = lexer_start(text, len);
    for (;;) {
        struct lexer_token token = lexer_next(&lexer);
        if (token.kind == LEXER_END)
            break;
        if (token.kind == LEXER_DIRECTIVE)
            finder.macro = (struct span){0};
        else if (token.in_macro)
            macro_token(&finder, &token);
        else if (token.kind == LEXER_NAME && lexer_is(&token, "template"))
            skip_template_parameters(&lexer);
        else if (token.kind == LEXER_NAME)
            code_name(&finder, &lexer, &token);
        else if (token.kind == LEXER_OTHER)
            punctuation(&finder, &lexer, *token.text);
    }
    semicolon(&finder); /* a text may end in the middle */
    return finder.found;
}

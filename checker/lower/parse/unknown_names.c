#include "lower/parse/unknown_names.h"

#include "lower/parse/head_macros.h"
#include "lower/parse/tokens.h"
#include "support/identifier.h"
#include "support/map.h"
#include "support/starts_with.h"

#include <ctype.h>
#include <string.h>

enum { NO_PARENT = UINT32_MAX, NO_TOKEN = UINT32_MAX };

struct collector {
    struct arena *arena;
    struct unknown_names *unknown;
    const char *text;
    struct map called;
    lexer_tokens tokens; /* of code, not of directives and macros */
};

static uint32_t find_name(const struct unknown_names *unknown, uint32_t parent, const char *name,
                          size_t len)
{
    for (uint32_t i = 0; i < unknown->names.len; i++) {
        const struct unknown_name *known = &unknown->names.data[i];
        if (known->parent == parent && strlen(known->name) == len &&
            memcmp(known->name, name, len) == 0)
            return i;
    }
    return NO_PARENT;
}

static uint32_t add_name(struct collector *c, uint32_t parent, const char *name, size_t len,
                         unsigned uses)
{
    uint32_t known = find_name(c->unknown, parent, name, len);
    if (known == NO_PARENT) {
        known = (uint32_t)c->unknown->names.len;
        vec_push(
            c->arena, &c->unknown->names,
            (struct unknown_name){.name = arena_strndup(c->arena, name, len), .parent = parent});
    }
    c->unknown->names.data[known].uses |= uses;
    return known;
}

/* ---- from errors ------------------------------------------------------------------------- */

static size_t name_length(const char *text)
{
    size_t len = identifier_span(text);
    return isdigit((unsigned char)*text) ? 0 : len;
}

/* The names of "a::b" become namespaces; the innermost one, or NO_PARENT for "". */
static uint32_t add_namespaces(struct collector *c, const char *path)
{
    uint32_t parent = NO_PARENT;
    for (size_t len; (len = name_length(path)); path += strncmp(path, "::", 2) == 0 ? 2 : 0) {
        parent = add_name(c, parent, path, len, UNKNOWN_NAMESPACE);
        path += len;
    }
    return parent;
}

/* What an error says about a name: "no template named 'Fst' in namespace 'fst'", "no member named
 * 'at' in the global namespace". */
struct complaint {
    const char *name; /* NULL: it is about something else */
    size_t len;
    unsigned uses;
    const char *scopes; /* text of the namespace's name, or NULL */
};

static struct complaint complaint_of(const struct user_error *error)
{
    static const struct {
        const char *start;
        unsigned uses;
    } kinds[] = {
        {"use of undeclared identifier '", 0},
        {"unknown type name '", UNKNOWN_TYPE},
        {"no template named '", UNKNOWN_TYPE},
        {"no type named '", UNKNOWN_TYPE},
        {"no member named '", 0},
    };
    static const char in_namespace[] = " in namespace '";
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t start = strlen(kinds[i].start);
        if (strncmp(error->text, kinds[i].start, start) != 0)
            continue;
        struct complaint complaint = {.name = error->text + start, .uses = kinds[i].uses};
        complaint.len = name_length(complaint.name);
        if (!complaint.len || complaint.name[complaint.len] != '\'')
            break;
        const char *rest = complaint.name + complaint.len + 1;
        if (strncmp(rest, in_namespace, sizeof in_namespace - 1) == 0)
            complaint.scopes = rest + sizeof in_namespace - 1;
        else if (strncmp(rest, " in '", 5) == 0)
            break; /* a class that is known, and what it lacks is not */
        return complaint;
    }
    return (struct complaint){0};
}

/* The name of a class that is declared only, "ns::table" of "incomplete definition of type
 * 'ns::table'" and of "... of type 'alias' (aka 'const struct ns::table')"; NULL: the error is
 * about something else. */
static const char *incomplete_class(const char *error)
{
    static const char *const starts[] = {"incomplete definition of type '",
                                         "member access into incomplete type '"};
    static const char *const words[] = {"const ", "volatile ", "struct ", "class "};
    const char *name = NULL;
    for (size_t i = 0; !name && i < sizeof starts / sizeof *starts; i++)
        name = starts_with(error, starts[i]) ? error + strlen(starts[i]) : NULL;
    if (!name)
        return NULL;
    static const char aka[] = "' (aka '";
    const char *alias = strstr(name, aka);
    name = alias ? alias + strlen(aka) : name;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        name += starts_with(name, words[i]) ? strlen(words[i]) : 0;
    const char *end = name;
    while (identifier_has(*end) || *end == ':')
        end++;
    return *end == '\'' ? name : NULL;
}

bool unknown_names_has(const struct user_error *error)
{
    return complaint_of(error).name != NULL || incomplete_class(error->text) != NULL;
}

static void add_incomplete_class(struct collector *c, const char *path)
{
    uint32_t parent = NO_PARENT;
    for (size_t len; (len = name_length(path)); path += len + strlen("::")) {
        bool is_last = path[len] == '\'';
        parent = add_name(c, parent, path, len,
                          is_last ? UNKNOWN_TYPE | UNKNOWN_INSIDE : UNKNOWN_NAMESPACE);
        if (is_last)
            break;
    }
}

static void add_from_error(struct collector *c, const struct user_error *error)
{
    struct complaint complaint = complaint_of(error);
    const char *class = incomplete_class(error->text);
    if (class)
        add_incomplete_class(c, class);
    if (!complaint.name)
        return;
    uint32_t parent = complaint.scopes ? add_namespaces(c, complaint.scopes) : NO_PARENT;
    add_name(c, parent, complaint.name, complaint.len, complaint.uses);
}

/* ---- from the text ----------------------------------------------------------------------- */

/* "class, auto..." for the arguments <float, 4, 4> between two tokens: what the first use says, the
 * last one repeated. */
static const char *parameters_of(struct collector *c, size_t open, size_t behind)
{
    const char *made = "", *kind = "class";
    int depth = 0;
    for (size_t i = open + 1; i + 1 < behind; i++) {
        bool starts = i == open + 1 || (depth == 0 && tokens_is(&c->tokens, i - 1, ","));
        if (starts && i > open + 1)
            made = arena_printf(c->arena, "%s%s, ", made, kind);
        if (starts)
            kind = c->tokens.data[i].kind == LEXER_NUMBER ? "auto" : "class";
        depth += tokens_is(&c->tokens, i, "<") || tokens_is(&c->tokens, i, "(");
        depth -= tokens_is(&c->tokens, i, ">") || tokens_is(&c->tokens, i, ")");
    }
    return arena_printf(c->arena, "%s%s...", made, kind);
}

static bool starts_declaration(const struct collector *c, size_t at)
{
    static const char *const before[] = {";", "{", "}", "<", "const", "static", "typename"};
    for (size_t i = 0; at > 0 && i < sizeof before / sizeof *before; i++)
        if (tokens_is(&c->tokens, at - 1, before[i]))
            return true;
    return at == 0;
}

static bool is_operand_before(const struct collector *c, size_t at)
{
    return at > 0 && (c->tokens.data[at - 1].kind != LEXER_OTHER ||
                      tokens_is(&c->tokens, at - 1, ")") || tokens_is(&c->tokens, at - 1, "]"));
}

/* An assignment, a step, an address, a part: an enumerator, a constant or a function sees none. */
static bool is_changed(const struct collector *c, size_t first, size_t next)
{
    static const char *const access[] = {"[", "."};
    static const char *const combined[] = {"+", "-", "*", "/", "%", "&", "|", "^"};
    for (size_t i = 0; i < sizeof access / sizeof *access; i++)
        if (tokens_is(&c->tokens, next, access[i]))
            return true;
    for (size_t i = 0; i < sizeof combined / sizeof *combined; i++)
        if (tokens_is(&c->tokens, next, combined[i]) && tokens_is(&c->tokens, next + 1, "="))
            return true;
    static const char *const doubled[] = {"+", "-"};
    for (size_t i = 0; i < sizeof doubled / sizeof *doubled; i++)
        if ((tokens_is(&c->tokens, next, doubled[i]) &&
             tokens_is(&c->tokens, next + 1, doubled[i])) ||
            (first > 1 && tokens_is(&c->tokens, first - 1, doubled[i]) &&
             tokens_is(&c->tokens, first - 2, doubled[i])))
            return true;
    bool is_address = first > 1 && tokens_is(&c->tokens, first - 1, "&") &&
                      !tokens_is(&c->tokens, first - 2, "&") && !is_operand_before(c, first - 1);
    bool is_assigned = tokens_is(&c->tokens, next, "=") && !tokens_is(&c->tokens, next + 1, "=");
    bool is_shifted = tokens_is(&c->tokens, next, ">") && tokens_is(&c->tokens, next + 1, ">");
    bool is_pointed = tokens_is(&c->tokens, next, "-") && tokens_is(&c->tokens, next + 1, ">");
    return is_address || is_assigned || is_shifted || is_pointed;
}

/* What a mention that begins at `first` and ends before `next` says of the name. */
static unsigned use_of(const struct collector *c, size_t first, size_t next)
{
    bool is_indirect = tokens_is(&c->tokens, next, "*") || tokens_is(&c->tokens, next, "&");
    if (tokens_is_name(&c->tokens, next) ||
        (tokens_is(&c->tokens, next, ">") && !tokens_is(&c->tokens, next + 1, "=")))
        return UNKNOWN_TYPE;
    bool is_and = tokens_is(&c->tokens, next, "&") && tokens_is(&c->tokens, next + 1, "&");
    if (is_indirect &&
        (starts_declaration(c, first) || !(is_and || tokens_is_name(&c->tokens, next + 1))))
        return UNKNOWN_TYPE;
    bool is_qualified = next > first + 1;
    if (is_indirect && !is_and && is_qualified &&
        (tokens_is(&c->tokens, next + 2, ")") || tokens_is(&c->tokens, next + 2, ",")))
        return UNKNOWN_TYPE; /* a parameter, rather than a product */
    if (!tokens_is(&c->tokens, next, "("))
        return UNKNOWN_PLAIN;
    size_t behind = tokens_behind_bracket(&c->tokens, next, "(", ")");
    return behind && tokens_is(&c->tokens, behind, "{") ? UNKNOWN_BLOCK : UNKNOWN_PLAIN;
}

static bool is_one_of(const struct collector *c, size_t at, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (tokens_is(&c->tokens, at, texts[i]))
            return true;
    return false;
}

/* An argument, or a part of one: not what decides, for two such questions may be one. */
static bool is_plain_value(const struct collector *c, size_t first, size_t next)
{
    static const char *const before[] = {",", "=", "*", "+", "-", "/", "["};
    static const char *const behind[] = {",", ")", ";", "*", "+", "-", "/", "]"};
    static const char *const heads[] = {"if", "while", "for", "switch"};
    if (first < 2 || !is_one_of(c, next, behind, sizeof behind / sizeof *behind))
        return false;
    bool is_argument = tokens_is(&c->tokens, first - 1, "(") &&
                       tokens_is_name(&c->tokens, first - 2) &&
                       !is_one_of(c, first - 2, heads, sizeof heads / sizeof *heads);
    return is_argument || is_one_of(c, first - 1, before, sizeof before / sizeof *before);
}

/* UNKNOWN; by itself, and what is called, may be a macro with any code behind it. What is declared
 * with the name, or computed with it, is a type or a value. */
static bool hides_nothing(const struct collector *c, size_t first, size_t next, unsigned use)
{
    return use & UNKNOWN_TYPE || (!(use & UNKNOWN_BLOCK) && is_plain_value(c, first, next));
}

/* A mention of a name without a parent, with what follows it behind "::". */
static void note_mention(struct collector *c, size_t first)
{
    const struct lexer_token *token = &c->tokens.data[first];
    uint32_t name = find_name(c->unknown, NO_PARENT, token->text, token->len);
    if (name == NO_PARENT || c->unknown->names.data[name].uses & UNKNOWN_EMPTY)
        return;
    bool is_whole = !(c->unknown->names.data[name].uses & UNKNOWN_NAMESPACE);
    size_t at = first + 1;
    for (;;) {
        size_t behind =
            tokens_is(&c->tokens, at, "<") ? tokens_behind_bracket(&c->tokens, at, "<", ">") : 0;
        if (behind) {
            if (!c->unknown->names.data[name].parameters)
                c->unknown->names.data[name].parameters = parameters_of(c, at, behind);
            c->unknown->names.data[name].uses |= UNKNOWN_TYPE;
            at = behind;
        }
        if (!tokens_is_scope(&c->tokens, at) || !tokens_is_name(&c->tokens, at + 2))
            break;
        const struct lexer_token *inner = &c->tokens.data[at + 2];
        uint32_t child = is_whole ? add_name(c, name, inner->text, inner->len, 0)
                                  : find_name(c->unknown, name, inner->text, inner->len);
        if (child == NO_PARENT)
            return; /* what the namespace has */
        name = child;
        is_whole |= !(c->unknown->names.data[name].uses & UNKNOWN_NAMESPACE);
        at += 3;
    }
    unsigned use = use_of(c, first, at);
    c->unknown->names.data[name].uses |= use;
    if (is_changed(c, first, at))
        c->unknown->names.data[name].uses |= UNKNOWN_CHANGED;
    vec_push(c->arena, &c->unknown->mentions,
             (struct user_error){.in_main = true,
                                 .offset = (uint32_t)(token->text - c->text),
                                 .hides_nothing = hides_nothing(c, first, at, use),
                                 .text = arena_printf(c->arena, "nothing declares '%.*s'",
                                                      (int)token->len, token->text)});
}

static void note_member(struct collector *c, const struct lexer_token *token)
{
    for (size_t i = 0; i < c->unknown->members.len; i++)
        if (strlen(c->unknown->members.data[i]) == token->len &&
            memcmp(c->unknown->members.data[i], token->text, token->len) == 0)
            return;
    vec_push(c->arena, &c->unknown->members, arena_strndup(c->arena, token->text, token->len));
}

static bool follows_access(const struct collector *c, size_t at)
{
    return at > 0 &&
           (tokens_is(&c->tokens, at - 1, ".") ||
            (tokens_is(&c->tokens, at - 1, ">") && at > 1 && tokens_is(&c->tokens, at - 2, "-")));
}

/* TEST_CASE("name") { where a declaration is expected. */
static void add_heads(struct collector *c, const user_errors *errors)
{
    for (size_t i = 0, at = 0; i < errors->len; i++) {
        const struct user_error *error = &errors->data[i];
        if (!error->in_main || !strstr(error->text, "type specifier"))
            continue;
        if (at >= c->tokens.len || (size_t)(c->tokens.data[at].text - c->text) > error->offset)
            at = 0;
        while (at < c->tokens.len && (size_t)(c->tokens.data[at].text - c->text) < error->offset)
            at++;
        if (!tokens_is_name(&c->tokens, at) || !tokens_is(&c->tokens, at + 1, "("))
            continue;
        size_t behind = tokens_behind_bracket(&c->tokens, at + 1, "(", ")");
        bool has_list = behind && tokens_is(&c->tokens, behind, "(");
        if (has_list)
            behind = tokens_behind_bracket(&c->tokens, behind, "(", ")");
        if (!behind || !tokens_is(&c->tokens, behind, "{"))
            continue;
        const struct lexer_token *name = &c->tokens.data[at];
        uint32_t made = add_name(c, NO_PARENT, name->text, name->len, UNKNOWN_HEAD);
        c->unknown->names.data[made].has_parameter_list = has_list;
    }
}

/* What stands in a head is a macro in every mention. */
static void add_macros_of_heads(struct collector *c, const user_errors *errors)
{
    head_macros macros = {0};
    for (size_t i = 0; i < errors->len; i++)
        if (errors->data[i].in_main)
            head_macros_find(c->arena, &c->tokens, c->text, &errors->data[i], &macros);
    for (size_t i = 0; i < macros.len; i++)
        add_name(c, NO_PARENT, macros.data[i]->text, macros.data[i]->len, UNKNOWN_EMPTY);
}

static void note_called(struct collector *c, size_t at)
{
    if (at + 1 >= c->tokens.len || !tokens_is(&c->tokens, at + 1, "("))
        return;
    const char *name = arena_strndup(c->arena, c->tokens.data[at].text, c->tokens.data[at].len);
    if (map_get(&c->called, name) != (uint32_t)MAP_NONE)
        return;
    map_set(&c->called, name, 1);
    vec_push(c->arena, &c->unknown->called, name);
}

void unknown_names_collect(struct arena *arena, const char *text, size_t len,
                           const user_errors *errors, struct unknown_names *unknown)
{
    struct collector c = {
        .arena = arena, .unknown = unknown, .text = text, .called = {.arena = arena}};
    for (size_t i = 0; i < errors->len; i++)
        if (errors->data[i].in_main)
            add_from_error(&c, &errors->data[i]);
    lexer_read_code(arena, text, len, &c.tokens);
    add_heads(&c, errors);
    add_macros_of_heads(&c, errors);
    for (size_t i = 0; i < c.tokens.len; i++) {
        if (c.tokens.data[i].kind != LEXER_NAME)
            continue;
        note_called(&c, i);
        if (follows_access(&c, i))
            note_member(&c, &c.tokens.data[i]);
        else if (!(i > 2 && tokens_is_scope(&c.tokens, i - 2) && tokens_is_name(&c.tokens, i - 3)))
            note_mention(&c, i);
    }
}

#include "lower/parse/unknown_names.h"

#include "lower/parse/head_macros.h"
#include "lower/parse/library_names.h"
#include "lower/parse/name_complaints.h"
#include "lower/parse/tokens.h"
#include "support/map.h"

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

const char *unknown_name_header(const struct unknown_names *unknown, uint32_t index)
{
    const struct unknown_name *name = &unknown->names.data[index];
    if (name->parent == NO_PARENT)
        return library_c_header(name->name, strlen(name->name));
    const struct unknown_name *parent = &unknown->names.data[name->parent];
    return parent->parent == NO_PARENT && strcmp(parent->name, "std") == 0
               ? library_header(name->name, strlen(name->name))
               : NULL;
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

bool unknown_names_has(const struct user_error *error)
{
    return complaint_of(error->text).name != NULL ||
           complaint_incomplete_class(error->text) != NULL ||
           complaint_undefined_template(error->text) != NULL;
}

/* The names of "a::b" become namespaces; the innermost one, or NO_PARENT for "". */
static uint32_t add_namespaces(struct collector *c, const char *path)
{
    uint32_t parent = NO_PARENT;
    for (size_t len; (len = complaint_name_length(path));
         path += strncmp(path, "::", 2) == 0 ? 2 : 0) {
        parent = add_name(c, parent, path, len, UNKNOWN_NAMESPACE);
        path += len;
    }
    return parent;
}

static void add_of_library(struct collector *c, const char *name, size_t len)
{
    if (library_header(name, len))
        add_name(c, add_name(c, NO_PARENT, "std", strlen("std"), UNKNOWN_NAMESPACE), name, len, 0);
}

/* Nothing of the library is declared: all that the text names. */
static void add_library(struct collector *c)
{
    add_name(c, NO_PARENT, "std", strlen("std"), UNKNOWN_NAMESPACE);
    for (size_t i = 0; i + 3 < c->tokens.len; i++)
        if (tokens_is(&c->tokens, i, "std") && tokens_is_scope(&c->tokens, i + 1))
            add_of_library(c, c->tokens.data[i + 3].text, c->tokens.data[i + 3].len);
}

static void add_incomplete_class(struct collector *c, const char *path)
{
    uint32_t parent = NO_PARENT;
    for (size_t len; (len = complaint_name_length(path)); path += len + strlen("::")) {
        bool is_last = path[len] == '\'';
        parent = add_name(c, parent, path, len,
                          is_last ? UNKNOWN_TYPE | UNKNOWN_INSIDE : UNKNOWN_NAMESPACE);
        if (is_last)
            break;
    }
}

/* True: a header of the library undoes the error. */
static bool add_from_library(struct collector *c, const struct user_error *error)
{
    if (!complaint_lacks_library(error->text))
        return false;
    struct complaint complaint = complaint_of(error->text);
    const char *undefined = complaint_undefined_template(error->text);
    if (undefined)
        add_of_library(c, undefined, complaint_name_length(undefined));
    else if (complaint.scopes)
        add_of_library(c, complaint.name, complaint.len);
    else
        add_library(c);
    return true;
}

static bool declares_class(const struct collector *c, const struct lexer_token *name)
{
    for (size_t i = 1; i < c->tokens.len; i++)
        if (c->tokens.data[i].len == name->len &&
            memcmp(c->tokens.data[i].text, name->text, name->len) == 0 &&
            (tokens_is(&c->tokens, i - 1, "class") || tokens_is(&c->tokens, i - 1, "struct")))
            return true;
    return false;
}

/* FORWARD_ARGS(reader) within "class reader": taken for a type it would declare a member of the
 * class's name, and what follows would make no sense. */
static bool is_given_class(const struct collector *c, const struct user_error *error)
{
    size_t at = tokens_at(&c->tokens, c->text, error->offset);
    return tokens_is(&c->tokens, at + 1, "(") && tokens_is_name(&c->tokens, at + 2) &&
           tokens_is(&c->tokens, at + 3, ")") && declares_class(c, &c->tokens.data[at + 2]);
}

static void add_from_error(struct collector *c, const struct user_error *error)
{
    struct complaint complaint = complaint_of(error->text);
    const char *class = complaint_incomplete_class(error->text);
    if (class)
        add_incomplete_class(c, class);
    if (!complaint.name)
        return;
    uint32_t parent = complaint.scopes ? add_namespaces(c, complaint.scopes) : NO_PARENT;
    if (complaint.uses & UNKNOWN_TYPE && is_given_class(c, error))
        complaint.uses = UNKNOWN_ALONE;
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
    if (name == NO_PARENT || c->unknown->names.data[name].uses & (UNKNOWN_EMPTY | UNKNOWN_ALONE) ||
        unknown_name_header(c->unknown, name))
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
        if (unknown_name_header(c->unknown, name))
            return;
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

static bool holds(const char *const *names, size_t count, const struct lexer_token *token)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(names[i]) == token->len && memcmp(names[i], token->text, token->len) == 0)
            return true;
    return false;
}

static void note_member(struct collector *c, size_t at)
{
    struct unknown_names *unknown = c->unknown;
    const struct lexer_token *token = &c->tokens.data[at];
    if (!holds(unknown->members.data, unknown->members.len, token))
        vec_push(c->arena, &unknown->members, arena_strndup(c->arena, token->text, token->len));
    size_t behind = tokens_is(&c->tokens, at + 1, "<")
                        ? tokens_behind_bracket(&c->tokens, at + 1, "<", ">")
                        : 0;
    if (behind && tokens_is(&c->tokens, behind, "(") &&
        !holds(unknown->templates.data, unknown->templates.len, token))
        vec_push(c->arena, &unknown->templates, arena_strndup(c->arena, token->text, token->len));
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
    for (size_t i = 0; i < errors->len; i++) {
        const struct user_error *error = &errors->data[i];
        if (!error->in_main || !strstr(error->text, "type specifier"))
            continue;
        size_t at = tokens_at(&c->tokens, c->text, error->offset);
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
    lexer_read_code(arena, text, len, &c.tokens);
    for (size_t i = 0; i < errors->len; i++)
        if (!add_from_library(&c, &errors->data[i]) && errors->data[i].in_main)
            add_from_error(&c, &errors->data[i]);
    add_heads(&c, errors);
    add_macros_of_heads(&c, errors);
    for (size_t i = 0; i < c.tokens.len; i++) {
        if (c.tokens.data[i].kind != LEXER_NAME)
            continue;
        note_called(&c, i);
        if (follows_access(&c, i))
            note_member(&c, i);
        else if (!(i > 2 && tokens_is_scope(&c.tokens, i - 2) && tokens_is_name(&c.tokens, i - 3)))
            note_mention(&c, i);
    }
}

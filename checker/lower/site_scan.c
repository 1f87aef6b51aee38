/* A scanner for C and C++ text that knows comments, literals and preprocessor lines: enough to tell
 * where a name is code, whatever the parser makes of it. */
#include "lower/site_scan.h"

#include "support/strbuf.h"

#include <ctype.h>
#include <string.h>

struct open_condition {
    const char *opened; /* "#if X" */
    const char *branch; /* "#else of #if X", or the same; NULL for an include guard */
};

struct scanner {
    struct arena *arena;
    const struct model_set *models;
    struct site_list *list;
    const char *text;
    size_t len, at;
    size_t line_start;
    uint32_t line;
    bool fresh_line; /* nothing but blanks so far: '#' begins a directive */
    bool in_macro;   /* inside a #define */
    bool seen_code;  /* anything but blanks and comments so far */
    VEC(struct open_condition) open;
};

static char peek(const struct scanner *scan, size_t ahead)
{
    return scan->at + ahead < scan->len ? scan->text[scan->at + ahead] : '\0';
}

static bool is_name_start(char c)
{
    return isalpha((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static bool is_name_part(char c)
{
    return is_name_start(c) || isdigit((unsigned char)c);
}

/* ---- moving ------------------------------------------------------------------------------ */

static void step(struct scanner *scan)
{
    if (scan->text[scan->at++] != '\n')
        return;
    scan->line++;
    scan->line_start = scan->at;
}

/* A backslash before the line's end: the line goes on. */
static size_t splice_length(const struct scanner *scan)
{
    if (peek(scan, 0) != '\\')
        return 0;
    if (peek(scan, 1) == '\n')
        return 2;
    return peek(scan, 1) == '\r' && peek(scan, 2) == '\n' ? 3 : 0;
}

static bool skip_splice(struct scanner *scan)
{
    size_t len = splice_length(scan);
    for (size_t i = 0; i < len; i++)
        step(scan);
    return len != 0;
}

/* To the newline that ends the logical line, which stays unread. */
static void skip_line(struct scanner *scan)
{
    while (scan->at < scan->len && scan->text[scan->at] != '\n')
        if (!skip_splice(scan))
            step(scan);
}

static bool skip_comment(struct scanner *scan)
{
    if (peek(scan, 0) != '/' || (peek(scan, 1) != '/' && peek(scan, 1) != '*'))
        return false;
    if (peek(scan, 1) == '/') {
        skip_line(scan);
        return true;
    }
    scan->at += 2;
    while (scan->at < scan->len && !(peek(scan, 0) == '*' && peek(scan, 1) == '/'))
        step(scan);
    scan->at = scan->at + 2 < scan->len ? scan->at + 2 : scan->len;
    return true;
}

/* An unterminated literal ends with its line, as the preprocessor has it. */
static void skip_literal(struct scanner *scan, char quote)
{
    step(scan);
    while (scan->at < scan->len && scan->text[scan->at] != '\n') {
        char c = scan->text[scan->at];
        if (skip_splice(scan))
            continue;
        step(scan);
        if (c == quote)
            return;
        if (c == '\\' && scan->at < scan->len)
            step(scan);
    }
}

/* R"delimiter( ... )delimiter"; the scanner stands at the quote. */
static void skip_raw_string(struct scanner *scan)
{
    step(scan);
    size_t begin = scan->at;
    while (scan->at < scan->len && !strchr("(\n", scan->text[scan->at]))
        scan->at++;
    size_t len = scan->at - begin;
    const char *delimiter = scan->text + begin;
    for (; scan->at < scan->len; step(scan)) {
        if (scan->text[scan->at] == ')' && scan->at + len + 1 < scan->len &&
            memcmp(scan->text + scan->at + 1, delimiter, len) == 0 &&
            scan->text[scan->at + 1 + len] == '"') {
            scan->at += len + 2;
            return;
        }
    }
}

static void skip_number(struct scanner *scan)
{
    while (is_name_part(peek(scan, 0)) || peek(scan, 0) == '.' ||
           (peek(scan, 0) == '\'' && is_name_part(peek(scan, 1))))
        scan->at++;
}

/* Blanks and comments on the way to the next token, over lines. */
static void skip_blanks(struct scanner *scan)
{
    while (scan->at < scan->len) {
        if (isspace((unsigned char)scan->text[scan->at]))
            step(scan);
        else if (!skip_comment(scan) && !skip_splice(scan))
            return;
    }
}

static size_t name_length(const struct scanner *scan)
{
    size_t len = 0;
    while (is_name_part(peek(scan, len)))
        len++;
    return len;
}

/* ---- preprocessor lines ------------------------------------------------------------------ */

static bool word_is(const char *word, size_t len, const char *name)
{
    return strlen(name) == len && memcmp(word, name, len) == 0;
}

/* The rest of the logical line, blanks and comments squeezed to one blank each, cut when long. */
static const char *rest_of_line(struct scanner *scan)
{
    enum { LONGEST = 120 };
    struct strbuf rest;
    strbuf_init(&rest, scan->arena);
    while (scan->at < scan->len && scan->text[scan->at] != '\n') {
        if (skip_splice(scan) || skip_comment(scan))
            continue;
        char c = scan->text[scan->at++];
        bool blank = isspace((unsigned char)c) != 0;
        if (rest.len < LONGEST && !(blank && rest.len && rest.text[rest.len - 1] == ' '))
            strbuf_addc(&rest, blank ? ' ' : c);
    }
    while (rest.len && rest.text[rest.len - 1] == ' ')
        rest.text[--rest.len] = '\0';
    return rest.len < LONGEST ? rest.text : arena_printf(scan->arena, "%s...", rest.text);
}

/* #ifndef X with #define X on the next line, before any code. */
static bool is_include_guard(const struct scanner *scan, const char *condition)
{
    static const char ifndef[] = "#ifndef ";
    if (scan->seen_code || strncmp(condition, ifndef, sizeof ifndef - 1) != 0)
        return false;
    struct scanner ahead = *scan;
    skip_blanks(&ahead);
    if (peek(&ahead, 0) != '#')
        return false;
    ahead.at++;
    skip_blanks(&ahead);
    if (!word_is(ahead.text + ahead.at, name_length(&ahead), "define"))
        return false;
    ahead.at += strlen("define");
    skip_blanks(&ahead);
    return word_is(ahead.text + ahead.at, name_length(&ahead), condition + sizeof ifndef - 1);
}

static void open_branch(struct scanner *scan, const char *word, size_t len)
{
    const char *text = arena_printf(scan->arena, "#%.*s%s", (int)len, word, rest_of_line(scan));
    struct open_condition open = {text, is_include_guard(scan, text) ? NULL : text};
    vec_push(scan->arena, &scan->open, open);
}

static void next_branch(struct scanner *scan, const char *word, size_t len)
{
    const char *rest = rest_of_line(scan);
    if (!scan->open.len)
        return;
    struct open_condition *open = &scan->open.data[scan->open.len - 1];
    open->branch = word_is(word, len, "else")
                       ? arena_printf(scan->arena, "#else of %s", open->opened)
                       : arena_printf(scan->arena, "#%.*s%s", (int)len, word, rest);
}

/* The body of a #define is scanned like code; every other directive's line is not. */
static void directive(struct scanner *scan)
{
    step(scan);
    while (peek(scan, 0) == ' ' || peek(scan, 0) == '\t')
        scan->at++;
    const char *word = scan->text + scan->at;
    size_t len = name_length(scan);
    scan->at += len;
    if (word_is(word, len, "define")) {
        scan->in_macro = true;
        while (peek(scan, 0) == ' ' || peek(scan, 0) == '\t')
            scan->at++;
        scan->at += name_length(scan); /* a macro of a watched name is no site */
    } else if (word_is(word, len, "if") || word_is(word, len, "ifdef") ||
               word_is(word, len, "ifndef")) {
        open_branch(scan, word, len);
    } else if (len > 2 && memcmp(word, "el", 2) == 0) {
        next_branch(scan, word, len);
    } else {
        if (word_is(word, len, "endif") && scan->open.len)
            scan->open.len--;
        skip_line(scan);
    }
}

/* ---- sites ------------------------------------------------------------------------------- */

/* For "#elif" the earlier branches must not hold, but a project's switches seldom exclude each
 * other: only an #else speaks against its #if. */
static void note_assumptions(struct scanner *scan)
{
    for (size_t i = 0; i < scan->open.len; i++) {
        const struct open_condition *open = &scan->open.data[i];
        if (!open->branch)
            continue;
        bool is_else = strncmp(open->branch, "#else", strlen("#else")) == 0;
        assume_condition(scan->arena, &scan->list->assumptions,
                         is_else ? open->opened : open->branch, !is_else);
    }
}

/* All conditions around the place: any of them may be the one that excludes it. */
static const char *conditions(const struct scanner *scan)
{
    struct strbuf text;
    strbuf_init(&text, scan->arena);
    for (size_t i = 0; i < scan->open.len; i++) {
        const char *branch = scan->open.data[i].branch;
        if (branch)
            strbuf_addf(&text, "%s%s", text.len ? ", " : "", branch);
    }
    return text.len ? text.text : NULL;
}

/* Explicit template arguments, if any: "<float *>". */
static void skip_template_arguments(struct scanner *scan)
{
    enum { LONGEST = 200 };
    if (peek(scan, 0) != '<')
        return;
    int depth = 0;
    for (size_t i = 0; i < LONGEST && peek(scan, i) && !strchr(";{}", peek(scan, i)); i++) {
        depth += peek(scan, i) == '<';
        depth -= peek(scan, i) == '>';
        if (depth == 0) {
            scan->at += i + 1;
            skip_blanks(scan);
            return;
        }
    }
}

static bool is_called(const struct scanner *scan, size_t len)
{
    struct scanner ahead = *scan;
    ahead.at += len;
    skip_blanks(&ahead);
    skip_template_arguments(&ahead);
    return peek(&ahead, 0) == '(';
}

static bool is_raw_prefix(const char *word, size_t len)
{
    return word_is(word, len, "R") || word_is(word, len, "u8R") || word_is(word, len, "uR") ||
           word_is(word, len, "UR") || word_is(word, len, "LR");
}

static void name(struct scanner *scan)
{
    const char *word = scan->text + scan->at;
    size_t len = name_length(scan);
    if (models_is_watched(scan->models, word, len) && is_called(scan, len)) {
        struct site site = {
            .name = arena_strndup(scan->arena, word, len),
            .offset = (uint32_t)scan->at,
            .line = scan->line,
            .column = (uint32_t)(scan->at - scan->line_start) + 1,
            .in_macro = scan->in_macro,
            .condition = conditions(scan),
        };
        vec_push(scan->arena, &scan->list->sites, site);
        scan->list->any_conditional |= site.condition != NULL;
        note_assumptions(scan);
    }
    scan->at += len;
    if (peek(scan, 0) == '"' && is_raw_prefix(word, len))
        skip_raw_string(scan);
}

static void token(struct scanner *scan)
{
    char c = scan->text[scan->at];
    if (c == '#' && scan->fresh_line)
        directive(scan);
    else if (c == '"' || c == '\'')
        skip_literal(scan, c);
    else if (isdigit((unsigned char)c))
        skip_number(scan);
    else if (is_name_start(c))
        name(scan);
    else
        step(scan);
    scan->fresh_line = false;
    scan->seen_code = true;
}

void site_scan(struct arena *arena, const char *text, size_t len, const struct model_set *models,
               struct site_list *list)
{
    struct scanner scan = {.arena = arena,
                           .models = models,
                           .list = list,
                           .text = text,
                           .len = len < UINT32_MAX ? len : 0,
                           .line = 1,
                           .fresh_line = true};
    while (scan.at < scan.len) {
        char c = scan.text[scan.at];
        if (c == '\n') {
            scan.fresh_line = true;
            scan.in_macro = false;
            step(&scan);
        } else if (isspace((unsigned char)c)) {
            step(&scan);
        } else if (!skip_comment(&scan) && !skip_splice(&scan)) {
            token(&scan);
        }
    }
}

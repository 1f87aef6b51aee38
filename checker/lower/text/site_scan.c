#include "lower/text/site_scan.h"

#include "source/text/lexer.h"
#include "support/strbuf.h"

#include <string.h>

struct open_condition {
    const char *opened;       /* "#if X" */
    const char *branch;       /* "#else of #if X", or the same; NULL for an include guard */
    VEC(const char *) passed; /* the branches before it, as written */
};

struct scanner {
    struct arena *arena;
    const struct model_set *models;
    struct site_list *list;
    const char *text;
    struct lexer lexer;
    bool seen_code; /* anything but comments so far */
    VEC(struct open_condition) open;
    struct assumptions undefined; /* refuses what an #undef keeps off: no argument defines it */
};

/* ---- conditions -------------------------------------------------------------------------- */

/* #ifndef X with #define X on the next line, before any code. */
static bool is_include_guard(const struct scanner *scan, const char *condition)
{
    static const char ifndef[] = "#ifndef ";
    if (scan->seen_code || strncmp(condition, ifndef, sizeof ifndef - 1) != 0)
        return false;
    struct lexer ahead = scan->lexer;
    struct lexer_token directive = lexer_next(&ahead), name = lexer_next(&ahead);
    return directive.kind == LEXER_DIRECTIVE && lexer_is(&directive, "define") &&
           lexer_is(&name, condition + sizeof ifndef - 1);
}

static void open_branch(struct scanner *scan, const struct lexer_token *word)
{
    const char *text = arena_printf(scan->arena, "#%.*s%s", (int)word->len, word->text,
                                    lexer_rest_of_line(&scan->lexer, scan->arena));
    struct open_condition open = {text, is_include_guard(scan, text) ? NULL : text, {0}};
    vec_push(scan->arena, &scan->open, open);
}

static void next_branch(struct scanner *scan, const struct lexer_token *word)
{
    const char *rest = lexer_rest_of_line(&scan->lexer, scan->arena);
    if (!scan->open.len)
        return;
    struct open_condition *open = &scan->open.data[scan->open.len - 1];
    if (open->branch)
        vec_push(scan->arena, &open->passed, open->branch);
    open->branch = lexer_is(word, "else")
                       ? arena_printf(scan->arena, "#else of %s", open->opened)
                       : arena_printf(scan->arena, "#%.*s%s", (int)word->len, word->text, rest);
}

/* "#error" right below the one condition around it: the program is not built where that holds. */
static void note_refusal(struct scanner *scan)
{
    const struct open_condition *around = NULL;
    for (size_t i = 0; i < scan->open.len; i++) {
        const struct open_condition *open = &scan->open.data[i];
        if (!open->branch)
            continue;
        if (around || open->branch != open->opened)
            return;
        around = open;
    }
    if (around)
        assume_not(scan->arena, &scan->list->assumptions, around->branch);
}

static bool is_conditional(const struct scanner *scan)
{
    for (size_t i = 0; i < scan->open.len; i++)
        if (scan->open.data[i].branch)
            return true;
    return false;
}

/* #undef X of what no call stood under so far. */
static void note_undefined(struct scanner *scan)
{
    struct assumptions *all = &scan->list->assumptions;
    const char *rest = lexer_rest_of_line(&scan->lexer, scan->arena);
    const char *name = rest + strspn(rest, " ");
    if (is_conditional(scan) || assume_contains(all->wanted.data, all->wanted.len, name))
        return;
    const char *defined = arena_printf(scan->arena, "#ifdef %s", name);
    assume_not(scan->arena, all, defined);
    assume_not(scan->arena, &scan->undefined, defined);
}

static void directive(struct scanner *scan, const struct lexer_token *word)
{
    if (lexer_is(word, "define"))
        lexer_next(&scan->lexer); /* a macro of a watched name is no site */
    else if (lexer_is(word, "if") || lexer_is(word, "ifdef") || lexer_is(word, "ifndef"))
        open_branch(scan, word);
    else if (word->len > 2 && memcmp(word->text, "el", 2) == 0)
        next_branch(scan, word);
    else if (lexer_is(word, "endif") && scan->open.len)
        scan->open.len--;
    else if (lexer_is(word, "error"))
        note_refusal(scan);
    else if (lexer_is(word, "undef"))
        note_undefined(scan);
}

static bool is_else(const char *branch)
{
    return strncmp(branch, "#else", strlen("#else")) == 0;
}

/* For "#elif" the earlier branches must not hold, but a project's switches seldom exclude each
 * other: only an #else speaks against its #if. */
static void note_assumptions(struct scanner *scan)
{
    for (size_t i = 0; i < scan->open.len; i++) {
        const struct open_condition *open = &scan->open.data[i];
        if (!open->branch)
            continue;
        bool holds = !is_else(open->branch);
        assume_condition(scan->arena, &scan->list->assumptions, holds ? open->branch : open->opened,
                         holds);
    }
}

/* What the place needs: the branch around it, and none of those before. */
static struct assumptions needs(const struct scanner *scan)
{
    struct assumptions assumptions = {0};
    for (size_t i = 0; i < scan->open.len; i++) {
        const struct open_condition *open = &scan->open.data[i];
        if (open->branch && !is_else(open->branch))
            assume_condition(scan->arena, &assumptions, open->branch, true);
        for (size_t k = 0; k < open->passed.len; k++)
            assume_not(scan->arena, &assumptions, open->passed.data[k]);
    }
    for (size_t i = 0; i < scan->undefined.refused.len; i++)
        if (assume_contains(assumptions.wanted.data, assumptions.wanted.len,
                            scan->undefined.refused.data[i]))
            vec_push(scan->arena, &assumptions.refused, scan->undefined.refused.data[i]);
    return assumptions;
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

/* ---- sites ------------------------------------------------------------------------------- */

/* Skips explicit template arguments, "<float *>", and gives the token behind them. */
static struct lexer_token behind_template_arguments(struct lexer *lexer, struct lexer_token token)
{
    enum { MOST_TOKENS = 50 };
    struct lexer ahead = *lexer;
    struct lexer_token next = token;
    int depth = 0;
    for (int i = 0; i < MOST_TOKENS && next.kind != LEXER_END; i++) {
        depth += lexer_is(&next, "<");
        depth -= lexer_is(&next, ">");
        if (lexer_is(&next, ";") || lexer_is(&next, "{"))
            break;
        next = lexer_next(&ahead);
        if (depth == 0)
            return next;
    }
    return token;
}

static bool is_called(const struct scanner *scan)
{
    struct lexer ahead = scan->lexer;
    struct lexer_token next = lexer_next(&ahead);
    if (lexer_is(&next, "<"))
        next = behind_template_arguments(&ahead, next);
    return next.kind == LEXER_OTHER && lexer_is(&next, "(");
}

static void name(struct scanner *scan, const struct lexer_token *token)
{
    if (!models_is_watched(scan->models, token->text, token->len) || !is_called(scan))
        return;
    struct site site = {
        .name = arena_strndup(scan->arena, token->text, token->len),
        .offset = (uint32_t)(token->text - scan->text),
        .line = token->line,
        .column = token->column,
        .in_macro = token->in_macro,
        .condition = conditions(scan),
        .needs = needs(scan),
    };
    vec_push(scan->arena, &scan->list->sites, site);
    scan->list->any_conditional |= site.condition != NULL;
    note_assumptions(scan);
}

static bool are_needed_together(const struct site_list *list, const char *one, const char *other)
{
    for (size_t i = 0; i < list->sites.len; i++) {
        const struct assumptions *needs = &list->sites.data[i].needs;
        if (assume_contains(needs->wanted.data, needs->wanted.len, one) &&
            assume_contains(needs->wanted.data, needs->wanted.len, other))
            return true;
    }
    return false;
}

/* Of switches that exclude each other, the first one. */
static void choose_maker(struct arena *arena, struct site_list *list)
{
    struct assumptions *all = &list->assumptions;
    for (size_t i = 0; i < all->wanted.len; i++)
        for (size_t k = i + 1; k < all->wanted.len; k++)
            if (assume_excludes(all->wanted.data[i], all->wanted.data[k]) &&
                !assume_contains(all->refused.data, all->refused.len, all->wanted.data[i]) &&
                !are_needed_together(list, all->wanted.data[i], all->wanted.data[k]))
                vec_push(arena, &all->refused, all->wanted.data[k]);
}

void site_scan(struct arena *arena, const char *text, size_t len, const struct model_set *models,
               struct site_list *list)
{
    struct scanner scan = {.arena = arena,
                           .models = models,
                           .list = list,
                           .text = text,
                           .lexer = lexer_start(text, len < UINT32_MAX ? len : 0)};
    for (;;) {
        struct lexer_token token = lexer_next(&scan.lexer);
        if (token.kind == LEXER_END)
            break;
        if (token.kind == LEXER_DIRECTIVE)
            directive(&scan, &token);
        else if (token.kind == LEXER_NAME)
            name(&scan, &token);
        scan.seen_code = true;
    }
    choose_maker(arena, list);
}

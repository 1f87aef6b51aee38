#include "source/text/directives.h"

#include "support/identifier.h"

#include <ctype.h>
#include <string.h>

enum { MAX_NAME = 1024 };

/* A line from some place on. */
struct rest {
    const char *p, *end;
};

static void skip_blanks(struct rest *rest)
{
    while (rest->p < rest->end && (*rest->p == ' ' || *rest->p == '\t'))
        rest->p++;
}

/* Skips `word` and the blanks around it. */
static bool skip_word(struct rest *rest, const char *word)
{
    size_t len = strlen(word);
    skip_blanks(rest);
    if ((size_t)(rest->end - rest->p) < len || strncmp(rest->p, word, len) != 0)
        return false;
    rest->p += len;
    skip_blanks(rest);
    return true;
}

static bool copy(const char *start, size_t len, char name[MAX_NAME])
{
    if (len == 0 || len >= MAX_NAME)
        return false;
    memcpy(name, start, len);
    name[len] = '\0';
    return true;
}

static bool read_header(struct rest rest, char name[MAX_NAME], struct source_directive *directive)
{
    if (rest.p == rest.end || (*rest.p != '"' && *rest.p != '<'))
        return false;
    bool quoted = *rest.p == '"';
    const char *start = rest.p + 1;
    const char *close = memchr(start, quoted ? '"' : '>', (size_t)(rest.end - start));
    directive->kind = quoted ? DIRECTIVE_INCLUDE_QUOTED : DIRECTIVE_INCLUDE_ANGLED;
    return close && copy(start, (size_t)(close - start), name);
}

/* The name that a condition begins with; "": it begins with none. */
static void read_test(struct rest rest, char name[MAX_NAME])
{
    skip_word(&rest, "(");
    if (skip_word(&rest, "defined"))
        skip_word(&rest, "(");
    const char *start = rest.p;
    while (rest.p < rest.end && identifier_has(*rest.p))
        rest.p++;
    if (start == rest.p || isdigit((unsigned char)*start) ||
        !copy(start, (size_t)(rest.p - start), name))
        *name = '\0';
}

static bool read_condition(struct rest rest, char name[MAX_NAME],
                           struct source_directive *directive)
{
    bool is_else = skip_word(&rest, "el");
    directive->kind = is_else ? DIRECTIVE_ELSE : DIRECTIVE_IF;
    if (skip_word(&rest, "ifndef"))
        return true;
    bool is_if = skip_word(&rest, "ifdef") || skip_word(&rest, "if");
    if (is_if)
        read_test(rest, name);
    return is_if || is_else;
}

static bool read_directive(struct rest rest, char name[MAX_NAME],
                           struct source_directive *directive)
{
    if (!skip_word(&rest, "#"))
        return false;
    if (skip_word(&rest, "include"))
        return read_header(rest, name, directive);
    *name = '\0';
    if (read_condition(rest, name, directive))
        return true;
    directive->kind = DIRECTIVE_ENDIF;
    return skip_word(&rest, "endif");
}

/* Lines end with "\n", "\r\n" or, as old Macs wrote them, "\r". One look at a time for each kind: a
 * search for the nearer of two would go through the rest of the text for each line. */
static struct rest next_line(struct rest *text, char end)
{
    const char *found = memchr(text->p, end, (size_t)(text->end - text->p));
    struct rest line = {text->p, found ? found : text->end};
    text->p = found ? found + 1 : text->end;
    return line;
}

void source_each_directive(const char *text, size_t len, const char *from,
                           void (*visit)(void *context, const struct source_directive *directive,
                                         const char *from),
                           void *context)
{
    struct rest all = {text, text + len};
    char name[MAX_NAME];
    while (all.p < all.end) {
        struct rest lines = next_line(&all, '\n');
        while (lines.p < lines.end) {
            struct source_directive directive = {.name = name};
            if (read_directive(next_line(&lines, '\r'), name, &directive))
                visit(context, &directive, from);
        }
    }
}

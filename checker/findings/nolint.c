#include "findings/nolint.h"

#include "support/glob.h"
#include "support/strbuf.h"

#include <ctype.h>
#include <string.h>

static const char keyword[] = "NOLINT";
enum { KEYWORD_LEN = sizeof keyword - 1 };

static const char *const kind_names[] = {"NOLINT", "NOLINTNEXTLINE", "NOLINTBEGIN", "NOLINTEND"};

const char *nolint_kind_name(enum nolint_kind kind)
{
    return kind_names[kind];
}

static bool find_kind(const char *word, size_t len, enum nolint_kind *kind)
{
    for (size_t i = 0; i < sizeof kind_names / sizeof *kind_names; i++) {
        if (strlen(kind_names[i]) == len && memcmp(kind_names[i], word, len) == 0) {
            *kind = (enum nolint_kind)i;
            return true;
        }
    }
    return false;
}

/* ---- lists of rules -------------------------------------------------------------------- */

static struct text_span trimmed(const char *bytes, size_t len)
{
    while (len > 0 && isspace((unsigned char)bytes[0])) {
        bytes++;
        len--;
    }
    while (len > 0 && isspace((unsigned char)bytes[len - 1]))
        len--;
    return (struct text_span){bytes, len};
}

/* "a , b" as "a,b". */
static const char *normal_list(struct arena *arena, const char *bytes, size_t len)
{
    struct strbuf list;
    strbuf_init(&list, arena);
    const char *end = bytes + len;
    for (const char *name = bytes;;) {
        const char *comma = memchr(name, ',', (size_t)(end - name));
        struct text_span item = trimmed(name, (size_t)((comma ? comma : end) - name));
        strbuf_add(&list, item.bytes, item.len);
        if (!comma)
            return list.text;
        strbuf_addc(&list, ',');
        name = comma + 1;
    }
}

bool nolint_covers(const struct nolint_directive *directive, const char *rule)
{
    if (!directive->has_list)
        return true;
    for (const char *name = directive->list; *name;) {
        size_t len = strcspn(name, ",");
        if (*name != '-' && glob_match(name, len, rule))
            return true;
        name += len + (name[len] == ',');
    }
    return false;
}

/* ---- reading --------------------------------------------------------------------------- */

/* Reads "(list)" at *at, if that is what stands there before the line ends. *unclosed: up to where
 * it is known that no list ends, so that no line is looked through again for each of its words. */
static void read_list(struct arena *arena, const struct text *text, size_t *at, size_t *unclosed,
                      struct nolint_directive *directive)
{
    directive->list = "";
    if (*at >= text->len || text->bytes[*at] != '(')
        return;
    size_t first = ++*at;
    if (first < *unclosed)
        return;
    size_t len = strcspn(text->bytes + first, "\r\n)");
    if (text->bytes[first + len] != ')') {
        *unclosed = first + len;
        return;
    }
    directive->has_list = true;
    directive->list = normal_list(arena, text->bytes + first, len);
    *at = first + len + 1;
}

/* Begins and ends match like brackets, with equal lists: an end that does not fit the innermost
 * open begin is left over, as a begin without its end is. */
static void pair_blocks(struct arena *arena, struct nolint_file *file)
{
    VEC(struct nolint_directive *) open = {0};
    for (size_t i = 0; i < file->directives.len; i++) {
        struct nolint_directive *directive = &file->directives.data[i];
        if (directive->kind == NOLINT_BEGIN) {
            vec_push(arena, &open, directive);
        } else if (directive->kind == NOLINT_END) {
            struct nolint_directive *begin = open.len ? open.data[open.len - 1] : NULL;
            bool fits = begin && begin->has_list == directive->has_list &&
                        strcmp(begin->list, directive->list) == 0;
            directive->is_unmatched = !fits;
            if (fits) {
                begin->end = directive->offset;
                open.len--;
            }
        }
    }
    for (size_t i = 0; i < open.len; i++)
        open.data[i]->is_unmatched = true;
}

static uint32_t line_of(const struct text *text, uint32_t offset, uint32_t from)
{
    while (from < text->line_count && text->line_starts[from] <= offset)
        from++;
    return from;
}

void nolint_read(struct arena *arena, const struct text *text, struct nolint_file *file)
{
    uint32_t line = 1;
    size_t at = 0, unclosed = 0;
    const char *found;
    while ((found = memmem(text->bytes + at, text->len - at, keyword, KEYWORD_LEN)) != NULL) {
        struct nolint_directive directive = {.offset = (uint32_t)(found - text->bytes)};
        at = directive.offset + KEYWORD_LEN;
        while (at < text->len && isalpha((unsigned char)text->bytes[at]))
            at++;
        if (!find_kind(found, at - directive.offset, &directive.kind))
            continue;
        line = line_of(text, directive.offset, line);
        directive.line = line;
        directive.column = directive.offset - text->line_starts[line - 1] + 1;
        read_list(arena, text, &at, &unclosed, &directive);
        vec_push(arena, &file->directives, directive);
    }
    pair_blocks(arena, file);
}

static bool reaches(const struct nolint_directive *directive, uint32_t line, uint32_t offset)
{
    switch (directive->kind) {
    case NOLINT_LINE:
        return directive->line == line;
    case NOLINT_NEXT_LINE:
        return directive->line + 1 == line;
    case NOLINT_BEGIN:
        return directive->offset < offset && offset < directive->end;
    case NOLINT_END:
        return false;
    }
    return false;
}

bool nolint_suppresses(const struct nolint_file *file, uint32_t line, uint32_t offset,
                       const char *rule)
{
    for (size_t i = 0; i < file->directives.len; i++) {
        const struct nolint_directive *directive = &file->directives.data[i];
        if (reaches(directive, line, offset) && nolint_covers(directive, rule))
            return true;
    }
    return false;
}

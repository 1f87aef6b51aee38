#include "source/commands/words.h"

#include <ctype.h>
#include <string.h>

/* Copies the quoted text behind the opening quote at `p` to out; gives the place behind the
 * closing quote. An open quote ends with the text. */
static const char *copy_quoted(const char *p, char *out, size_t *len)
{
    char quote = *p++;
    for (; *p && *p != quote; p++) {
        if (quote == '"' && *p == '\\' && (p[1] == '"' || p[1] == '\\'))
            p++;
        out[(*len)++] = *p;
    }
    return *p ? p + 1 : p;
}

static const char *copy_word(const char *p, char *out, size_t *len)
{
    while (*p && !isspace((unsigned char)*p)) {
        if (*p == '"' || *p == '\'') {
            p = copy_quoted(p, out, len);
        } else {
            if (*p == '\\' && p[1])
                p++;
            out[(*len)++] = *p++;
        }
    }
    return p;
}

void source_words_split(struct arena *arena, const char *text, struct words *words)
{
    char *buffer = arena_alloc(arena, strlen(text) + 1);
    const char *p = text;
    for (;;) {
        while (isspace((unsigned char)*p))
            p++;
        if (!*p)
            return;
        size_t len = 0;
        p = copy_word(p, buffer, &len);
        vec_push(arena, words, arena_strndup(arena, buffer, len));
    }
}

void source_words_split_list(struct arena *arena, const char *text, struct words *words)
{
    char *item = arena_alloc(arena, strlen(text) + 1);
    size_t len = 0;
    bool quoted = false;
    for (const char *p = text;; p++) {
        if (!*p || (*p == ',' && !quoted)) {
            if (len > 0)
                vec_push(arena, words, arena_strndup(arena, item, len));
            len = 0;
            if (!*p)
                return;
            continue;
        }
        if (*p == '\\' && p[1] == ',')
            p++;
        else if (*p == '\\' && p[1] == '"')
            item[len++] = *p++;
        else if (*p == '"')
            quoted = !quoted;
        item[len++] = *p;
    }
}

void source_words_append(struct arena *arena, struct words *words, const struct words *from)
{
    for (size_t i = 0; i < from->len; i++)
        vec_push(arena, words, from->data[i]);
}

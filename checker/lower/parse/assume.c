#include "lower/parse/assume.h"

#include "support/identifier.h"
#include "support/starts_with.h"

#include <ctype.h>
#include <string.h>

/* ---- conditions -------------------------------------------------------------------------- */

/* A conjunct without its blanks and parentheses: "!definedX" for "!defined (X)". */
static char *squeezed(struct arena *arena, const char *text, size_t len)
{
    char *out = arena_alloc(arena, len + 1), *next = out;
    for (size_t i = 0; i < len; i++)
        if (!isspace((unsigned char)text[i]) && text[i] != '(' && text[i] != ')')
            *next++ = text[i];
    return out;
}

static bool is_name(const char *text)
{
    if (!*text || isdigit((unsigned char)*text))
        return false;
    while (identifier_has(*text))
        text++;
    return !*text;
}

bool assume_contains(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void note_name(struct arena *arena, struct assumptions *assumptions, const char *name,
                      bool wanted)
{
    if (!is_name(name))
        return;
    if (!wanted)
        vec_push(arena, &assumptions->refused, name);
    else if (!assume_contains(assumptions->wanted.data, assumptions->wanted.len, name))
        vec_push(arena, &assumptions->wanted, name);
}

static void note_conjunct(struct arena *arena, struct assumptions *assumptions, const char *text,
                          size_t len, bool holds)
{
    const char *name = squeezed(arena, text, len);
    for (; *name == '!'; name++)
        holds = !holds;
    note_name(arena, assumptions, starts_with(name, "defined") ? name + strlen("defined") : name,
              holds);
}

/* Parts behind a "||" are alternatives: the first one is as good as any. */
static void note_expression(struct arena *arena, struct assumptions *assumptions, const char *text,
                            bool holds)
{
    const char *end = strstr(text, "||");
    if (!end)
        end = text + strlen(text);
    while (text < end) {
        const char *next = memmem(text, (size_t)(end - text), "&&", 2);
        note_conjunct(arena, assumptions, text, (size_t)((next ? next : end) - text), holds);
        text = next ? next + 2 : end;
    }
}

/* What stands behind the directive's word. */
static const char *expression_of(const char *condition, bool *is_negative)
{
    size_t word = 1;
    while (identifier_has(condition[word]))
        word++;
    *is_negative = strncmp(condition, "#ifndef", word) == 0 && word == strlen("#ifndef");
    return condition + word;
}

void assume_condition(struct arena *arena, struct assumptions *assumptions, const char *condition,
                      bool holds)
{
    bool is_negative;
    const char *expression = expression_of(condition, &is_negative);
    note_expression(arena, assumptions, expression, holds != is_negative);
}

void assume_not(struct arena *arena, struct assumptions *assumptions, const char *condition)
{
    bool is_negative;
    const char *text = expression_of(condition, &is_negative);
    if (strstr(text, "&&"))
        return; /* which of them fails is open */
    while (*text) {
        const char *next = strstr(text, "||");
        size_t len = next ? (size_t)(next - text) : strlen(text);
        note_conjunct(arena, assumptions, text, len, is_negative);
        text += next ? len + 2 : len;
    }
}

/* ---- makers ------------------------------------------------------------------------------ */

enum maker { MAKERS_ANY, MAKER_NVIDIA = 1, MAKER_AMD = 2, MAKERS_BOTH };

static enum maker maker_of(const char *name)
{
    static const struct {
        const char *start;
        enum maker maker;
    } words[] = {{"CUDA", MAKER_NVIDIA},
                 {"NVIDIA", MAKER_NVIDIA},
                 {"HIP", MAKER_AMD},
                 {"ROCM", MAKER_AMD},
                 {"AMD", MAKER_AMD}};
    unsigned makers = MAKERS_ANY;
    for (const char *word = name; word; word = strchr(word, '_')) {
        word += strspn(word, "_");
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            makers |= starts_with(word, words[i].start) ? words[i].maker : 0U;
    }
    return (enum maker)makers;
}

bool assume_excludes(const char *one, const char *other)
{
    enum maker first = maker_of(one), second = maker_of(other);
    return (first == MAKER_NVIDIA && second == MAKER_AMD) ||
           (first == MAKER_AMD && second == MAKER_NVIDIA);
}

/* Switches that exclude each other, and not in the others' own opinion. */
static bool is_for_another_maker(const struct assumptions *assumptions,
                                 const struct assumptions *others)
{
    for (size_t i = 0; i < others->wanted.len; i++)
        for (size_t k = 0; k < assumptions->wanted.len; k++)
            if (assume_excludes(others->wanted.data[i], assumptions->wanted.data[k]) &&
                !assume_contains(others->wanted.data, others->wanted.len,
                                 assumptions->wanted.data[k]))
                return true;
    return false;
}

/* ---- several sites ----------------------------------------------------------------------- */

static bool contradicts(const struct assumptions *assumptions, const struct assumptions *others)
{
    for (size_t i = 0; i < others->wanted.len; i++)
        if (assume_contains(assumptions->refused.data, assumptions->refused.len,
                            others->wanted.data[i]))
            return true;
    for (size_t i = 0; i < others->refused.len; i++)
        if (assume_contains(assumptions->wanted.data, assumptions->wanted.len,
                            others->refused.data[i]))
            return true;
    return false;
}

bool assume_also(struct arena *arena, struct assumptions *assumptions,
                 const struct assumptions *others)
{
    if (contradicts(assumptions, others) || contradicts(others, others) ||
        is_for_another_maker(assumptions, others))
        return false;
    for (size_t i = 0; i < others->wanted.len; i++)
        note_name(arena, assumptions, others->wanted.data[i], true);
    for (size_t i = 0; i < others->refused.len; i++)
        if (!assume_contains(assumptions->refused.data, assumptions->refused.len,
                             others->refused.data[i]))
            note_name(arena, assumptions, others->refused.data[i], false);
    return true;
}

/* ---- macros ------------------------------------------------------------------------------ */

static bool contains_word(const char *name, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strstr(name, words[i]))
            return true;
    return false;
}

/* Names that begin with an underscore belong to compilers, unless they speak like a switch. */
bool assume_is_switch(const char *name)
{
    static const char *const foreign[] = {"VERSION", "WIN32", "WIN64",  "WINDOWS", "MSVC",
                                          "APPLE",   "MINGW", "NDEBUG", "CYGWIN"};
    static const char *const spoken[] = {"USE", "HAVE", "WITH", "ENABLE"};
    static const char *const libraries[] = {"CUDA", "CUDNN", "HIP"};
    if (contains_word(name, foreign, sizeof foreign / sizeof *foreign))
        return false;
    if (name[0] != '_' || contains_word(name, spoken, sizeof spoken / sizeof *spoken))
        return true;
    return !starts_with(name, "__CUDA") && !starts_with(name, "__HIP") &&
           contains_word(name, libraries, sizeof libraries / sizeof *libraries);
}

const char *assume_macro(const struct assumptions *assumptions, size_t i)
{
    for (size_t j = 0; j < assumptions->wanted.len; j++) {
        const char *name = assumptions->wanted.data[j];
        if (assume_contains(assumptions->refused.data, assumptions->refused.len, name) ||
            !assume_is_switch(name))
            continue;
        if (i-- == 0)
            return name;
    }
    return NULL;
}

#include "config/rule_list.h"

#include "support/glob.h"
#include "support/suggest.h"

#include <string.h>

static const char separators[] = ", \t\r\n";

/* One item without its sign. */
struct item {
    const char *pattern;
    size_t len; /* 0: the list is at its end */
    bool is_on;
};

static struct item next_item(const char **cursor)
{
    const char *start = *cursor + strspn(*cursor, separators);
    struct item item = {start, strcspn(start, separators), true};
    *cursor = start + item.len;
    if (item.len > 1 && *start == '-') {
        item.is_on = false;
        item.pattern++;
        item.len--;
    }
    if (item.len == strlen("all") && memcmp(item.pattern, "all", item.len) == 0) {
        item.pattern = "*";
        item.len = 1;
    }
    return item;
}

static bool begins_with_on(const char *list)
{
    struct item first = next_item(&list);
    return first.len && first.is_on;
}

bool rule_list_enables(const char *list, const char *rule, bool before)
{
    bool is_on = before && !begins_with_on(list);
    for (struct item item = next_item(&list); item.len; item = next_item(&list))
        if (glob_match(item.pattern, item.len, rule))
            is_on = item.is_on;
    return is_on;
}

const char *rule_list_join(struct arena *arena, const char *first, const char *second)
{
    if (!first || (second && begins_with_on(second)))
        return second;
    return second ? arena_printf(arena, "%s,%s", first, second) : first;
}

static bool matches_some(const struct item *item, const struct rule_names *known)
{
    for (size_t i = 0; i < known->count; i++)
        if (glob_match(item->pattern, item->len, known->names[i]))
            return true;
    return false;
}

/* The next item that matches no rule, or NULL at the end of the list. */
static const char *next_unknown(struct arena *arena, const char **cursor,
                                const struct rule_names *known)
{
    for (struct item item = next_item(cursor); item.len; item = next_item(cursor))
        if (!matches_some(&item, known))
            return arena_strndup(arena, item.pattern, item.len);
    return NULL;
}

void rule_list_check(struct yproblems *problems, const struct ynode *at, const char *list,
                     const struct rule_names *known)
{
    const char *name;
    while ((name = next_unknown(problems->arena, &list, known)) != NULL)
        ydoc_unknown(problems, at, "rule", name, known->names, known->count, sizeof *known->names);
}

const struct error *rule_list_error(struct arena *arena, const char *origin, const char *list,
                                    const struct rule_names *known)
{
    const char *name = next_unknown(arena, &list, known);
    if (!name)
        return NULL;
    const char *near = suggest(name, known->names, known->count, sizeof *known->names);
    if (near)
        return error_new(arena, ERROR_USAGE, "%s: there is no rule '%s'; did you mean '%s'?",
                         origin, name, near);
    return error_new(arena, ERROR_USAGE, "%s: there is no rule '%s'; 'cuhostlint rules' lists them",
                     origin, name);
}

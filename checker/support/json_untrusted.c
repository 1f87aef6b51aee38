#include "support/json_untrusted.h"

#include <stdbool.h>
#include <stdio.h>

/* Behind the string whose opening quote is at `at`. */
static size_t skip_string(const char *text, size_t len, size_t at)
{
    for (at++; at < len && text[at] != '"'; at++)
        at += text[at] == '\\';
    return at + 1;
}

/* Where the text has come to hold too much; `len`: nowhere. Each value but the first of its list
 * stands behind a comma, each first one behind a bracket. */
static size_t end_of_measure(const char *text, size_t len)
{
    size_t containers = 0, values = 0, at = 0;

    while (at < len && containers <= JSON_MOST_CONTAINERS && values <= JSON_MOST_VALUES) {
        bool is_opening = text[at] == '{' || text[at] == '[';

        containers += is_opening;
        values += is_opening || text[at] == ',';
        at = text[at] == '"' ? skip_string(text, len, at) : at + 1;
    }
    return at < len ? at : len;
}

json_t *json_load_untrusted(const char *text, size_t len, json_error_t *problem)
{
    size_t end = end_of_measure(text, len);

    if (end == len)
        return json_loadb(text, len, 0, problem);
    *problem = (json_error_t){.line = 1, .column = 1};
    for (size_t i = 0; i < end; i++) {
        problem->line += text[i] == '\n';
        problem->column = text[i] == '\n' ? 1 : problem->column + 1;
    }
    snprintf(problem->text, sizeof problem->text, "it holds too many values");
    return NULL;
}

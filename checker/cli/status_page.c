#include "cli/status_page.h"

#include "support/embedded.h"
#include "support/identifier.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

static const char heading[] = "\n## ";

/* cudaErrorInvalidValue, CUDA_ERROR_INVALID_VALUE, hipErrorInvalidValue: "InvalidValue". */
static const char *without_prefix(const char *word)
{
    static const char *const prefixes[] = {"cudaError", "CUDA_ERROR_", "hipError"};

    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (strncasecmp(word, prefixes[i], strlen(prefixes[i])) == 0)
            return word + strlen(prefixes[i]);
    return word;
}

/* Whether a word of a heading is `name`, whatever its case and underscores. */
static bool is_same_name(const char *word, const char *name)
{
    word = without_prefix(word);
    name = without_prefix(name);
    for (;;) {
        while (*word == '_')
            word++;
        while (*name == '_')
            name++;
        if (*name == '\0')
            return !identifier_has(*word);
        if (tolower((unsigned char)*word) != tolower((unsigned char)*name))
            return false;
        word++;
        name++;
    }
}

/* A heading names a status where it begins with its number: "712: cudaError...". */
static bool names_status(const char *title, const char *name)
{
    size_t len = strcspn(title, "\n");

    if (!isdigit((unsigned char)title[0]))
        return false;
    for (size_t i = 0; i < len; i++)
        if (identifier_has(title[i]) && (i == 0 || !identifier_has(title[i - 1])) &&
            is_same_name(title + i, name))
            return true;
    return false;
}

const char *status_page(struct arena *arena, const char *name)
{
    const char *page = embedded_file_text("rules/README.md");

    if (page == NULL || name[0] == '\0' || strcmp(name, "errors") == 0)
        return name[0] == '\0' ? NULL : page;
    for (const char *at = strstr(page, heading); at != NULL; at = strstr(at + 1, heading)) {
        const char *end = strstr(at + 1, heading);

        if (names_status(at + strlen(heading), name))
            return arena_strndup(arena, at + 1,
                                 end != NULL ? (size_t)(end - at - 1) : strlen(at + 1));
    }
    return NULL;
}

#include "lower/parse/stray.h"

#include "support/starts_with.h"

#include <string.h>

static bool is_stray(const struct user_error *error, const char *text, size_t len)
{
    return error->in_main && error->offset < len && text[error->offset] &&
           strchr(",)]", text[error->offset]) &&
           (starts_with(error->text, "expected unqualified-id") ||
            starts_with(error->text, "expected identifier or '('"));
}

const char *stray_blanked(struct arena *arena, const char *text, size_t len,
                          const user_errors *errors)
{
    char *blanked = NULL;
    for (size_t i = 0; i < errors->len; i++) {
        const struct user_error *error = &errors->data[i];
        if (!is_stray(error, text, len))
            continue;
        if (!blanked)
            blanked = arena_strndup(arena, text, len);
        blanked[error->offset] = ' ';
    }
    return blanked;
}

#include "server/encoding.h"

#include <string.h>

static const char *const names[] = {[ENCODING_UTF16] = "utf-16", [ENCODING_UTF8] = "utf-8"};

enum encoding encoding_choose(const json_t *offered)
{
    size_t i;
    const json_t *name;
    json_array_foreach((json_t *)offered, i, name)
    {
        for (size_t j = 0; json_is_string(name) && j < sizeof names / sizeof *names; j++)
            if (strcmp(json_string_value(name), names[j]) == 0)
                return (enum encoding)j;
    }
    return ENCODING_UTF16;
}

const char *encoding_name(enum encoding encoding)
{
    return names[encoding];
}

int encoding_units(enum encoding encoding, struct utf8_char character)
{
    if (encoding == ENCODING_UTF8)
        return (int)character.len;
    return character.code > 0xFFFF ? 2 : 1;
}

uint32_t encoding_column(enum encoding encoding, const struct text *text, uint32_t line,
                         uint32_t column)
{
    return encoding == ENCODING_UTF8 ? column : text_utf16_column(text, line, column);
}

#include "report/json_value.h"

#include "support/mem.h"
#include "support/utf8.h"

static json_t *must(json_t *value)
{
    if (!value)
        mem_exhausted();
    return value;
}

json_t *json_text(struct arena *arena, const char *text)
{
    return text ? must(json_string(utf8_clean(arena, text))) : json_null();
}

json_t *json_make(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    json_t *value = json_vpack_ex(NULL, 0, format, args);
    va_end(args);
    return must(value);
}

void json_put(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        mem_exhausted();
}

void json_add(json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0)
        mem_exhausted();
}

/* Enough digits for seconds and counts, and few enough to hide 0.1's true nature. */
enum { REAL_DIGITS = 9 };

void json_finish(json_t *value, FILE *out)
{
    if (json_dumpf(value, out,
                   JSON_INDENT(2) | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(REAL_DIGITS)) != 0 &&
        !ferror(out))
        mem_exhausted();
    fputc('\n', out); /* errors stay in the stream, where report_write looks */
    json_decref(value);
}

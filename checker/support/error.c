#include "support/error.h"

const struct error *error_new(struct arena *arena, enum error_kind kind, const char *format, ...)
{
    struct error *error = arena_new_object(arena, struct error);
    va_list args;
    va_start(args, format);
    error->kind = kind;
    error->message = arena_vprintf(arena, format, args);
    va_end(args);
    return error;
}

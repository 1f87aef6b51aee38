/* The preprocessor's lines of a text that other files and other builds matter to. */
#ifndef CUHOSTLINT_SOURCE_TEXT_DIRECTIVES_H
#define CUHOSTLINT_SOURCE_TEXT_DIRECTIVES_H

#include <stdbool.h>
#include <stddef.h>

struct source_directive {
    enum {
        DIRECTIVE_INCLUDE_QUOTED,
        DIRECTIVE_INCLUDE_ANGLED,
        DIRECTIVE_IF,   /* #ifdef, #ifndef too */
        DIRECTIVE_ELSE, /* #elif too */
        DIRECTIVE_ENDIF
    } kind;
    const char *name; /* the header, or the macro that #ifdef NAME, #if NAME, #if defined(NAME) or
                         #elif asks for, else ""; valid during the call only */
};

/* Is its name a header's? */
static inline bool directive_includes(const struct source_directive *directive)
{
    return directive->kind == DIRECTIVE_INCLUDE_QUOTED ||
           directive->kind == DIRECTIVE_INCLUDE_ANGLED;
}

/* Calls `visit` for each of these lines, whatever #if it stands under; `from` is passed on. */
void source_each_directive(const char *text, size_t len, const char *from,
                           void (*visit)(void *context, const struct source_directive *directive,
                                         const char *from),
                           void *context);

#endif

/* The preprocessor's lines of a text that other files and other builds matter to. */
#ifndef CUHOSTLINT_SOURCE_DIRECTIVES_H
#define CUHOSTLINT_SOURCE_DIRECTIVES_H

#include <stdbool.h>
#include <stddef.h>

struct source_directive {
    enum {
        DIRECTIVE_INCLUDE_QUOTED,
        DIRECTIVE_INCLUDE_ANGLED,
        DIRECTIVE_TEST,
        DIRECTIVE_TEST_END /* #else, #endif, a condition that does not begin with a name */
    } kind;
    const char *name; /* the header, or the macro that #ifdef NAME, #if NAME, #if defined(NAME) or
                         #elif asks for, "" at an end; valid during the call only */
};

/* Calls `visit` for each of these lines, whatever #if it stands under; `from` is passed on. */
void source_each_directive(const char *text, size_t len, const char *from,
                           void (*visit)(void *context, const struct source_directive *directive,
                                         const char *from),
                           void *context);

#endif

#include "cli/version.h"

#include "lower/lower.h"

#include <stdio.h>

#ifdef __clang__
#define COMPILER __VERSION__
#else
#define COMPILER "gcc " __VERSION__
#endif

void version_print(struct arena *arena)
{
    struct lower_session *session;
    const struct error *error = lower_open(arena, &session);

    puts("cuhostlint " CUHOSTLINT_VERSION);
    if (build_revision[0] != '\0')
        printf("source:   %s\n", build_revision);
    puts("compiler: " COMPILER);
    printf("parser:   %s\n", error == NULL ? lower_version(session) : error->message);
    if (error == NULL)
        lower_close(session);
}

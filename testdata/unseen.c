#include "unseen.h"

#include <stdio.h>
#include <stdlib.h>

static void *volatile kept;

void unseen_keep(void *pointer)
{
    kept = pointer;
}

void *unseen_get(size_t size)
{
    return calloc(1, size);
}

size_t unseen_size(void)
{
    const char *text = getenv("UNSEEN_SIZE");

    return text != NULL ? strtoul(text, NULL, 0) : 4096;
}

int unseen_choice(void)
{
    const char *text = getenv("UNSEEN_CHOICE");

    return text != NULL && text[0] == '1';
}

void unseen_read(const void *pointer)
{
    (void)pointer;
}

void unseen_fatal(const char *text)
{
    fprintf(stderr, "%s\n", text);
    exit(1);
}

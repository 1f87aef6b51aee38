/* Which units define a function: what is sought are bodies for calls of a project's own functions
 * that nobody has parsed yet, because their files name no modelled function. */
#ifndef CUHOSTLINT_SOURCE_DEFINERS_H
#define CUHOSTLINT_SOURCE_DEFINERS_H

#include "source/fact_store.h"
#include "source/source.h"
#include "source/words.h"

/* Sets answers[i] where the text of unit i's file, not its headers, seems to define one of the
 * names as a function; true: any does. At most `most` units are chosen, the first ones. */
bool definers_find(struct arena *arena, struct fact_store *store, const struct source_unit *units,
                   size_t count, const struct words *names, size_t most, bool *answers);

/* Does the text define such a function? */
bool definers_in_text(const char *text, size_t len, const struct words *names);

#endif

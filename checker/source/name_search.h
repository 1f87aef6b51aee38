/* Many names at once in a text, at the speed of memory: for deciding what is worth parsing. */
#ifndef CUHOSTLINT_SOURCE_NAME_SEARCH_H
#define CUHOSTLINT_SOURCE_NAME_SEARCH_H

#include "support/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct name_search;

/* A search for any of the names, which must outlive it. Lives in `arena`. */
struct name_search *name_search_new(struct arena *arena, const char *const *names, size_t count);

/* True when one of the names occurs anywhere in the text, as a part of a longer word too. */
bool name_search_hits(const struct name_search *search, const char *text, size_t len);

/* True when token pasting in the text ("##") may make one of the names: a proper beginning of it
 * stands before a "##", or a proper ending behind one. */
bool name_search_may_paste(const struct name_search *search, const char *text, size_t len);

#endif

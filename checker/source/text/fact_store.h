/* The facts of all files that a run looks at: each file is read once, by however many threads, and
 * those that have not changed since an earlier run are not read at all. */
#ifndef CUHOSTLINT_SOURCE_TEXT_FACT_STORE_H
#define CUHOSTLINT_SOURCE_TEXT_FACT_STORE_H

#include "source/memory.h"
#include "source/text/facts.h"
#include "support/arena.h"

struct fact_store;

/* `memory` holds a block for each folder, under its path; it may be NULL. `threads`: the most that
 * read at once; 0: one for each processor. */
struct fact_store *fact_store_new(struct arena *arena, const struct source_memory *memory,
                                  unsigned threads);

/* The facts of the file as it was when it was first asked for; NULL: it cannot be read, or is no
 * file. The path is absolute, and where links lead is not looked at: give real ones. */
const struct facts *fact_store_get(struct fact_store *store, const char *path);

/* Looks at many files at once, so that asking for one of them is free. */
void fact_store_fill(struct fact_store *store, const char *const *paths, size_t count);

/* Hands the memory what it does not have yet. */
void fact_store_save(struct fact_store *store);

#endif

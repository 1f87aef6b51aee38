/* The cells and blocks of a path that is being marked: they are looked through again and again
 * until nothing new is marked, so what cannot change meanwhile is found out once. */
#ifndef CUHOSTLINT_ENGINE_STATE_HELD_H
#define CUHOSTLINT_ENGINE_STATE_HELD_H

#include "engine/state/marks.h"

/* Takes those of the state that is being marked, once its roots are. */
void held_begin(struct marks *marks);

/* Marks, once, what is kept by the marks so far. */
void held_mark(struct marks *marks);

/* Is the cell to be dropped? A second read of it would give the same again, or there will be none;
 * nor does it tell who else leads to something that is in reach. */
bool held_drops_cell(const struct marks *marks, struct held_cell *cell);

#endif

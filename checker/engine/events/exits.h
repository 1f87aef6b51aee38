/* Ends of scopes: one mistake at several exits is told once. */
#ifndef CUHOSTLINT_ENGINE_EVENTS_EXITS_H
#define CUHOSTLINT_ENGINE_EVENTS_EXITS_H

#include "engine/internal.h"

/* A registration that the call at the site made is undone on the path. */
void exits_note_undone(struct engine *engine, site_id registered);
/* Fills in the candidate's keys: what it says happens where a local ends. */
void exits_describe(struct engine *engine, const struct event *event, site_id site,
                    struct candidate *candidate);
/* Is the same mistake told where the text comes to it first? */
bool exits_are_told(const struct engine *engine, const struct candidate *candidate);
/* Adds the other places to the finding. */
void exits_add(const struct engine *engine, struct candidate *candidate);

#endif

/* What clients of a class, or of an object of C, may call one after the other: construct, open,
 * close, end. */
#ifndef CUHOSTLINT_ENGINE_CLIENTS_STORIES_H
#define CUHOSTLINT_ENGINE_CLIENTS_STORIES_H

#include "engine/internal.h"

/* A function that constructs an object, calls one or two of its member functions, and ends it. The
 * text does not say in which order clients call these. So a finding counts where it is the
 * destructor that goes wrong, which runs in any case, or the member function that is called last,
 * if that does its work only where the others have been called, or the object remembers that they
 * were, and no other undoes theirs. */
struct story {
    ir_value last; /* the call of that one; IR_NONE: nothing is called after what registers */
    ir_value end;  /* the destructor's; IR_NONE: a probe, of what is reached when nothing else has
                      been called */
    bool needs_registered; /* goes on where something is registered before the last call */
    bool is_undone_before; /* a client may call another member function before the last one, */
    bool is_undone;        /* ... or one of them before the object ends */
    bool is_never_undone;  /* no function of the class undoes it at all */
    bool is_first;         /* nothing is called before the last one: the constructor registers */
    bool is_again;         /* the last one was called before: what the end meets then, a client that
                              does so answers for */
    bool is_plain;         /* nothing is called that registers, nor after it */
    uint32_t plain; /* number of the story that is plain, and else the same; MAP_NONE: none */
    bool is_late;   /* ... and has been many times by then: containers hold more */
};

/* Adds these functions to the program; each has its flow, as the program's others have. */
void stories_add(struct program *program, const struct model_set *models);

/* Called before each call. False: this is not how the story goes. */
bool story_goes_on(struct engine *engine, struct state *state, ir_id op);

/* Something is unregistered. */
void story_unregisters(struct engine *engine);

/* Something is released, which may be an empty container's buffer. */
void story_releases(struct engine *engine, const struct event *release);

/* Is it asked what a member function does to an object that nobody has given anything to? */
bool story_is_probe(const struct engine *engine);

/* May the rule's finding be made there? */
bool story_allows(const struct rule *rule, const struct event *event, site_id site);

#endif

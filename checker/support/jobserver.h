/* GNU make's jobserver: how many jobs may run at once under `make -j`. Whoever runs has one job by
 * right; each further one costs a token, which is taken from make and given back. */
#ifndef CUHOSTLINT_SUPPORT_JOBSERVER_H
#define CUHOSTLINT_SUPPORT_JOBSERVER_H

#include "support/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct jobserver;

/* The jobserver that $MAKEFLAGS names, as a pipe ("--jobserver-auth=3,4") or by its file
 * ("--jobserver-auth=fifo:/tmp/..."). NULL: there is none, nobody limits. A server that cannot be
 * reached (make closes its pipe for rules without "+") has no token to give. */
struct jobserver *jobserver_open(struct arena *arena, const char *makeflags);

/* Takes a token, without waiting for one. */
bool jobserver_take(struct jobserver *server);

/* Gives one of the taken tokens back. */
void jobserver_give(struct jobserver *server);

/* How many are taken. */
size_t jobserver_held(const struct jobserver *server);

/* Becomes readable when there may be a token; -1: never. */
int jobserver_descriptor(const struct jobserver *server);

/* Becomes readable when a signal asks the process to end: until jobserver_close such signals wait,
 * for the tokens would go with it. -1: none is to wait for. */
int jobserver_signals(const struct jobserver *server);

/* Then: gives all tokens back, and lets the signal do what it does. */
void jobserver_obey(struct jobserver *server);

/* Gives all tokens back. */
void jobserver_close(struct jobserver *server);

#endif

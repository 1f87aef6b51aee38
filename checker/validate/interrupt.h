/* Ctrl-C and its like while programs run: what was started is ended, and no folder is left behind,
 * before this program ends by the signal too. */
#ifndef CUHOSTLINT_VALIDATE_INTERRUPT_H
#define CUHOSTLINT_VALIDATE_INTERRUPT_H

#include <signal.h>
#include <stdbool.h>

enum { INTERRUPT_SIGNALS = 3 };

/* What the signals did before; belongs to who watches. */
struct interrupt {
    struct sigaction former[INTERRUPT_SIGNALS];
};

/* From here on SIGINT, SIGTERM and SIGHUP are only remembered; those that were ignored stay so.
 * One watch at a time. */
void interrupt_watch(struct interrupt *interrupt);

/* Whether a signal came since then. */
bool interrupt_came(void);

/* The signals mean again what they did. Where one came, this program ends by it. */
void interrupt_obey(const struct interrupt *interrupt);

#endif

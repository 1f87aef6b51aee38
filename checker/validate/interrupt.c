#include "validate/interrupt.h"

#include <stddef.h>

static const int watched[INTERRUPT_SIGNALS] = {SIGINT, SIGTERM, SIGHUP};

/* A handler can reach nothing else. */
static volatile sig_atomic_t came;

static void remember(int signal)
{
    came = signal;
}

void interrupt_watch(struct interrupt *interrupt)
{
    const struct sigaction action = {.sa_handler = remember, .sa_flags = SA_RESTART};

    came = 0;
    for (size_t i = 0; i < INTERRUPT_SIGNALS; i++) {
        sigaction(watched[i], NULL, &interrupt->former[i]);
        if (interrupt->former[i].sa_handler != SIG_IGN)
            sigaction(watched[i], &action, NULL);
    }
}

bool interrupt_came(void)
{
    return came != 0;
}

void interrupt_obey(const struct interrupt *interrupt)
{
    for (size_t i = 0; i < INTERRUPT_SIGNALS; i++)
        sigaction(watched[i], &interrupt->former[i], NULL);
    if (came)
        raise(came);
}

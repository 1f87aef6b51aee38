/* What others set meanwhile: handlers of signals, threads. */
#ifndef CUHOSTLINT_ENGINE_PROGRAM_SIGNALS_H
#define CUHOSTLINT_ENGINE_PROGRAM_SIGNALS_H

#include "engine/internal.h"

void signals_collect(struct engine *engine);
/* May the place have changed since the path wrote there? */
bool signal_may_set(const struct engine *engine, value_id address);

#endif

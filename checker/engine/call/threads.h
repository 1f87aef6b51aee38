/* Threads whose bodies run where they are started. */
#ifndef CUHOSTLINT_ENGINE_CALL_THREADS_H
#define CUHOSTLINT_ENGINE_CALL_THREADS_H

#include "engine/internal.h"

/* Does the operation of the context start a thread, rather than call the function? */
bool thread_runs(const struct engine *engine, context_id context, uint32_t op, uint32_t function);

#endif

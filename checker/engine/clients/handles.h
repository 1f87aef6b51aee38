/* Objects of C: a function makes one, others work on it by its address, and one ends it. */
#ifndef CUHOSTLINT_ENGINE_CLIENTS_HANDLES_H
#define CUHOSTLINT_ENGINE_CLIENTS_HANDLES_H

#include "engine/clients/lifecycles.h"

/* Called for each function in sight that makes such objects, and that nobody in sight calls: for
 * those that are made in sight, their clients tell. life->record has the functions that others may
 * call with an object's address for its methods, and for its destructor the one that ends it. */
void handles_visit(struct program *program, life_visitor *visitor);

#endif

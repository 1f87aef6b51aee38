/* Algorithms of the library that are loops over all elements of something. */
#ifndef CUHOSTLINT_LOWER_BODY_ALGORITHMS_H
#define CUHOSTLINT_LOWER_BODY_ALGORITHMS_H

#include "lower/body/body.h"

/* Is the call std::for_each(x.begin(), x.end(), f), of a function or closure f whose parameter has
 * a type? Then it is lowered as `for (auto &e : x) f(e);`. */
bool algorithms_for_each(struct body *b, node_id node);

#endif

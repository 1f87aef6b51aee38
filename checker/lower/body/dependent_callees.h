/* Calls in a template's pattern of what only its instance knows. */
#ifndef CUHOSTLINT_LOWER_BODY_DEPENDENT_CALLEES_H
#define CUHOSTLINT_LOWER_BODY_DEPENDENT_CALLEES_H

#include "lower/body/callees.h"

/* P::put(x), by the callee's text, where the instance says what P is. False: it does not. */
bool dependent_callee(struct body *b, struct callee *callee);

/* this->put(x), where a base of the instance may have it: else a pointer that nobody knows is
 * called, with the object. */
void dependent_callee_member(struct body *b, struct callee *callee, node_id member);

#endif

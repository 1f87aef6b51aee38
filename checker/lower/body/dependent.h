/* Names in a template's pattern that depend on its arguments, and what they stand for in the
 * instance that is being lowered: libclang shows no instance's destructor before version 21. */
#ifndef CUHOSTLINT_LOWER_BODY_DEPENDENT_H
#define CUHOSTLINT_LOWER_BODY_DEPENDENT_H

#include "lower/body/body.h"

struct dependent_member {
    CXCursor cursor;
    ir_id owner; /* the class that declares it: the one that was asked, or a base */
};

/* The member function that `P::put` names, or `P::traits::put`: the only one of that name in the
 * class that P is there, and a static one unless that is a base. False: there is none, or several.
 */
bool dependent_function(struct body *b, const char *written, struct dependent_member *function);

/* The only member function of that name, not a static one, that objects of the class have: of the
 * instance at hand, `this->put` names it also where a base that depends on an argument has it. */
bool dependent_method(struct body *b, ir_id record, const char *name,
                      struct dependent_member *function);

enum dependent {
    DEPENDENT_NOT,   /* the pattern alone says what it is, or that it is no constant */
    DEPENDENT_KNOWN, /* ... the instance does */
    DEPENDENT_OPEN   /* it depends on an argument in a way that is not followed */
};

/* The constant that a name stands for there: `P::registered`, an enumerator `P::pinned`,
 * `std::is_same_v<P, heap>`, or a static member of the template that is set to one of these.
 * `target` is what the name refers to, as far as clang knows. */
enum dependent dependent_constant(struct body *b, node_id name, CXCursor target, uint64_t *value);

#endif

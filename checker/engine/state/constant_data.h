/* What constant globals hold. */
#ifndef CUHOSTLINT_ENGINE_STATE_CONSTANT_DATA_H
#define CUHOSTLINT_ENGINE_STATE_CONSTANT_DATA_H

#include "engine/internal.h"

enum { MOST_CHOICES = 16 };

/* Different values, one of which is meant. */
struct value_choices {
    size_t count;
    value_id data[MOST_CHOICES];
};

/* Adds the value unless it is there; false: there are too many. */
bool value_choices_add(struct value_choices *choices, value_id value);

/* What a constant global holds at the address; false where that is not known. An element that the
 * path does not tell apart from others is a symbol in the range of them all. */
bool constant_load(struct engine *engine, struct state *state, value_id address,
                   const struct ir_unit *unit, ir_id type, value_id *value);

/* Adds all that such a read may find; false where that is not known, or too much. */
bool constant_choices(struct engine *engine, const struct state *state, value_id address,
                      const struct ir_unit *unit, ir_id type, struct value_choices *choices);

#endif

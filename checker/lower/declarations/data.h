/* The contents of constant data: tables of sizes, of flags, of functions. */
#ifndef CUHOSTLINT_LOWER_DECLARATIONS_DATA_H
#define CUHOSTLINT_LOWER_DECLARATIONS_DATA_H

#include "lower/builder.h"

/* Fills in ir_global.parts of the constants met so far. To be called last, once: functions whose
 * addresses stand in tables join the queue. */
void data_describe(struct unit_builder *u);

#endif

/* From the units that name modelled functions to those that take part in what these do. */
#ifndef CUHOSTLINT_CLI_FOLLOW_H
#define CUHOSTLINT_CLI_FOLLOW_H

#include "cli/run.h"

/* Parses those of the units that were let go which call functions of the parsed ones that register
 * or free for others, and those which define what is called near such calls. `options` are those
 * of the first units. */
const struct error *follow_units(struct run *run, const struct driver_options *options);

#endif

/* The source that a compile command is about. */
#ifndef CUHOSTLINT_CLI_COMMAND_SOURCE_H
#define CUHOSTLINT_CLI_COMMAND_SOURCE_H

#include "cli/options.h"

/* Adds the source that the command behind "--" names to the inputs. Error (ERROR_USAGE): it names
 * none, or several. */
const struct error *command_source(struct arena *arena, struct options *options);

#endif

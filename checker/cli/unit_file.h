/* One unit as a file: what `index` writes and `link` reads. Any machine may write it. */
#ifndef CUHOSTLINT_CLI_UNIT_FILE_H
#define CUHOSTLINT_CLI_UNIT_FILE_H

#include "driver/driver.h"
#include "source/source.h"

/* Writes a unit that was lowered, or is irrelevant. */
const struct error *unit_file_write(struct arena *arena, const char *path,
                                    const struct source_unit *source,
                                    const struct driver_result *result);

/* Reads it back: of `source` what does not matter for parsing alone. Errors: no such file, or
 * none of ours, or damaged, or of another version of the program. */
const struct error *unit_file_read(struct arena *arena, const char *path,
                                   struct source_unit *source, struct driver_result *result);

#endif

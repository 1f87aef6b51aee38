/* A database as an earlier run read it: to read the JSON of a large project takes longer than all
 * that is left to do for a file that has not changed. Private to database.c. */
#ifndef CUHOSTLINT_SOURCE_COMMANDS_DATABASE_IMAGE_H
#define CUHOSTLINT_SOURCE_COMMANDS_DATABASE_IMAGE_H

#include "source/commands/database.h"
#include "support/stamp.h"

#include <stdbool.h>
#include <time.h>

struct database_image {
    const char *path; /* of the JSON file */
    const struct source_memory *memory;
    struct stamp stamp;    /* of the file, before it is read; all zero: there is none */
    struct timespec since; /* a file that changed later may change again behind the same stamp */
};

/* `memory` may be NULL: nothing is found and nothing kept. */
struct database_image database_image_of(const char *path, const struct source_memory *memory);

/* False: the JSON must be read. */
bool database_image_load(const struct database_image *image, struct arena *arena,
                         struct database **database);

/* Keeps what was read from the JSON after the image was made. */
void database_image_save(const struct database_image *image, const struct database *database);

#endif

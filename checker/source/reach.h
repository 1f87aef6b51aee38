/* Which of a project's files a unit reaches through #include lines, as far as text tells. */
#ifndef CUHOSTLINT_SOURCE_REACH_H
#define CUHOSTLINT_SOURCE_REACH_H

#include "source/source.h"

#include <stdint.h>

struct reach;

/* Called once for each file, when it is first read; `file` counts from 0. */
typedef void reach_visit(void *context, uint32_t file, const char *text, size_t len);

/* Nothing is known yet. Remembers every file that it reads, for all units to come. */
struct reach *reach_new(struct arena *arena, reach_visit *visit, void *context);

struct reach_files {
    VEC(uint32_t) list;
};

/* The files that the unit's text and its -include options reach, the main file left out, in
 * `scratch`. Include lines are looked up in the including file's folder and the unit's -I and
 * -iquote folders; without a compile command, as source_guess_includes would below the unit's root.
 * System headers and the toolkit's are not followed. */
struct reach_files reach_of_unit(struct reach *reach, struct arena *scratch,
                                 const struct source_unit *unit, const char *text, size_t len);

/* The path of a file that was visited. */
const char *reach_path(const struct reach *reach, uint32_t file);

#endif

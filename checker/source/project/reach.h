/* Which of a project's files a unit reaches through #include lines, as far as text tells. */
#ifndef CUHOSTLINT_SOURCE_PROJECT_REACH_H
#define CUHOSTLINT_SOURCE_PROJECT_REACH_H

#include "source/source.h"
#include "source/text/fact_store.h"

#include <stdint.h>

struct reach;

/* Nothing is known yet. Remembers every file that it hears of, for all units to come. */
struct reach *reach_new(struct arena *arena);

/* Call it before all else: reads the units' own files, many at a time, into the store that is
 * returned, which the units share. */
struct fact_store *reach_open(struct reach *reach, const struct source_unit *units, size_t count);

/* What decides the meaning of an include line besides the file that it stands in: units with the
 * same arguments share one setting. They are numbered from 0. */
uint32_t reach_setting(struct reach *reach, const struct source_unit *unit);
size_t reach_setting_count(const struct reach *reach);

typedef VEC(uint32_t) file_list;

/* All files that any of the units may reach, their own left out, by setting: `by_setting` has one
 * empty list for each, `settings` and `facts` those of each unit. Lists grow in `arena`. Files are
 * read many at a time. Include lines are looked up in the including file's folder and the unit's -I
 * and -iquote folders; without a compile command, as source_guess_includes would below the unit's
 * root. System headers and the toolkit's are not followed. */
void reach_of_units(struct reach *reach, struct arena *arena, const struct source_unit *units,
                    const struct facts *const *facts, size_t count, const uint32_t *settings,
                    file_list *by_setting);

/* The files that one unit reaches, its own left out, in `scratch`. */
file_list reach_of_unit(struct reach *reach, struct arena *scratch, const struct source_unit *unit,
                        uint32_t setting, const struct facts *facts);

/* True where the unit reaches that file, which is not its own. `path` is real and outlives the
 * reach. */
bool reach_holds(struct reach *reach, const struct source_unit *unit, const struct facts *facts,
                 const char *path);

/* The same for the name in one include line of the unit's own file. */
bool reach_name_leads_to(struct reach *reach, const struct source_unit *unit, const char *name,
                         const char *path);

/* A file by its number. NULL: it cannot be read. */
const char *reach_path(const struct reach *reach, uint32_t file);
const struct facts *reach_facts(struct reach *reach, uint32_t file);

#endif

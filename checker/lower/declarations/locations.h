/* Positions of cursors in the text.
 *
 * Code that a macro's body wrote stands where the macro is used (the outermost use), with the
 * macro named; code that was a macro's argument stands where it is written. */
#ifndef CUHOSTLINT_LOWER_DECLARATIONS_LOCATIONS_H
#define CUHOSTLINT_LOWER_DECLARATIONS_LOCATIONS_H

#include "lower/builder.h"

#include <stdbool.h>

/* The file a location stands in (IR_NONE for none), entered into the unit's table. */
ir_id locations_file(struct unit_builder *u, CXSourceLocation location);

/* The range of a cursor. */
struct ir_loc locations_extent(struct unit_builder *u, CXCursor cursor);

/* The last character of a range: a closing brace. In macros, and where the end is not known, the
 * range as it is. */
struct ir_loc locations_last(struct ir_loc loc);

/* The name in a declaration. */
struct ir_loc locations_name(struct unit_builder *u, CXCursor cursor);

/* Where a system header stands findings never do. */
bool locations_in_system_header(struct unit_builder *u, CXCursor cursor);

/* Below a folder that source_guess_includes added: a file's name, and where a cursor stands. */
bool locations_is_guessed(const struct unit_builder *u, const char *name);
bool locations_in_guessed_header(struct unit_builder *u, CXCursor cursor);

/* What the cursor stands in is the project's, if it was only guessed where that is. */
void locations_claim(struct unit_builder *u, CXCursor cursor);

/* The text of a file of the unit's table, or NULL; *len in bytes. Plain (source/text/plain.h), as
 * are the texts that the next two give: no bracket in it is a comment's or a literal's. */
const char *locations_text(struct unit_builder *u, ir_id file, size_t *len);

/* The identifier at a point of a file, or "". */
const char *locations_identifier(struct unit_builder *u, ir_id file, uint32_t offset);

/* The name of an attribute and the first word in its brackets ("cleanup", "free_it"), as the text
 * or the macro's body that it comes from writes them, or what stands for the macro's only
 * parameter; "" where there is none. */
void locations_attribute(struct unit_builder *u, CXCursor attribute, const char **name,
                         const char **argument);

/* The written text of a range in one file, or "". For short ranges. */
const char *locations_written(struct unit_builder *u, CXCursor cursor);

#endif

/* JSON trees out of text that may be anything. For what reports write, and the
 * server.
 *
 * jansson refuses malformed UTF-8 and returns NULL when memory runs out; here the first is repaired
 * and the second ends the program (support/mem.h), so that writers need no error paths. */
#ifndef CUHOSTLINT_REPORT_JSON_VALUE_H
#define CUHOSTLINT_REPORT_JSON_VALUE_H

#include "support/arena.h"

#include <jansson.h>
#include <stdio.h>

/* A string, with malformed UTF-8 replaced by U+FFFD; the null value for NULL. */
json_t *json_text(struct arena *arena, const char *text);

/* json_pack that never returns NULL. The format must fit the arguments, and strings that come from
 * source text or file names must have passed json_text (format "o"). */
json_t *json_make(const char *format, ...);

/* Adds a member, or an element; the container takes over the value. */
void json_put(json_t *object, const char *key, json_t *value);
void json_add(json_t *array, json_t *value);

/* Writes the tree, indented by two, with a final line end, and releases it. In ASCII: of other
 * characters some steer a terminal or turn the direction of text. */
void json_finish(json_t *value, FILE *out);

#endif

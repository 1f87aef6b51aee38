/* JSON that nobody vouches for. */
#ifndef CUHOSTLINT_SUPPORT_JSON_UNTRUSTED_H
#define CUHOSTLINT_SUPPORT_JSON_UNTRUSTED_H

#include <jansson.h>
#include <stddef.h>

/* Objects and lists, and values of all kinds, that a text may hold. In memory "{}" takes seventy
 * times the room that it takes in a file, "1" twenty times: these keep it below 3 GiB. The database
 * of a browser with all its commands holds a tenth of them. */
enum { JSON_MOST_CONTAINERS = 4 << 20, JSON_MOST_VALUES = 32 << 20 };

/* As json_loadb without flags: NULL, and `problem` filled, where the text is broken, or holds more
 * than that. */
json_t *json_load_untrusted(const char *text, size_t len, json_error_t *problem);

#endif

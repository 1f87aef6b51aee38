#include "server/state.h"

static int compare(const json_t *left, const json_t *right)
{
    static const char *const keys[] = {"line", "character"};
    for (size_t i = 0; i < 2; i++) {
        json_int_t a = json_integer_value(json_object_get(left, keys[i]));
        json_int_t b = json_integer_value(json_object_get(right, keys[i]));
        if (a != b)
            return a < b ? -1 : 1;
    }
    return 0;
}

bool range_holds(const json_t *range, const json_t *position)
{
    return compare(json_object_get(range, "start"), position) <= 0 &&
           compare(position, json_object_get(range, "end")) <= 0;
}

bool ranges_touch(const json_t *left, const json_t *right)
{
    return compare(json_object_get(left, "start"), json_object_get(right, "end")) <= 0 &&
           compare(json_object_get(right, "start"), json_object_get(left, "end")) <= 0;
}

#include "validate/failure.h"

#include <string.h>

enum { IO_MEMORY = 4 };

/* By how the memory is mapped. */
static const char *failure_of_mapping(struct arena *arena, const char *map, const char **why)
{
    if (strcmp(map, "device") == 0 || strcmp(map, "managed") == 0) {
        *why = arena_printf(arena, "the memory is %s memory", map);
        return "not-host-memory";
    }
    if (strcmp(map, "none") == 0) {
        *why = "no memory is at the address";
        return "not-host-memory";
    }
    if (strncmp(map, "--", 2) == 0) {
        *why = "the memory cannot be accessed";
        return "unpinnable-mapping";
    }
    if (strncmp(map, "rw", 2) == 0 && strchr(map, 's')) {
        *why = "the memory is a shared mapping of a file";
        return "unpinnable-mapping";
    }
    *why = "the memory cannot be written";
    return strncmp(map, "r-", 2) == 0 ? "readonly-memory" : NULL;
}

/* Code 1 says nothing by itself: the arguments do. */
static const char *failure_of_arguments(struct arena *arena, const struct run_event *event,
                                        bool is_pinned, const char **why)
{
    const char *map = event->map ? event->map : "";
    unsigned unknown = event->flags & ~(unsigned)REGISTER_FLAGS;

    if (event->size == 0) {
        *why = "the size is 0";
        return "zero-size";
    }
    if (is_pinned) {
        *why = "the memory is of a pinned allocator and page-locked already";
        return "already-pinned";
    }
    if (unknown) {
        *why = arena_printf(arena, "no flag has the bits 0x%x", unknown);
        return "invalid-flags";
    }
    if (event->flags & IO_MEMORY && strncmp(map, "rw", 2) == 0) {
        *why = "the memory is no memory of a device";
        return "invalid-flags";
    }
    return failure_of_mapping(arena, map, why);
}

const char *failure_of_register(struct arena *arena, const struct run_event *event, bool is_pinned,
                                const char **why)
{
    switch (event->status) {
    case STATUS_ALREADY_REGISTERED:
        *why = "the memory is registered already";
        return "double-register";
    case STATUS_IN_CAPTURE:
        *why = "a stream is being captured";
        return "register-in-capture";
    case STATUS_INVALID_VALUE:
        return failure_of_arguments(arena, event, is_pinned, why);
    default:
        return NULL;
    }
}

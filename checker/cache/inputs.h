/* What went into a unit, and what of it has changed. Private to checker/cache/. */
#ifndef CUHOSTLINT_CACHE_INPUTS_H
#define CUHOSTLINT_CACHE_INPUTS_H

#include "source/source.h"
#include "support/map.h"
#include "support/stamp.h"
#include "support/vec.h"

#include <stdbool.h>
#include <stdint.h>
#include <time.h>
#include <xxhash.h>

enum input_kind {
    INPUT_FILE,     /* its contents count */
    INPUT_IDENTITY, /* too large to read: its time stamps count */
    INPUT_FOLDER,   /* the names in it that an #include could find; it need not exist */
    INPUT_VERSIONS, /* the names of the folders in a folder */
    INPUT_TREE,     /* the same for all folders below a project's root */
    INPUT_KIND_COUNT
};

struct input {
    const char *path;
    enum input_kind kind;
    struct stamp stamp; /* all zero for INPUT_TREE */
    XXH128_hash_t hash;
};

typedef VEC(struct input) input_list;

/* What one process has seen of the file system. */
struct inputs {
    struct arena *arena;
    struct map seen[INPUT_KIND_COUNT];
    VEC(struct seen_input) list;
};

void inputs_init(struct inputs *inputs, struct arena *arena);

/* The input as it is now, or as it was when it was first looked at. `known` is what a manifest
 * says: where the stamps are equal its hash is taken. The unit's cache is where trees come from. */
struct input inputs_look(struct inputs *inputs, const struct input *known,
                         const struct source_unit *unit);

/* The input as it is now, for a manifest. False: it changed after `since`, or too shortly before,
 * so that nobody knows what the parser saw of it. */
bool inputs_settled(struct inputs *inputs, enum input_kind kind, const char *path,
                    const struct source_unit *unit, struct timespec since, struct input *input);

#endif

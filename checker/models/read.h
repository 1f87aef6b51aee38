/* Inside the room: the readers of the parts of a models file. */
#ifndef CUHOSTLINT_MODELS_READ_H
#define CUHOSTLINT_MODELS_READ_H

#include "models/model.h"
#include "support/ydoc.h"

/* What holds for all functions of one text. */
struct model_file {
    struct model_set *set;
    enum model_api api;
    enum model_status status; /* of functions that say nothing themselves */
    bool is_project;
};

/* One item of `functions:`, while it is being read. */
struct function_draft {
    const struct model_file *file;
    struct model_function function; /* without a name */
    const struct ynode *names;      /* the value of `name` or `names` */
    bool has_status;
    bool has_unchecked;
    bool noreturn_on_error;
};

/* Readers of the sections of a file: an item each of `functions:`, `containers:` and
 * `allocators:`; the whole of `constants:`. */
void models_read_function(struct yproblems *problems, const struct ynode *item,
                          const struct model_file *file);
void models_read_container(struct yproblems *problems, const struct ynode *item,
                           struct model_set *set);
void models_read_allocator(struct yproblems *problems, const struct ynode *item,
                           struct model_set *set);
void models_read_constants(struct yproblems *problems, const struct ynode *section,
                           const struct model_file *file);

/* The keys of a function that stand for effects: `allocates`, `registers`, ... */
extern const struct yfield model_effect_fields[];
extern const size_t model_effect_field_count;

/* Readers of values, shared by the above. */
ydoc_reader models_read_status;  /* `status: return|none`; object: struct function_draft */
ydoc_reader models_read_failure; /* `fails-with: null`; object: struct function_draft */
bool models_memory_kind(struct yproblems *problems, const struct ynode *node,
                        enum model_memory *memory);
/* An argument's index, or `return` (MODEL_RESULT). */
bool models_argument(struct yproblems *problems, const struct ynode *node, int *argument);

#endif

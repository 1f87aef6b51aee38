/* The items of `containers:`, `allocators:` and `constants:`. */
#include "models/read.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct container_draft {
    struct model_set *set;
    struct model_container container;
    const struct ynode *names;
};

enum { MOST_TEMPLATE_ARGUMENTS = 15 };

/* In the order of enum model_method_kind. */
static const char *const method_kinds[] = {
    "none",   "buffer",   "element", "count", "bytes", "empty",   "capacity", "reserve",
    "resize", "grow",     "shrink",  "clear", "drop",  "release", "reset",    "swap",
    "assign", "bool",     "deleter", "part",  "head",  "tail",    "end",      "rbegin",
    "rend",   "operator", "call",    "find",  "has",   "lock"};

/* In the order of enum model_container_storage. */
static const char *const storages[] = {"dynamic",  "inline", "unique",   "shared",  "view",
                                       "iterator", "nodes",  "optional", "members", "callable",
                                       "number",   "keyed",  "numbered", "weak",    "alternatives",
                                       "any",      "bits"};

static void read_names(struct yproblems *problems, const struct yfield *field,
                       const struct ynode *value, void *object)
{
    (void)field;
    if (value->kind == YNODE_MAPPING || (value->kind == YNODE_SEQUENCE && !value->items.len))
        ydoc_problem(problems, value, "expected a name or a list of names");
    else
        ((struct container_draft *)object)->names = value;
}

/* `like: std::vector`: starts from a copy of a container that stands earlier. */
static void read_like(struct yproblems *problems, const struct yfield *field,
                      const struct ynode *value, void *object)
{
    (void)field;
    struct container_draft *draft = object;
    const char *name;
    if (!ydoc_string(problems, value, &name))
        return;
    for (size_t i = draft->set->containers.len; i-- > 0;)
        if (strcmp(draft->set->containers.data[i].name, name) == 0) {
            draft->container = draft->set->containers.data[i];
            draft->container.methods.cap = draft->container.methods.len; /* never write into it */
            return;
        }
    ydoc_unknown(problems, value, "container", name, draft->set->containers.data,
                 draft->set->containers.len, sizeof *draft->set->containers.data);
}

static void read_storage(struct yproblems *problems, const struct yfield *field,
                         const struct ynode *value, void *object)
{
    (void)field;
    int word = ydoc_word(problems, value, "storage", storages, COUNT(storages), sizeof *storages);
    if (word >= 0)
        ((struct container_draft *)object)->container.storage = (enum model_container_storage)word;
}

static void read_memory(struct yproblems *problems, const struct yfield *field,
                        const struct ynode *value, void *object)
{
    (void)field;
    models_memory_kind(problems, value, &((struct container_draft *)object)->container.memory);
}

static void read_template_argument(struct yproblems *problems, const struct yfield *field,
                                   const struct ynode *value, void *object)
{
    struct model_container *container = &((struct container_draft *)object)->container;
    uint64_t index;
    if (!ydoc_uint(problems, value, MOST_TEMPLATE_ARGUMENTS, &index))
        return;
    if (strcmp(field->key, "element") == 0)
        container->element_argument = (int)index;
    else if (strcmp(field->key, "deleter") == 0)
        container->deleter_argument = (int)index;
    else
        container->allocator_argument = (int)index;
}

static void read_count_constructor(struct yproblems *problems, const struct yfield *field,
                                   const struct ynode *value, void *object)
{
    (void)field;
    ydoc_bool(problems, value, &((struct container_draft *)object)->container.count_constructor);
}

static void read_small_inline(struct yproblems *problems, const struct yfield *field,
                              const struct ynode *value, void *object)
{
    (void)field;
    ydoc_bool(problems, value, &((struct container_draft *)object)->container.small_inline);
}

static void read_terminated(struct yproblems *problems, const struct yfield *field,
                            const struct ynode *value, void *object)
{
    (void)field;
    ydoc_bool(problems, value, &((struct container_draft *)object)->container.terminated);
}

/* A kind of method that says how many elements there are takes it from its first argument. */
static int method_argument(enum model_method_kind kind)
{
    switch (kind) {
    case MODEL_METHOD_RESERVE:
    case MODEL_METHOD_RESIZE:
    case MODEL_METHOD_RESET:
    case MODEL_METHOD_SWAP:
    case MODEL_METHOD_ASSIGN:
    case MODEL_METHOD_ELEMENT:
    case MODEL_METHOD_PART:
    case MODEL_METHOD_HEAD:
    case MODEL_METHOD_TAIL:
        return 0;
    default:
        return MODEL_ABSENT;
    }
}

static void set_method(struct container_draft *draft, struct model_method method)
{
    struct model_container *container = &draft->container;
    for (size_t i = 0; i < container->methods.len; i++)
        if (strcmp(container->methods.data[i].name, method.name) == 0) {
            /* copied: the storage may be that of the container named by `like` */
            container->methods.data =
                arena_copy(draft->set->arena, container->methods.data,
                           container->methods.len * sizeof *container->methods.data);
            container->methods.cap = container->methods.len;
            container->methods.data[i] = method;
            return;
        }
    vec_push(draft->set->arena, &container->methods, method);
}

/* `push_back`, or `[push, push_back]`: does what a method of that other name does elsewhere. */
static void read_method(struct yproblems *problems, const struct ynode *item,
                        enum model_method_kind kind, struct container_draft *draft)
{
    bool is_pair = item->kind == YNODE_SEQUENCE && item->items.len == 2;
    const char *name, *like;
    if (!ydoc_string(problems, is_pair ? item->items.data[0] : item, &name) ||
        !ydoc_string(problems, is_pair ? item->items.data[1] : item, &like))
        return;
    set_method(draft, (struct model_method){.name = arena_strdup(problems->arena, name),
                                            .like = arena_strdup(problems->arena, like),
                                            .kind = kind,
                                            .argument = method_argument(kind)});
}

/* `methods: {buffer: [data, begin], count: [size]}`: names by kind. */
static void read_methods(struct yproblems *problems, const struct yfield *field,
                         const struct ynode *value, void *object)
{
    (void)field;
    if (value->kind != YNODE_MAPPING) {
        ydoc_problem(problems, value, "methods must be a mapping of kinds to lists of names");
        return;
    }
    for (size_t i = 0; i + 1 < value->items.len; i += 2) {
        const struct ynode *list = value->items.data[i + 1];
        int kind = ydoc_word(problems, value->items.data[i], "kind of method", method_kinds,
                             COUNT(method_kinds), sizeof *method_kinds);
        if (kind >= 0 && list->kind != YNODE_SEQUENCE)
            ydoc_problem(problems, list, "expected a list of method names");
        for (size_t k = 0; kind >= 0 && k < list->items.len; k++)
            read_method(problems, list->items.data[k], (enum model_method_kind)kind, object);
    }
}

static const struct yfield container_fields[] = {
    {.key = "name", .read = read_names},
    {.key = "names", .read = read_names},
    {.key = "like", .read = read_like},
    {.key = "storage", .read = read_storage},
    {.key = "memory", .read = read_memory},
    {.key = "element", .read = read_template_argument},
    {.key = "deleter", .read = read_template_argument},
    {.key = "allocator", .read = read_template_argument},
    {.key = "count-constructor", .read = read_count_constructor},
    {.key = "small-inline", .read = read_small_inline},
    {.key = "terminated", .read = read_terminated},
    {.key = "methods", .read = read_methods}};

static void add_container(struct yproblems *problems, const struct ynode *node,
                          const struct container_draft *draft)
{
    const char *name;
    if (!ydoc_string(problems, node, &name))
        return;
    struct model_container container = draft->container;
    container.name = arena_strdup(draft->set->arena, name);
    vec_push(draft->set->arena, &draft->set->containers, container);
}

void models_read_container(struct yproblems *problems, const struct ynode *item,
                           struct model_set *set)
{
    struct container_draft draft = {.set = set,
                                    .container = {.element_argument = MODEL_ABSENT,
                                                  .deleter_argument = MODEL_ABSENT,
                                                  .allocator_argument = MODEL_ABSENT}};
    if (!ydoc_fields(problems, item, "a container", container_fields, COUNT(container_fields),
                     &draft))
        return;
    if (!draft.names) {
        ydoc_problem(problems, item, "a container needs a name");
        return;
    }
    if (!ydoc_get(item, "like") && !ydoc_get(item, "storage"))
        ydoc_problem(problems, item, "a container needs 'storage' or 'like'");
    if (draft.names->kind == YNODE_SCALAR)
        add_container(problems, draft.names, &draft);
    for (size_t i = 0; i < draft.names->items.len; i++)
        add_container(problems, draft.names->items.data[i], &draft);
}

/* ---- allocators ---- */

struct allocator_draft {
    struct model_allocator allocator;
};

static void read_allocator_name(struct yproblems *problems, const struct yfield *field,
                                const struct ynode *value, void *object)
{
    (void)field;
    ydoc_string(problems, value, &((struct allocator_draft *)object)->allocator.name);
}

static void read_allocator_memory(struct yproblems *problems, const struct yfield *field,
                                  const struct ynode *value, void *object)
{
    (void)field;
    models_memory_kind(problems, value, &((struct allocator_draft *)object)->allocator.memory);
}

void models_read_allocator(struct yproblems *problems, const struct ynode *item,
                           struct model_set *set)
{
    static const struct yfield fields[] = {{.key = "name", .read = read_allocator_name},
                                           {.key = "memory", .read = read_allocator_memory}};
    struct allocator_draft draft = {0};
    if (!ydoc_fields(problems, item, "an allocator", fields, COUNT(fields), &draft))
        return;
    if (!draft.allocator.name || !ydoc_get(item, "memory")) {
        ydoc_problem(problems, item, "an allocator needs a name and 'memory'");
        return;
    }
    draft.allocator.name = arena_strdup(set->arena, draft.allocator.name);
    vec_push(set->arena, &set->allocators, draft.allocator);
}

/* ---- constants ---- */

static void read_family(struct yproblems *problems, const struct ynode *family,
                        const struct ynode *values, const struct model_file *file)
{
    struct model_set *set = file->set;
    const char *family_name, *name;
    if (!ydoc_string(problems, family, &family_name))
        return;
    family_name = arena_strdup(set->arena, family_name);
    if (values->kind != YNODE_MAPPING)
        ydoc_problem(problems, values, "expected the names and values of the family's constants");
    for (size_t i = 0; values->kind == YNODE_MAPPING && i + 1 < values->items.len; i += 2) {
        uint64_t value;
        if (!ydoc_string(problems, values->items.data[i], &name) ||
            !ydoc_uint(problems, values->items.data[i + 1], UINT64_MAX, &value))
            continue;
        vec_push(
            set->arena, &set->constants,
            (struct model_constant){arena_strdup(set->arena, name), family_name, value, file->api});
    }
}

void models_read_constants(struct yproblems *problems, const struct ynode *section,
                           const struct model_file *file)
{
    if (section->kind != YNODE_MAPPING)
        ydoc_problem(problems, section, "constants must be a mapping of families");
    for (size_t i = 0; section->kind == YNODE_MAPPING && i + 1 < section->items.len; i += 2)
        read_family(problems, section->items.data[i], section->items.data[i + 1], file);
}

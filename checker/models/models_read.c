#include "models/model.h"
#include "models/read.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* In the order of enum model_api. */
static const char *const api_names[] = {"runtime", "driver", "hip", "c", "c++", "project"};

static void read_api(struct yproblems *problems, const struct yfield *field,
                     const struct ynode *value, void *object)
{
    (void)field;
    struct model_file *file = object;
    int word = ydoc_word(problems, value, "API", api_names, COUNT(api_names), sizeof *api_names);
    if (word >= 0)
        file->api = (enum model_api)word;
}

static void read_default_status(struct yproblems *problems, const struct yfield *field,
                                const struct ynode *value, void *object)
{
    struct model_file *file = object;
    struct function_draft draft = {.file = file};
    models_read_status(problems, field, value, &draft);
    file->status = draft.function.status;
}

static void each_item(struct yproblems *problems, const struct yfield *field,
                      const struct ynode *value,
                      void (*read)(struct yproblems *, const struct ynode *, struct model_file *),
                      struct model_file *file)
{
    if (value->kind != YNODE_SEQUENCE)
        ydoc_problem(problems, value, "'%s' must be a list", field->key);
    for (size_t i = 0; value->kind == YNODE_SEQUENCE && i < value->items.len; i++)
        read(problems, value->items.data[i], file);
}

static void function_item(struct yproblems *problems, const struct ynode *item,
                          struct model_file *file)
{
    models_read_function(problems, item, file);
}

static void container_item(struct yproblems *problems, const struct ynode *item,
                           struct model_file *file)
{
    models_read_container(problems, item, file->set);
}

static void allocator_item(struct yproblems *problems, const struct ynode *item,
                           struct model_file *file)
{
    models_read_allocator(problems, item, file->set);
}

static void read_functions(struct yproblems *problems, const struct yfield *field,
                           const struct ynode *value, void *object)
{
    each_item(problems, field, value, function_item, object);
}

static void read_containers(struct yproblems *problems, const struct yfield *field,
                            const struct ynode *value, void *object)
{
    each_item(problems, field, value, container_item, object);
}

static void read_allocators(struct yproblems *problems, const struct yfield *field,
                            const struct ynode *value, void *object)
{
    each_item(problems, field, value, allocator_item, object);
}

static void read_constants(struct yproblems *problems, const struct yfield *field,
                           const struct ynode *value, void *object)
{
    (void)field;
    models_read_constants(problems, value, object);
}

/* `api` and `status` come first in a file: they hold for what stands below them. */
static const struct yfield file_fields[] = {{.key = "functions", .read = read_functions},
                                            {.key = "containers", .read = read_containers},
                                            {.key = "allocators", .read = read_allocators},
                                            {.key = "constants", .read = read_constants},
                                            {.key = "api", .read = read_api},
                                            {.key = "status", .read = read_default_status}};
enum { PROJECT_SECTIONS = 4 }; /* the first of these: what a project's file may hold */

void models_read_sections(struct model_set *set, struct yproblems *problems,
                          const struct ynode *root)
{
    struct model_file file = {.set = set, .api = MODEL_API_PROJECT, .is_project = true};
    for (size_t i = 0; i < PROJECT_SECTIONS; i++) {
        const struct ynode *section = ydoc_get(root, file_fields[i].key);
        if (section)
            file_fields[i].read(problems, &file_fields[i], section, &file);
    }
}

const struct error *models_read(struct model_set *set, const char *text, size_t len,
                                const char *origin, bool is_project)
{
    struct yproblems problems = {.arena = set->arena, .origin = origin};
    struct ynode *root = ydoc_read(&problems, text, len);
    struct model_file file = {.set = set};
    if (root && is_project)
        models_read_sections(set, &problems, root);
    else if (root)
        ydoc_fields(&problems, root, "a models file", file_fields, COUNT(file_fields), &file);
    return ydoc_error(&problems);
}

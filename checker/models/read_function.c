/* One item of `functions:`. */
#include "models/read.h"
#include "support/pattern.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { MOST_ARGUMENTS = 31 };

static void read_names(struct yproblems *problems, const struct yfield *field,
                       const struct ynode *value, void *object)
{
    (void)field;
    struct function_draft *draft = object;
    if (draft->names)
        ydoc_problem(problems, value, "'name' and 'names' exclude each other");
    else if (value->kind == YNODE_MAPPING || (value->kind == YNODE_SEQUENCE && !value->items.len))
        ydoc_problem(problems, value, "expected a name or a list of names");
    else
        draft->names = value;
}

/* A number of arguments at the start of *text, which moves on. */
static bool take_number(const char **text, int *number)
{
    char *end;
    unsigned long value = strtoul(*text, &end, 10);
    if (**text < '0' || **text > '9' || value > MOST_ARGUMENTS)
        return false;
    *text = end;
    *number = (int)value;
    return true;
}

/* `args: 3`, `args: 2..3`, `args: 1+`. */
static void read_arity(struct yproblems *problems, const struct yfield *field,
                       const struct ynode *value, void *object)
{
    (void)field;
    struct function_draft *draft = object;
    int *min = &draft->function.min_args, *max = &draft->function.max_args;
    const char *text;
    if (!ydoc_string(problems, value, &text))
        return;
    bool good = take_number(&text, min);
    *max = *min;
    if (good && strncmp(text, "..", 2) == 0) {
        text += 2;
        good = take_number(&text, max) && *max >= *min;
    } else if (good && *text == '+') {
        text++;
        *max = -1;
    }
    if (!good || *text)
        ydoc_problem(problems, value,
                     "expected a number of arguments: '3', '2..3' or '1+', not '%s'", value->text);
}

static void read_unchecked(struct yproblems *problems, const struct yfield *field,
                           const struct ynode *value, void *object)
{
    (void)field;
    static const char *const words[] = {"warning", "note", "silent"};
    struct function_draft *draft = object;
    int word = ydoc_word(problems, value, "level", words, COUNT(words), sizeof *words);
    draft->has_unchecked = true;
    draft->function.status_matters = word == 0;
    draft->function.status_advised = word == 1;
}

static void read_noreturn(struct yproblems *problems, const struct yfield *field,
                          const struct ynode *value, void *object)
{
    (void)field;
    ydoc_bool(problems, value, &((struct function_draft *)object)->function.is_noreturn);
}

static void read_keeps(struct yproblems *problems, const struct yfield *field,
                       const struct ynode *value, void *object)
{
    (void)field;
    ydoc_bool(problems, value, &((struct function_draft *)object)->function.keeps_arguments);
}

static void read_noreturn_on_error(struct yproblems *problems, const struct yfield *field,
                                   const struct ynode *value, void *object)
{
    (void)field;
    ydoc_bool(problems, value, &((struct function_draft *)object)->noreturn_on_error);
}

/* The key of an effect leads to its reader; see model_effect_fields. */
static const struct yfield plain_fields[] = {
    {.key = "name", .read = read_names},
    {.key = "names", .read = read_names},
    {.key = "args", .read = read_arity},
    {.key = "status", .read = models_read_status},
    {.key = "fails-with", .read = models_read_failure},
    {.key = "unchecked", .read = read_unchecked},
    {.key = "noreturn", .read = read_noreturn},
    {.key = "noreturn-on-error", .read = read_noreturn_on_error},
    {.key = "keeps-arguments", .read = read_keeps}};

enum { MOST_FIELDS = 64 };

static size_t all_fields(struct yfield fields[MOST_FIELDS])
{
    size_t count = COUNT(plain_fields);
    memcpy(fields, plain_fields, sizeof plain_fields);
    for (size_t i = 0; i < model_effect_field_count && count < MOST_FIELDS; i++)
        fields[count++] = model_effect_fields[i];
    return count;
}

/* ---- what follows from the effects ---- */

static bool has_effect(const struct model_function *function, enum model_effect_kind kind,
                       enum model_memory memory)
{
    for (size_t i = 0; i < function->effects.len; i++) {
        const struct model_effect *effect = &function->effects.data[i];
        if (effect->kind == kind && (memory == MODEL_MEMORY_UNKNOWN || effect->memory == memory))
            return true;
    }
    return false;
}

static bool is_acquiring(const struct model_function *function)
{
    return has_effect(function, MODEL_REGISTERS, MODEL_MEMORY_UNKNOWN) ||
           has_effect(function, MODEL_ALLOCATES, MODEL_MEMORY_PINNED);
}

static bool is_releasing(const struct model_function *function)
{
    return has_effect(function, MODEL_UNREGISTERS, MODEL_MEMORY_UNKNOWN) ||
           has_effect(function, MODEL_RELEASES, MODEL_MEMORY_PINNED);
}

bool models_function_is_watched(const struct model_function *function)
{
    return is_acquiring(function) || is_releasing(function);
}

static bool returns_block(const struct model_function *function)
{
    for (size_t i = 0; i < function->effects.len; i++) {
        const struct model_effect *effect = &function->effects.data[i];
        if (effect->result == MODEL_RESULT &&
            (effect->kind == MODEL_ALLOCATES || effect->kind == MODEL_REALLOCATES))
            return true;
    }
    return false;
}

static void derive(struct function_draft *draft)
{
    struct model_function *function = &draft->function;
    if (!draft->has_status)
        function->status = returns_block(function) ? MODEL_STATUS_NULL_FAILS : draft->file->status;
    bool has_code = function->status == MODEL_STATUS_ZERO_OK ||
                    function->status == MODEL_STATUS_NONZERO_OK ||
                    function->status == MODEL_STATUS_MINUS_ONE_FAILS;
    if (!draft->has_unchecked && has_code) {
        function->status_matters = is_acquiring(function);
        function->status_advised = !function->status_matters && is_releasing(function);
    }
    for (size_t i = 0; i < function->effects.len; i++)
        function->effects.data[i].noreturn_on_error =
            draft->noreturn_on_error && function->effects.data[i].kind == MODEL_CHECKS;
}

/* Methods count the object as argument 0, so that a qualified name may have one index more. */
static void check_indexes(struct yproblems *problems, const struct ynode *name,
                          const struct model_function *function)
{
    int last = function->max_args - (function->is_qualified ? 0 : 1);
    for (size_t i = 0; function->max_args >= 0 && i < function->effects.len; i++) {
        const struct model_effect *effect = &function->effects.data[i];
        const int indexes[] = {effect->pointer,     effect->result,       effect->flags,
                               effect->other,       effect->protection,   effect->map_flags,
                               effect->descriptor,  effect->size.args[0], effect->size.args[1],
                               effect->size.args[2]};
        for (size_t k = 0; k < COUNT(indexes); k++)
            if (indexes[k] > last)
                ydoc_problem(problems, name, "'%s' has no argument %d: 'args' says %d",
                             function->name, indexes[k], function->max_args);
    }
}

/* Compiled to be refused where it is none; models_find compiles what it needs. */
static bool check_regex(struct yproblems *problems, const struct ynode *node, struct arena *arena,
                        const char *regex)
{
    const char *why;
    bool is_good = pattern_compile(arena, regex, true, &why) != NULL;
    if (!is_good)
        ydoc_problem(problems, node, "broken regular expression /%s/ %s", regex, why);
    return is_good;
}

static void add_named(struct yproblems *problems, const struct ynode *node,
                      const struct function_draft *draft)
{
    const char *name;
    if (!ydoc_string(problems, node, &name))
        return;
    struct arena *arena = draft->file->set->arena;
    struct model_function function = draft->function;
    size_t len = strlen(name);
    function.is_regex = len > 2 && name[0] == '/' && name[len - 1] == '/';
    function.name =
        function.is_regex ? arena_strndup(arena, name + 1, len - 2) : arena_strdup(arena, name);
    function.is_qualified = strstr(name, "::") != NULL;
    check_indexes(problems, node, &function);
    if (!len)
        ydoc_problem(problems, node, "a name must not be empty");
    else if (!function.is_regex || check_regex(problems, node, arena, function.name))
        vec_push(arena, &draft->file->set->functions, function);
}

void models_read_function(struct yproblems *problems, const struct ynode *item,
                          const struct model_file *file)
{
    struct yfield fields[MOST_FIELDS];
    struct function_draft draft = {
        .file = file,
        .function = {.api = file->api, .max_args = -1, .is_project = file->is_project}};
    if (!ydoc_fields(problems, item, "a function", fields, all_fields(fields), &draft))
        return;
    if (!draft.names) {
        ydoc_problem(problems, item, "a function needs a name");
        return;
    }
    derive(&draft);
    if (draft.names->kind == YNODE_SCALAR)
        add_named(problems, draft.names, &draft);
    for (size_t i = 0; i < draft.names->items.len; i++)
        add_named(problems, draft.names->items.data[i], &draft);
}

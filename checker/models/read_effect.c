/* The keys of a function that say what it does: one form for each effect. */
#include "models/read.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct effect_draft {
    struct function_draft *function;
    struct model_effect effect;
};

/* How an effect is written. */
struct effect_form {
    enum model_effect_kind kind;
    const struct yfield *fields; /* as a mapping: its keys */
    size_t field_count;
    const char *required[3]; /* keys that the mapping must have */
    ydoc_reader *scalar;     /* as a plain value, or NULL */
};

/* ---- the keys of effects ---- */

static int *argument_member(struct model_effect *effect, const char *key)
{
    static const struct {
        const char *key;
        size_t offset;
    } members[] = {{"pointer", offsetof(struct model_effect, pointer)},
                   {"result", offsetof(struct model_effect, result)},
                   {"with", offsetof(struct model_effect, other)},
                   {"expected", offsetof(struct model_effect, result)},
                   {"function", offsetof(struct model_effect, pointer)},
                   {"once", offsetof(struct model_effect, other)},
                   {"unpacked", offsetof(struct model_effect, other)},
                   {"thread", offsetof(struct model_effect, result)},
                   {"at", offsetof(struct model_effect, other)},
                   {"mode", offsetof(struct model_effect, flags)},
                   {"protection", offsetof(struct model_effect, protection)},
                   {"map-flags", offsetof(struct model_effect, map_flags)},
                   {"descriptor", offsetof(struct model_effect, descriptor)}};
    for (size_t i = 0; i < COUNT(members); i++)
        if (strcmp(members[i].key, key) == 0)
            return (int *)(void *)((char *)effect + members[i].offset);
    return NULL;
}

static void read_argument(struct yproblems *problems, const struct yfield *field,
                          const struct ynode *value, void *object)
{
    struct effect_draft *draft = object;
    models_argument(problems, value, argument_member(&draft->effect, field->key));
}

static void read_kind(struct yproblems *problems, const struct yfield *field,
                      const struct ynode *value, void *object)
{
    (void)field;
    struct effect_draft *draft = object;
    models_memory_kind(problems, value, &draft->effect.memory);
}

static void read_factors(struct yproblems *problems, const struct ynode *value,
                         struct model_size *size)
{
    if (value->items.len == 0 || value->items.len > COUNT(size->args))
        ydoc_problem(problems, value, "a size is the product of one to %zu arguments",
                     COUNT(size->args));
    for (size_t i = 0; i < value->items.len && i < COUNT(size->args); i++)
        models_argument(problems, value->items.data[i], &size->args[i]);
}

static void read_size_arguments(struct yproblems *problems, const struct yfield *field,
                                const struct ynode *value, void *object)
{
    (void)field;
    struct model_size *size = object;
    if (value->kind == YNODE_SEQUENCE)
        read_factors(problems, value, size);
    else
        models_argument(problems, value, &size->args[0]);
}

static void read_times(struct yproblems *problems, const struct yfield *field,
                       const struct ynode *value, void *object)
{
    (void)field;
    struct model_size *size = object;
    ydoc_uint(problems, value, UINT64_MAX, &size->factor);
    if (size->factor == 0)
        ydoc_problem(problems, value, "'times' must not be 0");
}

/* `size: 1`, `size: [0, 1]` or `size: {arguments: 0, times: 4096}`. */
static void read_size(struct yproblems *problems, const struct yfield *field,
                      const struct ynode *value, void *object)
{
    static const struct yfield fields[] = {{.key = "arguments", .read = read_size_arguments},
                                           {.key = "times", .read = read_times}};
    struct effect_draft *draft = object;
    if (value->kind == YNODE_MAPPING)
        ydoc_fields(problems, value, "a size", fields, COUNT(fields), &draft->effect.size);
    else
        read_size_arguments(problems, field, value, &draft->effect.size);
}

static void read_count(struct yproblems *problems, const struct yfield *field,
                       const struct ynode *value, void *object)
{
    struct effect_draft *draft = object;
    read_size(problems, field, value, object);
    draft->effect.size.in_elements = true;
}

static void read_family(struct yproblems *problems, const struct yfield *field,
                        const struct ynode *value, void *object)
{
    (void)field;
    struct effect_draft *draft = object;
    ydoc_string(problems, value, &draft->effect.flag_family);
}

static void read_valid_flags(struct yproblems *problems, const struct yfield *field,
                             const struct ynode *value, void *object)
{
    (void)field;
    struct effect_draft *draft = object;
    ydoc_uint(problems, value, UINT64_MAX, &draft->effect.valid_flags);
}

static void read_flag_argument(struct yproblems *problems, const struct yfield *field,
                               const struct ynode *value, void *object)
{
    (void)field;
    struct effect_draft *draft = object;
    models_argument(problems, value, &draft->effect.flags);
}

/* `flags: 2` or `flags: {argument: 2, family: register, valid: 0xf}`. */
static void read_flags(struct yproblems *problems, const struct yfield *field,
                       const struct ynode *value, void *object)
{
    static const struct yfield fields[] = {{.key = "argument", .read = read_flag_argument},
                                           {.key = "family", .read = read_family},
                                           {.key = "valid", .read = read_valid_flags}};
    if (value->kind == YNODE_MAPPING)
        ydoc_fields(problems, value, "flags", fields, COUNT(fields), object);
    else
        read_flag_argument(problems, field, value, object);
}

static void read_zero_size(struct yproblems *problems, const struct yfield *field,
                           const struct ynode *value, void *object)
{
    (void)field;
    static const char *const words[] = {"null"};
    struct effect_draft *draft = object;
    int word = ydoc_word(problems, value, "answer to size 0", words, COUNT(words), sizeof *words);
    draft->effect.zero_size_gives_null = word == 0;
}

static void read_owner(struct yproblems *problems, const struct yfield *field,
                       const struct ynode *value, void *object)
{
    (void)field;
    struct effect_draft *draft = object;
    ydoc_bool(problems, value, &draft->effect.result_owns);
}

static void read_zeroed(struct yproblems *problems, const struct yfield *field,
                        const struct ynode *value, void *object)
{
    (void)field;
    struct effect_draft *draft = object;
    ydoc_bool(problems, value, &draft->effect.zeroed);
}

static void read_method(struct yproblems *problems, const struct yfield *field,
                        const struct ynode *value, void *object)
{
    (void)field;
    struct effect_draft *draft = object;
    ydoc_string(problems, value, &draft->effect.detail);
}

static void read_call_status(struct yproblems *problems, const struct yfield *field,
                             const struct ynode *value, void *object)
{
    struct effect_draft *draft = object;
    models_read_status(problems, field, value, draft->function);
}

static void read_call_failure(struct yproblems *problems, const struct yfield *field,
                              const struct ynode *value, void *object)
{
    struct effect_draft *draft = object;
    models_read_failure(problems, field, value, draft->function);
}

/* ---- plain values ---- */

static void scalar_pointer(struct yproblems *problems, const struct yfield *field,
                           const struct ynode *value, void *object)
{
    (void)field;
    struct effect_draft *draft = object;
    models_argument(problems, value, &draft->effect.pointer);
}

static void scalar_answer(struct yproblems *problems, const struct yfield *field,
                          const struct ynode *value, void *object)
{
    (void)field;
    struct effect_draft *draft = object;
    bool is_true = false;
    if (ydoc_bool(problems, value, &is_true))
        draft->effect.detail = is_true ? "true" : "false";
}

static void scalar_true(struct yproblems *problems, const struct yfield *field,
                        const struct ynode *value, void *object)
{
    (void)object;
    bool is_true = true;
    if (ydoc_bool(problems, value, &is_true) && !is_true)
        ydoc_problem(problems, value, "leave '%s' out where it does not hold", field->key);
}

static void scalar_reset(struct yproblems *problems, const struct yfield *field,
                         const struct ynode *value, void *object)
{
    (void)field;
    static const char *const words[] = {"true", "maybe"};
    struct effect_draft *draft = object;
    int word = ydoc_word(problems, value, "reset", words, COUNT(words), sizeof *words);
    draft->effect.detail = word == 1 ? "maybe" : NULL;
}

static void scalar_descriptor(struct yproblems *problems, const struct yfield *field,
                              const struct ynode *value, void *object)
{
    (void)field;
    static const char *const words[] = {"file", "memfd", "shm", "device"};
    struct effect_draft *draft = object;
    int word = ydoc_word(problems, value, "kind of descriptor", words, COUNT(words), sizeof *words);
    draft->effect.detail = word < 0 ? NULL : words[word];
}

static void read_operation(struct yproblems *problems, const struct yfield *field,
                           const struct ynode *value, void *object)
{
    static const char *const words[] = {"add", "subtract", "and", "or", "xor"};
    struct effect_draft *draft = object;
    int word = ydoc_word(problems, value, field->key, words, COUNT(words), sizeof *words);
    draft->effect.detail = word < 0 ? NULL : words[word];
}

static void read_comparison(struct yproblems *problems, const struct yfield *field,
                            const struct ynode *value, void *object)
{
    static const char *const words[] = {"equal",   "different", "less",
                                        "at-most", "more",      "at-least"};
    struct effect_draft *draft = object;
    int word = ydoc_word(problems, value, field->key, words, COUNT(words), sizeof *words);
    draft->effect.detail = word < 0 ? NULL : words[word];
}

/* ---- the forms ---- */

#define POINTER {.key = "pointer", .read = read_argument}
#define RESULT {.key = "result", .read = read_argument}
#define WITH {.key = "with", .read = read_argument}
#define KIND {.key = "kind", .read = read_kind}
#define SIZE {.key = "size", .read = read_size}
#define FLAGS {.key = "flags", .read = read_flags}
#define STATUS                                                                                     \
    {.key = "status", .read = read_call_status},                                                   \
    {                                                                                              \
        .key = "fails-with", .read = read_call_failure                                             \
    }

static const struct yfield allocates_fields[] = {KIND,
                                                 RESULT,
                                                 SIZE,
                                                 {.key = "count", .read = read_count},
                                                 FLAGS,
                                                 {.key = "zero-size", .read = read_zero_size},
                                                 {.key = "owner", .read = read_owner},
                                                 {.key = "zeroed", .read = read_zeroed},
                                                 {.key = "at", .read = read_argument},
                                                 {.key = "protection", .read = read_argument},
                                                 {.key = "map-flags", .read = read_argument},
                                                 {.key = "descriptor", .read = read_argument},
                                                 STATUS};
static const struct yfield releases_fields[] = {POINTER, KIND, SIZE, STATUS};
static const struct yfield reallocates_fields[] = {POINTER, RESULT, KIND, SIZE, STATUS};
static const struct yfield registers_fields[] = {POINTER, SIZE, FLAGS, STATUS};
static const struct yfield unregisters_fields[] = {POINTER, STATUS};
static const struct yfield device_pointer_fields[] = {POINTER, RESULT};
static const struct yfield capture_fields[] = {{.key = "mode", .read = read_argument}};
static const struct yfield protects_fields[] = {
    POINTER, SIZE, {.key = "protection", .read = read_argument}};
static const struct yfield pair_fields[] = {POINTER, WITH};
static const struct yfield bytes_fields[] = {POINTER, WITH, SIZE};
static const struct yfield compare_fields[] = {
    POINTER, WITH, {.key = "expected", .read = read_argument}};
static const struct yfield compute_fields[] = {
    POINTER, WITH, {.key = "operation", .read = read_operation}};
static const struct yfield expects_fields[] = {
    POINTER, WITH, {.key = "operation", .read = read_comparison}};
static const struct yfield method_fields[] = {
    POINTER, WITH, {.key = "method", .read = read_method}};
static const struct yfield calls_fields[] = {{.key = "function", .read = read_argument},
                                             {.key = "once", .read = read_argument}};
static const struct yfield unpacks_fields[] = {{.key = "function", .read = read_argument},
                                               {.key = "unpacked", .read = read_argument}};
static const struct yfield starts_fields[] = {{.key = "function", .read = read_argument},
                                              {.key = "thread", .read = read_argument}};

#define FORM(effect, keys, ...)                                                                    \
    &(const struct effect_form)                                                                    \
    {                                                                                              \
        .kind = (effect), .fields = (keys), .field_count = COUNT(keys), __VA_ARGS__                \
    }
#define SCALAR_FORM(effect, reader)                                                                \
    &(const struct effect_form)                                                                    \
    {                                                                                              \
        .kind = (effect), .scalar = (reader)                                                       \
    }

static ydoc_reader read_effect;

#define EFFECT(word, form) {.key = (word), .read = read_effect, .detail = (form)}

const struct yfield model_effect_fields[] = {
    EFFECT("allocates", FORM(MODEL_ALLOCATES, allocates_fields, .required = {"kind", "result"})),
    EFFECT("releases", FORM(MODEL_RELEASES, releases_fields, .required = {"pointer"},
                            .scalar = scalar_pointer)),
    EFFECT("reallocates",
           FORM(MODEL_REALLOCATES, reallocates_fields, .required = {"pointer", "result"})),
    EFFECT("registers", FORM(MODEL_REGISTERS, registers_fields, .required = {"pointer"})),
    EFFECT("unregisters", FORM(MODEL_UNREGISTERS, unregisters_fields, .required = {"pointer"},
                               .scalar = scalar_pointer)),
    EFFECT("checks", SCALAR_FORM(MODEL_CHECKS, scalar_pointer)),
    EFFECT("queries", SCALAR_FORM(MODEL_QUERIES, scalar_pointer)),
    EFFECT("reads-last-error", SCALAR_FORM(MODEL_READS_LAST_ERROR, scalar_true)),
    EFFECT("waits", SCALAR_FORM(MODEL_WAITS, scalar_true)),
    EFFECT("device-pointer",
           FORM(MODEL_DEVICE_POINTER, device_pointer_fields, .required = {"pointer", "result"})),
    EFFECT("resets-device", SCALAR_FORM(MODEL_RESETS_DEVICE, scalar_reset)),
    EFFECT("begins-capture", FORM(MODEL_BEGINS_CAPTURE, capture_fields, .scalar = scalar_true)),
    EFFECT("ends-capture", SCALAR_FORM(MODEL_ENDS_CAPTURE, scalar_true)),
    EFFECT("swaps-capture-mode", SCALAR_FORM(MODEL_SWAPS_CAPTURE_MODE, scalar_pointer)),
    EFFECT("protects",
           FORM(MODEL_PROTECTS, protects_fields, .required = {"pointer", "protection"})),
    EFFECT("opens", SCALAR_FORM(MODEL_OPENS, scalar_descriptor)),
    EFFECT("commands", SCALAR_FORM(MODEL_COMMANDS, scalar_pointer)),
    EFFECT("returns", SCALAR_FORM(MODEL_RETURNS_ARG, scalar_pointer)),
    EFFECT("constant", SCALAR_FORM(MODEL_CONSTANT, scalar_true)),
    EFFECT("error-number", SCALAR_FORM(MODEL_ERROR_NUMBER, scalar_true)),
    EFFECT("answers", SCALAR_FORM(MODEL_ANSWERS, scalar_answer)),
    EFFECT("asserts", SCALAR_FORM(MODEL_ASSERTS, scalar_pointer)),
    EFFECT("expects",
           FORM(MODEL_EXPECTS, expects_fields, .required = {"pointer"}, .scalar = scalar_pointer)),
    EFFECT("launches", SCALAR_FORM(MODEL_LAUNCHES, scalar_pointer)),
    EFFECT("loads", SCALAR_FORM(MODEL_LOADS, scalar_pointer)),
    EFFECT("stores", FORM(MODEL_STORES, pair_fields, .required = {"pointer", "with"})),
    EFFECT("compare-exchanges", FORM(MODEL_COMPARE_EXCHANGES, compare_fields,
                                     .required = {"pointer", "expected", "with"})),
    EFFECT("exchanges", FORM(MODEL_EXCHANGES, pair_fields, .required = {"pointer", "with"})),
    EFFECT("fetches", FORM(MODEL_FETCHES, compute_fields, .required = {"pointer", "operation"})),
    EFFECT("updates", FORM(MODEL_UPDATES, compute_fields, .required = {"pointer", "operation"})),
    EFFECT("swaps", FORM(MODEL_SWAPS, pair_fields, .required = {"pointer", "with"})),
    EFFECT("fills", FORM(MODEL_FILLS, bytes_fields, .required = {"pointer"})),
    EFFECT("copies", FORM(MODEL_COPIES, bytes_fields, .required = {"pointer", "with"})),
    EFFECT("rewrites", SCALAR_FORM(MODEL_REWRITES, scalar_pointer)),
    EFFECT("minimum", FORM(MODEL_MINIMUM, pair_fields, .required = {"pointer", "with"})),
    EFFECT("maximum", FORM(MODEL_MAXIMUM, pair_fields, .required = {"pointer", "with"})),
    EFFECT("calls-method",
           FORM(MODEL_CALLS_METHOD, method_fields, .required = {"pointer", "method"})),
    EFFECT("makes", SCALAR_FORM(MODEL_MAKES, scalar_true)),
    EFFECT("calls",
           FORM(MODEL_CALLS, calls_fields, .required = {"function"}, .scalar = scalar_pointer)),
    EFFECT("unpacks", FORM(MODEL_UNPACKS, unpacks_fields, .required = {"function", "unpacked"})),
    EFFECT("starts", FORM(MODEL_STARTS, starts_fields, .required = {"function"})),
    EFFECT("joins", SCALAR_FORM(MODEL_JOINS, scalar_pointer)),
    EFFECT("constructs", SCALAR_FORM(MODEL_CONSTRUCTS, scalar_pointer)),
    EFFECT("destroys",
           FORM(MODEL_DESTROYS, pair_fields, .required = {"pointer"}, .scalar = scalar_pointer))};
const size_t model_effect_field_count = COUNT(model_effect_fields);

static const struct model_effect nothing_said = {
    .pointer = MODEL_ABSENT,
    .result = MODEL_ABSENT,
    .flags = MODEL_ABSENT,
    .other = MODEL_ABSENT,
    .size = {.args = {MODEL_ABSENT, MODEL_ABSENT, MODEL_ABSENT}, .factor = 1},
    .protection = MODEL_ABSENT,
    .map_flags = MODEL_ABSENT,
    .descriptor = MODEL_ABSENT};

/* `pointer` stands for `flags` in mprotect's effect: the engine reads the protection there. */
static void finish_effect(struct effect_draft *draft)
{
    struct model_effect *effect = &draft->effect;
    if (effect->kind == MODEL_PROTECTS)
        effect->flags = effect->protection;
    struct arena *arena = draft->function->file->set->arena;
    vec_push(arena, &draft->function->function.effects, *effect);
}

static void require_keys(struct yproblems *problems, const struct yfield *field,
                         const struct ynode *value, const struct effect_form *form)
{
    for (size_t i = 0; i < COUNT(form->required); i++)
        if (form->required[i] && !ydoc_get(value, form->required[i]))
            ydoc_problem(problems, value, "'%s' needs the key '%s'", field->key, form->required[i]);
}

/* One effect as a plain value or a mapping; a list of them for several of a kind. */
static void read_effect(struct yproblems *problems, const struct yfield *field,
                        const struct ynode *value, void *object)
{
    const struct effect_form *form = field->detail;
    if (value->kind == YNODE_SEQUENCE) {
        for (size_t i = 0; i < value->items.len; i++)
            if (value->items.data[i]->kind == YNODE_SEQUENCE)
                ydoc_problem(problems, value->items.data[i], "a list in a list");
            else
                read_effect(problems, field, value->items.data[i], object);
        return;
    }
    struct effect_draft draft = {.function = object, .effect = nothing_said};
    draft.effect.kind = form->kind;
    if (value->kind == YNODE_MAPPING && form->fields) {
        ydoc_fields(problems, value, field->key, form->fields, form->field_count, &draft);
        require_keys(problems, field, value, form);
    } else if (value->kind == YNODE_SCALAR && form->scalar) {
        form->scalar(problems, field, value, &draft);
    } else {
        ydoc_problem(problems, value, "'%s' must be %s", field->key,
                     form->scalar ? "a plain value" : "a mapping");
        return;
    }
    finish_effect(&draft);
}

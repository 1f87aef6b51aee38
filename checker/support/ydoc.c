#include "support/ydoc.h"

#include "support/suggest.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { DEEPEST = 32 };

struct builder {
    struct yproblems *problems;
    struct ynode *open[DEEPEST]; /* sequences and mappings not yet ended, outermost first */
    size_t depth;
    struct ynode *root;
    bool failed;
};

static void problem_at(struct yproblems *problems, uint32_t line, uint32_t column,
                       const char *message)
{
    vec_push(problems->arena, &problems->list,
             (struct yproblem){.line = line, .column = column, .message = message});
}

void ydoc_problem(struct yproblems *problems, const struct ynode *at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    problem_at(problems, at->line, at->column, arena_vprintf(problems->arena, format, args));
    va_end(args);
}

const char *ydoc_problem_text(const struct yproblems *problems, size_t index)
{
    const struct yproblem *problem = &problems->list.data[index];
    return arena_printf(problems->arena, "%s:%" PRIu32 ":%" PRIu32 ": %s", problems->origin,
                        problem->line, problem->column, problem->message);
}

const struct error *ydoc_error(const struct yproblems *problems)
{
    if (!problems->list.len)
        return NULL;
    const char *more = "";
    if (problems->list.len > 1)
        more = arena_printf(problems->arena, " (and %zu more)", problems->list.len - 1);
    return error_new(problems->arena, ERROR_USAGE, "%s%s", ydoc_problem_text(problems, 0), more);
}

/* ---- from events to a tree ---- */

static uint32_t one_based(size_t position)
{
    return position < UINT32_MAX ? (uint32_t)position + 1 : UINT32_MAX;
}

static void refuse(struct builder *builder, const yaml_event_t *event, const char *message)
{
    problem_at(builder->problems, one_based(event->start_mark.line),
               one_based(event->start_mark.column), message);
    builder->failed = true;
}

static struct ynode *add_node(struct builder *builder, const yaml_event_t *event,
                              enum ynode_kind kind)
{
    struct arena *arena = builder->problems->arena;
    struct ynode *node = arena_new_object(arena, struct ynode);
    node->kind = kind;
    node->line = one_based(event->start_mark.line);
    node->column = one_based(event->start_mark.column);
    if (builder->depth)
        vec_push(arena, &builder->open[builder->depth - 1]->items, node);
    else
        builder->root = node;
    return node;
}

static void open_node(struct builder *builder, const yaml_event_t *event, enum ynode_kind kind)
{
    struct ynode *node = add_node(builder, event, kind);
    if (builder->depth == DEEPEST)
        refuse(builder, event, "nested too deeply");
    else
        builder->open[builder->depth++] = node;
}

static void add_scalar(struct builder *builder, const yaml_event_t *event)
{
    struct arena *arena = builder->problems->arena;
    const char *value = (const char *)event->data.scalar.value;
    struct ynode *node = add_node(builder, event, YNODE_SCALAR);
    node->text = arena_strndup(arena, value, event->data.scalar.length);
    node->is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (memchr(value, '\0', event->data.scalar.length))
        refuse(builder, event, "a value may not hold a NUL character");
}

static bool is_decorated(const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return event->data.scalar.anchor || event->data.scalar.tag;
    case YAML_SEQUENCE_START_EVENT:
        return event->data.sequence_start.anchor || event->data.sequence_start.tag;
    case YAML_MAPPING_START_EVENT:
        return event->data.mapping_start.anchor || event->data.mapping_start.tag;
    default:
        return event->type == YAML_ALIAS_EVENT;
    }
}

static void take_event(struct builder *builder, const yaml_event_t *event)
{
    if (is_decorated(event)) {
        refuse(builder, event, "anchors, aliases and tags are not supported");
        return;
    }
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (builder->root)
            refuse(builder, event, "a second document; only one is read");
        break;
    case YAML_SCALAR_EVENT:
        add_scalar(builder, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        open_node(builder, event, YNODE_SEQUENCE);
        break;
    case YAML_MAPPING_START_EVENT:
        open_node(builder, event, YNODE_MAPPING);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        assert(builder->depth > 0); /* libyaml ends only what it began */
        builder->depth--;
        break;
    default:
        break;
    }
}

static void broken(struct yproblems *problems, const yaml_parser_t *parser)
{
    const char *why = parser->problem ? parser->problem : "not YAML";
    const yaml_mark_t *mark = &parser->problem_mark;
    if (parser->error == YAML_READER_ERROR)
        why = arena_printf(problems->arena, "%s at byte %zu", why, parser->problem_offset);
    problem_at(problems, one_based(mark->line), one_based(mark->column),
               arena_printf(problems->arena, "broken YAML: %s%s%s", why,
                            parser->context ? ", " : "", parser->context ? parser->context : ""));
}

static struct ynode *empty_mapping(struct arena *arena)
{
    struct ynode *node = arena_new_object(arena, struct ynode);
    node->kind = YNODE_MAPPING;
    node->line = node->column = 1;
    return node;
}

struct ynode *ydoc_read(struct yproblems *problems, const char *text, size_t len)
{
    struct builder builder = {.problems = problems};
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        problem_at(problems, 1, 1, "out of memory");
        return NULL;
    }
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
    for (bool done = false; !done && !builder.failed;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            broken(problems, &parser);
            builder.failed = true;
            break;
        }
        take_event(&builder, &event);
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    if (builder.failed)
        return NULL;
    return builder.root ? builder.root : empty_mapping(problems->arena);
}

/* ---- mappings ---- */

static const char *kind_name(const struct ynode *node)
{
    static const char *const names[] = {"a value", "a list", "a mapping"};
    return names[node->kind];
}

void ydoc_unknown(struct yproblems *problems, const struct ynode *at, const char *what,
                  const char *text, const void *candidates, size_t count, size_t stride)
{
    const char *near = suggest(text, candidates, count, stride);
    if (near)
        ydoc_problem(problems, at, "unknown %s '%s'; did you mean '%s'?", what, text, near);
    else
        ydoc_problem(problems, at, "unknown %s '%s'", what, text);
}

static const struct yfield *find_field(const struct yfield *fields, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i].key, key) == 0)
            return &fields[i];
    return NULL;
}

bool ydoc_fields(struct yproblems *problems, const struct ynode *node, const char *what,
                 const struct yfield *fields, size_t count, void *object)
{
    if (node->kind != YNODE_MAPPING) {
        ydoc_problem(problems, node, "%s must be a mapping, not %s", what, kind_name(node));
        return false;
    }
    uint64_t seen = 0; /* a bit for each field */
    assert(count <= 64);
    for (size_t i = 0; i + 1 < node->items.len; i += 2) {
        const struct ynode *key = node->items.data[i];
        const char *name;
        if (!ydoc_string(problems, key, &name))
            continue;
        const struct yfield *field = find_field(fields, count, name);
        if (!field)
            ydoc_unknown(problems, key, "key", name, fields, count, sizeof *fields);
        else if (seen >> (field - fields) & 1)
            ydoc_problem(problems, key, "'%s' stands here twice", name);
        else
            field->read(problems, field, node->items.data[i + 1], object);
        if (field)
            seen |= (uint64_t)1 << (field - fields);
    }
    return true;
}

const struct ynode *ydoc_get(const struct ynode *mapping, const char *key)
{
    if (mapping->kind != YNODE_MAPPING)
        return NULL;
    for (size_t i = 0; i + 1 < mapping->items.len; i += 2) {
        const struct ynode *node = mapping->items.data[i];
        if (node->kind == YNODE_SCALAR && strcmp(node->text, key) == 0)
            return mapping->items.data[i + 1];
    }
    return NULL;
}

/* ---- scalars ---- */

bool ydoc_string(struct yproblems *problems, const struct ynode *node, const char **value)
{
    if (node->kind != YNODE_SCALAR) {
        ydoc_problem(problems, node, "expected a word, not %s", kind_name(node));
        return false;
    }
    *value = node->text;
    return true;
}

bool ydoc_bool(struct yproblems *problems, const struct ynode *node, bool *value)
{
    const char *text;
    if (!ydoc_string(problems, node, &text))
        return false;
    bool is_true = strcmp(text, "true") == 0;
    if (!is_true && strcmp(text, "false") != 0) {
        ydoc_problem(problems, node, "expected true or false, not '%s'", text);
        return false;
    }
    *value = is_true;
    return true;
}

bool ydoc_uint(struct yproblems *problems, const struct ynode *node, uint64_t max, uint64_t *value)
{
    const char *text;
    if (!ydoc_string(problems, node, &text))
        return false;
    char *end = NULL;
    errno = 0;
    bool is_hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    unsigned long long number = strtoull(text, &end, is_hex ? 16 : 10);
    if (text[0] < '0' || text[0] > '9' || *end || errno || number > max) {
        ydoc_problem(problems, node, "expected a number from 0 to %" PRIu64 ", not '%s'", max,
                     text);
        return false;
    }
    *value = number;
    return true;
}

int ydoc_word(struct yproblems *problems, const struct ynode *node, const char *what,
              const void *names, size_t count, size_t stride)
{
    const char *text;
    if (!ydoc_string(problems, node, &text))
        return -1;
    for (size_t i = 0; i < count; i++) {
        const char *name;
        memcpy(&name, (const char *)names + i * stride, sizeof name);
        if (strcmp(name, text) == 0)
            return (int)i;
    }
    ydoc_unknown(problems, node, what, text, names, count, stride);
    return -1;
}

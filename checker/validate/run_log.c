#include "validate/run_log.h"

#include "support/file.h"
#include "support/map.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORMAT_VERSION = 1, NAME_ROOM = 64 };

struct reader {
    struct arena *arena;
    struct run_process *process;
    VEC(const char *) modules; /* by number */
    struct map stacks;         /* number to index in process->stacks */
};

static bool read_process(struct reader *reader, const char *rest)
{
    int version = 0, used = 0;

    if (sscanf(rest, "%d %ld %n", &version, &reader->process->pid, &used) < 2 || !used)
        return false;
    reader->process->program = arena_strdup(reader->arena, rest + used);
    return version == FORMAT_VERSION;
}

static bool read_module(struct reader *reader, const char *rest)
{
    unsigned number;
    int used = 0;

    if (sscanf(rest, "%u %n", &number, &used) < 1 || !used || number != reader->modules.len)
        return false;
    vec_push(reader->arena, &reader->modules, arena_strdup(reader->arena, rest + used));
    return true;
}

static bool read_stack(struct reader *reader, const char *rest)
{
    struct run_stack *stack = arena_new_object(reader->arena, struct run_stack);
    int used = 0;

    if (sscanf(rest, "%u%n", &stack->number, &used) < 1)
        return false;
    for (const char *p = rest + used; *p; p += used) {
        struct run_frame frame = {0};
        unsigned module;
        if (sscanf(p, " %u+%" SCNx64 "%n", &module, &frame.address, &used) < 2 ||
            module >= reader->modules.len)
            return false;
        frame.module = reader->modules.data[module];
        vec_push(reader->arena, &stack->frames, frame);
    }
    map_set_u64(&reader->stacks, stack->number, (uint32_t)reader->process->stacks.len);
    vec_push(reader->arena, &reader->process->stacks, stack);
    return true;
}

/* The stack of an event. */
static const struct run_stack *stack_of(const struct reader *reader, unsigned number)
{
    uint32_t index = map_get_u64(&reader->stacks, number);

    if (index == MAP_NONE)
        return NULL;
    struct run_stack *stack = reader->process->stacks.data[index];
    stack->events++;
    return stack;
}

/* "block=7f00,4096 map=r--p": either may be missing. */
static void read_remarks(struct reader *reader, const char *rest, struct run_event *event)
{
    const char *block = strstr(rest, " block="), *map = strstr(rest, " map=");

    if (block)
        sscanf(block, " block=%" SCNx64 ",%" SCNu64, &event->block, &event->block_size);
    if (map)
        event->map = arena_strdup(reader->arena, map + strlen(" map="));
}

static bool read_call(struct reader *reader, const char *rest)
{
    struct run_event event = {0};
    char name[NAME_ROOM];
    unsigned stack;
    int used = 0;

    if (sscanf(rest, "%63s %u %u %d %" SCNu64 " %" SCNx64 " %" SCNu64 " %x%n", name, &stack,
               &event.thread, &event.status, &event.nanoseconds, &event.pointer, &event.size,
               &event.flags, &used) < 8)
        return false;
    event.name = arena_strdup(reader->arena, name);
    event.stack = stack_of(reader, stack);
    read_remarks(reader, rest + used, &event);
    vec_push(reader->arena, &reader->process->events, event);
    return true;
}

static bool read_release(struct reader *reader, const char *rest)
{
    struct run_event event = {.is_release = true};
    char name[NAME_ROOM];
    unsigned stack;

    if (sscanf(rest, "%63s %u %u %" SCNx64 " %" SCNu64, name, &stack, &event.thread, &event.pointer,
               &event.size) < 5)
        return false;
    event.name = arena_strdup(reader->arena, name);
    event.stack = stack_of(reader, stack);
    vec_push(reader->arena, &reader->process->events, event);
    return true;
}

static bool read_cupti(struct reader *reader, const char *rest)
{
    reader->process->cupti = arena_strdup(reader->arena, rest);
    return true;
}

static bool read_full(struct reader *reader, const char *rest)
{
    (void)rest;
    return reader->process->is_full = true;
}

static bool read_end(struct reader *reader, const char *rest)
{
    (void)rest;
    return reader->process->has_ended = true;
}

static const struct line_kind {
    const char *word;
    bool (*read)(struct reader *reader, const char *rest);
} line_kinds[] = {
    {"call", read_call},     {"release", read_release}, {"stack", read_stack},
    {"module", read_module}, {"process", read_process}, {"cupti", read_cupti},
    {"full", read_full},     {"end", read_end},
};

static bool read_line(struct reader *reader, const char *line)
{
    size_t len = strcspn(line, " ");

    for (size_t i = 0; i < sizeof line_kinds / sizeof *line_kinds; i++)
        if (strlen(line_kinds[i].word) == len && strncmp(line_kinds[i].word, line, len) == 0)
            return line_kinds[i].read(reader, line + len + (line[len] == ' '));
    return false;
}

/* A last line without its end is what a killed process was about to write: left out. */
static const struct error *read_file(struct arena *arena, const char *path,
                                     struct run_process *process)
{
    const char *text;
    size_t len;
    unsigned number = 1;
    const struct error *error = file_read(arena, path, &text, &len);
    struct reader reader = {.arena = arena, .process = process, .stacks = {.arena = arena}};

    for (const char *end; !error && (end = strchr(text, '\n')); text = end + 1, number++)
        if (!read_line(&reader, arena_strndup(arena, text, (size_t)(end - text))))
            error = error_new(arena, ERROR_USAGE, "%s:%u: no line of a recorder: %.*s", path,
                              number, (int)(end - text), text);
    return error;
}

static int by_number(const void *a, const void *b)
{
    const struct run_process *left = a, *right = b;
    return (left->pid > right->pid) - (left->pid < right->pid);
}

const struct error *run_log_read(struct arena *arena, const char *folder, struct run_log *log)
{
    DIR *files = opendir(folder);
    const struct error *error = NULL;
    const struct dirent *entry;

    if (!files)
        return error_new(arena, ERROR_USAGE, "cannot read the folder '%s'", folder);
    while (!error && (entry = readdir(files)) != NULL) {
        size_t len = strlen(entry->d_name);
        if (len < 4 || strcmp(entry->d_name + len - 4, ".log") != 0)
            continue;
        struct run_process process = {0};
        error = read_file(arena, arena_printf(arena, "%s/%s", folder, entry->d_name), &process);
        vec_push(arena, &log->processes, process);
    }
    closedir(files);
    if (log->processes.len)
        qsort(log->processes.data, log->processes.len, sizeof *log->processes.data, by_number);
    return error;
}

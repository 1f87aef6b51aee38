#include "validate/symbols.h"

#include "support/map.h"
#include "support/subprocess.h"
#include "validate/toolchain.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_ADDRESSES = 512 }; /* for one process */

/* The code that frames point to, each once. */
struct code {
    const char *module;
    uint64_t address;
    struct run_frame found; /* its places */
};

struct symbols {
    struct arena *arena;
    const char *tool;
    VEC(struct code) codes;
    struct map index; /* "module+address" to index in codes */
};

static const char *key_of(struct symbols *symbols, const struct run_frame *frame)
{
    return arena_printf(symbols->arena, "%s+%llx", frame->module,
                        (unsigned long long)frame->address);
}

typedef void visit_function(struct symbols *symbols, struct run_frame *frame);

static void for_each_frame(struct symbols *symbols, struct run_log *log, visit_function *visit)
{
    for (size_t p = 0; p < log->processes.len; p++)
        for (size_t s = 0; s < log->processes.data[p].stacks.len; s++) {
            struct run_stack *stack = log->processes.data[p].stacks.data[s];
            for (size_t f = 0; f < stack->frames.len; f++)
                visit(symbols, &stack->frames.data[f]);
        }
}

static void collect(struct symbols *symbols, struct run_frame *frame)
{
    const char *key = key_of(symbols, frame);

    if (map_get(&symbols->index, key) != MAP_NONE)
        return;
    map_set(&symbols->index, key, (uint32_t)symbols->codes.len);
    vec_push(symbols->arena, &symbols->codes,
             (struct code){.module = frame->module, .address = frame->address});
}

static void hand_out(struct symbols *symbols, struct run_frame *frame)
{
    uint32_t index = map_get(&symbols->index, key_of(symbols, frame));

    memcpy(&frame->places, &symbols->codes.data[index].found.places, sizeof frame->places);
}

static int by_module(const void *a, const void *b)
{
    const struct code *left = a, *right = b;
    int order = strcmp(left->module, right->module);

    return order ? order : (left->address > right->address) - (left->address < right->address);
}

/* "/src/a.cu:12 (discriminator 3)", "??:0", "/src/a.cu:?" */
static struct run_place read_place(struct arena *arena, const char *function, const char *line)
{
    struct run_place place = {0};
    const char *colon = strrchr(line, ':');
    unsigned number = colon ? (unsigned)strtoul(colon + 1, NULL, 10) : 0;

    if (strcmp(function, "??") != 0)
        place.function = function;
    if (number && line[0] != '?') {
        place.file = arena_strndup(arena, line, (size_t)(colon - line));
        place.line = number;
    }
    return place;
}

static const char *next_line(struct arena *arena, const char **text)
{
    size_t len = strcspn(*text, "\n");
    const char *line = arena_strndup(arena, *text, len);

    *text += len + ((*text)[len] == '\n');
    return line;
}

/* For each address its number, then a function and a place for each inlining. */
static void read_answer(struct symbols *symbols, const char *text, struct code *codes, size_t count)
{
    size_t next = 0;
    struct code *code = NULL;

    while (*text) {
        const char *line = next_line(symbols->arena, &text);
        if (strncmp(line, "0x", 2) == 0) {
            code = next < count ? &codes[next++] : NULL;
        } else if (*text) {
            struct run_place place =
                read_place(symbols->arena, line, next_line(symbols->arena, &text));
            if (code && (place.file || place.function))
                vec_push(symbols->arena, &code->found.places, place);
        }
    }
}

static void ask(struct symbols *symbols, struct code *codes, size_t count)
{
    VEC(const char *) words = {0};
    const char *output;
    size_t len;

    vec_push(symbols->arena, &words, symbols->tool);
    vec_push(symbols->arena, &words, "-afiCe");
    vec_push(symbols->arena, &words, codes[0].module);
    for (size_t i = 0; i < count; i++)
        vec_push(symbols->arena, &words,
                 arena_printf(symbols->arena, "0x%llx", (unsigned long long)codes[i].address));
    vec_push(symbols->arena, &words, NULL);
    if (!subprocess_read(symbols->arena, &(struct subprocess){.argv = words.data}, &output, &len))
        read_answer(symbols, output, codes, count);
}

/* ---- sources that nvcc has rewritten ---------------------------------------------------- */

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* A place in a source of the module whose name without its ending is `stem`. */
static const char *source_named(const struct symbols *symbols, const char *module, const char *stem,
                                size_t len)
{
    for (size_t i = 0; i < symbols->codes.len; i++) {
        const struct code *code = &symbols->codes.data[i];
        for (size_t p = 0; p < code->found.places.len && strcmp(code->module, module) == 0; p++) {
            const char *file = code->found.places.data[p].file;
            const char *base = file ? base_of(file) : "";
            if (strncmp(base, stem, len) == 0 && base[len] == '.' && !strchr(base + len + 1, '.'))
                return file;
        }
    }
    return NULL;
}

/* nvcc gives the host compiler "tmpxft_1f_0-6_app.cudafe1.cpp", with the lines of app.cu. Where
 * code never leaves the first file of a line table, addr2line of binutils (2.40 to 2.42, DWARF 5)
 * names the rewritten file in place of the source; the line is right. */
static void name_the_source(const struct symbols *symbols, const struct code *code,
                            struct run_place *place)
{
    static const char ending[] = ".cudafe1.cpp";
    const char *base = place->file ? base_of(place->file) : "";
    const char *end = strstr(base, ending), *stem = strstr(base, "-");

    stem = stem ? strchr(stem, '_') : NULL;
    if (strncmp(base, "tmpxft_", 7) == 0 && end && stem && stem < end)
        place->file = source_named(symbols, code->module, stem + 1, (size_t)(end - stem - 1));
}

static void name_sources(struct symbols *symbols)
{
    for (size_t i = 0; i < symbols->codes.len; i++) {
        struct code *code = &symbols->codes.data[i];
        for (size_t p = 0; p < code->found.places.len; p++)
            name_the_source(symbols, code, &code->found.places.data[p]);
    }
}

bool symbols_find(struct arena *arena, struct run_log *log)
{
    struct symbols symbols = {.arena = arena, .index = {.arena = arena}};

    symbols.tool = toolchain_on_path(arena, "llvm-addr2line");
    if (!symbols.tool)
        symbols.tool = toolchain_on_path(arena, "addr2line");
    if (!symbols.tool)
        return false;
    for_each_frame(&symbols, log, collect);
    if (symbols.codes.len)
        qsort(symbols.codes.data, symbols.codes.len, sizeof *symbols.codes.data, by_module);
    for (size_t i = 0, count; i < symbols.codes.len; i += count) {
        const struct code *first = &symbols.codes.data[i];
        for (count = 1; count < MAX_ADDRESSES && i + count < symbols.codes.len &&
                        strcmp(first[count].module, first->module) == 0;)
            count++;
        ask(&symbols, &symbols.codes.data[i], count);
    }
    name_sources(&symbols);
    for (size_t i = 0; i < symbols.codes.len; i++) { /* sorting has moved them */
        const struct run_frame frame = {.module = symbols.codes.data[i].module,
                                        .address = symbols.codes.data[i].address};
        map_set(&symbols.index, key_of(&symbols, &frame), (uint32_t)i);
    }
    for_each_frame(&symbols, log, hand_out);
    return true;
}

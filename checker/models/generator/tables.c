/* A program of the build: reads rules/models/ *.yaml with the checker's own reader and writes them
 * as constant tables in C (models/builtin.h), so that the checker itself need not read them at each
 * start.
 *
 *   build-models OUTPUT.c FILE.yaml...     The files' names are for messages.
 *
 * All members of a struct are written, in their order and without their names: one that is
 * forgotten here makes the compiler of the tables warn (-Wextra). */
#include "models/model.h"
#include "support/file.h"

#include <inttypes.h>
#include <stdio.h>

static void write_string(FILE *out, const char *text)
{
    if (!text) {
        fputs("NULL", out);
        return;
    }
    putc('"', out);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            putc('\\', out);
        putc(*text, out);
    }
    putc('"', out);
}

static void write_strings(FILE *out, const char *first, const char *second)
{
    write_string(out, first);
    fputs(", ", out);
    write_string(out, second);
}

/* ---- functions ---- */

static void write_effect(FILE *out, const struct model_effect *e)
{
    fprintf(out, "{%d, %d, %d, %d, %d, %d, ", (int)e->kind, (int)e->memory, e->pointer, e->result,
            e->flags, e->other);
    write_string(out, e->flag_family);
    fprintf(out, ", UINT64_C(%" PRIu64 "), {{%d, %d, %d}, UINT64_C(%" PRIu64 "), %d}, ",
            e->valid_flags, e->size.args[0], e->size.args[1], e->size.args[2], e->size.factor,
            e->size.in_elements);
    fprintf(out, "%d, %d, %d, %d, %d, %d, %d, ", e->protection, e->map_flags, e->descriptor,
            e->zero_size_gives_null, e->noreturn_on_error, e->zeroed, e->result_owns);
    write_string(out, e->detail);
    fputs("},\n", out);
}

/* Functions that stand in one item of a file share their effects: the same array for them. */
static size_t first_with_effects(const struct model_set *set, size_t i)
{
    while (i && set->functions.data[i - 1].effects.data == set->functions.data[i].effects.data)
        i--;
    return i;
}

static void write_effects(FILE *out, const struct model_set *set)
{
    for (size_t i = 0; i < set->functions.len; i++) {
        const struct model_function *function = &set->functions.data[i];
        if (!function->effects.len || first_with_effects(set, i) != i)
            continue;
        fprintf(out, "static const struct model_effect effects_%zu[] = {\n", i);
        for (size_t k = 0; k < function->effects.len; k++)
            write_effect(out, &function->effects.data[k]);
        fputs("};\n", out);
    }
}

/* The length stands for the room too: who wants to append copies (support/vec.h). */
static void write_vec(FILE *out, const char *type, const char *array, size_t index, size_t len)
{
    if (len)
        fprintf(out, "{(struct %s *)%s_%zu, %zu, %zu}", type, array, index, len, len);
    else
        fputs("{NULL, 0, 0}", out);
}

static void write_function(FILE *out, const struct model_set *set, size_t i)
{
    const struct model_function *f = &set->functions.data[i];
    putc('{', out);
    write_string(out, f->name);
    fprintf(out, ", %d, %d, %d, %d, %d, %d, %d, %d, %d, %d, %d, ", f->is_qualified, f->is_regex,
            (int)f->api, f->min_args, f->max_args, (int)f->status, f->status_matters,
            f->status_advised, f->is_noreturn, f->keeps_arguments, f->is_project);
    write_vec(out, "model_effect", "effects", first_with_effects(set, i), f->effects.len);
    fputs("},\n", out);
}

/* ---- containers ---- */

static void write_methods(FILE *out, const struct model_set *set)
{
    for (size_t i = 0; i < set->containers.len; i++) {
        const struct model_container *container = &set->containers.data[i];
        if (!container->methods.len)
            continue;
        fprintf(out, "static const struct model_method methods_%zu[] = {\n", i);
        for (size_t k = 0; k < container->methods.len; k++) {
            const struct model_method *method = &container->methods.data[k];
            putc('{', out);
            write_string(out, method->name);
            fputs(", ", out);
            write_string(out, method->like);
            fprintf(out, ", %d, %d},\n", (int)method->kind, method->argument);
        }
        fputs("};\n", out);
    }
}

static void write_container(FILE *out, const struct model_set *set, size_t i)
{
    const struct model_container *c = &set->containers.data[i];
    putc('{', out);
    write_string(out, c->name);
    fprintf(out, ", %d, %d, %d, %d, %d, %d, %d, %d, ", (int)c->storage, (int)c->memory,
            c->element_argument, c->deleter_argument, c->allocator_argument, c->count_constructor,
            c->small_inline, c->terminated);
    write_vec(out, "model_method", "methods", i, c->methods.len);
    fputs("},\n", out);
}

/* ---- the rest ---- */

static void write_allocator(FILE *out, const struct model_set *set, size_t i)
{
    putc('{', out);
    write_string(out, set->allocators.data[i].name);
    fprintf(out, ", %d},\n", (int)set->allocators.data[i].memory);
}

static void write_constant(FILE *out, const struct model_set *set, size_t i)
{
    const struct model_constant *constant = &set->constants.data[i];
    putc('{', out);
    write_strings(out, constant->name, constant->family);
    fprintf(out, ", UINT64_C(%" PRIu64 "), %d},\n", constant->value, (int)constant->api);
}

static void write_table(FILE *out, const struct model_set *set, const char *name, size_t len,
                        void (*write)(FILE *, const struct model_set *, size_t))
{
    fprintf(out, "static const struct model_%s %s_table[] = {\n", name, name);
    for (size_t i = 0; i < len; i++)
        write(out, set, i);
    fputs("};\n", out);
}

static void write_set(FILE *out, const struct model_set *set)
{
    fputs("/* Made by checker/models/generator/tables.c. */\n#include \"models/builtin.h\"\n\n",
          out);
    write_effects(out, set);
    write_methods(out, set);
    write_table(out, set, "function", set->functions.len, write_function);
    write_table(out, set, "container", set->containers.len, write_container);
    write_table(out, set, "allocator", set->allocators.len, write_allocator);
    write_table(out, set, "constant", set->constants.len, write_constant);
    fputs("const struct models_builtin models_builtin = {\n", out);
    fprintf(out, "    function_table, %zu, container_table, %zu, allocator_table, %zu,\n",
            set->functions.len, set->containers.len, set->allocators.len);
    fprintf(out, "    constant_table, %zu};\n", set->constants.len);
}

static const struct error *build(struct arena *arena, const char *output, char **files, int count)
{
    struct model_set set = {.arena = arena};
    for (int i = 0; i < count; i++) {
        const char *text;
        size_t len;
        const struct error *error = file_read(arena, files[i], &text, &len);
        if (!error)
            error = models_read(&set, text, len, files[i], false);
        if (error)
            return error;
    }
    struct file_writer *writer;
    const struct error *error = file_writer_open(arena, output, &writer);
    if (error)
        return error;
    write_set(file_writer_stream(writer), &set);
    return file_writer_commit(writer);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: %s OUTPUT.c FILE.yaml...\n", argv[0]);
        return 2;
    }
    struct arena *arena = arena_new();
    const struct error *error = build(arena, argv[1], argv + 2, argc - 2);
    if (error)
        fprintf(stderr, "%s\n", error->message);
    arena_free(arena);
    return error ? 1 : 0;
}

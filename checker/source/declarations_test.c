/* The bundled declarations against a CUDA Toolkit, where one is installed: every enumerator and
 * every numeric macro that both have must have the same value. */
#include "source/declarations.h"
#include "source/project/toolkit.h"
#include "support/strbuf.h"
#include "support/testing.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct world {
    struct arena *arena;
    struct words includes; /* of the toolkit */
    const char *folder;
};

/* Writes the declarations where a compiler can read them. */
static void write_declarations(const struct world *world)
{
    for (size_t i = 0; i < source_declaration_count; i++) {
        const char *name = source_declarations[i].path + strlen("/cuhostlint/include/");
        const char *path = arena_printf(world->arena, "%s/%s", world->folder, name);
        const char *slash = strrchr(name, '/');
        if (slash)
            (void)!system(arena_printf(world->arena, "mkdir -p '%s/%.*s'", world->folder,
                                       (int)(slash - name), name));
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fwrite(source_declarations[i].text, 1, source_declarations[i].len, file);
        fclose(file);
    }
}

static const char *text_of(const char *name)
{
    for (size_t i = 0; i < source_declaration_count; i++)
        if (strcmp(source_declarations[i].path + strlen("/cuhostlint/include/"), name) == 0)
            return source_declarations[i].text;
    fail_msg("%s is not built in", name);
    return "";
}

static const char *read_name(struct arena *arena, const char **p)
{
    const char *start = *p;
    while (isalnum((unsigned char)**p) || **p == '_')
        ++*p;
    return arena_strndup(arena, start, (size_t)(*p - start));
}

/* The enumerators between the braces that open at `p`. */
static void add_enumerators(struct arena *arena, const char *p, struct words *names)
{
    for (bool expected = true; *p && *p != '}';) {
        if (isalpha((unsigned char)*p)) {
            const char *name = read_name(arena, &p);
            if (expected)
                vec_push(arena, names, name);
            expected = false;
        } else {
            expected = expected || *p == ',';
            p++;
        }
    }
}

static void add_names(struct arena *arena, const char *text, struct words *names)
{
    for (const char *p = text; (p = strstr(p, "enum ")); p++) {
        const char *brace = p + strcspn(p, "{;,)*");
        if (*brace == '{' && (p == text || !isalnum((unsigned char)p[-1])))
            add_enumerators(arena, brace + 1, names);
    }
    for (const char *p = text; (p = strstr(p, "#define ")); p++) {
        const char *name_start = p + strlen("#define ");
        const char *end = name_start;
        const char *name = read_name(arena, &end);
        bool is_version = strstr(name, "VERSION") != NULL;
        if (*end == ' ' && isdigit((unsigned char)end[1]) && !is_version && name[0] != '_')
            vec_push(arena, names, name);
    }
}

/* A program that prints each name with its value, a line each. */
static void write_program(const struct world *world, const char *header, const struct words *names)
{
    FILE *file = fopen(arena_printf(world->arena, "%s/values.c", world->folder), "w");
    assert_non_null(file);
    fprintf(file, "#include <stdio.h>\n#include <%s>\nint main(void)\n{\n", header);
    for (size_t i = 0; i < names->len; i++)
        fprintf(file, "printf(\"%%s=%%lld\\n\", \"%s\", (long long)%s);\n", names->data[i],
                names->data[i]);
    fprintf(file, "return 0;\n}\n");
    fclose(file);
}

static FILE *run(const struct world *world, const char *command)
{
    FILE *pipe =
        popen(arena_printf(world->arena, "exec 2>&1; cd '%s' && %s", world->folder, command), "r");
    assert_non_null(pipe);
    return pipe;
}

static bool contains(const struct words *names, const char *name)
{
    for (size_t i = 0; i < names->len; i++)
        if (strcmp(names->data[i], name) == 0)
            return true;
    return false;
}

/* The names that the toolkit does not have: older and newer releases differ. */
static void keep_declared(const struct world *world, const char *flags, struct words *names)
{
    struct words unknown = {0};
    FILE *errors =
        run(world, arena_printf(world->arena, "cc -x c++ -fmax-errors=0 -fsyntax-only %s values.c",
                                flags));
    char line[4096];
    while (fgets(line, sizeof line, errors)) {
        const char *end = strstr(line, " was not declared");
        const char *start = end;
        while (start && start > line && !isspace((unsigned char)start[-1]))
            start--;
        while (start && start < end && !isalpha((unsigned char)*start))
            start++;
        if (start)
            vec_push(world->arena, &unknown, read_name(world->arena, &start));
    }
    pclose(errors);
    size_t kept = 0;
    for (size_t i = 0; i < names->len; i++)
        if (!contains(&unknown, names->data[i]))
            names->data[kept++] = names->data[i];
    names->len = kept;
}

static const char *values(const struct world *world, const char *flags)
{
    struct strbuf text;
    strbuf_init(&text, world->arena);
    FILE *output = run(
        world, arena_printf(world->arena, "cc -x c++ -w %s values.c -o values && ./values", flags));
    char line[4096];
    while (fgets(line, sizeof line, output))
        strbuf_adds(&text, line);
    if (pclose(output) != 0)
        fail_msg("%.2000s", text.text);
    return text.text;
}

static void check_same(const char *ours, const char *theirs)
{
    while (*ours || *theirs) {
        size_t len = strcspn(ours, "\n");
        if (len != strcspn(theirs, "\n") || strncmp(ours, theirs, len) != 0)
            fail_msg("ours %.80s\nthe toolkit's %.80s", ours, theirs);
        ours += len + (ours[len] != '\0');
        theirs += len + (theirs[len] != '\0');
    }
}

static void check_header(struct world *world, const char *header, const char *text_name,
                         size_t at_least)
{
    if (world->includes.len == 0 ||
        system("echo | cc -x c++ -fsyntax-only - > /dev/null 2>&1") != 0)
        skip(); /* no toolkit, or no compiler */
    const char *their_flags = "";
    for (size_t i = 0; i < world->includes.len; i++)
        their_flags =
            arena_printf(world->arena, "%s -isystem '%s'", their_flags, world->includes.data[i]);
    struct words names = {0};
    add_names(world->arena, text_of(text_name), &names);
    write_program(world, header, &names);
    keep_declared(world, their_flags, &names);
    assert_true(names.len >= at_least);
    write_program(world, header, &names);
    const char *theirs = values(world, their_flags);
    check_same(values(world, "-isystem ."), theirs);
}

static void runtime_values(void **state)
{
    check_header(*state, "cuda_runtime_api.h", "driver_types.h", 500);
}

static void driver_values(void **state)
{
    check_header(*state, "cuda.h", "cuda.h", 700);
}

static void library_type_values(void **state)
{
    check_header(*state, "library_types.h", "library_types.h", 30);
}

/* One source that includes every header, as clang reads it in each language; errors of <new> are
 * known and harmless (cuhostlint/cuda.h makes every function a host and device function). */
static void check_parses(const struct world *world, const char *flags, const char *left_out)
{
    FILE *file = fopen(arena_printf(world->arena, "%s/all.c", world->folder), "w");
    assert_non_null(file);
    for (size_t i = 0; i < source_declaration_count; i++) {
        const char *name = source_declarations[i].path + strlen("/cuhostlint/include/");
        if (!strstr(name, left_out))
            fprintf(file, "#include <%s>\n", name);
    }
    fclose(file);
    FILE *errors = run(world, arena_printf(world->arena,
                                           "clang-19 %s -isystem . -Wno-everything -ferror-limit=0 "
                                           "-fsyntax-only all.c 2>&1 | grep error: | grep -v /new:",
                                           flags));
    char line[4096];
    if (fgets(line, sizeof line, errors))
        fail_msg("%s: %s", flags, line);
    pclose(errors);
}

static void every_header_parses(void **state)
{
    if (system("clang-19 --version > /dev/null 2>&1") != 0)
        skip(); /* no clang */
    check_parses(*state, "-x c", "cuhostlint/");
    check_parses(*state, "-x c++ -std=gnu++11", "cuhostlint/");
    check_parses(*state, "-x c++ -std=gnu++20", "cuhostlint/");
    const char *cuda = "-x cuda --cuda-host-only -nocudainc -nocudalib -nobuiltininc -idirafter "
                       "/usr/lib/llvm-19/lib/clang/19/include -include cuhostlint/cuda.h "
                       /* clang's driver says so itself where it finds a toolkit */
                       "-Xclang -fcuda-allow-variadic-functions";
    struct world *world = *state;
    check_parses(world, arena_printf(world->arena, "%s -std=gnu++17", cuda), "cuhostlint/host.h");
    check_parses(world, arena_printf(world->arena, "%s -std=gnu++11 -DCUHOSTLINT_WANTS_HIP", cuda),
                 "cuhostlint/host.h");
    check_parses(world, arena_printf(world->arena, "%s -std=gnu++20 -DCUHOSTLINT_WANTS_MATH", cuda),
                 "cuhostlint/host.h");
}

/* Without a toolkit too: what the rules are about must never be missing. */
static void essential_names(void **state)
{
    (void)state;
    static const struct {
        const char *header, *name;
    } essential[] = {
        {"cuda_runtime_api.h", "cudaHostRegister("},
        {"cuda_runtime_api.h", "cudaHostUnregister("},
        {"cuda_runtime_api.h", "cudaMallocHost("},
        {"cuda_runtime_api.h", "cudaHostAlloc("},
        {"cuda_runtime_api.h", "cudaFreeHost("},
        {"cuda_runtime_api.h", "cudaGetLastError("},
        {"cuhostlint/runtime_templates.h", "cudaMallocHost(T **"},
        {"cuda.h", "cuMemHostRegister_v2("},
        {"cuda.h", "cuMemHostUnregister("},
        {"cuda.h", "cuMemAllocHost_v2("},
        {"cuda.h", "cuMemHostAlloc("},
        {"cuda.h", "cuMemFreeHost("},
        {"hip/hip_runtime_api.h", "hipHostRegister("},
        {"hip/hip_runtime_api.h", "hipHostUnregister("},
        {"hip/hip_runtime_api.h", "hipHostMalloc("},
        {"hip/hip_runtime_api.h", "hipHostFree("},
        {"cuda_runtime_api.h", "__cudaPushCallConfiguration("},
        {"cuda_runtime_api.h", "cudaConfigureCall("},
    };
    for (size_t i = 0; i < sizeof essential / sizeof essential[0]; i++)
        if (!strstr(text_of(essential[i].header), essential[i].name))
            fail_msg("%s lacks %s", essential[i].header, essential[i].name);
}

static int make_world(void **state)
{
    struct arena *arena = arena_new();
    struct world *world = arena_new_object(arena, struct world);
    world->arena = arena;
    world->folder = testing_folder(arena);
    source_toolkit_of_machine(arena, &world->includes);
    write_declarations(world);
    *state = world;
    return 0;
}

static int end_world(void **state)
{
    struct world *world = *state;
    int status = testing_remove(world->arena, world->folder);
    arena_free(world->arena);
    return status;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runtime_values),      cmocka_unit_test(driver_values),
        cmocka_unit_test(library_type_values), cmocka_unit_test(every_header_parses),
        cmocka_unit_test(essential_names),
    };
    return cmocka_run_group_tests(tests, make_world, end_world);
}

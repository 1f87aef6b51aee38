/* Real compilation databases of CMake for nvcc: each file comes out with the same arguments,
 * whichever generator wrote the command. */
#include "source/source.h"
#include "support/file.h"
#include "support/strbuf.h"
#include "support/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct world {
    struct arena *arena;
    const char *folder;
    struct source_list list;
};

/* A copy of the stored file with its folders put in. */
static void install(const struct world *world, const char *stored, const char *name)
{
    const struct {
        const char *mark, *folder;
    } folders[] = {{"@SOURCE@", "/source"}, {"@BUILD@", "/build"}, {"@CUDA@", "/cuda"}};
    const char *text;
    size_t len;
    assert_null(file_read(world->arena, arena_printf(world->arena, TESTDATA_NVCC "/%s", stored),
                          &text, &len));
    FILE *file = fopen(arena_printf(world->arena, "%s/%s", world->folder, name), "w");
    assert_non_null(file);
    for (const char *p = text; *p;) {
        size_t i = 0;
        while (i < 3 && strncmp(p, folders[i].mark, strlen(folders[i].mark)) != 0)
            i++;
        if (i == 3) {
            fputc(*p++, file);
            continue;
        }
        fprintf(file, "%s%s", world->folder, folders[i].folder);
        p += strlen(folders[i].mark);
    }
    fclose(file);
}

static void find_all(struct world *world)
{
    const struct source_request request = {
        .database = arena_printf(world->arena, "%s/build", world->folder)};
    memset(&world->list, 0, sizeof world->list);
    source_find(world->arena, &request, &world->list);
    assert_int_equal(world->list.problems.len, 0);
    for (size_t i = 0; i < world->list.notes.len; i++)
        assert_null(strstr(world->list.notes.data[i], "response file"));
    assert_int_equal(world->list.units.len, 5);
}

static void expect_args(const struct world *world, const char *name, const char *expected)
{
    for (size_t i = 0; i < world->list.units.len; i++) {
        const struct source_unit *unit = &world->list.units.data[i];
        const char *path = arena_printf(world->arena, "%s/source/%s", world->folder, name);
        if (strcmp(unit->path, path) != 0)
            continue;
        struct strbuf text;
        strbuf_init(&text, world->arena);
        for (size_t k = 0; k < unit->args.len; k++) {
            const char *word = unit->args.data[k];
            const char *at = strstr(word, world->folder);
            strbuf_adds(&text, k ? " " : "");
            strbuf_add(&text, word, at ? (size_t)(at - word) : strlen(word));
            strbuf_adds(&text, at ? at + strlen(world->folder) : "");
        }
        assert_string_equal(text.text, expected);
        return;
    }
    fail_msg("no unit for %s", name);
}

#define MACROS "-DBAR=\"x y\" -DFOO=a b"
#define FOLDERS "-I/source/inc dir -I/source/inc -isystem /source/sys -isystem /cuda/include"

static void check_units(const struct world *world)
{
    expect_args(world, "a.cu",
                "-x cuda -std=c++17 -fPIC " MACROS " -DONLY_CUDA " FOLDERS
                " -D_OPENMP=201511 -D__CUDACC_RDC__ -D__CUDACC_RELAXED_CONSTEXPR__");
    expect_args(world, "sub/b.cu",
                "-x cuda -std=c++17 -fPIC " MACROS " -DONLY_CUDA " FOLDERS
                " -D_OPENMP=201511 -D__CUDACC_RDC__ -D__CUDACC_RELAXED_CONSTEXPR__");
    expect_args(world, "c.cpp",
                "-x c++ -std=gnu++17 " MACROS " " FOLDERS
                " -fPIC -march=x86-64-v3 -D_OPENMP=201511");
    expect_args(world, "d.c", "-x c " MACROS " " FOLDERS " -fPIC");
    expect_args(world, "e.cu", "-x cuda -std=gnu++17");
}

static void makefiles(void **state)
{
    struct world *world = *state;
    install(world, "make/compile_commands.json", "build/compile_commands.json");
    install(world, "make/includes_CUDA.rsp", "build/CMakeFiles/lib.dir/includes_CUDA.rsp");
    find_all(world);
    check_units(world);
}

static void ninja(void **state)
{
    struct world *world = *state;
    install(world, "ninja/compile_commands.json", "build/compile_commands.json");
    find_all(world);
    check_units(world);
}

static int make_world(void **state)
{
    struct arena *arena = arena_new();
    struct world *world = arena_new_object(arena, struct world);
    world->arena = arena;
    world->folder = testing_folder(arena);
    *state = world;
    return system(
        arena_printf(arena,
                     "cd '%s' && mkdir -p source/sub build/CMakeFiles/lib.dir && cd source "
                     "&& touch a.cu sub/b.cu c.cpp d.c e.cu",
                     world->folder));
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
    unsetenv("NVCC_PREPEND_FLAGS");
    unsetenv("NVCC_APPEND_FLAGS");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(makefiles, make_world, end_world),
        cmocka_unit_test_setup_teardown(ninja, make_world, end_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

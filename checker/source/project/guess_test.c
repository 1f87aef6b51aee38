/* Include folders that are guessed from the #include lines and the project's tree. */
#include "source/project/cache.h"
#include "source/project/tree.h"
#include "source/source.h"
#include "support/strbuf.h"
#include "support/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct world {
    struct arena *arena;
    const char *folder;
};

static void write_file(const struct world *world, const char *name, const char *text)
{
    const char *path = arena_printf(world->arena, "%s/%s", world->folder, name);
    const char *slash = strrchr(path, '/');
    assert_int_equal(
        system(arena_printf(world->arena, "mkdir -p '%.*s'", (int)(slash - path), path)), 0);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* The arguments that were added, the project's folder left out. */
static const char *guessed(const struct world *world, const char *name)
{
    struct source_unit unit = {.path = arena_printf(world->arena, "%s/%s", world->folder, name),
                               .root = world->folder,
                               .cache = source_cache_new(world->arena, NULL, NULL)};
    vec_push(world->arena, &unit.args, arena_printf(world->arena, "-I%s/known", world->folder));
    source_guess_includes(world->arena, &unit);
    struct strbuf text;
    strbuf_init(&text, world->arena);
    for (size_t i = 1; i < unit.args.len; i += 2) {
        assert_string_equal(unit.args.data[i], "-idirafter");
        const char *folder = unit.args.data[i + 1];
        assert_int_equal(strncmp(folder, world->folder, strlen(world->folder)), 0);
        strbuf_addf(&text, "%s%s", i > 1 ? " " : "", folder + strlen(world->folder) + 1);
    }
    return text.text;
}

/* Its own header before the system's of that name, but no stand-ins for C's. */
static void a_header_of_the_project_comes_before_the_systems(void **state)
{
    static const char source[] = "#include <parts/api.h>\n#include <error.h>\n";
    struct world *world = *state;
    write_file(world, "include/parts/api.h", "");
    write_file(world, "include/error.h", "");
    write_file(world, "src/a.cu", source);
    write_file(world, "other/compat/parts/compat.h", "");
    write_file(world, "other/compat/error.h", "");
    write_file(world, "other/compat/string.h", "");
    write_file(world, "other/b.cu", "#include <parts/compat.h>\n#include <error.h>\n");
    struct source_unit unit = {.path = arena_printf(world->arena, "%s/src/a.cu", world->folder),
                               .root = world->folder,
                               .cache = source_cache_new(world->arena, NULL, NULL)};
    source_guess_includes(world->arena, &unit);
    assert_int_equal(unit.args.len, 1);
    assert_string_equal(unit.args.data[0],
                        arena_printf(world->arena, "-I%s/include", world->folder));
    assert_string_equal(guessed(world, "other/b.cu"), "other/compat");
}

static void folders_are_found_by_suffix(void **state)
{
    struct world *world = *state;
    write_file(world, "lib/include/lib/api.h", "#include \"detail/impl.h\"\n");
    write_file(world, "lib/include/lib/detail/impl.h", "  #  include <other/deep.hpp>\n");
    write_file(world, "third/inc/other/deep.hpp", "");
    write_file(world, "known/known.h", "");
    write_file(world, "src/a.cu",
               "#include <vector>\n#include <stdio.h>\n#include \"known.h\"\n"
               "#include <cuda_runtime.h>\n#include <lib/api.h>\n#include \"beside.h\"\n");
    write_file(world, "src/beside.h", "#include \"nowhere/at/all.h\"\n");
    assert_string_equal(guessed(world, "src/a.cu"), "lib/include third/inc");
}

static void the_nearest_wins(void **state)
{
    struct world *world = *state;
    write_file(world, "a/common/util.h", "");
    write_file(world, "b/common/util.h", "");
    write_file(world, "common/util.h", "");
    write_file(world, "z/util.h", "");
    write_file(world, "b/src/x.cpp", "#include \"util.h\"\n");
    write_file(world, "c/src/x.cpp", "#include \"util.h\"\n");
    write_file(world, "c/src/y.cpp", "#include <common/util.h>\n");
    assert_string_equal(guessed(world, "b/src/x.cpp"), "b/common");
    assert_string_equal(guessed(world, "c/src/x.cpp"), "common");
    write_file(world, "top.cpp", "#include <common/util.h>\n#include \"a/common/util.h\"\n");
    assert_string_equal(guessed(world, "a/common/util.h"), "");
}

static void climbing_names(void **state)
{
    struct world *world = *state;
    write_file(world, "p/common/inc/helper.h", "");
    write_file(world, "q/src/a.cu", "#include \"../inc/helper.h\"\n#include \"../../x.h\"\n");
    assert_string_equal(guessed(world, "q/src/a.cu"), "p/common/inc");
}

static void switches_of_cuda_sources(void **state)
{
    struct world *world = *state;
    write_file(
        world, "inc/dark.h",
        "#ifdef GPU\n#endif\n# if defined(X_USE_CUDA) && 1\n#endif\n#if HAVE_CUDA\n#endif\n"
        "#ifdef NO_CUDA\n#endif\n#ifdef __CUDA_ARCH__\n#endif\n#ifdef USE_CUDA_GRAPHS\n#endif\n"
        "#ifndef WITH_CUDA\n#endif\n#ifdef GPU\n#endif\n");
    write_file(world, "k.cu", "#include \"dark.h\"\n");
    struct source_unit unit = {.path = arena_printf(world->arena, "%s/k.cu", world->folder),
                               .root = world->folder,
                               .language = SOURCE_CUDA};
    source_guess_includes(world->arena, &unit);
    assert_int_equal(unit.args.len, 5);
    assert_string_equal(unit.args.data[2], "-DGPU=1");
    assert_string_equal(unit.args.data[3], "-DX_USE_CUDA=1");
    assert_string_equal(unit.args.data[4], "-DHAVE_CUDA=1");
    unit.args.len = 0;
    unit.has_command = true;
    source_guess_includes(world->arena, &unit);
    assert_int_equal(unit.args.len, 2);
}

static const char *switches(struct world *world, enum source_language language, const char *name)
{
    struct source_unit unit = {.path = arena_printf(world->arena, "%s/%s", world->folder, name),
                               .root = world->folder,
                               .language = language};
    const char *made = "";
    source_guess_includes(world->arena, &unit);
    for (size_t i = 0; i < unit.args.len; i++)
        if (strncmp(unit.args.data[i], "-D", 2) == 0)
            made = arena_printf(world->arena, "%s%s ", made, unit.args.data[i] + 2);
    return made;
}

/* In C and C++ too: those under which the runtime is included, of CUDA or of HIP. */
static void switches_around_the_runtime(void **state)
{
    struct world *world = *state;
    write_file(world, "either.h",
               "#if defined(USE_HIP)\n# include <hip/hip_runtime.h>\n"
               "#elif defined(USE_CUDA)\n# include <cuda_runtime.h>\n#endif\n");
    write_file(world, "a.cpp", "#ifdef HAVE_GPU\n#endif\n#include \"either.h\"\n");
    assert_string_equal(switches(world, SOURCE_CXX, "a.cpp"), "USE_HIP=1 ");
    write_file(world, "a.cu", "#include \"either.h\"\n");
    assert_string_equal(switches(world, SOURCE_CUDA, "a.cu"), "USE_CUDA=1 ");
    write_file(world, "b.c", "#if CUDA_ENABLED\n#include <cuda.h>\n#endif\n");
    assert_string_equal(switches(world, SOURCE_C, "b.c"), "CUDA_ENABLED=1 ");
    write_file(world, "c.c",
               "#ifdef USE_CUDA\n#else\n#include <cuda.h>\n#endif\n"
               "#ifdef HAVE_CUDA\n#endif\n#include <cuda_runtime.h>\n"
               "#ifdef WITH_VIEWER\n#include <cuda_runtime.h>\n#endif\n");
    assert_string_equal(switches(world, SOURCE_C, "c.c"), "");
    write_file(world, "d.c",
               "#if (HAVE_CUDA == 1)\n#include <vector>\n#ifdef BY_HIP\n#include <x.h>\n#else\n"
               "#include <cuda_runtime_api.h>\n#endif\n#endif\n"
               "#ifdef USE_GPU\n#if 0\n#endif\n#else\n#include <cuda.h>\n#endif\n"
               "#ifndef WITH_CUDA\n#include <cuda.h>\n#endif\n");
    assert_string_equal(switches(world, SOURCE_C, "d.c"), "HAVE_CUDA=1 ");
}

static void unsaved_text_counts(void **state)
{
    struct world *world = *state;
    write_file(world, "inc/h.h", "");
    struct source_unit unit = {.path = arena_printf(world->arena, "%s/s/new.cu", world->folder),
                               .root = world->folder,
                               .text = "#include \"h.h\"",
                               .text_len = strlen("#include \"h.h\"")};
    source_guess_includes(world->arena, &unit);
    assert_int_equal(unit.args.len, 2);
    assert_non_null(strstr(unit.args.data[1], "/inc"));
}

static void loops_end(void **state)
{
    struct world *world = *state;
    write_file(world, "x/a.h", "#include \"b.h\"\n");
    write_file(world, "y/b.h", "#include \"a.h\"\n#include \"b.h\"\n");
    write_file(world, "m.c", "#include \"a.h\"\n#include \"m.c\"\n");
    assert_string_equal(guessed(world, "m.c"), "x y");
}

/* A worker's cache serves units whose memory is gone by the next one. */
static void the_tree_outlives_the_name_of_its_root(void **state)
{
    struct world *world = *state;
    struct source_cache *cache = source_cache_new(world->arena, NULL, NULL);
    char root[4096];
    snprintf(root, sizeof root, "%s", world->folder);
    const struct source_tree *tree = source_tree_of(cache, root);
    memset(root, 'x', strlen(root));
    assert_ptr_equal(source_tree_of(cache, world->folder), tree);
}

static int make_world(void **state)
{
    struct arena *arena = arena_new();
    struct world *world = arena_new_object(arena, struct world);
    world->arena = arena;
    world->folder = testing_folder(arena);
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
        cmocka_unit_test_setup_teardown(folders_are_found_by_suffix, make_world, end_world),
        cmocka_unit_test_setup_teardown(a_header_of_the_project_comes_before_the_systems,
                                        make_world, end_world),
        cmocka_unit_test_setup_teardown(the_nearest_wins, make_world, end_world),
        cmocka_unit_test_setup_teardown(climbing_names, make_world, end_world),
        cmocka_unit_test_setup_teardown(switches_of_cuda_sources, make_world, end_world),
        cmocka_unit_test_setup_teardown(switches_around_the_runtime, make_world, end_world),
        cmocka_unit_test_setup_teardown(unsaved_text_counts, make_world, end_world),
        cmocka_unit_test_setup_teardown(loops_end, make_world, end_world),
        cmocka_unit_test_setup_teardown(the_tree_outlives_the_name_of_its_root, make_world,
                                        end_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

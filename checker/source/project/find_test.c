/* What the user named, as units: files, folders, databases, and every input that is none. */
#include "source/source.h"
#include "support/strbuf.h"
#include "support/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct world {
    struct arena *arena;
    const char *folder; /* the current folder of each test */
    struct source_list list;
};

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void find(struct world *world, struct source_request request, const char *inputs)
{
    const char *names[16];
    size_t count = 0;
    char *text = arena_strdup(world->arena, inputs);
    for (char *name = strtok(text, " "); name; name = strtok(NULL, " "))
        names[count++] = name;
    request.inputs = names;
    request.input_count = count;
    memset(&world->list, 0, sizeof world->list);
    source_find(world->arena, &request, &world->list);
}

static const struct source_request nothing_else = {0};

/* The units as the user would name them, joined by blanks. */
static const char *shown(const struct world *world)
{
    struct strbuf text;
    strbuf_init(&text, world->arena);
    for (size_t i = 0; i < world->list.units.len; i++)
        strbuf_addf(&text, "%s%s", i ? " " : "", world->list.units.data[i].shown);
    return text.text;
}

static const char *args_of(const struct world *world, size_t unit)
{
    struct strbuf text;
    strbuf_init(&text, world->arena);
    for (size_t i = 0; i < world->list.units.data[unit].args.len; i++)
        strbuf_addf(&text, "%s%s", i ? " " : "", world->list.units.data[unit].args.data[i]);
    return text.text;
}

static void expect_problem(const struct world *world, const char *part)
{
    assert_int_equal(world->list.problems.len, 1);
    const char *message = world->list.problems.data[0].error->message;
    if (!strstr(message, part))
        fail_msg("'%s' lacks '%s'", message, part);
}

static void expect_note(const struct world *world, const char *part)
{
    for (size_t i = 0; i < world->list.notes.len; i++)
        if (strstr(world->list.notes.data[i], part))
            return;
    fail_msg("no note says '%s'", part);
}

static void files_and_folders(void **state)
{
    struct world *world = *state;
    mkdir("sub", 0777);
    mkdir("sub/.git", 0777);
    mkdir("sub/CMakeFiles", 0777);
    assert_int_equal(symlink("..", "sub/loop"), 0);
    write_file("z.cu", "");
    write_file("a.cpp", "int a;\n");
    write_file("sub/m.c", "int m;\n");
    write_file("sub/k.hip", "");
    write_file("sub/h.cuh", "");
    write_file("sub/.git/x.c", "");
    write_file("sub/CMakeFiles/y.cpp", "");
    find(world, nothing_else, ".");
    assert_string_equal(shown(world), "a.cpp sub/k.hip sub/m.c z.cu");
    assert_int_equal(world->list.problems.len, 0);
    find(world, nothing_else, "z.cu sub sub/h.cuh ./z.cu");
    assert_string_equal(shown(world), "z.cu sub/k.hip sub/m.c sub/h.cuh");
    assert_true(world->list.units.data[3].is_header);
    assert_int_equal(world->list.units.data[0].language, SOURCE_CUDA);
    assert_int_equal(world->list.units.data[1].language, SOURCE_HIP);
    assert_int_equal(world->list.units.data[2].language, SOURCE_C);
}

static void the_named_folder_is_the_project(void **state)
{
    struct world *world = *state;
    mkdir("tree", 0777);
    mkdir("tree/src", 0777);
    write_file("tree/src/a.cu", "");
    find(world, nothing_else, "tree");
    assert_string_equal(strrchr(world->list.units.data[0].root, '/'), "/tree");
    find(world, nothing_else, "tree/src/a.cu");
    assert_string_equal(strrchr(world->list.units.data[0].root, '/'), "/src");
    write_file("tree/LICENSE", "");
    find(world, nothing_else, "tree/src/a.cu");
    assert_string_equal(strrchr(world->list.units.data[0].root, '/'), "/tree");
    find(world, nothing_else, "tree/src");
    assert_string_equal(strrchr(world->list.units.data[0].root, '/'), "/tree");
    mkdir("tree/src/.git", 0777);
    find(world, nothing_else, "tree");
    assert_string_equal(strrchr(world->list.units.data[0].root, '/'), "/src");
}

static void inputs_that_are_none(void **state)
{
    struct world *world = *state;
    mkdir("empty", 0777);
    mkdir("dir.cu", 0777);
    write_file("notes.txt", "text\n");
    FILE *binary = fopen("binary.cu", "wb");
    fwrite("\x7f"
           "ELF\0\0",
           1, 6, binary);
    fclose(binary);
    assert_int_equal(mkfifo("pipe.cu", 0600), 0);
    write_file("good.cu", "\n");
    static const struct {
        const char *input, *problem;
    } cases[] = {
        {"missing.cu", "cannot read 'missing.cu': No such file"},
        {"empty", "there is no C, C++, CUDA or HIP file below 'empty'"},
        {"dir.cu", "below 'dir.cu'"},
        {"notes.txt", "'notes.txt' is no C, C++, CUDA or HIP file by its name"},
        {"binary.cu", "'binary.cu' is a binary file"},
        {"pipe.cu", "'pipe.cu' is not a regular file"},
        {"/dev/null", "'/dev/null' is not a regular file"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        find(world, nothing_else, arena_printf(world->arena, "%s good.cu", cases[i].input));
        expect_problem(world, cases[i].problem);
        assert_string_equal(shown(world), "good.cu");
    }
    find(world, nothing_else, "");
    expect_problem(world, "no file is named, and no compile_commands.json was found");
}

static void a_database_decides(void **state)
{
    struct world *world = *state;
    mkdir("src", 0777);
    mkdir("build", 0777);
    mkdir("build/debug", 0777);
    write_file("src/a.cu", "int a;\n");
    write_file("src/b.cpp", "int b;\n");
    write_file("src/unlisted.cpp", "int u;\n");
    write_file("src/b.hpp", "struct s;\n");
    write_file("src/c.cuh", "\n");
    write_file("build/debug/compile_commands.json",
               "[{\"directory\": \"../../src\", \"file\": \"a.cu\","
               "  \"arguments\": [\"nvcc\", \"-DFIRST\", \"-E\", \"a.cu\"]},"
               " {\"directory\": \"../../src\", \"file\": \"a.cu\","
               "  \"command\": \"nvcc -DSECOND -Iinc -std c++14 -t 4 -c a.cu -o a.o\"},"
               " {\"directory\": \"../../src\", \"file\": \"b.cpp\","
               "  \"command\": \"g++ -DOF_B -c b.cpp\"},"
               " {\"directory\": \"../../src\", \"file\": \"gone.cpp\", \"command\": \"g++ -c x\"},"
               " {\"file\": 7}, 8]");
    find(world, nothing_else, "src");
    assert_string_equal(shown(world), "src/a.cu src/b.cpp");
    assert_string_equal(
        args_of(world, 0),
        arena_printf(world->arena, "-x cuda -std=c++14 -DSECOND -I%s/src/inc", world->folder));
    assert_true(world->list.units.data[0].has_command);
    expect_note(world, "names the file 2 times");
    expect_note(world, "1 files of '");

    find(world, nothing_else, "src/b.hpp src/unlisted.cpp src/c.cuh");
    assert_string_equal(args_of(world, 0), "-x c++ -std=gnu++17 -DOF_B");
    assert_string_equal(args_of(world, 1), "-x c++ -std=gnu++17 -DOF_B");
    assert_non_null(strstr(args_of(world, 2), "-DSECOND"));
    assert_non_null(strstr(world->list.units.data[0].origin, "as for src/b.cpp"));

    struct source_request request = {.database = "build/debug"};
    find(world, request, "");
    assert_string_equal(shown(world), "src/a.cu src/b.cpp");

    const char *args[] = {"-DMINE", "-x", "c++"};
    request = (struct source_request){
        .compiler_args = args, .compiler_arg_count = 3, .has_compiler_args = true};
    find(world, request, "src/a.cu");
    assert_string_equal(args_of(world, 0), "-x c++ -std=gnu++17 -DMINE");
    find(world, (struct source_request){.has_compiler_args = true}, "src/a.cu");
    assert_string_equal(args_of(world, 0), "-x cuda -std=gnu++17");
}

static void broken_databases(void **state)
{
    struct world *world = *state;
    write_file("a.cu", "\n");
    write_file("compile_commands.json", "[\n  {\"file\": }\n]\n");
    find(world, nothing_else, "a.cu");
    expect_problem(world, "is broken at line 2, column 1");
    assert_string_equal(shown(world), "a.cu");
    write_file("compile_commands.json", "{}");
    find(world, nothing_else, "a.cu");
    expect_problem(world, "holds no list of commands");
    find(world, (struct source_request){.database = "nowhere"}, "a.cu");
    expect_problem(world, "there is no compilation database");
    find(world, (struct source_request){.cuda_path = "nowhere"}, "a.cu");
    assert_non_null(strstr(world->list.problems.data[0].error->message, "no CUDA Toolkit at"));
}

static void defaults_follow_the_text(void **state)
{
    struct world *world = *state;
    static const struct {
        const char *name, *text, *args;
    } cases[] = {
        {"plain.cu", "int a;\n", "-x cuda -std=gnu++17"},
        {"concepts.cu", "template <class T> concept C = true;\n", "-x cuda -std=gnu++20"},
        {"comment.cpp", "// concept requires\nconst char *a = \"concept\";\n",
         "-x c++ -std=gnu++17"},
        {"span.cpp", "#include <span>\n", "-x c++ -std=gnu++20"},
        {"expected.cpp", "#include <expected>\n", "-x c++ -std=gnu++2b"},
        {"plain.c", "int a;\n", "-x c"},
        {"c.h", "int a(void); /* a class of its own */\n", "-x c"},
        {"cxx.h", "namespace a { }\n", "-x c++ -std=gnu++17"},
        {"kernel.h", "__global__ void k();\n", "-x cuda -std=gnu++17"},
        {"hip.cu", "#include <hip/hip_runtime.h>\n", "-x cuda -std=gnu++17"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        write_file(cases[i].name, cases[i].text);
        find(world, nothing_else, cases[i].name);
        if (strcmp(args_of(world, 0), cases[i].args) != 0)
            fail_msg("%s: %s", cases[i].name, args_of(world, 0));
    }
    assert_int_equal(world->list.units.data[0].language, SOURCE_HIP);
}

/* What the text speaks of is declared, and nothing else: each part costs time. */
static void declarations_follow_the_text(void **state)
{
    struct world *world = *state;
    static const struct {
        const char *text, *wants;
    } cases[] = {
        {"int a;\n", ""},
        {"void f() { cudaMalloc(0, 1); }\n", "CUDA"},
        {"void f() { cuMemAlloc(0, 1); std::sqrt(2); }\n", "DRIVER MATH"},
        {"void f() { cudaFree(0); hipFree(0); }\n", "CUDA HIP"},
        {"#define hipFree cudaFree\nvoid f() { hipFree(0); }\n", "CUDA"},
        {"#include <hip/hip_runtime.h>\n#define cudaFree hipFree\n", "HIP"},
        {"// cudaMalloc(\nconst char *a = \"hipFree\";\n", ""},
        {"int b = std::max(1, 2); double c = std::legendre(1, 2);\n", "MIN_MAX MATH SPECIAL_MATH"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        write_file("w.cpp", cases[i].text);
        find(world, nothing_else, "w.cpp");
        const char **words;
        size_t count;
        source_parse_args(world->arena, &world->list.units.data[0], true, &words, &count);
        struct strbuf wants;
        strbuf_init(&wants, world->arena);
        static const char prefix[] = "-DCUHOSTLINT_WANTS_";
        for (size_t k = 0; k < count; k++)
            if (strncmp(words[k], prefix, strlen(prefix)) == 0)
                strbuf_addf(&wants, "%s%s", wants.len ? " " : "", words[k] + strlen(prefix));
        if (strcmp(wants.text, cases[i].wants) != 0)
            fail_msg("%s wants '%s'", cases[i].text, wants.text);
    }
}

static size_t index_of(const char *word, const char **words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    fail_msg("no %s", word);
    return 0;
}

static void toolkits(void **state)
{
    struct world *world = *state;
    static const char *const folders[] = {"tk",
                                          "tk/include",
                                          "tk/include/cccl",
                                          "other",
                                          "other/targets",
                                          "other/targets/x86_64-linux",
                                          "other/targets/x86_64-linux/include"};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        mkdir(folders[i], 0777);
    static const char *const headers[] = {"cuda_runtime.h", "cuda_runtime_api.h", "driver_types.h",
                                          "cuda.h"};
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        write_file(arena_printf(world->arena, "tk/include/%s", headers[i]), "");
        write_file(arena_printf(world->arena, "other/targets/x86_64-linux/include/%s", headers[i]),
                   "");
    }
    write_file("a.cu", "");
    find(world, (struct source_request){.cuda_path = "tk"}, "a.cu");
    const struct source_unit *unit = &world->list.units.data[0];
    assert_int_equal(unit->cuda_includes.len, 2);
    assert_non_null(strstr(unit->cuda_includes.data[1], "/tk/include/cccl"));
    setenv("CUDA_HOME", arena_printf(world->arena, "%s/other", world->folder), 1);
    find(world, nothing_else, "a.cu");
    unsetenv("CUDA_HOME");
    assert_non_null(strstr(world->list.units.data[0].cuda_includes.data[0],
                           "/other/targets/x86_64-linux/include"));
    const char *args[] = {"-isystem", "tk/include", "-Iown"};
    find(world,
         (struct source_request){
             .compiler_args = args, .compiler_arg_count = 3, .has_compiler_args = true},
         "a.cu");
    unit = &world->list.units.data[0];
    assert_non_null(strstr(unit->cuda_includes.data[0], "/tk/include"));

    /* with the bundled declarations, the toolkit's folder must not be seen at all */
    const char **words;
    size_t count;
    source_parse_args(world->arena, unit, true, &words, &count);
    for (size_t i = 0; i < count; i++)
        assert_null(strstr(words[i], "/tk/"));
    size_t own = index_of("/cuhostlint/include", words, count);
    assert_string_equal(words[own - 1], "-isystem");
    source_parse_args(world->arena, unit, false, &words, &count);
    own = index_of("/cuhostlint/include", words, count);
    assert_string_equal(words[own - 1], "-idirafter");
    assert_non_null(strstr(words[own - 2], "/tk/include/cccl"));
}

static int make_world(void **state)
{
    struct arena *arena = arena_new();
    struct world *world = arena_new_object(arena, struct world);
    world->arena = arena;
    world->folder = testing_folder(arena);
    *state = world;
    unsetenv("CUDA_HOME");
    unsetenv("CUDA_PATH");
    return chdir(world->folder) == 0 ? 0 : -1;
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
        cmocka_unit_test_setup_teardown(files_and_folders, make_world, end_world),
        cmocka_unit_test_setup_teardown(the_named_folder_is_the_project, make_world, end_world),
        cmocka_unit_test_setup_teardown(inputs_that_are_none, make_world, end_world),
        cmocka_unit_test_setup_teardown(a_database_decides, make_world, end_world),
        cmocka_unit_test_setup_teardown(broken_databases, make_world, end_world),
        cmocka_unit_test_setup_teardown(defaults_follow_the_text, make_world, end_world),
        cmocka_unit_test_setup_teardown(declarations_follow_the_text, make_world, end_world),
        cmocka_unit_test_setup_teardown(toolkits, make_world, end_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Where a source is cut for the sake of a header that it includes. */
#include "source/project/cache.h"
#include "source/text/cut.h"
#include "support/file.h"
#include "support/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct project {
    struct arena *arena;
    const char *root;
};

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* What is read of a source with that text. */
static const char *cut(struct project *project, const char *text)
{
    struct arena *arena = project->arena;
    const struct source_unit unit = {
        .path = arena_printf(arena, "%s/main.cu", project->root),
        .directory = project->root,
        .root = project->root,
        .has_command = true,
        .cache = source_cache_new(arena, NULL, NULL),
    };
    struct reach *reach = reach_new(arena);
    reach_open(reach, &unit, 1);
    size_t len = cut_behind_header(reach, &unit, text, strlen(text),
                                   arena_printf(arena, "%s/pool.h", project->root));
    return arena_strndup(arena, text, len);
}

static void what_stands_behind_the_last_line_is_left_out(void **state)
{
    struct project *project = *state;
    assert_string_equal(cut(project, "int a;\n#include \"pool.h\"\nint b;\n"),
                        "int a;\n#include \"pool.h\"\n");
    assert_string_equal(cut(project, "#include \"all.h\"\n#include \"none.h\"\nint b;\n"),
                        "#include \"all.h\"\n");
    assert_string_equal(cut(project, "#include \"all.h\" /* c */\n#include <pool.h>\nint b;\n"),
                        "#include \"all.h\" /* c */\n#include <pool.h>\n");
    assert_string_equal(cut(project, "#include \"pool.h\""), "#include \"pool.h\"");
}

static void conditions_are_closed(void **state)
{
    struct project *project = *state;
    assert_string_equal(
        cut(project,
            "#ifdef A\n#if B\n#include \"pool.h\"\n#else\n#endif\nint x;\n#endif\nint b;\n"),
        "#ifdef A\n#if B\n#include \"pool.h\"\n#else\n#endif\nint x;\n#endif\n");
    assert_string_equal(
        cut(project,
            "#ifdef A\n#include \"pool.h\"\n#endif\nint b;\n#include \"pool.h\"\nint c;\n"),
        "#ifdef A\n#include \"pool.h\"\n#endif\nint b;\n#include \"pool.h\"\n");
}

static void all_is_read_where_nothing_can_be_cut(void **state)
{
    struct project *project = *state;
    static const char *const texts[] = {
        "int b;\n",
        "#include \"none.h\"\nint b;\n",
        "namespace a {\n#include \"pool.h\"\n}\nint b;\n",
        "#include \"pool.h\"\nnamespace a {\n#include \"pool.h\"\n}\nint b;\n",
        "#ifdef A\n#include \"pool.h\"\nint b;\n",
        "#include POOL\nint b;\n",
        "/*\n#include \"pool.h\"\n*/\nint b;\n",
        "",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_string_equal(cut(project, texts[i]), texts[i]);
    /* braces of a macro and in a literal are none */
    assert_string_equal(
        cut(project, "#define OPEN {\nchar c = '{';\n#include \"pool.h\"\nint b;\n"),
        "#define OPEN {\nchar c = '{';\n#include \"pool.h\"\n");
}

static int set_up(void **state)
{
    struct arena *arena = arena_new();
    struct project *project = arena_new_object(arena, struct project);
    char folder[] = "/tmp/cuhostlint-cut-XXXXXX";
    project->arena = arena;
    project->root = file_real_path(arena, mkdtemp(folder));
    write_file(arena_printf(arena, "%s/pool.h", project->root), "int pool;\n");
    write_file(arena_printf(arena, "%s/all.h", project->root), "#include \"pool.h\"\n");
    write_file(arena_printf(arena, "%s/none.h", project->root), "int none;\n");
    *state = project;
    return 0;
}

static int tear_down(void **state)
{
    struct project *project = *state;
    static const char *const names[] = {"pool.h", "all.h", "none.h"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(arena_printf(project->arena, "%s/%s", project->root, names[i]));
    rmdir(project->root);
    arena_free(project->arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_stands_behind_the_last_line_is_left_out, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(conditions_are_closed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(all_is_read_where_nothing_can_be_cut, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

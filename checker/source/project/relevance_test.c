/* The scan that decides what is parsed. */
#include "source/project/relevance.h"
#include "source/text/pastes.h"
#include "support/file.h"
#include "support/map.h"
#include "support/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- token pasting ----------------------------------------------------------------------- */

static const char *const names[] = {"cudaFreeHost", "cudaHostRegister", "hipHostFree",
                                    "my_pin_with_a_rather_long_name"};
enum { NAMES = sizeof names / sizeof *names };

static void note_paste(void *context, const char *before, size_t before_len, const char *after,
                       size_t after_len)
{
    struct arena *arena = arena_new();
    bool *may_paste = context;
    *may_paste |= pastes_make_one_of(arena_strndup(arena, before, before_len),
                                     arena_strndup(arena, after, after_len), names, NAMES);
    arena_free(arena);
}

static void pasted_names_are_suspected(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool may_paste;
    } cases[] = {
        {"#define CALL(f) cuda##f", true},
        {"#define CALL(f) cuda ## f", true},
        {"#define CALL(p) p##HostRegister", true},
        {"#define CALL(p, s) p##Middle##s", false},
        {"#define NAME(a, b) a##b", false},
        {"#define NAME(a) c##a", false},
        {"#define NAME(a) barracuda##a", false},
        {"##", false},
        {"", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool may_paste = false;
        pastes_each(cases[i].text, strlen(cases[i].text), note_paste, &may_paste);
        if (may_paste != cases[i].may_paste)
            fail_msg("%s", cases[i].text);
    }
}

/* ---- units of a project ------------------------------------------------------------------ */

struct project {
    struct arena *arena;
    struct model_set models;
    const char *root;
};

static void write_text(const struct project *project, const char *path, const char *text)
{
    const char *full = arena_printf(project->arena, "%s/%s", project->root, path);
    assert_null(file_replace(project->arena, full, text, strlen(text)));
}

static int set_up(void **state)
{
    static const char models[] = "api: runtime\n"
                                 "functions:\n"
                                 "  - {name: cudaHostUnregister, args: 1, unregisters: 0}\n";
    struct arena *arena = arena_new();
    struct project *project = arena_new_object(arena, struct project);
    project->arena = arena;
    project->models.arena = arena;
    project->root = testing_folder(arena);
    if (models_read(&project->models, models, sizeof models - 1, "test", false) != NULL)
        return -1;
    models_index(&project->models);
    static const char *const folders[] = {"src", "src/deep", "include", "include/lib", "other"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (mkdir(arena_printf(arena, "%s/%s", project->root, folders[i]), 0700) != 0)
            return -1;
    *state = project;
    return 0;
}

static int tear_down(void **state)
{
    struct project *project = *state;
    int status = testing_remove(project->arena, project->root);
    arena_free(project->arena);
    return status;
}

static bool is_relevant(struct project *project, const char *path, bool has_command,
                        const char *arg)
{
    struct source_unit unit = {
        .path = arena_printf(project->arena, "%s/%s", project->root, path),
        .directory = project->root,
        .root = project->root,
        .has_command = has_command,
    };
    if (arg)
        vec_push(project->arena, &unit.args, arg);
    struct relevance *relevance = relevance_new(project->arena, &project->models);
    bool first = relevance_of_unit(relevance, &unit);
    assert_int_equal(first, relevance_of_unit(relevance, &unit)); /* from what is known now */
    return first;
}

static void names_are_found_through_headers(void **state)
{
    struct project *project = *state;
    write_text(project, "include/lib/pin.h",
               "// cudaHostUnregister, wrapped\n"
               "inline void unpin(void *p) { cudaHostUnregister(p); }\n"
               "struct Plain { int a; };\n");
    write_text(project, "include/lib/all.h",
               "# include  \"lib/pin.h\" // the wrappers\n"
               "class Holder { ~Holder() { unpin(p_); } void *p_; };\n"
               "using Alias = Holder;\n");
    write_text(project, "other/far.h", "#define UNPIN(p) cudaHostUnregister(p)\n");
    write_text(project, "src/loop.h", "#include \"loop.h\"\n#include <vector>\n");
    write_text(project, "src/part.cu", "void f(void *p) { cudaHostUnregister(p); }\n");
    write_text(project, "src/own.cpp", "int a = f(cudaHostUnregister(p));");
    write_text(project, "src/said.cpp",
               "// cudaHostUnregister\nchar s[] = \"cudaHostUnregister\";");
    write_text(project, "src/direct.cpp", "#include <lib/pin.h>\nvoid g(void *p) { unpin(p); }\n");
    write_text(project, "src/unused.cpp", "#include <lib/pin.h>\nPlain plain;\n");
    write_text(project, "src/deep/indirect.cpp", "#include \"lib/all.h\"\nAlias alias;\n");
    write_text(project, "src/none.cpp",
               "#include \"loop.h\"\n#include \"missing.h\"\n#include X\n");
    write_text(project, "src/far.cpp", "#include \"far.h\"\nvoid g(void *p) { UNPIN(p); }\n");
    write_text(project, "src/parts.cpp", "#include \"part.cu\"\n");
    const char *other = arena_printf(project->arena, "-I%s/other", project->root);
    assert_true(is_relevant(project, "src/own.cpp", true, NULL));
    assert_false(is_relevant(project, "src/said.cpp", true, NULL));
    assert_false(is_relevant(project, "src/unused.cpp", false, NULL));
    assert_true(is_relevant(project, "src/parts.cpp", true, NULL));
    assert_true(is_relevant(project, "src/direct.cpp", false, NULL));
    assert_false(is_relevant(project, "src/direct.cpp", true, NULL));
    assert_true(is_relevant(project, "src/deep/indirect.cpp", false, NULL));
    assert_false(is_relevant(project, "src/none.cpp", false, NULL));
    assert_true(is_relevant(project, "src/far.cpp", false, NULL));
    assert_false(is_relevant(project, "src/far.cpp", true, NULL));
    assert_true(is_relevant(project, "src/far.cpp", true, other));
    assert_true(is_relevant(project, "src/none.cpp", true, "-DUNPIN=cudaHostUnregister"));
    assert_true(is_relevant(project, "src/unreadable.cpp", true, NULL));
    write_text(project, "src/pasted.cpp", "void g(void *p) { CONCAT(cudaHost, Unregister)(p); }\n");
    write_text(project, "src/short.cpp", "void g(void *p) { CONCAT(cuda, Unregister)(p); }\n");
    assert_true(is_relevant(project, "src/pasted.cpp", true, NULL));
    assert_false(is_relevant(project, "src/short.cpp", true, NULL));
    write_text(project, "src/device.cpp", "void g(void **p) { cudaMalloc(p, 8); cudaFree(*p); }\n");
    assert_false(is_relevant(project, "src/device.cpp", true, NULL));
}

static void further_names_count(void **state)
{
    struct project *project = *state;
    write_text(project, "src/user.cpp", "void f(void *p) { Pool::give_back(p); }");
    struct source_unit unit = {
        .path = arena_printf(project->arena, "%s/src/user.cpp", project->root),
        .directory = project->root,
        .root = project->root,
    };
    static const char *const wrappers[] = {"ns::Pool::give_back"};
    assert_false(relevance_of_unit(relevance_new(project->arena, &project->models), &unit));
    struct relevance *relevance = relevance_new(project->arena, &project->models);
    assert_false(relevance_of_unit(relevance, &unit));
    relevance_add_names(relevance, wrappers, 1);
    assert_true(relevance_of_unit(relevance, &unit));
}

static void further_names_are_not_pasted_together(void **state)
{
    struct project *project = *state;
    static const char *const wrappers[] = {"pool_give_back"};
    write_text(project, "src/pasting.cpp",
               "#define POOL(op) pool_##op\nvoid f() { POOL(size)(); }");
    write_text(project, "src/naming.cpp", "void f(void *p) { pool_give_back(p); }");
    struct relevance *relevance = relevance_new(project->arena, &project->models);
    relevance_add_names(relevance, wrappers, 1);
    assert_false(relevance_of_unit(
        relevance, &(struct source_unit){
                       .path = arena_printf(project->arena, "%s/src/pasting.cpp", project->root),
                       .directory = project->root,
                       .root = project->root,
                   }));
    assert_true(relevance_of_unit(
        relevance, &(struct source_unit){
                       .path = arena_printf(project->arena, "%s/src/naming.cpp", project->root),
                       .directory = project->root,
                       .root = project->root,
                   }));
}

static void unsaved_text_counts_instead_of_the_file(void **state)
{
    struct project *project = *state;
    write_text(project, "src/edited.cpp", "cudaHostUnregister(p)");
    struct source_unit unit = {
        .path = arena_printf(project->arena, "%s/src/edited.cpp", project->root),
        .directory = project->root,
        .root = project->root,
        .text = "int a;",
        .text_len = 6,
    };
    assert_false(relevance_of_unit(relevance_new(project->arena, &project->models), &unit));
    unit.text = "#include <lib/pin.h>\nvoid g(void *p) { unpin(p); }\n";
    unit.text_len = strlen(unit.text);
    assert_true(relevance_of_unit(relevance_new(project->arena, &project->models), &unit));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pasted_names_are_suspected),
        cmocka_unit_test(names_are_found_through_headers),
        cmocka_unit_test(further_names_count),
        cmocka_unit_test(further_names_are_not_pasted_together),
        cmocka_unit_test(unsaved_text_counts_instead_of_the_file),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

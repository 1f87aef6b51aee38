/* A parse without the bodies in system headers gives what one with them gives. */
#include "ir/write.h"
#include "lower/lower.h"
#include "support/testing.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct fixture {
    struct arena *arena;
    struct model_set models;
    const char *folder;
};

/* Templates of the file's own have bodies, and so do the instances that only a caller makes. */
static const char text[] = "#include <cuda_runtime.h>\n"
                           "#include <vector>\n"
                           "template <class T> struct Block {\n"
                           "    std::vector<T> data;\n"
                           "    explicit Block(size_t n) : data(n) {\n"
                           "        cudaHostRegister(data.data(), n * sizeof(T), 0);\n"
                           "    }\n"
                           "    ~Block() { cudaHostUnregister(data.data()); }\n"
                           "};\n"
                           "template <class F> int call(F f) { return f(4); }\n"
                           "int main() {\n"
                           "    return call([](auto n) { Block<int> b(n); return b.data[0]; });\n"
                           "}\n";

static const char *write_file(const struct fixture *fixture, const char *name, const char *content)
{
    const char *path = arena_printf(fixture->arena, "%s/%s", fixture->folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(content, file) >= 0);
    assert_int_equal(fclose(file), 0);
    return path;
}

/* `unsaved`: what the file would hold, or NULL. */
static void lower(struct lower_session *session, const struct fixture *fixture, const char *path,
                  const char *unsaved, unsigned char **bytes, size_t *len)
{
    struct source_request request = {.inputs = &path, .input_count = 1};
    struct source_list list = {0};
    struct ir_unit *unit = NULL;
    if (unsaved)
        request = (struct source_request){
            .stdin_path = path, .stdin_text = unsaved, .stdin_len = strlen(unsaved)};
    source_find(fixture->arena, &request, &list);
    assert_int_equal(list.units.len, 1);
    assert_null(lower_unit(session, fixture->arena, &list.units.data[0], &fixture->models, &unit));
    ir_write(fixture->arena, unit, bytes, len);
}

static void assert_same(const struct fixture *fixture, const char *path, const char *unsaved,
                        bool skims)
{
    struct lower_session *full, *skimming;
    unsigned char *left, *right;
    size_t left_len, right_len;
    assert_null(lower_open(fixture->arena, &full));
    lower(full, fixture, path, unsaved, &left, &left_len);
    lower_close(full);
    assert_null(lower_open(fixture->arena, &skimming));
    lower_skim_headers(skimming, fixture->arena);
    lower(skimming, fixture, path, unsaved, &right, &right_len);
    assert_int_equal(lower_stats(skimming)->skimmed, skims);
    lower_close(skimming);
    assert_int_equal(left_len, right_len);
    assert_memory_equal(left, right, left_len);
}

static void instances_are_made(void **state)
{
    const struct fixture *fixture = *state;
    assert_same(fixture, write_file(fixture, "saved.cu", text), NULL, true);
    assert_same(fixture, write_file(fixture, "saved.cpp", text), NULL, true);
}

static void unsaved_text(void **state)
{
    const struct fixture *fixture = *state;
    assert_same(fixture, write_file(fixture, "unsaved.cu", "int main() {}\n"), text, true);
}

/* For libclang's indexing a missing header is the end of all instances. */
static void missing_header(void **state)
{
    const struct fixture *fixture = *state;
    const char *spoilt = arena_printf(fixture->arena, "#include \"not/there.h\"\n%s", text);
    assert_same(fixture, write_file(fixture, "missing.cu", spoilt), NULL, false);
}

/* A folder that was guessed is the system's for clang, and the project's for us. */
static void guessed_header(void **state)
{
    const struct fixture *fixture = *state;
    const char *folder = fixture->folder;
    assert_int_equal(mkdir(arena_printf(fixture->arena, "%s/.git", folder), 0700), 0);
    assert_int_equal(mkdir(arena_printf(fixture->arena, "%s/library", folder), 0700), 0);
    write_file(fixture, "library/pin.h",
               "inline int pin(int *p) { return cudaHostRegister(p, 4, 0); }\n");
    assert_same(fixture,
                write_file(fixture, "main.cu",
                           "#include <cuda_runtime.h>\n#include <pin.h>\n"
                           "int main() { static int a; return pin(&a) + cudaFreeHost(0); }\n"),
                NULL, false);
}

static int set_up(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *fixture = arena_new_object(arena, struct fixture);
    *fixture = (struct fixture){.arena = arena, .models = {.arena = arena}};
    fixture->folder = testing_folder(arena);
    *state = fixture;
    models_take_builtin(&fixture->models);
    models_index(&fixture->models);
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    int result = testing_remove(fixture->arena, fixture->folder);
    arena_free(fixture->arena);
    return result;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(instances_are_made, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unsaved_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(missing_header, set_up, tear_down),
        cmocka_unit_test_setup_teardown(guessed_header, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What a kept tree gives is what a new one gives. */
#include "ir/write.h"
#include "lower/lower.h"
#include "support/testing.h"

#include <string.h>

struct fixture {
    struct arena *arena;
    struct model_set models;
    struct lower_session *fresh, *keeping;
};

static const char *const headers =
    "#include <cuda_runtime.h>\n#include <stdlib.h>\n#include <new>\n";
static const char *const code = "int f(size_t n)\n{\n"
                                "    void *p = malloc(n);\n"
                                "    if (cudaHostRegister(p, n, 0) != cudaSuccess)\n"
                                "        return 1;\n"
                                "    cudaHostUnregister(p);\n"
                                "    free(p);\n"
                                "    return 0;\n}\n";

static void lower(struct lower_session *session, const struct fixture *fixture, const char *path,
                  const char *text, unsigned char **bytes, size_t *len)
{
    const struct source_request request = {
        .stdin_path = path, .stdin_text = text, .stdin_len = strlen(text)};
    struct source_list list = {0};
    struct ir_unit *unit = NULL;
    source_find(fixture->arena, &request, &list);
    assert_int_equal(list.units.len, 1);
    assert_null(lower_unit(session, fixture->arena, &list.units.data[0], &fixture->models, &unit));
    ir_write(fixture->arena, unit, bytes, len);
}

static void assert_same(const struct fixture *fixture, const char *path, const char *text,
                        bool from_kept)
{
    unsigned char *fresh, *kept;
    size_t fresh_len, kept_len;
    lower(fixture->fresh, fixture, path, text, &fresh, &fresh_len);
    lower(fixture->keeping, fixture, path, text, &kept, &kept_len);
    assert_int_equal(lower_stats(fixture->keeping)->from_kept, from_kept);
    assert_int_equal(fresh_len, kept_len);
    assert_memory_equal(fresh, kept, fresh_len);
}

static const char *joined(const struct fixture *fixture, const char *first, const char *second)
{
    return arena_printf(fixture->arena, "%s%s", first, second);
}

static void edits_of_the_code(void **state)
{
    const struct fixture *fixture = *state;
    const char *text = joined(fixture, headers, code);
    assert_same(fixture, "/nowhere/edited.cu", text, false);
    for (int i = 0; i < 3; i++) {
        assert_same(fixture, "/nowhere/edited.cu", text, true);
        text = joined(fixture, text,
                      "int more(void *p) { return cudaFreeHost(p); }\n"
                      "namespace deeper {\n");
    }
    assert_same(fixture, "/nowhere/edited.cu", joined(fixture, headers, code), true);
}

static void edits_of_the_headers(void **state)
{
    const struct fixture *fixture = *state;
    const char *text = joined(fixture, headers, code);
    assert_same(fixture, "/nowhere/headers.cu", text, false);
    assert_same(fixture, "/nowhere/headers.cu", joined(fixture, "\n\n", text), true);
    assert_same(fixture, "/nowhere/headers.cu", joined(fixture, "#include <stdio.h>\n", text),
                true);
    assert_same(fixture, "/nowhere/headers.cu", joined(fixture, "#include <stdio.h\n", text), true);
    assert_same(fixture, "/nowhere/headers.cu", text, true);
}

/* More files than are kept: the oldest goes. */
static void many_files(void **state)
{
    const struct fixture *fixture = *state;
    const char *text = joined(fixture, headers, code);
    for (int i = 0; i < 6; i++)
        assert_same(fixture, arena_printf(fixture->arena, "/nowhere/many%d.cu", i), text, false);
    assert_same(fixture, "/nowhere/many5.cu", text, true);
    assert_same(fixture, "/nowhere/many0.cu", text, false);
}

static int set_up(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *fixture = arena_new_object(arena, struct fixture);
    *fixture = (struct fixture){.arena = arena, .models = {.arena = arena}};
    *state = fixture;
    if (lower_open(arena, &fixture->fresh) || lower_open(arena, &fixture->keeping))
        return -1;
    models_take_builtin(&fixture->models);
    models_index(&fixture->models);
    lower_keep_trees(fixture->keeping, arena);
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    lower_close(fixture->fresh);
    lower_close(fixture->keeping);
    arena_free(fixture->arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(edits_of_the_code, set_up, tear_down),
        cmocka_unit_test_setup_teardown(edits_of_the_headers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_files, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What is found in files, and what of it is remembered. */
#include "source/memory_testing.h"
#include "source/text/fact_store.h"
#include "support/file.h"
#include "support/map.h"
#include "support/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FILES = 300 };

/* A folder with files, and a memory of one folder. */
struct scene {
    struct arena *arena;
    const char *folder;
    struct testing_memory memory;
};

static int set_up(void **state)
{
    struct arena *arena = arena_new();
    struct scene *scene = arena_new_object(arena, struct scene);
    scene->arena = arena;
    scene->folder = testing_folder(arena);
    scene->memory = (struct testing_memory){.arena = arena, .name = scene->folder};
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    int status = testing_remove(scene->arena, scene->folder);
    arena_free(scene->arena);
    return status;
}

static const char *path_of(const struct scene *scene, const char *name)
{
    return arena_printf(scene->arena, "%s/%s", scene->folder, name);
}

static void put(const struct scene *scene, const char *name, const char *text)
{
    assert_null(file_replace(scene->arena, path_of(scene, name), text, strlen(text)));
}

static struct fact_store *open_store(struct scene *scene)
{
    const struct source_memory memory = testing_memory_of(&scene->memory);
    return fact_store_new(scene->arena, &memory, 3);
}

static bool has(const struct facts *facts, const char *name)
{
    return facts_have(facts, facts_hash(name, strlen(name)));
}

static void a_text_says_what_it_includes_pastes_and_names(void **state)
{
    (void)state;
    static const char text[] = "#include \"a/b.h\"\n#include <c.h>\n#include <vector>\n"
                               "#define CALL(f) cuda ## f\n#define PIN my_pin\n"
                               "int x = cuMemHostRegister_v2(p); // commented\n"
                               "char *s = \"quoted\"; // NOLINT\n";
    struct facts_reader *reader = facts_reader_new();
    const struct facts *facts = facts_of_text(reader, text, sizeof text - 1);
    const char *end, *line = facts_includes(facts, &end);
    assert_string_equal(line, "\"a/b.h");
    line += strlen(line) + 1;
    assert_string_equal(line, "<c.h");
    assert_ptr_equal(line + strlen(line) + 1, end);
    const char *before = facts_pastes(facts, &end);
    assert_string_equal(before, "cuda");
    assert_string_equal(before + strlen(before) + 1, "f");
    static const char *const names[] = {"CALL", "PIN", "my_pin", "x", "cuMemHostRegister", "s"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_true(has(facts, names[i]));
    assert_false(has(facts, "commented"));
    assert_false(has(facts, "quoted"));
    assert_true(facts->marks.driver_calls);
    assert_true(facts->has_nolint);
    assert_false(facts->is_binary);
    assert_true(facts_are_whole((const unsigned char *)facts, facts->len));
    assert_false(facts_are_whole((const unsigned char *)facts, facts->len - 1));
    facts_reader_free(reader);
}

/* A reader forgets the last text, however many names it had. */
static void readers_are_used_again(void **state)
{
    struct scene *scene = *state;
    struct facts_reader *reader = facts_reader_new();
    for (int round = 0; round < 50; round++) {
        size_t cap = 200000, len = 0;
        char *text = arena_alloc(scene->arena, cap);
        for (int i = 0; i < 10000; i++)
            len += (size_t)snprintf(text + len, cap - len, "n%d_%d ", round, i);
        const struct facts *facts = facts_of_text(reader, text, len);
        assert_in_range(facts->identifier_count, 9990, 10000);
        assert_true(has(facts, arena_printf(scene->arena, "n%d_9999", round)));
        assert_false(has(facts, arena_printf(scene->arena, "n%d_9999", round - 1)));
    }
    facts_reader_free(reader);
}

static void unchanged_files_are_remembered(void **state)
{
    struct scene *scene = *state;
    put(scene, "a.c", "first");
    put(scene, "b.c", "second");
    put(scene, "gone.c", "third");
    testing_settle();
    struct fact_store *store = open_store(scene);
    const char *all[] = {path_of(scene, "a.c"), path_of(scene, "b.c"), path_of(scene, "gone.c")};
    fact_store_fill(store, all, 3);
    fact_store_save(store);
    assert_int_equal(scene->memory.saves, 1);
    assert_non_null(fact_store_get(store, all[0]));

    assert_int_equal(unlink(all[2]), 0);
    put(scene, "b.c", "changed");
    testing_settle();
    store = open_store(scene);
    assert_true(has(fact_store_get(store, all[0]), "first"));
    fact_store_save(store);
    assert_int_equal(scene->memory.saves, 1); /* nothing is new */
    assert_true(has(fact_store_get(store, all[1]), "changed"));
    assert_null(fact_store_get(store, all[2]));
    fact_store_save(store);
    assert_int_equal(scene->memory.saves, 2);

    store = open_store(scene);
    assert_true(has(fact_store_get(store, all[1]), "changed"));
    assert_true(has(fact_store_get(store, all[0]), "first"));
    fact_store_save(store);
    assert_int_equal(scene->memory.saves, 2);
}

/* Behind its stamp the file could change once more. */
static void files_as_young_as_the_run_are_not_remembered(void **state)
{
    struct scene *scene = *state;
    scene->memory.bytes = NULL;
    scene->memory.saves = 0;
    struct fact_store *store = open_store(scene);
    put(scene, "young.c", "young");
    assert_true(has(fact_store_get(store, path_of(scene, "young.c")), "young"));
    fact_store_save(store);
    assert_int_equal(scene->memory.saves, 0);
}

static void threads_read_what_one_would(void **state)
{
    struct scene *scene = *state;
    const char *paths[FILES + 2];
    for (int i = 0; i < FILES; i++) {
        const char *name = arena_printf(scene->arena, "many%d.c", i);
        put(scene, name, arena_printf(scene->arena, "int name_%d;", i));
        paths[i] = path_of(scene, name);
    }
    paths[FILES] = paths[0];
    paths[FILES + 1] = scene->folder; /* no file */
    struct fact_store *store = fact_store_new(scene->arena, NULL, 4);
    fact_store_fill(store, paths, FILES + 2);
    for (int i = 0; i < FILES; i++)
        assert_true(has(fact_store_get(store, paths[i]), arena_printf(scene->arena, "name_%d", i)));
    assert_null(fact_store_get(store, scene->folder));
    assert_null(fact_store_get(store, path_of(scene, "missing.c")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_says_what_it_includes_pastes_and_names),
        cmocka_unit_test(readers_are_used_again),
        cmocka_unit_test(unchanged_files_are_remembered),
        cmocka_unit_test(files_as_young_as_the_run_are_not_remembered),
        cmocka_unit_test(threads_read_what_one_would),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

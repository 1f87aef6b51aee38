/* Which units are chosen for what they define. */
#include "source/project/definers.h"
#include "support/file.h"
#include "support/testing.h"

#include <string.h>
#include <sys/stat.h>

struct scene {
    struct arena *arena;
    const char *folder;
    struct fact_store *store;
    VEC(struct source_unit) units;
};

static int set_up(void **state)
{
    struct arena *arena = arena_new();
    struct scene *scene = arena_new_object(arena, struct scene);
    scene->arena = arena;
    scene->folder = testing_folder(arena);
    scene->store = fact_store_new(arena, NULL, 1);
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

static void add(struct scene *scene, const char *name, const char *text)
{
    const char *path = path_of(scene, name);
    assert_null(file_replace(scene->arena, path, text, strlen(text)));
    vec_push(scene->arena, &scene->units, (struct source_unit){.path = path});
}

static struct definers find(struct scene *scene, const struct definers_wish *wishes, size_t count,
                            size_t most)
{
    struct definers definers;
    definers_find(scene->arena, scene->store, scene->units.data, scene->units.len, wishes, count,
                  most, &definers);
    return definers;
}

static void important_wishes_come_first(void **state)
{
    struct scene *scene = *state;
    add(scene, "a.cpp", "void a() { }");
    add(scene, "b.cpp", "namespace ns { void b() { } }");
    add(scene, "c.cpp", "void Pool::c() { } void ns::b() { }");
    const struct definers_wish wishes[] = {
        {"c", "Pool", true, path_of(scene, "main.cpp"), NULL},
        {"b", "ns", false, path_of(scene, "main.cpp"), NULL},
        {"a", NULL, false, path_of(scene, "main.cpp"), NULL},
        {"unknown", NULL, false, path_of(scene, "main.cpp"), NULL},
        {"a", "Pool", true, path_of(scene, "main.cpp"), NULL}, /* some other a */
    };
    struct definers all = find(scene, wishes, 5, 9);
    assert_int_equal(all.chosen.len, 3);
    assert_int_equal(all.left_out, 0);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(all.chosen.data[i].unit, i);
    assert_int_equal(all.chosen.data[0].wish, 2);
    assert_int_equal(all.chosen.data[2].wish, 0);

    struct definers two = find(scene, wishes, 5, 2);
    assert_int_equal(two.chosen.len, 2);
    assert_int_equal(two.left_out, 1);
    assert_int_equal(two.chosen.data[0].unit, 1);
    assert_int_equal(two.chosen.data[1].unit, 2);
    assert_int_equal(find(scene, wishes + 4, 1, 9).chosen.len, 0);
}

/* A folder of programs: each has its own. */
static void the_nearest_are_chosen(void **state)
{
    struct scene *scene = *state;
    assert_int_equal(mkdir(path_of(scene, "one"), 0700), 0);
    assert_int_equal(mkdir(path_of(scene, "two"), 0700), 0);
    add(scene, "one/put.cpp", "void put() { }");
    add(scene, "two/put.cpp", "void put() { }");
    add(scene, "two/overloaded.cpp", "void put(int n) { }");
    struct definers_wish wish = {"put", NULL, false, path_of(scene, "two/main.cpp"), NULL};
    struct definers definers = find(scene, &wish, 1, 9);
    assert_int_equal(definers.chosen.len, 2);
    assert_int_equal(definers.chosen.data[0].unit, 1);
    assert_int_equal(definers.chosen.data[1].unit, 2);

    wish.known = path_of(scene, "one/put.cpp"); /* is farther */
    assert_int_equal(find(scene, &wish, 1, 9).chosen.len, 2);
    wish.known = path_of(scene, "two/main.cu");
    assert_int_equal(find(scene, &wish, 1, 9).chosen.len, 2);
    wish.known = path_of(scene, "three/put.cu");
    wish.caller = path_of(scene, "three/main.cu");
    assert_int_equal(find(scene, &wish, 1, 9).chosen.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(important_wishes_come_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_nearest_are_chosen, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

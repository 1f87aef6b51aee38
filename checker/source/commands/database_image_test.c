/* A database of an earlier run: the same entries, and never those of a file that has changed. */
#include "source/commands/database_image.h"
#include "source/memory_testing.h"
#include "support/file.h"
#include "support/testing.h"

#include <string.h>

static const char text[] =
    "[{\"directory\": \"/work/build\", \"file\": \"../a.cu\", \"command\": \"nvcc -c ../a.cu\"},"
    " {\"directory\": \"/work/build\", \"file\": \"b.cu\", \"arguments\": [\"nvcc\", \"-c\", "
    "\"\"]},"
    " {\"directory\": \"/work\", \"file\": \"a.cu\", \"command\": \"nvcc -DX -c a.cu\"}]";

/* A folder with a database, and a memory of one. */
struct scene {
    struct arena *arena;
    const char *folder, *path;
    struct testing_memory memory;
};

static void put(const struct scene *scene, const char *json)
{
    assert_null(file_replace(scene->arena, scene->path, json, strlen(json)));
}

static int set_up(void **state)
{
    struct arena *arena = arena_new();
    struct scene *scene = arena_new_object(arena, struct scene);
    scene->arena = arena;
    scene->folder = testing_folder(arena);
    scene->path = arena_printf(arena, "%s/compile_commands.json", scene->folder);
    scene->memory = (struct testing_memory){
        .arena = arena, .name = arena_printf(arena, "database:%s", scene->path)};
    put(scene, text);
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

static struct database *read_database(struct scene *scene)
{
    const struct source_memory memory = testing_memory_of(&scene->memory);
    struct database *database;
    assert_null(source_database_read(scene->arena, scene->path, &memory, &database));
    return database;
}

static void expect_entries(struct database *database)
{
    size_t others;
    const struct database_entry *entry = source_database_find(database, "/work/a.cu", &others);
    assert_string_equal(database->folder,
                        source_database_new(database->by_file.arena, database->path)->folder);
    assert_int_equal(database->entries.len, 3);
    assert_non_null(entry);
    assert_int_equal(others, 1);
    assert_string_equal(entry->directory, "/work/build");
    assert_string_equal(entry->command, "nvcc -c ../a.cu");
    entry = source_database_find(database, "/work/build/b.cu", &others);
    assert_non_null(entry);
    assert_string_equal(entry->directory, "/work/build");
    assert_int_equal(entry->arguments.len, 3);
    assert_string_equal(entry->arguments.data[2], "");
    assert_string_equal(database->entries.data[2].directory, "/work");
}

static void what_was_read_is_kept(void **state)
{
    struct scene *scene = *state;
    testing_settle();
    expect_entries(read_database(scene));
    assert_non_null(scene->memory.bytes);
    expect_entries(read_database(scene));

    unsigned char *name = memmem(scene->memory.bytes, scene->memory.len, "a.cu", 4);
    name[0] = 'z'; /* only in the memory */
    assert_non_null(source_database_find(read_database(scene), "/work/z.cu", NULL));
}

static void a_changed_file_is_read(void **state)
{
    struct scene *scene = *state;
    testing_settle();
    read_database(scene);
    put(scene, "[]");
    assert_int_equal(read_database(scene)->entries.len, 0);
    put(scene, text);
    expect_entries(read_database(scene));
}

static void a_young_file_is_not_kept(void **state)
{
    struct scene *scene = *state;
    put(scene, text);
    expect_entries(read_database(scene));
    assert_null(scene->memory.bytes);
}

static void what_is_not_whole_is_read_anew(void **state)
{
    struct scene *scene = *state;
    testing_settle();
    read_database(scene);
    const struct testing_memory whole = scene->memory;
    for (size_t len = 0; len < whole.len; len++) {
        scene->memory.bytes =
            arena_copy(scene->arena, whole.bytes, len); /* valgrind sees its end */
        scene->memory.len = len;
        expect_entries(read_database(scene));
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_was_read_is_kept),
        TEST(a_changed_file_is_read),
        TEST(a_young_file_is_not_kept),
        TEST(what_is_not_whole_is_read_anew),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

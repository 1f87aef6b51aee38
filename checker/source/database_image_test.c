/* A database of an earlier run: the same entries, and never those of a file that has changed. */
#include "source/database_image.h"
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
    unsigned char *bytes; /* NULL: nothing was saved */
    size_t len;
};

static bool load(void *context, struct arena *arena, const char *name, const unsigned char **bytes,
                 size_t *len)
{
    const struct scene *scene = context;
    assert_non_null(strstr(name, scene->path));
    *bytes = scene->bytes ? arena_copy(arena, scene->bytes, scene->len) : NULL;
    *len = scene->len;
    return scene->bytes != NULL;
}

static void save(void *context, const char *name, const unsigned char *bytes, size_t len)
{
    struct scene *scene = context;
    assert_non_null(strstr(name, scene->path));
    scene->bytes = arena_copy(scene->arena, bytes, len);
    scene->len = len;
}

static void put(const struct scene *scene, const char *json)
{
    assert_null(file_replace(scene->arena, scene->path, json, strlen(json)));
}

/* Until the file system's clock has moved on: what was just written is not remembered. */
static void settle(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
}

static int set_up(void **state)
{
    struct arena *arena = arena_new();
    struct scene *scene = arena_new_object(arena, struct scene);
    scene->arena = arena;
    scene->folder = testing_folder(arena);
    scene->path = arena_printf(arena, "%s/compile_commands.json", scene->folder);
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
    const struct source_memory memory = {scene, load, save};
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
    settle();
    expect_entries(read_database(scene));
    assert_non_null(scene->bytes);
    expect_entries(read_database(scene));

    unsigned char *name = memmem(scene->bytes, scene->len, "a.cu", 4);
    name[0] = 'z'; /* only in the memory */
    assert_non_null(source_database_find(read_database(scene), "/work/z.cu", NULL));
}

static void a_changed_file_is_read(void **state)
{
    struct scene *scene = *state;
    settle();
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
    assert_null(scene->bytes);
}

static void what_is_not_whole_is_read_anew(void **state)
{
    struct scene *scene = *state;
    settle();
    read_database(scene);
    struct scene whole = *scene;
    for (size_t len = 0; len < whole.len; len++) {
        scene->bytes = arena_copy(scene->arena, whole.bytes, len); /* valgrind sees its end */
        scene->len = len;
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

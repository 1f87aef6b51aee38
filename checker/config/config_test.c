/* .cuhostlint: what is read, what is refused, which file holds for which source. */
#include "config/config.h"
#include "support/file.h"
#include "support/testing.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const names[] = {"already-pinned", "double-register", "nonconstant-size",
                                    "register-leak",  "unchecked-call",  "zero-size"};
static const struct rule_names rules = {names, sizeof names / sizeof *names};
static const struct config_overrides nothing;

struct world {
    struct arena *arena;
    const char *folder;
};

static int make_world(void **state)
{
    static struct world world;
    world.arena = arena_new();
    world.folder = testing_folder(world.arena);
    *state = &world;
    return 0;
}

static int drop_world(void **state)
{
    struct world *world = *state;
    int status = testing_remove(world->arena, world->folder);
    arena_free(world->arena);
    return status;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_world, drop_world)

static struct config read_config(struct world *world, const char *text)
{
    struct yproblems problems = {.arena = world->arena, .origin = "c"};
    struct config config;
    config_read(&problems, text, strlen(text), "/p/.cuhostlint", false, &rules, &config);
    if (problems.list.len)
        fail_msg("%s", ydoc_problem_text(&problems, 0));
    return config;
}

/* ---- lists of rules ---- */

static void test_rule_lists(void **state)
{
    (void)state;
    static const struct {
        const char *list, *rule;
        bool before, after;
    } cases[] = {
        {"-*,already-pinned", "already-pinned", true, true},
        {"-*,already-pinned", "zero-size", true, false},
        {"all,-nonconstant-size", "nonconstant-size", true, false},
        {"all,-nonconstant-size", "zero-size", false, true},
        {"-unchecked-call", "zero-size", true, true},
        {"-unchecked-call", "zero-size", false, false},
        {"already-pinned", "zero-size", true, false}, /* only that */
        {"*-size", "zero-size", false, true},
        {"-*-size , zero-size", "zero-size", true, true},
        {"-*-size\n zero-size\n", "nonconstant-size", true, false},
        {"", "zero-size", true, true},
        {" , ,", "zero-size", false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (rule_list_enables(cases[i].list, cases[i].rule, cases[i].before) != cases[i].after)
            fail_msg("'%s' and %s", cases[i].list, cases[i].rule);
}

static void test_joined_lists(void **state)
{
    struct world *world = *state;
    assert_null(rule_list_join(world->arena, NULL, NULL));
    assert_string_equal(rule_list_join(world->arena, "-a", NULL), "-a");
    assert_string_equal(rule_list_join(world->arena, NULL, "-b"), "-b");
    assert_string_equal(rule_list_join(world->arena, "-a", "-b"), "-a,-b");
    assert_string_equal(rule_list_join(world->arena, "-a", "b"), "b");
}

static void test_unknown_rules(void **state)
{
    struct world *world = *state;
    assert_null(rule_list_error(world->arena, "--rules", "all,-*size", &rules));
    assert_string_equal(rule_list_error(world->arena, "--rules", "-*,zero-sise", &rules)->message,
                        "--rules: there is no rule 'zero-sise'; did you mean 'zero-size'?");
    assert_string_equal(rule_list_error(world->arena, "--rules", "xyz*", &rules)->message,
                        "--rules: there is no rule 'xyz*'; 'cuhostlint rules' lists them");
}

/* ---- one file ---- */

static const char full[] = "rules: 'all,-nonconstant-size'\n"
                           "fail-on: error\n"
                           "header-filter: 'include/.*'\n"
                           "baseline: ci/baseline.json\n"
                           "cuda-path: /opt/cuda\n"
                           "database: build\n"
                           "paths:\n"
                           "  - {path: 'third_party/', rules: '-*'}\n"
                           "  - {path: [gen_*.cu, /tools/x.cu], lint: false}\n"
                           "  - {path: tools/gen_ours.cu, lint: true, rules: -unchecked-call}\n"
                           "functions:\n"
                           "  - name: \"/my_\\\\w+/\"\n"
                           "    allocates: {kind: pinned, result: return, size: [0, 1]}\n"
                           "constants: {register: {\"A\\\"B\": 0x1}}\n";

static void test_full_file(void **state)
{
    struct config c = read_config(*state, full);
    assert_string_equal(c.folder, "/p");
    assert_string_equal(c.rules, "all,-nonconstant-size");
    assert_true(c.has_fail_on && !c.fail_never && c.fail_on == LEVEL_ERROR);
    assert_string_equal(c.header_filter, "include/.*");
    assert_string_equal(c.baseline, "/p/ci/baseline.json");
    assert_string_equal(c.cuda_path, "/opt/cuda");
    assert_string_equal(c.database, "/p/build");
    assert_int_equal(c.paths.len, 4);
}

static void test_paths(void **state)
{
    struct config c = read_config(*state, full);
    assert_true(config_rule_enabled(&c, "zero-size", "/p/a.cu"));
    assert_false(config_rule_enabled(&c, "nonconstant-size", "/p/a.cu"));
    assert_false(config_rule_enabled(&c, "zero-size", "/p/third_party/x/a.cu"));
    assert_false(config_rule_enabled(&c, "zero-size", "/p/sub/third_party/a.cu"));
    assert_true(config_rule_enabled(&c, "zero-size", "/q/third_party/a.cu"));
    assert_true(config_lints(&c, "/p/a.cu"));
    assert_false(config_lints(&c, "/p/a/b/gen_1.cu"));
    assert_true(config_lints(&c, "/p/tools/gen_ours.cu")); /* the last one holds */
    assert_false(config_rule_enabled(&c, "unchecked-call", "/p/tools/gen_ours.cu"));
    assert_false(config_lints(&c, "/p/tools/x.cu"));
    assert_true(config_lints(&c, "/p/other/tools/x.cu")); /* anchored */
}

static void test_empty_file(void **state)
{
    struct config c = read_config(*state, "# nothing yet\n");
    assert_null(c.rules);
    assert_false(c.has_fail_on);
    assert_true(config_rule_enabled(&c, "zero-size", "/p/a.cu"));
}

static void test_models(void **state)
{
    struct world *world = *state;
    struct config c = read_config(world, full);
    struct model_set set = {.arena = world->arena};
    assert_null(config_models(&c, &set));
    assert_int_equal(set.functions.len, 1);
    assert_true(set.functions.data[0].is_regex && set.functions.data[0].is_project);
    struct config none = {.folder = "/"};
    assert_null(config_models(&none, &set));
    assert_int_equal(set.functions.len, 1);
}

/* Every problem, in order, with its place. */
static void test_all_problems(void **state)
{
    struct world *world = *state;
    static const char text[] = "rule: all\n"
                               "rules: '-*,zero-sise,leak'\n"
                               "fail-on: erorr\n"
                               "header-filter: '('\n"
                               "baseline: ../b.json\n"
                               "paths: [{path: x}, {rules: all}, y, {path: '', lint: true}]\n"
                               "functions:\n"
                               "  - {name: f, alocates: 1}\n";
    static const char *const messages[] = {
        "c:1:1: unknown key 'rule'; did you mean 'rules'?",
        "c:2:8: unknown rule 'zero-sise'; did you mean 'zero-size'?",
        "c:2:8: unknown rule 'leak'",
        "c:3:10: unknown level 'erorr'; did you mean 'error'?",
        "c:4:16: broken regular expression at character 2: missing closing parenthesis",
        "c:5:11: the baseline must lie below the folder of this file",
        "c:6:9: an item of 'paths' needs 'rules' or 'lint'",
        "c:6:20: an item of 'paths' needs the key 'path'",
        "c:6:34: an item of 'paths' must be a mapping, not a value",
        "c:6:44: a path must name something",
        "c:8:15: unknown key 'alocates'; did you mean 'allocates'?",
    };
    struct yproblems problems = {.arena = world->arena, .origin = "c"};
    struct config config;
    config_read(&problems, text, strlen(text), "/p/.cuhostlint", false, &rules, &config);
    for (size_t i = 0; i < problems.list.len && i < sizeof messages / sizeof *messages; i++)
        assert_string_equal(ydoc_problem_text(&problems, i), messages[i]);
    assert_int_equal(problems.list.len, sizeof messages / sizeof *messages);
}

static void test_override(void **state)
{
    struct world *world = *state;
    struct config c = read_config(world, full);
    struct config_overrides overrides = {
        .rules = "-zero-size", .has_fail_on = true, .fail_never = true, .baseline = "mine.json"};
    config_override(world->arena, &c, &overrides);
    assert_false(config_rule_enabled(&c, "zero-size", "/p/a.cu"));
    assert_true(config_rule_enabled(&c, "already-pinned", "/p/a.cu"));
    assert_true(c.fail_never);
    assert_string_equal(c.baseline, "mine.json");
    assert_string_equal(c.database, "/p/build");
}

/* What is printed reads back to what prints the same. */
static void test_dump(void **state)
{
    struct world *world = *state;
    struct config c = read_config(world, full);
    struct strbuf first, second;
    strbuf_init(&first, world->arena);
    strbuf_init(&second, world->arena);
    config_dump(&c, &first);
    assert_non_null(strstr(first.text, "rules: \"all,-nonconstant-size\"\nfail-on: error\n"));
    assert_non_null(strstr(first.text, "baseline: \"ci/baseline.json\"\n"));
    assert_non_null(strstr(first.text, "  - {name: \"/my_\\\\w+/\", allocates: "));
    struct config again = read_config(world, first.text);
    config_dump(&again, &second);
    assert_string_equal(first.text, second.text);
    assert_int_equal(again.paths.len, c.paths.len);
    for (size_t i = 0; i < c.paths.len; i++)
        assert_string_equal(again.paths.data[i].glob, c.paths.data[i].glob);
}

static void test_dump_of_defaults(void **state)
{
    struct world *world = *state;
    struct config c = {.folder = "/p"};
    struct strbuf out;
    strbuf_init(&out, world->arena);
    config_dump(&c, &out);
    assert_string_equal(out.text, "rules: \"all\"\nfail-on: warning\n");
}

/* ---- the search ---- */

static const char *put(struct world *world, const char *name, const char *text)
{
    const char *path = arena_printf(world->arena, "%s/%s", world->folder, name);
    for (char *at = strchr(path + 1, '/'); at; at = strchr(at + 1, '/')) {
        *at = '\0';
        mkdir(path, 0755);
        *at = '/';
    }
    if (text)
        assert_null(file_replace(world->arena, path, text, strlen(text)));
    return path;
}

static const struct config *find(struct world *world, struct config_store *store, const char *name)
{
    const struct config *config;
    const char *path = arena_printf(world->arena, "%s/%s", world->folder, name);
    const struct error *error =
        config_find(store, path, arena_printf(world->arena, "%s/root", world->folder), &config);
    if (error)
        fail_msg("%s", error->message);
    return config;
}

static void assert_unusable(struct world *world, const char *name, const char *why)
{
    struct config_store *store = config_store_new(world->arena, NULL, &rules, &nothing);
    const struct config *config;
    const char *path = arena_printf(world->arena, "%s/%s", world->folder, name);
    const struct error *error =
        config_find(store, path, arena_printf(world->arena, "%s/root", world->folder), &config);
    assert_non_null(error);
    assert_null(config);
    assert_int_equal(error->kind, ERROR_USAGE);
    if (!strstr(error->message, why))
        fail_msg("%s", error->message);
}

static void test_nearest_file(void **state)
{
    struct world *world = *state;
    put(world, ".cuhostlint", "rules: broken above the root\n");
    put(world, "root/.cuhostlint", "fail-on: note\n");
    put(world, "root/a/b/.cuhostlint", "fail-on: never\n");
    put(world, "root/a/c/d/x.cu", NULL);
    struct config_store *store = config_store_new(world->arena, NULL, &rules, &nothing);
    const struct config *top = find(world, store, "root/x.cu");
    assert_int_equal(top->fail_on, LEVEL_NOTE);
    assert_ptr_equal(find(world, store, "root/a/x.cu"), top);
    assert_ptr_equal(find(world, store, "root/a/c/d/x.cu"), top);
    assert_true(find(world, store, "root/a/b/x.cu")->fail_never);
    assert_false(top->fail_never);
}

static void test_root_is_the_limit(void **state)
{
    struct world *world = *state;
    put(world, ".cuhostlint", "fail-on: never\n");
    put(world, "root/a/x.cu", NULL);
    put(world, "root2/x.cu", NULL);
    struct config_store *store = config_store_new(world->arena, NULL, &rules, &nothing);
    const struct config *config = find(world, store, "root/a/x.cu");
    assert_null(config->file);
    assert_true(config_rule_enabled(config, "zero-size", "/any"));
    assert_null(find(world, store, "root2/x.cu")->file); /* not below the root: its folder only */
}

static void test_command_line_wins(void **state)
{
    struct world *world = *state;
    put(world, "root/.cuhostlint", "fail-on: never\nrules: -zero-size\n");
    const struct config_overrides overrides = {
        .rules = "zero-size", .has_fail_on = true, .fail_on = LEVEL_NOTE};
    struct config_store *store = config_store_new(world->arena, NULL, &rules, &overrides);
    const struct config *config = find(world, store, "root/x.cu");
    assert_false(config->fail_never);
    assert_int_equal(config->fail_on, LEVEL_NOTE);
    assert_true(config_rule_enabled(config, "zero-size", "/any"));
    assert_false(config_rule_enabled(config, "register-leak", "/any"));
}

static void test_forced_file(void **state)
{
    struct world *world = *state;
    put(world, "root/.cuhostlint", "fail-on: never\n");
    const char *file = put(world, "elsewhere.yaml", "fail-on: note\nbaseline: ../b.json\n");
    struct config_store *store = config_store_new(world->arena, file, &rules, &nothing);
    const struct config *config = find(world, store, "root/x.cu");
    assert_int_equal(config->fail_on, LEVEL_NOTE);
    assert_ptr_equal(find(world, store, "root/a/b.cu"), config);
    store = config_store_new(world->arena, "/no/such/file", &rules, &nothing);
    assert_non_null(config_find(store, "/x/y.cu", "/x", &config));
    assert_null(config);
}

static void test_unusable_files(void **state)
{
    struct world *world = *state;
    const char *outside = put(world, "outside.yaml", "fail-on: never\n");
    put(world, "root/broken/.cuhostlint", "fail-on: [\n");
    assert_unusable(world, "root/broken/x.cu", "root/broken/.cuhostlint:2:1: broken YAML");
    assert_int_equal(mkfifo(put(world, "root/pipe/.cuhostlint", NULL), 0600), 0);
    assert_unusable(world, "root/pipe/x.cu", "it is no regular file");
    assert_int_equal(symlink(outside, put(world, "root/link/.cuhostlint", NULL)), 0);
    assert_unusable(world, "root/link/x.cu", "leads outside the project");
    assert_int_equal(symlink("none", put(world, "root/dangling/.cuhostlint", NULL)), 0);
    assert_unusable(world, "root/dangling/x.cu", "No such file");
    char *big = arena_alloc(world->arena, (2 << 20) + 1);
    memset(big, '#', 2 << 20);
    put(world, "root/big/.cuhostlint", big);
    assert_unusable(world, "root/big/x.cu", "larger than 1 MiB");
    assert_int_equal(mkdir(put(world, "root/folder/.cuhostlint", NULL), 0755), 0);
    struct config_store *store = config_store_new(world->arena, NULL, &rules, &nothing);
    assert_null(find(world, store, "root/folder/x.cu")->file);
}

static void test_problems_of_all_files(void **state)
{
    struct world *world = *state;
    put(world, "root/a/.cuhostlint", "rule: x\nfail-on: y\n");
    put(world, "root/b/.cuhostlint", "fail-on: note\n");
    assert_int_equal(mkfifo(put(world, "root/c/.cuhostlint", NULL), 0600), 0);
    struct config_store *store = config_store_new(world->arena, NULL, &rules, &nothing);
    static const char *const sources[] = {"a/x.cu", "a/y.cu", "b/x.cu", "c/x.cu"};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        const struct config *config;
        config_find(store, arena_printf(world->arena, "%s/root/%s", world->folder, sources[i]),
                    world->folder, &config);
    }
    assert_int_equal(config_problem_count(store), 3);
    assert_non_null(strstr(config_problem(store, 0), "root/a/.cuhostlint:1:1: unknown key"));
    assert_non_null(strstr(config_problem(store, 1), "root/a/.cuhostlint:2:10: unknown level"));
    assert_non_null(strstr(config_problem(store, 2), "it is no regular file"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_rule_lists),
                                       TEST(test_joined_lists),
                                       TEST(test_unknown_rules),
                                       TEST(test_full_file),
                                       TEST(test_paths),
                                       TEST(test_empty_file),
                                       TEST(test_models),
                                       TEST(test_all_problems),
                                       TEST(test_override),
                                       TEST(test_dump),
                                       TEST(test_dump_of_defaults),
                                       TEST(test_nearest_file),
                                       TEST(test_forced_file),
                                       TEST(test_root_is_the_limit),
                                       TEST(test_command_line_wins),
                                       TEST(test_unusable_files),
                                       TEST(test_problems_of_all_files)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

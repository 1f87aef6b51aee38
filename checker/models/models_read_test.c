/* The notation: what each key gives, and what is said about mistakes. */
#include "models/model.h"
#include "support/testing.h"

#include <string.h>

static int make_set(void **state)
{
    static struct model_set set;
    set = (struct model_set){.arena = arena_new()};
    *state = &set;
    return 0;
}

static int drop_set(void **state)
{
    arena_free(((struct model_set *)*state)->arena);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_set, drop_set)

static const struct error *read_project(struct model_set *set, const char *text)
{
    return models_read(set, text, strlen(text), "x.yaml", true);
}

static const struct model_function *read_one(struct model_set *set, const char *text)
{
    const struct error *error = read_project(set, text);
    if (error)
        fail_msg("%s", error->message);
    assert_true(set->functions.len >= 1);
    return &set->functions.data[set->functions.len - 1];
}

static void assert_message(struct model_set *set, const char *text, const char *message)
{
    const struct error *error = read_project(set, text);
    assert_non_null(error);
    assert_int_equal(error->kind, ERROR_USAGE);
    assert_string_equal(error->message, message);
}

/* ---- what is read ---- */

static void test_contract_example(void **state)
{
    struct model_set *set = *state;
    read_one(set, "rules: 'all,-nonconstant-size'\n"
                  "fail-on: warning\n"
                  "functions:\n"
                  "  - name: my_pinned_alloc   # or a qualified C++ name\n"
                  "    allocates: {kind: pinned, result: return, size: 0, fails-with: null}\n"
                  "  - name: my_pin\n"
                  "    registers: {pointer: 0, size: 1, flags: 2, status: return}\n"
                  "  - name: MyCheck\n"
                  "    checks: 0\n"
                  "    noreturn-on-error: true\n");
    assert_int_equal(set->functions.len, 3);
    const struct model_function *alloc = &set->functions.data[0];
    assert_int_equal(alloc->api, MODEL_API_PROJECT);
    assert_true(alloc->is_project);
    assert_int_equal(alloc->status, MODEL_STATUS_NULL_FAILS);
    assert_false(alloc->status_matters); /* a pointer, no status */
    assert_int_equal(alloc->effects.data[0].memory, MODEL_MEMORY_PINNED);
    assert_int_equal(alloc->effects.data[0].result, MODEL_RESULT);
    assert_int_equal(alloc->effects.data[0].size.args[0], 0);
    assert_int_equal(alloc->effects.data[0].size.args[1], MODEL_ABSENT);
    assert_int_equal(alloc->effects.data[0].size.factor, 1);
    const struct model_function *pin = &set->functions.data[1];
    assert_int_equal(pin->status, MODEL_STATUS_ZERO_OK);
    assert_true(pin->status_matters);
    assert_int_equal(pin->effects.data[0].kind, MODEL_REGISTERS);
    assert_int_equal(pin->effects.data[0].pointer, 0);
    assert_int_equal(pin->effects.data[0].flags, 2);
    assert_null(pin->effects.data[0].flag_family);
    const struct model_function *check = &set->functions.data[2];
    assert_int_equal(check->effects.data[0].kind, MODEL_CHECKS);
    assert_true(check->effects.data[0].noreturn_on_error);
    assert_int_equal(check->max_args, -1);
}

static void test_arity(void **state)
{
    const struct model_function *f = read_one(*state, "functions: [{name: f, args: 3}]");
    assert_int_equal(f->min_args, 3);
    assert_int_equal(f->max_args, 3);
    f = read_one(*state, "functions: [{name: f, args: 2..4}]");
    assert_int_equal(f->min_args, 2);
    assert_int_equal(f->max_args, 4);
    f = read_one(*state, "functions: [{name: f, args: 1+}]");
    assert_int_equal(f->min_args, 1);
    assert_int_equal(f->max_args, -1);
}

static void test_sizes(void **state)
{
    const struct model_effect *effect =
        read_one(*state, "functions: [{name: f, allocates: {kind: heap, result: return, "
                         "size: [0, 1]}}]")
            ->effects.data;
    assert_int_equal(effect->size.args[0], 0);
    assert_int_equal(effect->size.args[1], 1);
    assert_int_equal(effect->size.args[2], MODEL_ABSENT);
    effect = read_one(*state, "functions: [{name: f, allocates: {kind: heap, result: 1, "
                              "size: {arguments: 0, times: 4096}}}]")
                 ->effects.data;
    assert_int_equal(effect->size.factor, 4096);
    assert_int_equal(effect->result, 1);
    effect = read_one(*state, "functions: [{name: f, allocates: {kind: new, result: return, "
                              "count: 0, owner: true}}]")
                 ->effects.data;
    assert_true(effect->size.in_elements);
    assert_true(effect->result_owns);
}

static void test_flags(void **state)
{
    const struct model_effect *effect =
        read_one(*state, "functions: [{name: f, registers: {pointer: 0, flags: "
                         "{argument: 2, family: register, valid: 0xf}}}]")
            ->effects.data;
    assert_int_equal(effect->flags, 2);
    assert_string_equal(effect->flag_family, "register");
    assert_int_equal(effect->valid_flags, 0xf);
}

static void test_mapping(void **state)
{
    const struct model_effect *effect =
        read_one(*state,
                 "functions: [{name: f, allocates: {kind: mapping, result: return, "
                 "size: 1, at: 0, protection: 2, map-flags: 3, descriptor: 4, fails-with: -1}}]")
            ->effects.data;
    assert_int_equal(effect->other, 0);
    assert_int_equal(effect->protection, 2);
    assert_int_equal(effect->map_flags, 3);
    assert_int_equal(effect->descriptor, 4);
}

static void test_several_effects(void **state)
{
    const struct model_function *f =
        read_one(*state, "functions: [{name: f, releases: [0, {pointer: 1, kind: heap}], "
                         "unregisters: 2}]");
    assert_int_equal(f->effects.len, 3);
    assert_int_equal(f->effects.data[0].memory, MODEL_MEMORY_UNKNOWN);
    assert_int_equal(f->effects.data[1].pointer, 1);
    assert_int_equal(f->effects.data[2].kind, MODEL_UNREGISTERS);
}

static void test_unchecked(void **state)
{
    const struct model_function *f =
        read_one(*state, "functions: [{name: f, status: return, unregisters: 0}]");
    assert_false(f->status_matters);
    assert_true(f->status_advised);
    f = read_one(*state, "functions: [{name: f, status: return, unregisters: 0, "
                         "unchecked: silent}]");
    assert_false(f->status_matters || f->status_advised);
    f = read_one(*state, "functions: [{name: f, registers: {pointer: 0}}]");
    assert_false(f->status_matters); /* it has no status */
    f = read_one(*state, "functions: [{name: f, registers: {pointer: 0}, unchecked: warning}]");
    assert_true(f->status_matters);
}

static void test_names(void **state)
{
    struct model_set *set = *state;
    read_one(set, "functions: [{names: [a, 'b::c', '/d\\w+/', '/e::.*/']}]");
    assert_int_equal(set->functions.len, 4);
    const struct model_function *f = set->functions.data;
    assert_false(f[0].is_qualified || f[0].is_regex);
    assert_true(f[1].is_qualified && !f[1].is_regex);
    assert_true(!f[2].is_qualified && f[2].is_regex);
    assert_string_equal(f[2].name, "d\\w+");
    assert_true(f[3].is_qualified && f[3].is_regex);
}

static void test_containers(void **state)
{
    struct model_set *set = *state;
    assert_null(read_project(set, "containers:\n"
                                  "  - {name: a::V, storage: dynamic, memory: heap, element: 0,\n"
                                  "     methods: {buffer: [data], none: [end]}}\n"
                                  "  - {name: a::W, like: 'a::V', memory: pinned,\n"
                                  "     methods: {grow: [end], count: [size]}}\n"
                                  "allocators: [{name: a::P, memory: pinned}]\n"
                                  "constants: {register: {A: 0x1, B: 2}}\n"));
    models_index(set);
    const struct model_container *v = models_container(set, "a::V");
    const struct model_container *w = models_container(set, "a::W");
    assert_int_equal(v->allocator_argument, MODEL_ABSENT);
    assert_int_equal(v->memory, MODEL_MEMORY_HEAP);
    assert_int_equal(w->memory, MODEL_MEMORY_PINNED);
    assert_int_equal(w->element_argument, 0);
    assert_int_equal(models_method(v, "end")->kind, MODEL_METHOD_NONE);
    assert_int_equal(models_method(w, "end")->kind, MODEL_METHOD_GROW);
    assert_int_equal(models_method(w, "data")->kind, MODEL_METHOD_BUFFER);
    assert_null(models_method(v, "size"));
    assert_int_equal(models_allocator_memory(set, "a::P"), MODEL_MEMORY_PINNED);
    assert_int_equal(models_allocator_memory(set, "a::Q"), MODEL_MEMORY_UNKNOWN);
    assert_int_equal(models_constant(set, "B")->value, 2);
    assert_string_equal(models_constant(set, "A")->family, "register");
}

/* ---- what is refused ---- */

static void test_messages(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"functions:\n  - name: f\n    alocates: {kind: heap, result: 0}\n",
         "x.yaml:3:5: unknown key 'alocates'; did you mean 'allocates'?"},
        {"functions:\n  - {name: f, allocates: {kind: pined, result: 0}}\n",
         "x.yaml:2:33: unknown kind of memory 'pined'; did you mean 'pinned'?"},
        {"functions: [{name: f, allocates: {kind: heap}}]",
         "x.yaml:1:34: 'allocates' needs the key 'result'"},
        {"functions: [{name: f, registers: {size: 1}}]",
         "x.yaml:1:34: 'registers' needs the key 'pointer'"},
        {"functions: [{name: f, registers: 0}]", "x.yaml:1:34: 'registers' must be a mapping"},
        {"functions: [{name: f, checks: {pointer: 0}}]",
         "x.yaml:1:31: 'checks' must be a plain value"},
        {"functions: [{name: f, checks: first}]",
         "x.yaml:1:31: expected an argument's number, counted from 0, or 'return'"},
        {"functions: [{name: f, checks: 99}]",
         "x.yaml:1:31: expected a number from 0 to 31, not '99'"},
        {"functions: [{name: f, args: 2, checks: 2}]",
         "x.yaml:1:20: 'f' has no argument 2: 'args' says 2"},
        {"functions: [{name: f, args: 4..2}]",
         "x.yaml:1:29: expected a number of arguments: '3', '2..3' or '1+', not '4..2'"},
        {"functions: [{name: f, args: 3, args: 3}]", "x.yaml:1:32: 'args' stands here twice"},
        {"functions: [{args: 3}]", "x.yaml:1:13: a function needs a name"},
        {"functions: [{name: f, names: [g]}]",
         "x.yaml:1:30: 'name' and 'names' exclude each other"},
        {"functions: [{name: [[f]]}]", "x.yaml:1:21: expected a word, not a list"},
        {"functions: [f]", "x.yaml:1:13: a function must be a mapping, not a value"},
        {"functions: {name: f}", "x.yaml:1:12: 'functions' must be a list"},
        {"functions: [{name: '/a(/'}]",
         "x.yaml:1:20: broken regular expression /a(/ at character 3: missing closing "
         "parenthesis"},
        {"functions: [{name: f, status: return, fails-with: null}]",
         "x.yaml:1:51: contradicts what was said before about success and failure"},
        {"functions: [{name: f, fails-with: nul}]",
         "x.yaml:1:35: unknown failure value 'nul'; did you mean 'null'?"},
        {"functions: [{name: f, ends-capture: false}]",
         "x.yaml:1:37: leave 'ends-capture' out where it does not hold"},
        {"functions: [{name: f, noreturn: yes}]", "x.yaml:1:33: expected true or false, not 'yes'"},
        {"functions: [{name: f, allocates: {kind: heap, result: 0, size: {times: 0}}}]",
         "x.yaml:1:72: 'times' must not be 0"},
        {"functions: [{name: f, releases: [[0]]}]", "x.yaml:1:34: a list in a list"},
        {"containers: [{name: a}]", "x.yaml:1:14: a container needs 'storage' or 'like'"},
        {"containers: [{name: a, like: b}]", "x.yaml:1:30: unknown container 'b'"},
        {"containers: [{name: a, storage: inline, methods: {bufer: [x]}}]",
         "x.yaml:1:51: unknown kind of method 'bufer'; did you mean 'buffer'?"},
        {"allocators: [{name: a}]", "x.yaml:1:14: an allocator needs a name and 'memory'"},
        {"constants: {f: {A: one}}",
         "x.yaml:1:20: expected a number from 0 to 18446744073709551615, not 'one'"},
        {"functions: [&a {name: f}]", "x.yaml:1:13: anchors, aliases and tags are not supported"},
        {"functions: []\n---\nfunctions: []\n", "x.yaml:2:1: a second document; only one is read"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_message(*state, cases[i].text, cases[i].message);
}

static void test_broken_yaml(void **state)
{
    const struct error *error = read_project(*state, "functions: [\n  {name: f\n");
    assert_non_null(error);
    assert_non_null(strstr(error->message, "broken YAML"));
    assert_int_equal(strncmp(error->message, "x.yaml:3:1: ", 12), 0);
}

static void test_all_are_counted(void **state)
{
    assert_message(*state, "functions: [{name: f, chcks: 0}, {nam: g}]",
                   "x.yaml:1:23: unknown key 'chcks'; did you mean 'checks'? (and 2 more)");
}

static void test_builtin_files_refuse_project_keys(void **state)
{
    static const char text[] = "api: c\nrules: all\n";
    const struct error *error = models_read(*state, text, sizeof text - 1, "y.yaml", false);
    assert_string_equal(error->message, "y.yaml:2:1: unknown key 'rules'");
}

static void test_deep_nesting(void **state)
{
    char text[4096];
    memset(text, '[', sizeof text);
    const struct error *error = models_read(*state, text, sizeof text, "z.yaml", true);
    assert_non_null(strstr(error->message, "nested too deeply"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_contract_example),
        TEST(test_arity),
        TEST(test_sizes),
        TEST(test_flags),
        TEST(test_mapping),
        TEST(test_several_effects),
        TEST(test_unchecked),
        TEST(test_names),
        TEST(test_containers),
        TEST(test_messages),
        TEST(test_broken_yaml),
        TEST(test_all_are_counted),
        TEST(test_deep_nesting),
        TEST(test_builtin_files_refuse_project_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

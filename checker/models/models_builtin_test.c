/* The built-in models: consistent in themselves, complete, and as their page says. */
#include "models/model.h"
#include "support/embedded.h"
#include "support/file.h"
#include "support/testing.h"
#include "support/ydoc.h"

#include <glob.h>
#include <string.h>

static struct model_set builtin;

static int load_builtin(void **state)
{
    (void)state;
    builtin = (struct model_set){.arena = arena_new()};
    models_take_builtin(&builtin);
    models_index(&builtin);
    return 0;
}

static int drop_builtin(void **state)
{
    (void)state;
    arena_free(builtin.arena);
    return 0;
}

static const struct model_function *find(const char *name, int args)
{
    const struct model_query query = {name, name, strstr(name, "::") == NULL, args, false};
    const struct model_function *function = models_find(&builtin, &query);
    if (!function)
        fail_msg("no model of %s with %d arguments", name, args);
    return function;
}

static bool arities_overlap(const struct model_function *a, const struct model_function *b)
{
    return (b->max_args < 0 || a->min_args <= b->max_args) &&
           (a->max_args < 0 || b->min_args <= a->max_args);
}

static void test_names_are_unique(void **state)
{
    (void)state;
    for (size_t i = 0; i < builtin.functions.len; i++)
        for (size_t k = 0; k < i; k++) {
            const struct model_function *a = &builtin.functions.data[i];
            const struct model_function *b = &builtin.functions.data[k];
            if (strcmp(a->name, b->name) == 0 && arities_overlap(a, b))
                fail_msg("%s stands in the models twice", a->name);
        }
    for (size_t i = 0; i < builtin.containers.len; i++)
        assert_ptr_equal(models_container(&builtin, builtin.containers.data[i].name),
                         &builtin.containers.data[i]);
    for (size_t i = 0; i < builtin.constants.len; i++)
        assert_ptr_equal(models_constant(&builtin, builtin.constants.data[i].name),
                         &builtin.constants.data[i]);
}

/* A name with an effect says how many arguments it takes: namesakes are common. */
static void test_effects_have_an_arity(void **state)
{
    (void)state;
    for (size_t i = 0; i < builtin.functions.len; i++) {
        const struct model_function *f = &builtin.functions.data[i];
        bool is_maker = f->effects.len && f->effects.data[0].result_owns;
        if (f->effects.len && f->max_args < 0 && f->min_args == 0 && !is_maker)
            fail_msg("%s has an effect and no 'args'", f->name);
    }
}

static const struct model_effect *effect_of(const struct model_function *f,
                                            enum model_effect_kind kind)
{
    for (size_t i = 0; i < f->effects.len; i++)
        if (f->effects.data[i].kind == kind)
            return &f->effects.data[i];
    return NULL;
}

/* What the rules need of the three CUDA families, row by row. */
static void test_cuda_families(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int args;
        enum model_effect_kind kind;
        enum model_memory memory;
        char unchecked; /* w(arning), n(ote), - */
        uint64_t valid_flags;
    } rows[] = {
        {"cudaHostRegister", 3, MODEL_REGISTERS, MODEL_MEMORY_UNKNOWN, 'w', 0xf},
        {"cuMemHostRegister", 3, MODEL_REGISTERS, MODEL_MEMORY_UNKNOWN, 'w', 0xf},
        {"hipHostRegister", 3, MODEL_REGISTERS, MODEL_MEMORY_UNKNOWN, 'w', 0x8000000f},
        {"cudaHostUnregister", 1, MODEL_UNREGISTERS, MODEL_MEMORY_UNKNOWN, 'n', 0},
        {"cuMemHostUnregister", 1, MODEL_UNREGISTERS, MODEL_MEMORY_UNKNOWN, 'n', 0},
        {"hipHostUnregister", 1, MODEL_UNREGISTERS, MODEL_MEMORY_UNKNOWN, 'n', 0},
        {"cudaMallocHost", 2, MODEL_ALLOCATES, MODEL_MEMORY_PINNED, 'w', 0x7},
        {"cudaMallocHost", 3, MODEL_ALLOCATES, MODEL_MEMORY_PINNED, 'w', 0x7},
        {"cudaHostAlloc", 3, MODEL_ALLOCATES, MODEL_MEMORY_PINNED, 'w', 0x7},
        {"cuMemAllocHost", 2, MODEL_ALLOCATES, MODEL_MEMORY_PINNED, 'w', 0},
        {"cuMemHostAlloc", 3, MODEL_ALLOCATES, MODEL_MEMORY_PINNED, 'w', 0x7},
        {"hipHostMalloc", 2, MODEL_ALLOCATES, MODEL_MEMORY_PINNED, 'w', 0xf0000007},
        {"hipHostMalloc", 3, MODEL_ALLOCATES, MODEL_MEMORY_PINNED, 'w', 0xf0000007},
        {"hipMallocHost", 2, MODEL_ALLOCATES, MODEL_MEMORY_PINNED, 'w', 0},
        {"hipHostAlloc", 3, MODEL_ALLOCATES, MODEL_MEMORY_PINNED, 'w', 0xf0000007},
        {"cudaFreeHost", 1, MODEL_RELEASES, MODEL_MEMORY_PINNED, 'n', 0},
        {"cuMemFreeHost", 1, MODEL_RELEASES, MODEL_MEMORY_PINNED, 'n', 0},
        {"hipHostFree", 1, MODEL_RELEASES, MODEL_MEMORY_PINNED, 'n', 0},
        {"hipFreeHost", 1, MODEL_RELEASES, MODEL_MEMORY_PINNED, 'n', 0},
        {"cudaMalloc", 2, MODEL_ALLOCATES, MODEL_MEMORY_DEVICE, '-', 0},
        {"cudaMallocAsync", 3, MODEL_ALLOCATES, MODEL_MEMORY_DEVICE, '-', 0},
        {"cuMemAlloc", 2, MODEL_ALLOCATES, MODEL_MEMORY_DEVICE, '-', 0},
        {"hipMalloc", 2, MODEL_ALLOCATES, MODEL_MEMORY_DEVICE, '-', 0},
        {"cudaMallocManaged", 2, MODEL_ALLOCATES, MODEL_MEMORY_MANAGED, '-', 0},
        {"cudaFree", 1, MODEL_RELEASES, MODEL_MEMORY_DEVICE, '-', 0},
        {"cudaPointerGetAttributes", 2, MODEL_QUERIES, MODEL_MEMORY_UNKNOWN, '-', 0},
        {"cuPointerGetAttribute", 3, MODEL_QUERIES, MODEL_MEMORY_UNKNOWN, '-', 0},
        {"cudaHostGetFlags", 2, MODEL_QUERIES, MODEL_MEMORY_UNKNOWN, '-', 0},
        {"cudaGetLastError", 0, MODEL_READS_LAST_ERROR, MODEL_MEMORY_UNKNOWN, '-', 0},
        {"hipPeekAtLastError", 0, MODEL_READS_LAST_ERROR, MODEL_MEMORY_UNKNOWN, '-', 0},
        {"cudaDeviceReset", 0, MODEL_RESETS_DEVICE, MODEL_MEMORY_UNKNOWN, '-', 0},
        {"cuCtxDestroy", 1, MODEL_RESETS_DEVICE, MODEL_MEMORY_UNKNOWN, '-', 0},
        {"cudaStreamBeginCapture", 2, MODEL_BEGINS_CAPTURE, MODEL_MEMORY_UNKNOWN, '-', 0},
        {"cuStreamEndCapture", 2, MODEL_ENDS_CAPTURE, MODEL_MEMORY_UNKNOWN, '-', 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct model_function *f = find(rows[i].name, rows[i].args);
        const struct model_effect *effect = effect_of(f, rows[i].kind);
        if (!effect || effect->memory != rows[i].memory ||
            f->status_matters != (rows[i].unchecked == 'w') ||
            f->status_advised != (rows[i].unchecked == 'n') ||
            effect->valid_flags != rows[i].valid_flags || f->status != MODEL_STATUS_ZERO_OK)
            fail_msg("the model of %s is not what the rules need", rows[i].name);
        bool has_family = effect->flag_family != NULL;
        assert_true(has_family == (rows[i].valid_flags != 0));
    }
}

static void test_ordinary_memory(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int args, pointer, result;
        enum model_effect_kind kind;
        enum model_memory memory;
        enum model_status status;
    } rows[] = {
        {"malloc", 1, -2, -1, MODEL_ALLOCATES, MODEL_MEMORY_HEAP, MODEL_STATUS_NULL_FAILS},
        {"calloc", 2, -2, -1, MODEL_ALLOCATES, MODEL_MEMORY_HEAP, MODEL_STATUS_NULL_FAILS},
        {"strdup", 1, -2, -1, MODEL_ALLOCATES, MODEL_MEMORY_HEAP, MODEL_STATUS_NULL_FAILS},
        {"posix_memalign", 3, -2, 0, MODEL_ALLOCATES, MODEL_MEMORY_HEAP, MODEL_STATUS_ZERO_OK},
        {"realloc", 2, 0, -1, MODEL_REALLOCATES, MODEL_MEMORY_HEAP, MODEL_STATUS_NULL_FAILS},
        {"free", 1, 0, -2, MODEL_RELEASES, MODEL_MEMORY_HEAP, MODEL_STATUS_NONE},
        {"mmap", 6, -2, -1, MODEL_ALLOCATES, MODEL_MEMORY_MAPPING, MODEL_STATUS_MINUS_ONE_FAILS},
        {"munmap", 2, 0, -2, MODEL_RELEASES, MODEL_MEMORY_MAPPING, MODEL_STATUS_MINUS_ONE_FAILS},
        {"shmat", 3, -2, -1, MODEL_ALLOCATES, MODEL_MEMORY_SHM, MODEL_STATUS_MINUS_ONE_FAILS},
        {"numa_alloc_onnode", 2, -2, -1, MODEL_ALLOCATES, MODEL_MEMORY_NUMA,
         MODEL_STATUS_NULL_FAILS},
        {"numa_free", 2, 0, -2, MODEL_RELEASES, MODEL_MEMORY_NUMA, MODEL_STATUS_NONE},
        {"operator new", 1, -2, -1, MODEL_ALLOCATES, MODEL_MEMORY_NEW, MODEL_STATUS_NONE},
        {"operator new[]", 1, -2, -1, MODEL_ALLOCATES, MODEL_MEMORY_NEW_ARRAY, MODEL_STATUS_NONE},
        {"operator delete[]", 1, 0, -2, MODEL_RELEASES, MODEL_MEMORY_NEW_ARRAY, MODEL_STATUS_NONE},
        {"memcpy", 3, 0, -2, MODEL_RETURNS_ARG, MODEL_MEMORY_UNKNOWN, MODEL_STATUS_NONE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct model_function *f = find(rows[i].name, rows[i].args);
        const struct model_effect *effect = effect_of(f, rows[i].kind);
        if (!effect || effect->memory != rows[i].memory || effect->pointer != rows[i].pointer ||
            effect->result != rows[i].result || f->status != rows[i].status)
            fail_msg("the model of %s is not what the rules need", rows[i].name);
    }
    assert_true(find("abort", 0)->is_noreturn);
    assert_int_equal(find("printf", 2)->effects.len, 0);
}

static void test_containers(void **state)
{
    (void)state;
    static const struct {
        const char *container, *method;
        enum model_method_kind kind;
    } rows[] = {
        {"std::vector", "push_back", MODEL_METHOD_GROW},
        {"std::vector", "reserve", MODEL_METHOD_RESERVE},
        {"std::vector", "pop_back", MODEL_METHOD_DROP},
        {"std::basic_string", "c_str", MODEL_METHOD_BUFFER},
        {"std::basic_string", "push_back", MODEL_METHOD_GROW},
        {"std::array", "data", MODEL_METHOD_BUFFER},
        {"std::unique_ptr", "operator bool", MODEL_METHOD_BOOL},
        {"std::unique_ptr", "release", MODEL_METHOD_RELEASE},
        {"std::shared_ptr", "reset", MODEL_METHOD_RESET},
        {"std::span", "size_bytes", MODEL_METHOD_BYTES},
        {"std::stack", "pop", MODEL_METHOD_DROP},
        {"std::variant", "emplace", MODEL_METHOD_GROW},
        {"std::any", "reset", MODEL_METHOD_CLEAR},
        {"thrust::host_vector", "operator[]", MODEL_METHOD_ELEMENT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct model_container *c = models_container(&builtin, rows[i].container);
        assert_non_null(c);
        const struct model_method *method = models_method(c, rows[i].method);
        assert_non_null(method);
        assert_int_equal(method->kind, rows[i].kind);
    }
    assert_int_equal(models_container(&builtin, "std::deque")->storage, MODEL_STORAGE_NODES);
    const struct model_container *stack = models_container(&builtin, "std::stack");
    assert_string_equal(models_method(stack, "pop")->like, "pop_back");
    assert_string_equal(models_method(stack, "size")->like, "size");
    assert_true(models_container(&builtin, "std::basic_string")->small_inline);
    assert_true(models_container(&builtin, "std::basic_string")->terminated);
    assert_int_equal(models_container(&builtin, "std::string_view") == NULL, true);
    assert_int_equal(models_container(&builtin, "std::basic_string_view")->storage,
                     MODEL_STORAGE_VIEW);
    assert_int_equal(models_container(&builtin, "thrust::host_vector")->memory, MODEL_MEMORY_HEAP);
}

/* ---- rules/models/README.md ---- */

static const struct embedded_file *page(void)
{
    for (size_t i = 0; i < embedded_file_count; i++)
        if (strcmp(embedded_files[i].path, "rules/models/README.md") == 0)
            return &embedded_files[i];
    fail_msg("rules/models/README.md is not built in");
    return NULL;
}

/* Every example is one a project may write. */
static void test_examples_on_the_page(void **state)
{
    (void)state;
    static const char fence[] = "```yaml\n";
    size_t examples = 0;
    for (const char *at = page()->text; (at = strstr(at, fence)) != NULL; examples++) {
        at += strlen(fence);
        const char *end = strstr(at, "```");
        assert_non_null(end);
        struct model_set set = {.arena = builtin.arena};
        const struct error *error =
            models_read(&set, at, (size_t)(end - at), "README.md example", true);
        if (error)
            fail_msg("%s in:\n%.*s", error->message, (int)(end - at), at);
        assert_true(set.functions.len || set.containers.len);
    }
    assert_true(examples >= 5);
}

/* A key stands on the page by itself, `key`, or with a value, `key: value`. */
static void assert_documented(const char *word)
{
    const char *alone = arena_printf(builtin.arena, "`%s`", word);
    const char *with_value = arena_printf(builtin.arena, "`%s: ", word);
    const char *nested_first = arena_printf(builtin.arena, "{%s: ", word);
    const char *nested = arena_printf(builtin.arena, ", %s: ", word);
    const char *text = page()->text;
    if (!strstr(text, alone) && !strstr(text, with_value) && !strstr(text, nested_first) &&
        !strstr(text, nested))
        fail_msg("rules/models/README.md does not explain %s", alone);
}

static void assert_keys_documented(const struct ynode *node)
{
    for (size_t i = 0; i < node->items.len; i++) {
        const struct ynode *item = node->items.data[i];
        if (node->kind == YNODE_MAPPING && i % 2 == 0)
            assert_documented(item->text);
        else
            assert_keys_documented(item);
    }
}

static void assert_file_documented(const char *path)
{
    const char *text;
    size_t len;
    assert_null(file_read(builtin.arena, path, &text, &len));
    struct yproblems problems = {.arena = builtin.arena, .origin = path};
    const struct ynode *root = ydoc_read(&problems, text, len);
    assert_non_null(root);
    for (size_t k = 0; k < root->items.len; k += 2) {
        assert_documented(root->items.data[k]->text);
        if (strcmp(root->items.data[k]->text, "constants") != 0)
            assert_keys_documented(root->items.data[k + 1]);
    }
}

/* Every key that the built-in files use is explained; names of constants are no keys. */
static void test_keys_are_documented(void **state)
{
    (void)state;
    glob_t files;
    assert_int_equal(glob(CUHOSTLINT_TESTDATA "/../rules/models/*.yaml", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++)
        assert_file_documented(files.gl_pathv[i]);
    assert_int_equal(files.gl_pathc, 7);
    globfree(&files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_are_unique),    cmocka_unit_test(test_effects_have_an_arity),
        cmocka_unit_test(test_cuda_families),       cmocka_unit_test(test_ordinary_memory),
        cmocka_unit_test(test_containers),          cmocka_unit_test(test_examples_on_the_page),
        cmocka_unit_test(test_keys_are_documented),
    };
    return cmocka_run_group_tests(tests, load_builtin, drop_builtin);
}

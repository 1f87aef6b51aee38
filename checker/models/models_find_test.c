/* Which model a call gets. */
#include "models/model.h"
#include "support/testing.h"

#include <string.h>

static const char project[] =
    "functions:\n"
    "  - {name: '/pin_\\w+/', registers: {pointer: 0}}\n"
    "  - {name: '/pin_not\\w*/'}\n"
    "  - {name: '/pool::\\w+::lock(_all)?/', args: 1, registers: {pointer: 1}}\n"
    "  - {name: pool::Buffer::pin, args: 0, registers: {pointer: 0}}\n"
    "  - {name: pin, args: 2, registers: {pointer: 0, size: 1}}\n"
    "  - {name: cudaHostRegister, args: 4, registers: {pointer: 1, size: 2, flags: 3}}\n"
    "  - {name: cuProjectPin_v7, registers: {pointer: 0}}\n"
    "  - {name: free, args: 1}\n";

static struct model_set builtin, both;

static void load(struct model_set *set)
{
    *set = (struct model_set){.arena = arena_new()};
    models_take_builtin(set);
}

static int load_sets(void **state)
{
    (void)state;
    load(&builtin);
    models_index(&builtin);
    load(&both);
    const struct error *error = models_read(&both, project, sizeof project - 1, "p", true);
    if (error)
        fail_msg("%s", error->message);
    models_index(&both);
    return 0;
}

static int drop_sets(void **state)
{
    (void)state;
    arena_free(builtin.arena);
    arena_free(both.arena);
    return 0;
}

static const struct model_function *global(const struct model_set *set, const char *name, int args)
{
    const struct model_query query = {name, name, true, args, false};
    return models_find(set, &query);
}

static const struct model_function *scoped(const struct model_set *set, const char *qualified,
                                           int args, bool is_method)
{
    const char *name = qualified;
    for (const char *at = strstr(name, "::"); at; at = strstr(at + 2, "::"))
        name = at + 2;
    const struct model_query query = {name, qualified, false, args, is_method};
    return models_find(set, &query);
}

static void test_names(void **state)
{
    (void)state;
    const struct model_function *f = global(&builtin, "cudaHostRegister", 3);
    assert_non_null(f);
    assert_int_equal(f->api, MODEL_API_RUNTIME);
    assert_true(f->status_matters);
    assert_int_equal(f->status, MODEL_STATUS_ZERO_OK);
    assert_int_equal(f->effects.data[0].kind, MODEL_REGISTERS);
    const struct model_query unqualified = {"cudaHostRegister", NULL, true, 3, false};
    assert_ptr_equal(models_find(&builtin, &unqualified), f);
    assert_null(global(&builtin, "no_such_function", 1));
}

static void test_versions(void **state)
{
    (void)state;
    const struct model_function *f = global(&builtin, "cuMemHostRegister", 3);
    assert_non_null(f);
    assert_ptr_equal(global(&builtin, "cuMemHostRegister_v2", 3), f);
    assert_non_null(global(&builtin, "cuStreamBeginCapture_v2_ptsz", 2));
    assert_ptr_equal(global(&builtin, "cudaLaunchKernel_ptsz", 6),
                     global(&builtin, "cudaLaunchKernel", 6));
    assert_null(global(&builtin, "free_v2", 1));
}

static void test_held_names(void **state)
{
    (void)state;
    static const char *const rows[][2] = {{"pfn_cuMemHostRegister", "cuMemHostRegister"},
                                          {"cuMemHostRegister_", "cuMemHostRegister"},
                                          {"_hipHostRegister_fn", "hipHostRegister"},
                                          {"p_cuMemHostRegister_v2_ptr", "cuMemHostRegister"},
                                          {"p_cuMemHostRegister_v2", "cuMemHostRegister_v2"},
                                          {"cudaMemcpyAsync_ptsz", "cudaMemcpyAsync_ptsz"},
                                          {"my_pin_cuda", "my_pin_cuda"},
                                          {"cu", "cu"},
                                          {"_", "_"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t len = strlen(rows[i][0]);
        const char *held = models_held_name(rows[i][0], &len);
        assert_int_equal(len, strlen(rows[i][1]));
        assert_memory_equal(held, rows[i][1], len);
    }
}

static void test_namesakes(void **state)
{
    (void)state;
    assert_null(global(&builtin, "cudaHostRegister", 2));
    assert_null(scoped(&builtin, "amgx::memory::cudaHostRegister", 3, false));
    assert_null(scoped(&builtin, "Api::cudaHostRegister", 3, true));
    assert_null(scoped(&builtin, "Api::cudaFunkyNew", 3, true));
}

static void test_std_names(void **state)
{
    (void)state;
    assert_ptr_equal(scoped(&builtin, "std::malloc", 1, false), global(&builtin, "malloc", 1));
    assert_null(scoped(&builtin, "mine::malloc", 1, false));
    assert_null(scoped(&builtin, "std::detail::malloc", 1, false));
    assert_int_equal(scoped(&builtin, "std::move", 1, false)->effects.data[0].kind,
                     MODEL_RETURNS_ARG);
    assert_int_equal(scoped(&builtin, "std::move", 3, false)->effects.data[0].kind, MODEL_REWRITES);
    assert_null(global(&builtin, "move", 1));
}

static void test_overloads(void **state)
{
    (void)state;
    assert_int_equal(global(&builtin, "operator new", 1)->status, MODEL_STATUS_NONE);
    assert_int_equal(global(&builtin, "operator new", 2)->status, MODEL_STATUS_NULL_FAILS);
    assert_null(scoped(&builtin, "Arena::operator new", 1, true));
    assert_non_null(global(&builtin, "cudaMallocHost", 3));
    assert_null(global(&builtin, "cudaMallocHost", 4));
}

static void test_default_patterns(void **state)
{
    (void)state;
    const struct model_function *copy = global(&builtin, "cudaMemcpyAsync", 5);
    assert_non_null(copy);
    assert_int_equal(copy->effects.len, 0);
    assert_false(copy->keeps_arguments || copy->status_matters);
    assert_ptr_equal(global(&builtin, "cudaMemcpyAsync", 5), copy); /* from the cache */
    assert_true(global(&builtin, "cudaGraphAddMemcpyNode1D", 8)->keeps_arguments);
    assert_true(global(&builtin, "cudaUserObjectCreate", 5)->keeps_arguments);
    assert_null(global(&builtin, "cudaCheckErrors", 1));
    assert_null(global(&builtin, "cudaSafeCall", 1));
    assert_null(global(&builtin, "cuSafeCallNoSync", 3));
}

static void test_project(void **state)
{
    (void)state;
    assert_true(global(&both, "free", 1)->is_project);
    assert_true(global(&both, "cudaHostRegister", 4)->is_project);
    assert_false(global(&both, "cudaHostRegister", 3)->is_project); /* other overload */
    assert_int_equal(global(&both, "pin_all", 1)->effects.len, 1);
    assert_int_equal(global(&both, "pin_not_me", 1)->effects.len, 0); /* the last one holds */
    assert_null(global(&both, "xpin_all", 1));                        /* the whole name */
    assert_null(scoped(&both, "other::pin_all", 1, false));
    assert_non_null(scoped(&both, "pool::Arena::lock", 1, true));
    assert_null(scoped(&both, "pool::Arena::lock", 2, true));
    assert_non_null(scoped(&both, "pool::Buffer::pin", 0, true));
    assert_null(scoped(&both, "pool::Buffer::pin", 2, true));
    assert_null(scoped(&both, "other::Buffer::pin", 2, true));
    assert_non_null(global(&both, "pin", 2));
}

static bool is_watched(const struct model_set *set, const char *name)
{
    return models_is_watched(set, name, strlen(name));
}

static void test_watched(void **state)
{
    (void)state;
    static const char *const yes[] = {"cudaHostRegister",  "cuMemHostRegister_v2", "hipHostFree",
                                      "cudaMallocHost",    "cudaFreeHost",         "hipHostMalloc",
                                      "cuMemAllocHost_v2", "cuMemHostUnregister"};
    static const char *const no[] = {"malloc", "cudaMalloc", "cudaMemcpy", "x", "cudaHostRegiste"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        assert_true(is_watched(&builtin, yes[i]));
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_false(is_watched(&builtin, no[i]));
    assert_true(models_is_watched(&builtin, "cudaHostRegister(p", 16)); /* length counts */
    static const char *const project_yes[] = {"pin", "pin_all", "lock_all", "cuProjectPin_v7"};
    for (size_t i = 0; i < sizeof project_yes / sizeof *project_yes; i++) {
        assert_false(is_watched(&builtin, project_yes[i]));
        assert_true(is_watched(&both, project_yes[i]));
    }
    assert_false(is_watched(&both, "unlock"));
}

static void test_last_error(void **state)
{
    (void)state;
    assert_true(models_reads_last_error(&builtin, "cudaPeekAtLastError", 19));
    assert_true(models_reads_last_error(&builtin, "hipGetLastError()", 15));
    assert_false(models_reads_last_error(&builtin, "cudaGetErrorString", 18));
    assert_false(models_reads_last_error(&builtin, "cudaMallocHost", 14));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),      cmocka_unit_test(test_versions),
        cmocka_unit_test(test_namesakes),  cmocka_unit_test(test_std_names),
        cmocka_unit_test(test_overloads),  cmocka_unit_test(test_default_patterns),
        cmocka_unit_test(test_project),    cmocka_unit_test(test_watched),
        cmocka_unit_test(test_held_names), cmocka_unit_test(test_last_error),
    };
    return cmocka_run_group_tests(tests, load_sets, drop_sets);
}

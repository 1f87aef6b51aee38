/* From text to a unit with a real libclang: what becomes of the sites. */
#include "ir/check.h"
#include "lower/lower.h"
#include "support/strbuf.h"
#include "support/testing.h"

#include <string.h>

struct fixture {
    struct arena *arena;
    struct lower_session *session;
    struct model_set models;
};

static int set_up(void **state)
{
    static const char models[] = "api: runtime\n"
                                 "functions:\n"
                                 "  - {name: cudaHostUnregister, args: 1, unregisters: 0}\n";
    struct arena *arena = arena_new();
    struct fixture *fixture = arena_new_object(arena, struct fixture);
    fixture->arena = arena;
    fixture->models.arena = arena;
    const struct error *error =
        models_read(&fixture->models, models, sizeof models - 1, "test", false);
    if (!error)
        error = lower_open(arena, &fixture->session);
    if (error) {
        print_error("%s\n", error->message);
        return -1;
    }
    models_index(&fixture->models);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    lower_close(fixture->session);
    arena_free(fixture->arena);
    return 0;
}

/* The calls are declared by the bundled declarations. */
static struct ir_unit *lower(struct fixture *fixture, enum source_language language,
                             bool has_command, const char *text)
{
    struct source_unit source = {
        .path = language == SOURCE_C ? "/nowhere/test.c" : "/nowhere/test.cpp",
        .shown = "test",
        .directory = "/nowhere",
        .root = "/nowhere",
        .language = language,
        .has_command = has_command,
        .text = arena_strdup(fixture->arena, text),
        .text_len = strlen(text),
    };
    struct ir_unit *unit = NULL;
    const struct error *error =
        lower_unit(fixture->session, fixture->arena, &source, &fixture->models, &unit);
    if (!error)
        error = ir_check(fixture->arena, unit);
    if (error)
        fail_msg("%s", error->message);
    return unit;
}

/* "line:state" of each site: a(nalysed), i(nactive), l(ost), m(acro). */
static const char *sites_of(struct fixture *fixture, const struct ir_unit *unit)
{
    static const char states[] = {[IR_SITE_ANALYSED] = 'a',
                                  [IR_SITE_INACTIVE] = 'i',
                                  [IR_SITE_LOST] = 'l',
                                  [IR_SITE_MACRO] = 'm'};
    struct strbuf out;
    strbuf_init(&out, fixture->arena);
    for (size_t i = 0; i < unit->sites.len; i++)
        strbuf_addf(&out, "%s%u:%c", i ? " " : "", (unsigned)unit->sites.data[i].loc.line,
                    states[unit->sites.data[i].state]);
    return out.text;
}

static const struct ir_function *function_named(const struct ir_unit *unit, const char *name)
{
    for (size_t i = 0; i < unit->functions.len; i++)
        if (strcmp(unit->functions.data[i].name, name) == 0)
            return &unit->functions.data[i];
    fail_msg("no function %s", name);
    return NULL;
}

static void every_site_is_accounted_for(void **state)
{
    static const char text[] = "\n"
                               "#define UNREGISTER(p) cudaHostUnregister(p)\n"
                               "void f(void *p) { UNREGISTER(p); }\n"
                               "#if 0\n"
                               "void g(void *p) { cudaHostUnregister(p); }\n"
                               "#endif\n"
                               "void h(void *p) { (void)(cudaHostUnregister)(p),\n"
                               "    cudaHostUnregister(p); }\n"
                               "void Unknown::i(void *p) {\n"
                               "    cudaHostUnregister(p); }\n"
                               "template <class T> void j(T p) {\n"
                               "    cudaHostUnregister(p); }\n"
                               "struct S { int (*cudaHostUnregister)(void *); } s;\n"
                               "void k(void *p) { s.cudaHostUnregister(p); }\n";
    struct fixture *fixture = *state;
    struct ir_unit *unit = lower(fixture, SOURCE_CXX, true, text);
    assert_string_equal(sites_of(fixture, unit), "2:m 5:i 8:a 10:l 12:a 14:a");
    assert_string_equal(unit->sites.data[1].reason, "#if 0");
    assert_non_null(strstr(unit->sites.data[3].reason, "Unknown"));
    assert_true(unit->errors_in_user_files > 0);
    assert_non_null(strstr(unit->first_error, "test:9: "));
}

static void unknown_names_do_not_hide_calls(void **state)
{
    struct fixture *fixture = *state;
    struct ir_unit *unit = lower(fixture, SOURCE_CXX, true,
                                 "\n"
                                 "void f(void *p, unsigned long n) {\n"
                                 "    CHECK(cudaHostUnregister(p));\n"
                                 "    if (cudaHostUnregister(p) != GOOD) return;\n"
                                 "    CHECK2(n * COUNT, cudaHostUnregister(p));\n"
                                 "    for (auto &q : ALL) cudaHostUnregister(q);\n"
                                 "}\n");
    assert_string_equal(sites_of(fixture, unit), "3:a 4:a 5:a 6:a");
    assert_true(function_named(unit, "f")->degraded.len > 0);
    assert_string_equal(lower_stats(fixture->session)->reparsed, "names unknown");

    unit = lower(fixture, SOURCE_C, true,
                 "\n"
                 "void f(void *p) { if (cudaHostUnregister(p) == GOOD) return; }\n");
    assert_string_equal(sites_of(fixture, unit), "2:a");
}

static void unknown_shapes_do_not_hide_calls(void **state)
{
    static const char *const texts[] = {
        "TEST_CASE(\"pins\", \"[pin]\") {\n    SECTION(\"one\") { cudaHostUnregister(0); }\n}\n",
        "TEST_F(Fixture, Name) {\n    CHECK(cudaHostUnregister(0)) << \"text\";\n}\n",
        "BENCHMARK_F(Fixture, Name)(benchmark::State &state) {\n"
        "    for (auto _ : state) cudaHostUnregister(0);\n}\n",
        "void f(const Eigen::Matrix<float, 4, 4> &m, cv::Mat image) {\n"
        "    Eigen::Vector3f v(1, 2, 3); cv::Size<int> size = image.size(); int n = v.x() * "
        "size[0];\n"
        "    cudaHostUnregister(image.data + n);\n}\n",
        "void f(at::Tensor *t) {\n    if (!t->ok() && ns::deep::check(cudaHostUnregister(t->data)))"
        " return;\n}\n",
        "void f(int n) {\n    Foo<Bar> foo{n, 3};\n"
        "    foo.run([&](int i) { cudaHostUnregister(foo.pointer(i)); });\n}\n",
        "namespace half { int known; }\nvoid f(const half::Gone<half::Lost> &g) {\n"
        "    cudaHostUnregister(g.p + half::known);\n}\n",
        "template <class T> class LIB_EXPORT Pool {\n  public:\n    Pool(const Pool<T> &);\n"
        "    ~Pool();\n    void *p;\n};\n"
        "template <class T> Pool<T>::~Pool() { cudaHostUnregister(p); }\n",
        "class LIB_EXPORT Pool : public Base {\n    void *p;\n    ~Pool();\n};\n"
        "LIB_EXPORT Pool::~Pool() { cudaHostUnregister(p); }\n",
        "namespace pools {\nstruct LIB_EXPORT Pool final {\n    class LIB_LOCAL Part {\n"
        "        void f(void *p) { cudaHostUnregister(p); }\n    };\n};\n}\n",
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct ir_unit *unit = lower(fixture, SOURCE_CXX, true, texts[i]);
        assert_int_equal(unit->sites.len, 1);
        assert_int_equal(unit->sites.data[0].state, IR_SITE_ANALYSED);
    }
    struct ir_unit *unit = lower(fixture, SOURCE_C, true,
                                 "void f(HANDLE h) {\n    if (cudaHostUnregister(h)) GOOD;\n}\n");
    assert_string_equal(sites_of(fixture, unit), "2:a");
}

static void stray_separators_do_not_hide_calls(void **state)
{
    static const char text[] = "int x;\n,\n"
                               "void f(void *p) { cudaHostUnregister(p); }\n"
                               "int y;\n)\n"
                               "void g(void *p) { cudaHostUnregister(p); }\n";
    struct fixture *fixture = *state;
    for (int language = SOURCE_C; language <= SOURCE_CXX; language++) {
        struct ir_unit *unit = lower(fixture, (enum source_language)language, true, text);
        assert_string_equal(sites_of(fixture, unit), "3:a 6:a");
        assert_string_equal(lower_stats(fixture->session)->reparsed, "a stray token");
    }
}

static void switches_are_on_where_no_command_says_otherwise(void **state)
{
    static const char text[] = "\n"
                               "#if defined(USE_CUDA) && !defined(USE_HIP)\n"
                               "void f(void *p) { cudaHostUnregister(p); }\n"
                               "#endif\n"
                               "#ifdef _WIN32\n"
                               "void g(void *p) { cudaHostUnregister(p); }\n"
                               "#endif\n"
                               "#ifdef FAST\n"
                               "void h(void *p) { cudaHostUnregister(p); }\n"
                               "#else\n"
                               "void h(void *p) { cudaHostUnregister(p); }\n"
                               "#endif\n";
    struct fixture *fixture = *state;
    assert_string_equal(sites_of(fixture, lower(fixture, SOURCE_C, true, text)),
                        "3:i 6:i 9:i 11:a");
    struct ir_unit *unit = lower(fixture, SOURCE_C, false, text);
    assert_string_equal(sites_of(fixture, unit), "3:a 6:i 9:i 11:a");
    assert_string_equal(unit->assumed_macros, "USE_CUDA");
}

static void names_of_compilers_are_no_switches(void **state)
{
    static const char text[] = "\n"
                               "#ifdef __LIB_CUDNN\n"
                               "void f(void *p) { cudaHostUnregister(p); }\n"
                               "#endif\n"
                               "#ifdef _CUDA_ON_\n"
                               "void g(void *p) { cudaHostUnregister(p); }\n"
                               "#endif\n"
                               "#ifdef __CUDACC__\n"
                               "void h(void *p) { cudaHostUnregister(p); }\n"
                               "#endif\n"
                               "#ifdef __HIP_PLATFORM_AMD__\n"
                               "void i(void *p) { cudaHostUnregister(p); }\n"
                               "#endif\n"
                               "#ifdef _LIBC_REENTRANT\n"
                               "void j(void *p) { cudaHostUnregister(p); }\n"
                               "#endif\n";
    struct fixture *fixture = *state;
    struct ir_unit *unit = lower(fixture, SOURCE_C, false, text);
    assert_string_equal(sites_of(fixture, unit), "3:a 6:a 9:i 12:i 15:i");
    assert_string_equal(unit->assumed_macros, "__LIB_CUDNN _CUDA_ON_");
}

/* The arguments with which left-out calls may be read, one after the other. */
static const char *other_branch_in(struct fixture *fixture, enum source_language language,
                                   bool has_command, const char *text)
{
    struct ir_unit *unit = lower(fixture, language, has_command, text);
    const char *args = "";
    for (size_t i = 0; i < unit->other_branch.len; i++)
        args = arena_printf(unit->arena, "%s%s ", args, unit->other_branch.data[i]);
    return args;
}

static const char *other_branch_of(struct fixture *fixture, bool has_command, const char *text)
{
    return other_branch_in(fixture, SOURCE_C, has_command, text);
}

static void other_branches_are_told(void **state)
{
    static const char either[] = "\n"
                                 "#if USE_HIP\n"
                                 "void f(void *p) { cudaHostUnregister(p); }\n"
                                 "#elif USE_CUDA\n"
                                 "void f(void *p) { cudaHostUnregister(p); }\n"
                                 "#endif\n";
    struct fixture *fixture = *state;
    assert_string_equal(other_branch_of(fixture, false, either), "-DUSE_CUDA=1 -UUSE_HIP ");
    assert_string_equal(other_branch_of(fixture, true, either), "");
    assert_string_equal(other_branch_of(fixture, false,
                                        "#ifdef FAST\n"
                                        "void f(void *p) { cudaHostUnregister(p); }\n"
                                        "#else\n"
                                        "void f(void *p) { cudaHostUnregister(p); }\n"
                                        "#endif\n"),
                        "-DFAST=1 ");
    assert_string_equal(other_branch_of(fixture, false,
                                        "void f(void *p) {\n"
                                        "#ifdef USE_CUDA\n"
                                        "cudaHostUnregister(p);\n"
                                        "#endif\n"
                                        "#ifdef USE_HIP\n"
                                        "cudaHostUnregister(p);\n"
                                        "#endif\n"
                                        "}\n"),
                        "-DUSE_HIP=1 -UUSE_CUDA ");
    assert_string_equal(other_branch_of(fixture, false,
                                        "#if 0\n"
                                        "void f(void *p) { cudaHostUnregister(p); }\n"
                                        "#endif\n"
                                        "#if __LINE__ < 2\n"
                                        "void f(void *p) { cudaHostUnregister(p); }\n"
                                        "#endif\n"
                                        "#ifdef _WIN32\n"
                                        "void f(void *p) { cudaHostUnregister(p); }\n"
                                        "#endif\n"
                                        "#undef PIN\n"
                                        "#ifdef PIN\n"
                                        "void f(void *p) { cudaHostUnregister(p); }\n"
                                        "#endif\n"),
                        "");
    static const char of_nvcc[] = "\n"
                                  "#ifdef __CUDACC__\n"
                                  "void f(void *p) { cudaHostUnregister(p); }\n"
                                  "#endif\n";
    assert_string_equal(other_branch_in(fixture, SOURCE_CXX, false, of_nvcc), "-xcuda ");
    assert_string_equal(other_branch_in(fixture, SOURCE_CXX, true, of_nvcc), "");
    assert_string_equal(other_branch_in(fixture, SOURCE_C, false, of_nvcc), "");
}

static void a_clean_file_is_parsed_once(void **state)
{
    struct fixture *fixture = *state;
    lower(fixture, SOURCE_C, true,
          "\n"
          "int f(void *p) { return cudaHostUnregister(p); }\n");
    const struct lower_stats *stats = lower_stats(fixture->session);
    assert_int_equal(stats->parses, 1);
    assert_null(stats->reparsed);
    assert_true(stats->parse_seconds > 0 && stats->lower_seconds > 0);
}

static unsigned parses_of(struct fixture *fixture, const char *text)
{
    struct ir_unit *unit = lower(fixture, SOURCE_CXX, true, text);
    assert_string_equal(sites_of(fixture, unit), "3:a");
    return lower_stats(fixture->session)->parses;
}

static void a_parse_that_can_show_no_more_is_not_made(void **state)
{
    struct fixture *fixture = *state;
    const unsigned elsewhere =
        parses_of(fixture, "void take(int *);\nint other() { return GONE; }\n"
                           "void f(void *p) { cudaHostUnregister(p); take(1.5); }\n");
    assert_int_equal(elsewhere, 1); /* the error around the call is not about a name */
    const unsigned healed =
        parses_of(fixture, "void take(int *);\n\n"
                           "void f(void *p) { cudaHostUnregister(p); take(1.5); take(GONE); }\n");
    assert_int_equal(healed, 2); /* what is left is not either */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_site_is_accounted_for),
        cmocka_unit_test(unknown_names_do_not_hide_calls),
        cmocka_unit_test(unknown_shapes_do_not_hide_calls),
        cmocka_unit_test(stray_separators_do_not_hide_calls),
        cmocka_unit_test(switches_are_on_where_no_command_says_otherwise),
        cmocka_unit_test(names_of_compilers_are_no_switches),
        cmocka_unit_test(other_branches_are_told),
        cmocka_unit_test(a_clean_file_is_parsed_once),
        cmocka_unit_test(a_parse_that_can_show_no_more_is_not_made),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

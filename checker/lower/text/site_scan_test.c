/* The scanner that finds watched names in a text, without a parser. */
#include "lower/text/site_scan.h"
#include "support/strbuf.h"
#include "support/testing.h"

#include <string.h>

static const char models_text[] = "api: runtime\n"
                                  "functions:\n"
                                  "  - {name: cudaFreeHost, args: 1, releases: {pointer: 0, "
                                  "kind: pinned}}\n"
                                  "  - {name: cudaHostUnregister, args: 1, unregisters: 0}\n";

static struct model_set *models_of_test(struct arena *arena)
{
    struct model_set *models = arena_new_object(arena, struct model_set);
    models->arena = arena;
    const struct error *error =
        models_read(models, models_text, sizeof models_text - 1, "test", false);
    if (error)
        fail_msg("%s", error->message);
    models_index(models);
    return models;
}

/* "line:column name [macro] [condition]" of each site, one a line. */
static const char *scan(struct arena *arena, const char *text)
{
    struct site_list list = {0};
    site_scan(arena, text, strlen(text), models_of_test(arena), &list);
    struct strbuf out;
    strbuf_init(&out, arena);
    for (size_t i = 0; i < list.sites.len; i++) {
        const struct site *site = &list.sites.data[i];
        assert_memory_equal(text + site->offset, site->name, strlen(site->name));
        strbuf_addf(&out, "%u:%u %s", (unsigned)site->line, (unsigned)site->column,
                    strcmp(site->name, "cudaFreeHost") == 0 ? "free" : "unregister");
        if (site->in_macro)
            strbuf_adds(&out, " macro");
        if (site->condition)
            strbuf_addf(&out, " %s", site->condition);
        strbuf_addc(&out, '\n');
    }
    return out.text;
}

static void names_are_found_where_they_are_called(void **state)
{
    (void)state;
    static const struct {
        const char *text, *sites;
    } cases[] = {
        {"", ""},
        {"cudaFreeHost(p);", "1:1 free\n"},
        {"int a;\n  x = cudaFreeHost /* why */\n (p);", "2:7 free\n"},
        {"ns::cudaFreeHost(p); t->cudaFreeHost(p);", "1:5 free\n1:25 free\n"},
        {"cudaFreeHost<float>(p); cudaFreeHost<a<b>>(p)", "1:1 free\n1:25 free\n"},
        {"f = cudaFreeHost; f = &cudaFreeHost; g(cudaFreeHost)", ""},
        {"my_cudaFreeHost(p); cudaFreeHost2(p); cudaFreeHostX(p)", ""},
        {"// cudaFreeHost(p)\n/* cudaFreeHost(p)\n cudaFreeHost(p) */ cudaHostUnregister(p)",
         "3:21 unregister\n"},
        {"// goes on \\\n cudaFreeHost(p)\ncudaFreeHost(p)", "3:1 free\n"},
        {"s = \"cudaFreeHost(p)\"; c = 'cudaFreeHost(p)'; cudaFreeHost(p)", "1:47 free\n"},
        {"s = \"\\\"cudaFreeHost(p)\"; cudaFreeHost(p)", "1:26 free\n"},
        {"s = R\"x(\" cudaFreeHost(p) )\" )x\"; cudaFreeHost(p)", "1:35 free\n"},
        {"n = 1'000; cudaFreeHost(p); m = 2'000;", "1:12 free\n"},
        {"// don't\ncudaFreeHost(p)", "2:1 free\n"},
        {"#error don't\ncudaFreeHost(p)", "2:1 free\n"},
        {"\"open\ncudaFreeHost(p)", "2:1 free\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        assert_string_equal(scan(arena, cases[i].text), cases[i].sites);
        arena_free(arena);
    }
}

static void conditions_and_macros_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *text, *sites;
    } cases[] = {
        {"#if USE_CUDA\ncudaFreeHost(p);\n#endif\ncudaFreeHost(p);",
         "2:1 free #if USE_CUDA\n4:1 free\n"},
        {"#ifdef A\n#else // not A\ncudaFreeHost(p);\n#endif", "3:1 free #else of #ifdef A\n"},
        {"#if A\n#elif  B  &&  C\n#  if D\ncudaFreeHost(p);\n#endif\n#endif",
         "4:1 free #elif B && C, #if D\n"},
        {"#if A && \\\n    B\ncudaFreeHost(p);\n#endif", "3:1 free #if A && B\n"},
        {"/* head */\n#ifndef X_H\n#define X_H\ncudaFreeHost(p);\n#endif", "4:1 free\n"},
        {"#ifndef X_H\n#define Y_H\ncudaFreeHost(p);\n#endif", "3:1 free #ifndef X_H\n"},
        {"int a;\n#ifndef X_H\n#define X_H\ncudaFreeHost(p);\n#endif", "4:1 free #ifndef X_H\n"},
        {"#define FREE(p) \\\n  cudaFreeHost(p)\ncudaFreeHost(q);", "2:3 free macro\n3:1 free\n"},
        {"#define cudaFreeHost(p) free(p)\n#pragma x cudaFreeHost(p)\n#undef cudaFreeHost", ""},
        {"#endif\n#else\n#elif X\ncudaFreeHost(p);", "4:1 free\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        assert_string_equal(scan(arena, cases[i].text), cases[i].sites);
        arena_free(arena);
    }
}

static void switches_that_a_file_needs_are_assumed(void **state)
{
    (void)state;
    static const struct {
        const char *text, *macros;
    } cases[] = {
        {"#if USE_CUDA\ncudaFreeHost(p);\n#endif", "USE_CUDA "},
        {"#if !HAVE_CUDA\n#error no\n#endif\ncudaFreeHost(p);", "HAVE_CUDA "},
        {"#ifndef WITH_A\n#error no\n#endif", "WITH_A "},
        {"#if !defined(WITH_A) || !WITH_B\n#error no\n#endif", "WITH_A WITH_B "},
        {"#if !WITH_A && !WITH_B\n#error no\n#endif", ""},
        {"#ifdef WITH_A\n#error no\n#endif", ""},
        {"#if WITH_A\n#if !WITH_B\n#error no\n#endif\n#endif", ""},
        {"#if WITH_A\n#elif WITH_B\n#else\n#error no\n#endif", ""},
        {"#ifndef X_H\n#define X_H\n#if !WITH_A\n#error no\n#endif\n#endif", "WITH_A "},
        {"#error no\n#if\n#error\n#endif", ""},
        {"#if USE_CUDA\ncudaFreeHost(p);\n#endif\n#if USE_HIP\ncudaFreeHost(p);\n#endif",
         "USE_CUDA "},
        {"#if USE_ROCM\ncudaFreeHost(p);\n#endif\n#if USE_NVIDIA\ncudaFreeHost(p);\n#endif",
         "USE_ROCM "},
        {"#if USE_CUDA\n#if USE_HIP\ncudaFreeHost(p);\n#endif\n#endif", "USE_CUDA USE_HIP "},
        {"#if USE_CUDA\ncudaFreeHost(p);\n#endif\n#if WITH_CHIPS\ncudaFreeHost(p);\n#endif",
         "USE_CUDA WITH_CHIPS "},
        {"#undef PIN\n#ifdef PIN\ncudaFreeHost(p);\n#endif", ""},
        {"#ifdef PIN\ncudaFreeHost(p);\n#endif\n#undef PIN", "PIN "},
        {"#if A\n#undef PIN\n#endif\n#ifdef PIN\ncudaFreeHost(p);\n#endif", "PIN "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct site_list list = {0};
        site_scan(arena, cases[i].text, strlen(cases[i].text), models_of_test(arena), &list);
        const char *macros = "", *macro;
        for (size_t j = 0; (macro = assume_macro(&list.assumptions, j)); j++)
            macros = arena_printf(arena, "%s%s ", macros, macro);
        assert_string_equal(macros, cases[i].macros);
        arena_free(arena);
    }
}

/* Every beginning of a text that has a bit of everything: the scanner stops at its end. */
static void texts_may_end_anywhere(void **state)
{
    (void)state;
    static const char text[] =
        "#if A /* b */ \\\n + 1\n#define M(x) x \\\n y\n#elif 1\n"
        "R\"d(x)d\" 'a\\'' \"b\\\"\" cudaFreeHost<a<b> > /**/ (p) 1'0e+1 //\\\n"
        "\n#else\n#endif\ncudaFreeHost<";
    struct arena *arena = arena_new();
    struct model_set *models = models_of_test(arena);
    for (size_t len = 0; len < sizeof text; len++) {
        char *exact = test_malloc(len + 1);
        memcpy(exact, text, len);
        struct site_list list = {0};
        site_scan(arena, exact, len, models, &list);
        test_free(exact);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_found_where_they_are_called),
        cmocka_unit_test(conditions_and_macros_are_named),
        cmocka_unit_test(switches_that_a_file_needs_are_assumed),
        cmocka_unit_test(texts_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Who carries a name, by text alone. */
#include "source/text/carriers.h"
#include "support/strbuf.h"
#include "support/testing.h"

#include <string.h>

static bool is_wanted(const void *context, const char *name, size_t len)
{
    (void)context;
    return len == 3 && memcmp(name, "PIN", 3) == 0;
}

/* The carriers, in order; "-" when the text has no mention. */
static const char *carriers(struct arena *arena, const char *text)
{
    struct words words = {0};
    bool found = carriers_find(arena, text, strlen(text), is_wanted, NULL, &words);
    struct strbuf out;
    strbuf_init(&out, arena);
    for (size_t i = 0; i < words.len; i++)
        strbuf_addf(&out, "%s%s", i ? " " : "", words.data[i]);
    return found ? out.text : "-";
}

static void definitions_carry_what_they_mention(void **state)
{
    (void)state;
    static const struct {
        const char *text, *carriers;
    } cases[] = {
        {"", "-"},
        {"/* PIN(p) */ const char *s = \"PIN(p)\"; // PIN", "-"},
        {"int PIN(void *p);", "-"},
        {"extern \"C\" { int PIN(void *p); }", "-"},
        {"void f(void *p) { PIN(p); }", "f"},
        {"void f(void *p) { if (p) { while (g(p)) { PIN(p); } } }", "f"},
        {"void f() { a(); } void g() { PIN(p); } void h() { b(); }", "g"},
        {"static inline void *f(int n) noexcept { return PIN(n); }", "f"},
        {"namespace ns { inline void f() { PIN(p); } }", "f"},
        {"template <class T, int N = 3> void f(T *p) { PIN(p); }", "f"},
        {"inline void Pool::give(void *p) { PIN(p); }", "give Pool"},
        {"struct Pool { void give(void *p) { PIN(p); } int size; };", "Pool"},
        {"template <class T = int> class EXPORT Pool final : public Base<T> { ~Pool() { PIN(p); } "
         "};",
         "Pool"},
        {"template <> struct Pool<int> { ~Pool() { PIN(p); } };", "Pool"},
        {"namespace a::b { class Outer { class Inner { void f() { PIN(p); } }; }; }", "Inner"},
        {"class A { public: A() : p(0) {} private: void f() { PIN(p); } void *p; };", "A"},
        {"class A { int a; }; class B { A a; void f() { PIN(a); } };", "B"},
        {"class B : public PIN { int a; };", "B"},
        {"Pool::Pool(int n) : n_(n), p_(PIN(n)) { g(); }", "Pool"},
        {"void f(int (*pin)(void *) = PIN) { pin(p); }", "f"},
        {"using Deleter = Call<PIN>;", "Deleter"},
        {"static const ops table = {.pin = PIN};", "ops table"},
        {"static int done = PIN(p);", "done"},
        {"auto f = [](void *p) { PIN(p); };", "f"},
        {"#define UNPIN(p) \\\n  PIN(p)\n#define OTHER(p) p\n", "UNPIN"},
        {"#define PIN other_pin\n", "-"},
        {"#if PIN\n#endif\n#pragma PIN\n", "-"},
        {"__global__ __launch_bounds__(256) void k(int n) { PIN(n); }", "k"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        if (strcmp(carriers(arena, cases[i].text), cases[i].carriers) != 0)
            fail_msg("%s\ngives: %s", cases[i].text, carriers(arena, cases[i].text));
        arena_free(arena);
    }
}

static void any_text_comes_to_an_end(void **state)
{
    (void)state;
    static const char text[] = "}}template<class T struct A<B>:(C){f(x):y(z{PIN(]);#define X\\\nPIN"
                               "template <>;template<{::PIN(=\"'R\"(";
    for (size_t len = 0; len < sizeof text; len++) {
        struct arena *arena = arena_new();
        char *exact = test_malloc(len + 1);
        memcpy(exact, text, len);
        struct words words = {0};
        carriers_find(arena, exact, len, is_wanted, NULL, &words);
        test_free(exact);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(definitions_carry_what_they_mention),
        cmocka_unit_test(any_text_comes_to_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

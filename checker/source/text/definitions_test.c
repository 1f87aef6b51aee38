/* What defines a function, by text alone. */
#include "source/text/definitions.h"
#include "source/text/facts.h"
#include "support/testing.h"

#include <string.h>

static bool defines(const char *text, const char *scope, const char *name)
{
    struct facts_reader *reader = facts_reader_new();
    const struct facts *facts = facts_of_text(reader, text, strlen(text));
    bool found = false;
    for (size_t i = 0; i < facts->definition_count; i++)
        found |= facts_definitions(facts)[i] == definitions_hash(scope, name);
    facts_reader_free(reader);
    return found;
}

static void bodies_are_definitions(void **state)
{
    (void)state;
    static const char *const yes[] = {
        "void give(void *p) { free(p); }",
        "void *give(void (*f)(int), int n)\n{\n}",
        "auto give(int n) -> std::vector<int *> { return {}; }",
        "API(int) give(int n) API_END(1, 2)\n{\n}",
        "template <class T> int give(T n) noexcept(sizeof(T) > 1) { return 0; }",
        "int give(int a\n#if B\n, int b\n#endif\n) { }",
        "#define SWAP(a) { if (a\nvoid give() { }",
        "static int count; extern \"C\" { void give() { } }",
        "struct S { int take() { if (a) { } } void give() { } };",
        "#if A\nint take(int n) {\n#else\nint take() {\n#endif\n}\nint give() { }",
        "#if A\nint take(int n\n#endif\n;\nint give() { }",
    };
    static const char *const no[] = {
        "",
        "void give(void *);",
        "void f() { if (give(p)) { g(); } }",
        "void f() { return give(p); }",
        "void f() { give(p); { } }",
        "/* void give(void *p) { } */",
        "#define give(p) { free(p); }",
        "struct give { };",
        "void give(",
        "void give(void *p) const const",
        "void forgive(void *p) { }",
        "static void give(void *p) { }",
        "static int x = give(1), y[] = {1};",
        "Pool::Pool(int n) : take(n), give(n) { }",
        "void Pool::give() { }",
    };
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (!defines(yes[i], NULL, "give"))
            fail_msg("not found: %s", yes[i]);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (defines(no[i], NULL, "give"))
            fail_msg("found: %s", no[i]);
}

static void scopes_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        const char *text, *scope, *name;
        bool defines;
    } cases[] = {
        {"int Pool::give(void *p) const noexcept(false) { return 0; }", "Pool", "give", true},
        {"int ns::Pool::give() { return 0; }", "Pool", "give", true},
        {"int Pool::give() { return 0; }", "Tank", "give", false},
        {"Pool::Pool(int n) : a(n), b::c(n) { }", "Pool", "Pool", true},
        {"Pool::~Pool() { }", "Pool", "~Pool", true},
        {"Pool &Pool::operator=(Pool &&p) { }", "Pool", "operator=", true},
        {"void Pool::operator()(int n) { }", "Pool", "operator()", true},
        {"Pool::operator bool() const { }", "Pool", "operator bool", true},
        {"void Pool::operator delete(void *p) { }", "Pool", "operator delete", true},
        {"void operators_init(int n) { }", NULL, "operators_init", true},
        {"void operators_init(int n) { }", NULL, "operator=", false},
        {"std::size_t Pool::give() { }", "Pool", "give", true},
        {"void Pool::give() { }", "give", "Pool", false},
        {"const unsigned flags = 4;", NULL, "flags", true},
        {"const int Pool::flags = 4;", "Pool", "flags", true},
        {"const int flags[N] = {1, 2};", NULL, "flags", true},
        {"const struct ops table = {.get = get};", NULL, "table", true},
        {"extern const int flags;", NULL, "flags", false},
        {"static const int flags = 4;", NULL, "flags", false},
        {"int f() { flags = 4; }", NULL, "flags", false},
        {"const int a = 4; template <class T = int> void f() { }", NULL, "f", true},
        {"const int a = g(4); void f() { }", NULL, "f", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (defines(cases[i].text, cases[i].scope, cases[i].name) != cases[i].defines)
            fail_msg("%s", cases[i].text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bodies_are_definitions),
        cmocka_unit_test(scopes_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

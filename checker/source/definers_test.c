/* What defines a function, by text alone. */
#include "source/definers.h"
#include "support/testing.h"

#include <string.h>

static void bodies_are_definitions(void **state)
{
    (void)state;
    static const char *wanted[] = {"give"};
    const struct words names = {.data = wanted, .len = 1};
    static const struct {
        const char *text;
        bool defines;
    } cases[] = {
        {"", false},
        {"void give(void *);", false},
        {"void give(void *p) { free(p); }", true},
        {"void *give(void (*f)(int), int n)\n{\n}", true},
        {"int Pool::give(void *p) const noexcept(false) { return 0; }", true},
        {"auto give(int n) -> std::vector<int *> { return {}; }", true},
        {"Pool::give(int n) : a(n), b(n) { }", true},
        {"void f() { if (give(p)) { g(); } }", false},
        {"void f() { return give(p); }", false},
        {"void f() { give(p); { } }", false},
        {"/* void give(void *p) { } */", false},
        {"#define give(p) { free(p); }", false},
        {"struct give { };", false},
        {"void give(", false},
        {"void give(void *p) const const", false},
        {"void forgive(void *p) { }", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (definers_in_text(cases[i].text, strlen(cases[i].text), &names) != cases[i].defines)
            fail_msg("%s", cases[i].text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bodies_are_definitions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

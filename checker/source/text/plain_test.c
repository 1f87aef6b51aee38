/* What is left of a text when only code looks like code. */
#include "source/text/plain.h"
#include "support/testing.h"

#include <string.h>

static void assert_plain(const char *text, const char *expected)
{
    struct arena *arena = arena_new();
    assert_string_equal(source_plain(arena, text, strlen(text)), expected);
    arena_free(arena);
}

static void comments_are_blank(void **state)
{
    (void)state;
    assert_plain("new /* ( */ T[2] // ]\nx", "new         T[2]     \nx");
    assert_plain("a \\\n b", "a  \n b");
}

static void quotes_stay_and_what_they_hold_goes(void **state)
{
    (void)state;
    assert_plain("f(\"(;\", '{')", "f(\"  \", ' ')");
    assert_plain("g(R\"x(\")x\")", "g( \"     \")");
    assert_plain("1'000 + 'a'", "1'000 + ' '");
    assert_plain("\"open\n;", "\"    \n;");
}

static void directives_are_blank(void **state)
{
    (void)state;
    assert_plain("#define F(\nx\n#if (\ny", "          \nx\n     \ny");
}

static void lines_end_as_old_macs_end_them(void **state)
{
    (void)state;
    assert_plain("a // b\rc", "a     \nc");
    assert_plain("#define F(\\\rx\rx\r\n;\r", "           \n \nx \n;\n");
    assert_plain("\"open\r;", "\"    \n;");
}

static void digraphs_are_brackets(void **state)
{
    (void)state;
    assert_plain("a<:1:> <% %>", "a[ 1]  {  } ");
    assert_plain("v<::T> w<:::x:>", "v<::T> w[ ::x] ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comments_are_blank),
        cmocka_unit_test(quotes_stay_and_what_they_hold_goes),
        cmocka_unit_test(directives_are_blank),
        cmocka_unit_test(lines_end_as_old_macs_end_them),
        cmocka_unit_test(digraphs_are_brackets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Reading UTF-8 without trust. */
#include "support/testing.h"
#include "support/utf8.h"

#include <string.h>

static void check_next(const char *bytes, uint32_t code, uint32_t len, bool valid)
{
    struct utf8_char next = utf8_next(bytes, strlen(bytes));
    assert_int_equal(next.code, code);
    assert_int_equal(next.len, len);
    assert_int_equal(next.valid, valid);
}

static void test_valid(void **state)
{
    (void)state;
    check_next("a", 'a', 1, true);
    check_next("\xC2\x80", 0x80, 2, true);
    check_next("\xEF\xBF\xBD", 0xFFFD, 3, true); /* the replacement itself, in earnest */
    check_next("\xED\x9F\xBF", 0xD7FF, 3, true);
    check_next("\xF4\x8F\xBF\xBF", 0x10FFFF, 4, true);
}

/* Lengths are those of the Unicode standard, table 3-8 and its neighbours. */
static void test_malformed(void **state)
{
    (void)state;
    check_next("\x80", UTF8_REPLACEMENT, 1, false);
    check_next("\xC0\xAF", UTF8_REPLACEMENT, 1, false);         /* overlong */
    check_next("\xE0\x80\xAF", UTF8_REPLACEMENT, 1, false);     /* overlong */
    check_next("\xED\xA0\x80", UTF8_REPLACEMENT, 1, false);     /* a surrogate */
    check_next("\xF4\x90\x80\x80", UTF8_REPLACEMENT, 1, false); /* beyond the last plane */
    check_next("\xE2\x82", UTF8_REPLACEMENT, 2, false);         /* cut off */
    check_next("\xF0\x9F\x98x", UTF8_REPLACEMENT, 3, false);
    check_next("\xFF", UTF8_REPLACEMENT, 1, false);
}

static void test_terminal(void **state)
{
    (void)state;
    assert_int_equal(utf8_width('a'), 1);
    assert_int_equal(utf8_width(0x6F22), 2);  /* a Han character */
    assert_int_equal(utf8_width(0x1F600), 2); /* a face */
    assert_int_equal(utf8_width(0x0301), 0);  /* a combining accent */
    static const uint32_t unsafe[] = {0x00,   0x1B,   0x7F,   0x9B,  0x200B,
                                      0x202E, 0x2066, 0xFEFF, 0xFFFF};
    for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++)
        assert_false(utf8_is_printable(unsafe[i]));
    static const uint32_t safe[] = {' ', '~', 0xA0, 0xE9, 0x2026, 0x6F22, 0x1F600};
    for (size_t i = 0; i < sizeof safe / sizeof *safe; i++)
        assert_true(utf8_is_printable(safe[i]));
}

static void test_clean(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const char *valid = "\xC3\xB6";
    assert_ptr_equal(utf8_clean(arena, valid), valid);
    assert_string_equal(utf8_clean(arena, "a\xFF\xE2\x82z"), "a\xEF\xBF\xBD\xEF\xBF\xBDz");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_valid),
        cmocka_unit_test(test_malformed),
        cmocka_unit_test(test_terminal),
        cmocka_unit_test(test_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

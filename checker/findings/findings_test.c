/* Findings: order, repeats, fingerprints; and the texts behind them. */
#include "findings/fixture.h"

static void test_order(void **state)
{
    struct findings *findings = *state;
    set_source(findings, "x();\ny(); z();\n");
    add(findings, "unchecked-call", "z()", 0);
    add(findings, "unchecked-call", "x()", 0);
    add(findings, "unchecked-call", "y()", 0);
    add(findings, "already-pinned", "y()", 0);
    add(findings, "unchecked-call", "y()", 0); /* again, with a longer path: dropped */
    struct finding *longer = &findings->list.data[4];
    vec_push(findings->arena, &longer->path, (struct path_step){longer->at, "step"});
    findings_finish(findings);
    assert_int_equal(findings->list.len, 4);
    static const uint32_t offsets[] = {0, 5, 5, 10};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(findings->list.data[i].at.offset, offsets[i]);
    assert_string_equal(findings->list.data[1].rule, "already-pinned");
    assert_int_equal(findings->list.data[2].path.len, 0);
}

static const char *fingerprint_of(struct findings *findings, const char *source, const char *what,
                                  size_t number)
{
    findings->list.len = 0;
    set_source(findings, source);
    for (size_t i = 0; i <= number; i++)
        add(findings, "already-pinned", what, i);
    findings_finish(findings);
    return findings->list.data[number].fingerprint;
}

static void test_fingerprints(void **state)
{
    struct findings *f = *state;
    const char *first = fingerprint_of(f, "reg(p, n);\n", "reg(p, n)", 0);
    assert_int_equal(strlen(first), 32);
    assert_string_equal(first, fingerprint_of(f, "\n\n  reg(p, n);\n", "reg(p, n)", 0));
    assert_string_equal(first, fingerprint_of(f, "reg(p,\n\t  n);\n", "reg(p,\n\t  n)", 0));
    assert_string_not_equal(first, fingerprint_of(f, "reg(p, m);\n", "reg(p, m)", 0));
    const char *second = fingerprint_of(f, "reg(p, n);\nreg(p, n);\n", "reg(p, n)", 1);
    assert_string_not_equal(first, second);
    assert_string_equal(first, f->list.data[0].fingerprint);
    f->root = "/";
    assert_string_not_equal(first, fingerprint_of(f, "reg(p, n);\n", "reg(p, n)", 0));
}

static void test_lines(void **state)
{
    struct findings *findings = *state;
    set_source(findings, "a\r\nb\rc\n\nlast");
    const struct text *text = text_get(findings->texts, SOURCE);
    assert_int_equal(text->line_count, 5);
    static const char *const lines[] = {"a", "b", "c", "", "last", ""};
    for (uint32_t i = 0; i < 6; i++) {
        struct text_span span = text_line(text, i + 1);
        assert_int_equal(span.len, strlen(lines[i]));
        assert_memory_equal(span.bytes, lines[i], span.len);
    }
    assert_null(text_get(findings->texts, "/nonexistent"));
    set_source(findings, "\xc3\xa9\xf0\x9f\x98\x80x\n");
    text = text_get(findings->texts, SOURCE);
    assert_int_equal(text_utf16_column(text, 1, 1), 1);
    assert_int_equal(text_utf16_column(text, 1, 3), 2);
    assert_int_equal(text_utf16_column(text, 1, 7), 4);
    assert_int_equal(text_utf16_column(text, 1, 8), 5);
    assert_string_equal(text_path_below("/a/b/", "/a/b/c/d"), "c/d");
    assert_string_equal(text_path_below("/a/b", "/a/bc/d"), "/a/bc/d");
    assert_string_equal(text_path_below("/", "/a"), "a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_order),
        TEST(test_fingerprints),
        TEST(test_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

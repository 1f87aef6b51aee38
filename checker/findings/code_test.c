/* Tokens and statements: what a fix may change, and what it must leave alone. */
#include "findings/code.h"
#include "support/testing.h"

#include <string.h>

struct fixture {
    struct arena *arena;
    const struct code *code;
};

static int make_fixture(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *f = arena_new_object(arena, struct fixture);
    f->arena = arena;
    *state = f;
    return 0;
}

static int drop_fixture(void **state)
{
    arena_free(((struct fixture *)*state)->arena);
    return 0;
}

static void read(struct fixture *f, const char *text)
{
    struct text_cache *texts = text_cache_new(f->arena);
    text_inject(texts, "/a.cu", text, strlen(text));
    f->code = code_read(f->arena, text_get(texts, "/a.cu"));
}

/* The tokens of the first place where `part` stands. */
static struct code_range range(struct fixture *f, const char *part)
{
    const char *text = f->code->text->bytes, *at = strstr(text, part);
    struct code_range found;
    assert_non_null(at);
    uint32_t offset = (uint32_t)(at - text);
    assert_true(code_range_at(f->code, offset, offset + (uint32_t)strlen(part), &found));
    return found;
}

/* "f()" in this body as a statement: "what it is all together|its check", or "no". */
static const char *statement(struct fixture *f, const char *body)
{
    struct code_statement s;
    read(f, arena_printf(f->arena, "void g(void)\n{\n%s\n}\n", body));
    if (!code_statement_of(f->code, range(f, "f(x)"), &s))
        return "no";
    return arena_printf(f->arena, "%s|%s%s", code_text(f->code, s.all),
                        s.wrapper.first == CODE_NONE ? "" : code_text(f->code, s.wrapper),
                        s.is_void ? "(void)" : "");
}

static void test_statements(void **state)
{
    static const struct {
        const char *body, *found;
    } cases[] = {
        {"f(x);", "f(x)|"},
        {"/* a */ f(x) /* b */;", "f(x)|"},
        {"{ } f(x);", "f(x)|"},
        {"if (a) { f(x); }", "f(x)|"},
        {"(void)f(x);", "(void)f(x)|(void)"},
        {"(f(x));", "(f(x))|"},
        {"CHECK(f(x));", "CHECK(f(x))|CHECK"},
        {"a::b::check((f(x)));", "a::b::check((f(x)))|a::b::check"},
        {"auto l = [] { f(x); };", "f(x)|"},
        {"A(B(f(x)));", "no"},
        {"CHECK(f(x), 1);", "no"},
        {"o.check(f(x));", "no"},
        {"if (a) f(x);", "no"},
        {"else f(x);", "no"},
        {"for (; a; f(x)) ;", "no"},
        {"for (f(x); a;) ;", "no"},
        {"do f(x); while (a);", "no"},
        {"here: f(x);", "no"},
        {"e = f(x);", "no"},
        {"return f(x);", "no"},
        {"E e(f(x));", "no"},
        {"MACRO f(x);", "no"},
        {"f(x), h();", "no"},
        {"f(x)\n#if A\n;\n#endif\n", "no"},
        {"f(x)", "no"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(statement(*state, cases[i].body), cases[i].found);
}

static void test_calls(void **state)
{
    struct fixture *f = *state;
    struct code_call call;
    read(f, "a = std::pin(p[1, 2], (q, r), \"x,y\", s{1, 2}); g(); h<int, 2>(k);");
    assert_true(
        code_call_of(f->code, range(f, "std::pin(p[1, 2], (q, r), \"x,y\", s{1, 2})"), &call));
    assert_string_equal(code_text(f->code, call.name), "std::pin");
    assert_int_equal(call.args.len, 4);
    assert_string_equal(code_text(f->code, call.args.data[0]), "p[1, 2]");
    assert_string_equal(code_text(f->code, call.args.data[3]), "s{1, 2}");
    assert_true(code_call_of(f->code, range(f, "g()"), &call));
    assert_int_equal(call.args.len, 0);
    assert_false(code_call_of(f->code, range(f, "h<int, 2>(k)"), &call));
    assert_true(code_has_comma(f->code, range(f, "h<int, 2>(k)")));
    assert_true(code_has_comma(f->code, range(f, "(q, r), \"x,y\"")));
    assert_false(code_has_comma(f->code, range(f, "(q, r)")));
    assert_true(code_has_comma(f->code, range(f, "s{1, 2}")));
}

static void test_expressions(void **state)
{
    struct fixture *f = *state;
    static const char *const postfix[] = {"p", "this->p[i + 1].q", "a::v.data()", "p [ 0 ]"};
    static const char *const others[] = {"p + 1", "*p", "sizeof(p)", "p->", "(p)", "p++", "1"};
    for (size_t i = 0; i < sizeof postfix / sizeof *postfix; i++) {
        read(f, postfix[i]);
        assert_true(code_is_postfix(f->code, range(f, postfix[i])));
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        read(f, others[i]);
        assert_false(code_is_postfix(f->code, range(f, others[i])));
    }
}

static void test_straight(void **state)
{
    struct fixture *f = *state;
    static const char *const straight[] = {"a(); std::b(c[1]); d = 2;"};
    static const char *const others[] = {"a(); return; b();", "if (a) b();", "a(); } b();",
                                         "a(); l: b();", "a();\n#if X\nb();"};
    for (size_t i = 0; i < sizeof straight / sizeof *straight; i++) {
        read(f, straight[i]);
        assert_true(code_is_straight(f->code, range(f, straight[i])));
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        read(f, others[i]);
        assert_false(code_is_straight(f->code, range(f, others[i])));
    }
}

/* Brackets that only one branch of an #if closes do not unbalance what follows. */
static void test_preprocessor(void **state)
{
    struct fixture *f = *state;
    struct code_statement s;
    read(f, "#define A(x) do { x\n#undef A\nvoid g()\n{\n#ifdef B\n    if (b) {\n#else\n    if (c) "
            "{\n#endif\n    }\n    f(x);\n}\n");
    assert_true(code_statement_of(f->code, range(f, "f(x)"), &s));
    assert_int_equal(s.block, range(f, "void g()").last + 1);
    assert_int_equal(f->code->macros.len, 2);
    assert_false(f->code->macros.data[0].is_undef);
    assert_true(f->code->macros.data[1].is_undef);
    assert_memory_equal(f->code->macros.data[1].name, "A", f->code->macros.data[1].len);
}

static void test_broken(void **state)
{
    static const char *const texts[] = {"", ")", "}", "((", "f(]x)", "#if", "#define", "R\"(", "'"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        read(*state, texts[i]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_fixture, drop_fixture)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_statements), TEST(test_calls),        TEST(test_expressions),
        TEST(test_straight),   TEST(test_preprocessor), TEST(test_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

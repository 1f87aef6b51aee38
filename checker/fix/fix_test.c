/* Fixes: what is chosen, what the files become, the patch, the YAML. */
#include "fix/fix.h"
#include "support/file.h"
#include "support/testing.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yaml.h>

struct fixture {
    struct arena *arena;
    const char *path; /* a file on disk */
    struct findings findings;
    struct fix_plan plan;
};

static int make_fixture(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *f = arena_new_object(arena, struct fixture);
    char name[] = "/tmp/fix_test_XXXXXX";
    int file = mkstemp(name);
    assert_true(file >= 0);
    close(file);
    f->arena = arena;
    f->path = arena_strdup(arena, name);
    *state = f;
    return 0;
}

static int drop_fixture(void **state)
{
    struct fixture *f = *state;
    unlink(f->path);
    arena_free(f->arena);
    return 0;
}

static void set_source(struct fixture *f, const char *source)
{
    assert_null(file_replace(f->arena, f->path, source, strlen(source)));
    f->findings = (struct findings){.arena = f->arena, .texts = text_cache_new(f->arena)};
}

static struct finding *add_finding(struct fixture *f)
{
    struct finding *finding = vec_add(f->arena, &f->findings.list);
    *finding = (struct finding){.rule = "rule", .level = LEVEL_ERROR, .message = "message"};
    finding->at.file = f->path;
    struct fix *fix = vec_add(f->arena, &finding->fixes);
    fix->description = "fix it";
    return finding;
}

static void add_edit(struct fixture *f, struct finding *finding, uint32_t offset, uint32_t end,
                     const char *text)
{
    struct position at = {.file = f->path, .offset = offset, .end_offset = end};
    vec_push(f->arena, &finding->fixes.data[0].replacements, (struct replacement){at, text});
}

static const char *new_text(struct fixture *f)
{
    fix_plan_make(&f->plan, &f->findings, NULL);
    if (!f->plan.files.len)
        return NULL;
    assert_int_equal(f->plan.files.len, 1);
    size_t len;
    const char *text = fix_new_text(f->arena, &f->plan.files.data[0], &len);
    assert_int_equal(len, strlen(text));
    return text;
}

/* ---- choosing and applying ------------------------------------------------------------- */

static void test_apply(void **state)
{
    struct fixture *f = *state;
    set_source(f, "one two three\n");
    struct finding *finding = add_finding(f);
    add_edit(f, finding, 8, 13, "drei");
    add_edit(f, finding, 0, 4, "");
    add_edit(f, finding, 13, 13, "!");
    assert_string_equal(new_text(f), "two drei!\n");
    assert_int_equal(f->plan.fixed, 1);
    assert_null(fix_write(f->arena, &f->plan.files.data[0]));
    const char *bytes;
    size_t len;
    assert_null(file_read(f->arena, f->path, &bytes, &len));
    assert_string_equal(bytes, "two drei!\n");
}

static void test_collisions(void **state)
{
    struct fixture *f = *state;
    set_source(f, "one two three\n");
    add_edit(f, add_finding(f), 0, 3, "1");
    add_edit(f, add_finding(f), 0, 3, "1"); /* the same: shared */
    struct finding *both = add_finding(f);  /* one of its edits collides: none is made */
    add_edit(f, both, 2, 5, "x");
    add_edit(f, both, 8, 13, "3");
    add_edit(f, add_finding(f), 3, 3, ","); /* touches only */
    add_edit(f, add_finding(f), 3, 3, ";"); /* two insertions at one place */
    struct finding *suppressed = add_finding(f);
    suppressed->suppressed_by = "NOLINT";
    add_edit(f, suppressed, 8, 13, "3");
    add_edit(f, add_finding(f), 8, 99, "beyond the end");
    assert_string_equal(new_text(f), "1, two three\n");
    assert_int_equal(f->plan.fixed, 3);
    assert_int_equal(f->plan.skipped, 3);
}

static void test_nothing_to_fix(void **state)
{
    struct fixture *f = *state;
    set_source(f, "one\n");
    add_finding(f)->fixes.len = 0;
    assert_null(new_text(f));
    assert_int_equal(f->plan.fixed + f->plan.skipped, 0);
}

static void test_refuses_other_text(void **state)
{
    struct fixture *f = *state;
    set_source(f, "one\n");
    add_edit(f, add_finding(f), 0, 3, "two");
    assert_string_equal(new_text(f), "two\n");
    assert_null(file_replace(f->arena, f->path, "new\n", 4));
    const struct error *error = fix_write(f->arena, &f->plan.files.data[0]);
    assert_non_null(error);
    assert_non_null(strstr(error->message, "has changed"));
    text_inject(f->findings.texts, f->path, "one\n", 4);
    new_text(f);
    error = fix_write(f->arena, &f->plan.files.data[0]);
    assert_non_null(error);
    assert_non_null(strstr(error->message, "standard input"));
}

static void test_left_out(void **state)
{
    struct fixture *f = *state;
    set_source(f, "one two three\n");
    add_edit(f, add_finding(f), 0, 3, "1");
    add_edit(f, add_finding(f), 0, 3, "eins");
    add_edit(f, add_finding(f), 4, 7, "2");
    const bool left_out[] = {true, false, false};
    fix_plan_make(&f->plan, &f->findings, left_out);
    size_t len;
    assert_string_equal(fix_new_text(f->arena, &f->plan.files.data[0], &len), "eins 2 three\n");
    assert_false(f->plan.chosen[0]);
    assert_true(f->plan.chosen[1] && f->plan.chosen[2]);
    assert_int_equal(f->plan.skipped, 0);
}

/* ---- patches --------------------------------------------------------------------------- */

static const char *diff_of(struct fixture *f)
{
    fix_plan_make(&f->plan, &f->findings, NULL);
    char *bytes = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&bytes, &len);
    fix_print_diff(&f->plan, "/tmp", out);
    fclose(out);
    const char *copy = arena_strdup(f->arena, bytes);
    free(bytes);
    return copy;
}

static void check_diff(struct fixture *f, const char *hunks)
{
    const char *name = strrchr(f->path, '/') + 1;
    assert_string_equal(diff_of(f),
                        arena_printf(f->arena, "--- a/%s\n+++ b/%s\n%s", name, name, hunks));
}

static void test_diff(void **state)
{
    struct fixture *f = *state;
    set_source(f, "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n");
    struct finding *finding = add_finding(f);
    add_edit(f, finding, 2, 4, "");        /* 2 goes */
    add_edit(f, finding, 8, 9, "five");    /* 5 changes: the same hunk */
    add_edit(f, finding, 33, 33, "14a\n"); /* a line comes: another */
    check_diff(f, "@@ -1,8 +1,7 @@\n 1\n-2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
                  "@@ -12,4 +11,5 @@\n 12\n 13\n 14\n+14a\n 15\n");
}

static void test_diff_across_lines(void **state)
{
    struct fixture *f = *state;
    set_source(f, "\tfree(p);\n\tunpin(p); // x\n");
    struct finding *finding = add_finding(f);
    add_edit(f, finding, 1, 11, "");
    add_edit(f, finding, 20, 20, " free(p);");
    check_diff(f, "@@ -1,2 +1,1 @@\n-\tfree(p);\n-\tunpin(p); // x\n+\tunpin(p); free(p); // x\n");
}

static void test_diff_at_the_end(void **state)
{
    struct fixture *f = *state;
    set_source(f, "a\nb");
    add_edit(f, add_finding(f), 3, 3, "\n");
    check_diff(f, "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n");
    set_source(f, "a\n");
    add_edit(f, add_finding(f), 2, 2, "b\n");
    check_diff(f, "@@ -1,1 +1,2 @@\n a\n+b\n");
    set_source(f, "a\n");
    add_edit(f, add_finding(f), 0, 2, "");
    check_diff(f, "@@ -1,1 +0,0 @@\n-a\n");
}

/* ---- YAML ------------------------------------------------------------------------------ */

/* The scalars of the document in order, so that quoting does not matter. */
static const char *scalars(struct arena *arena, const char *bytes, size_t len)
{
    yaml_parser_t parser;
    yaml_event_t event;
    const char *all = "";
    bool done = false;
    assert_int_equal(yaml_parser_initialize(&parser), 1);
    yaml_parser_set_input_string(&parser, (const yaml_char_t *)bytes, len);
    while (!done) {
        assert_int_equal(yaml_parser_parse(&parser, &event), 1);
        if (event.type == YAML_SCALAR_EVENT)
            all = arena_printf(arena, "%s%s|", all, (const char *)event.data.scalar.value);
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return all;
}

static void test_export(void **state)
{
    struct fixture *f = *state;
    set_source(f, "one\n");
    struct finding *finding = add_finding(f);
    finding->message = "a 'quoted' \"message\": \xc3\xb6";
    finding->at.offset = 2;
    vec_push(f->arena, &finding->path, (struct path_step){finding->at, "step"});
    add_edit(f, finding, 0, 3, "two\n\tthree");
    const char *path = arena_printf(f->arena, "%s.yaml", f->path);
    fix_plan_make(&f->plan, &f->findings, NULL);
    assert_null(fix_export(&f->findings, &f->plan, "/x/main.cu", "/x", path));
    const char *bytes;
    size_t len;
    assert_null(file_read(f->arena, path, &bytes, &len));
    unlink(path);
    assert_string_equal(
        scalars(f->arena, bytes, len),
        arena_printf(f->arena,
                     "MainSourceFile|/x/main.cu|Diagnostics|DiagnosticName|rule|DiagnosticMessage|"
                     "Message|a 'quoted' \"message\": \xc3\xb6|FilePath|%s|FileOffset|2|"
                     "Replacements|FilePath|%s|Offset|0|Length|3|ReplacementText|two\n\tthree|"
                     "Notes|Message|step|FilePath|%s|FileOffset|2|Replacements|Level|Error|"
                     "BuildDirectory|/x|",
                     f->path, f->path, f->path));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_fixture, drop_fixture)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_apply),
        TEST(test_collisions),
        TEST(test_left_out),
        TEST(test_nothing_to_fix),
        TEST(test_refuses_other_text),
        TEST(test_diff),
        TEST(test_diff_across_lines),
        TEST(test_diff_at_the_end),
        TEST(test_export),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

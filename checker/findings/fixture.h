/* What the tests of this room share: findings in one file that is not on disk. */
#ifndef CUHOSTLINT_FINDINGS_FIXTURE_H
#define CUHOSTLINT_FINDINGS_FIXTURE_H

#include "findings/finding.h"
#include "findings/text.h"
#include "support/testing.h"

#include <string.h>

#define ROOT "/project"
#define SOURCE ROOT "/a.cu"

static inline int make_findings(void **state)
{
    struct arena *arena = arena_new();
    struct findings *findings = arena_new_object(arena, struct findings);
    *findings = (struct findings){.arena = arena, .root = ROOT, .texts = text_cache_new(arena)};
    *state = findings;
    return 0;
}

static inline int drop_findings(void **state)
{
    arena_free(((struct findings *)*state)->arena);
    return 0;
}

static inline void set_source(struct findings *findings, const char *source)
{
    findings->texts = text_cache_new(findings->arena);
    text_inject(findings->texts, SOURCE, source, strlen(source));
}

/* A finding at the `number`-th (from 0) occurrence of `what` in the source. */
static inline struct finding *add(struct findings *findings, const char *rule, const char *what,
                                  size_t number)
{
    const struct text *text = text_get(findings->texts, SOURCE);
    const char *at = strstr(text->bytes, what);
    for (; number; number--)
        at = strstr(at + 1, what);
    assert_non_null(at);
    struct finding *finding = vec_add(findings->arena, &findings->list);
    *finding = (struct finding){.rule = rule};
    finding->level = LEVEL_WARNING;
    finding->message = "message";
    finding->function = "f";
    finding->at.file = SOURCE;
    finding->at.offset = (uint32_t)(at - text->bytes);
    finding->at.end_offset = finding->at.offset + (uint32_t)strlen(what);
    while (finding->at.line < text->line_count &&
           text->line_starts[finding->at.line] <= finding->at.offset)
        finding->at.line++;
    finding->at.column = finding->at.offset - text->line_starts[finding->at.line - 1] + 1;
    finding->at.end_line = finding->at.line;
    finding->at.end_column = finding->at.column + (uint32_t)strlen(what);
    return finding;
}

/* `count` findings of already-pinned, at each "x()" of the source. */
static inline void find(struct findings *findings, const char *source, size_t count)
{
    findings->list.len = 0;
    set_source(findings, source);
    for (size_t i = 0; i < count; i++)
        add(findings, "already-pinned", "x()", i);
    findings_finish(findings);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_findings, drop_findings)

#endif

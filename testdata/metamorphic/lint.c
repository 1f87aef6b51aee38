#include "lint.h"

#include "cli/lsp_check.h"
#include "cli/options.h"

#include <string.h>

struct lint {
    const char *path;
    struct options options;
    struct server_checker checker;
};

struct lint *lint_new(struct arena *arena, const char *path)
{
    struct lint *lint = arena_new_object(arena, struct lint);

    lint->path = path;
    lint->options.quiet = true;
    lint->checker = lsp_checker_new(arena, &lint->options);
    return lint;
}

const struct error *lint_run(struct lint *lint, struct arena *arena, const char *text, size_t len,
                             struct lint_report *report)
{
    const struct server_job job = {.path = lint->path, .text = text, .len = len};
    struct server_report answer;
    const struct error *error = lint->checker.check(lint->checker.context, arena, &job, &answer);

    *report = (struct lint_report){0};
    if (error != NULL)
        return error;
    report->all = answer.findings;
    for (size_t i = 0; i < answer.findings->list.len; i++) {
        const struct finding *finding = &answer.findings->list.data[i];
        const struct lint_finding copy = {
            .rule = finding->rule,
            .function = arena_strdup(arena, finding->function),
            .message = arena_strdup(arena, finding->message),
            .file = arena_strdup(arena, finding->at.file),
            .line = finding->at.line,
            .offset = finding->at.offset,
            .end_offset = finding->at.end_offset,
        };

        if (finding->suppressed_by != NULL)
            continue;
        vec_push(arena, &report->findings, copy);
        for (size_t j = 0; j < finding->path.len; j++)
            if (strcmp(finding->path.data[j].at.file, finding->at.file) == 0)
                vec_push(arena, &report->steps, finding->path.data[j].at.offset);
    }
    return NULL;
}

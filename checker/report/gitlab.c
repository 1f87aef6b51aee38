/* GitLab Code Quality: the subset of Code Climate's issues that merge requests show. */
#include "report/formats.h"
#include "report/json_value.h"

static const char *severity_of(enum level level)
{
    switch (level) {
    case LEVEL_ERROR:
        return "critical";
    case LEVEL_WARNING:
        return "major";
    case LEVEL_NOTE:
        return "info";
    }
    return "info";
}

void report_gitlab(struct arena *arena, const struct findings *findings,
                   const struct report_run *run, FILE *out)
{
    json_t *list = json_array();
    for (size_t i = 0; i < findings->list.len; i++) {
        const struct finding *finding = &findings->list.data[i];
        if (finding->suppressed_by || !finding->at.file)
            continue;
        json_add(list,
                 json_make("{s:s, s:[s], s:o, s:o, s:o, s:s, s:{s:o, s:{s:I, s:I}}}", "type",
                           "issue", "categories", "Bug Risk", "description",
                           json_text(arena, finding->message), "check_name",
                           json_text(arena, arena_printf(arena, "cuhostlint/%s", finding->rule)),
                           "fingerprint", json_text(arena, finding->fingerprint), "severity",
                           severity_of(finding->level), "location", "path",
                           json_text(arena, report_root_path(run, finding->at.file)), "lines",
                           "begin", (json_int_t)finding->at.line, "end",
                           (json_int_t)finding->at.end_line));
    }
    json_finish(list, out);
}

/* GitHub workflow commands: a finding becomes an annotation of the change. */
#include "report/formats.h"
#include "support/strbuf.h"
#include "support/utf8.h"

#include <string.h>

/* GitHub shows no more of one level per step. */
enum { LIMIT_PER_LEVEL = 10 };

static const char *command_of(enum level level)
{
    return level == LEVEL_NOTE ? "notice" : level_name(level);
}

/* As the runner undoes it: data has three escapes, properties two more. What does not print could
 * steer the terminal of whoever reads the log. */
static const char *escaped(struct arena *arena, const char *text, bool is_property)
{
    const char *const special = is_property ? "%\r\n:," : "%\r\n";
    struct strbuf result;
    strbuf_init(&result, arena);
    for (size_t at = 0, len = strlen(text); at < len;) {
        struct utf8_char next = utf8_next(text + at, len - at);
        if (strchr(special, text[at]))
            strbuf_addf(&result, "%%%02X", (unsigned char)text[at]);
        else if (text[at] == '\t' || (next.valid && utf8_is_printable(next.code)))
            strbuf_add(&result, text + at, next.len);
        else
            strbuf_addc(&result, '?');
        at += next.len;
    }
    return result.text;
}

static const char *message_with_path(struct arena *arena, const struct finding *finding,
                                     const struct report_run *run)
{
    struct strbuf message;
    strbuf_init(&message, arena);
    strbuf_adds(&message, finding->message);
    for (size_t i = 0; i < finding->path.len; i++) {
        const struct path_step *step = &finding->path.data[i];
        if (step->at.file)
            strbuf_addf(&message, "\n%s:%u: %s", report_root_path(run, step->at.file),
                        step->at.line, step->message);
    }
    return message.text;
}

static void write_finding(struct arena *arena, const struct finding *finding,
                          const struct report_run *run, FILE *out)
{
    const struct position *at = &finding->at;
    fprintf(out, "::%s file=%s,line=%u,endLine=%u", command_of(finding->level),
            escaped(arena, report_root_path(run, at->file), true), at->line, at->end_line);
    /* Columns of a range over several lines are not allowed. */
    if (at->line == at->end_line)
        fprintf(out, ",col=%u,endColumn=%u", at->column, at->end_column);
    fprintf(out, ",title=%s::%s\n", escaped(arena, finding->rule, true),
            escaped(arena, message_with_path(arena, finding, run), false));
}

/* Writes the findings of one level up to the limit; returns how many were left out. */
static size_t write_level(struct arena *arena, const struct findings *findings, enum level level,
                          const struct report_run *run, FILE *out)
{
    size_t seen = 0;
    for (size_t i = 0; i < findings->list.len; i++) {
        const struct finding *finding = &findings->list.data[i];
        if (finding->level != level || finding->suppressed_by || !finding->at.file)
            continue;
        if (seen++ < LIMIT_PER_LEVEL)
            write_finding(arena, finding, run, out);
    }
    return seen > LIMIT_PER_LEVEL ? seen - LIMIT_PER_LEVEL : 0;
}

void report_github(struct arena *arena, const struct findings *findings,
                   const struct report_run *run, FILE *out)
{
    static const enum level worst_first[] = {LEVEL_ERROR, LEVEL_WARNING, LEVEL_NOTE};
    for (size_t i = 0; i < sizeof worst_first / sizeof *worst_first; i++) {
        enum level level = worst_first[i];
        size_t left_out = write_level(arena, findings, level, run, out);
        if (left_out)
            fprintf(out, "%zu more %s%s not annotated: GitHub shows %d of a level per step\n",
                    left_out, level_name(level), left_out == 1 ? "" : "s", LIMIT_PER_LEVEL);
    }
}

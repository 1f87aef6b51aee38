#include "server/diagnostics.h"

#include "findings/text.h"
#include "report/json_value.h"
#include "report/uri.h"

#include <string.h>

enum severity { SEVERITY_ERROR = 1, SEVERITY_WARNING = 2, SEVERITY_INFORMATION = 3 };

struct writer {
    struct arena *arena;
    const struct worker_style *style;
    struct text_cache *texts;
    json_t *files;
};

/* ---- places ---------------------------------------------------------------------------- */

/* `column` in bytes from 1; both counts of the answer from 0. */
static json_t *position(const struct writer *writer, const struct text *text, uint32_t line,
                        uint32_t column)
{
    uint32_t character =
        text ? encoding_column(writer->style->encoding, text, line, column) : column;
    return json_pack("{s:I, s:I}", "line", (json_int_t)line - (line > 0), "character",
                     (json_int_t)character - (character > 0));
}

static json_t *range(const struct writer *writer, const struct position *at)
{
    const struct text *text = text_get(writer->texts, at->file);
    return json_pack("{s:o, s:o}", "start", position(writer, text, at->line, at->column), "end",
                     position(writer, text, at->end_line ? at->end_line : at->line,
                              at->end_line ? at->end_column : at->column));
}

static json_t *position_of_offset(const struct writer *writer, const struct text *text,
                                  uint32_t offset)
{
    uint32_t line, column;
    text_place(text, offset, &line, &column);
    return position(writer, text, line, column);
}

/* ---- one finding ----------------------------------------------------------------------- */

/* The edits of a fix by file, or NULL where a file cannot be read. */
static json_t *edits(const struct writer *writer, const struct fix *fix)
{
    json_t *files = json_object();
    for (size_t i = 0; i < fix->replacements.len; i++) {
        const struct replacement *replacement = &fix->replacements.data[i];
        const struct position *at = &replacement->at;
        const struct text *text = text_get(writer->texts, at->file);
        if (!text || at->end_offset > text->len || at->offset > at->end_offset) {
            json_decref(files);
            return NULL;
        }
        const char *uri = uri_of_path(writer->arena, at->file);
        if (!json_object_get(files, uri))
            json_object_set_new(files, uri, json_array());
        json_array_append_new(json_object_get(files, uri),
                              json_pack("{s:{s:o, s:o}, s:o}", "range", "start",
                                        position_of_offset(writer, text, at->offset), "end",
                                        position_of_offset(writer, text, at->end_offset), "newText",
                                        json_text(writer->arena, replacement->text)));
    }
    return files;
}

static json_t *fixes(const struct writer *writer, const struct finding *finding)
{
    json_t *list = json_array();
    for (size_t i = 0; i < finding->fixes.len; i++) {
        const struct fix *fix = &finding->fixes.data[i];
        json_t *changed = edits(writer, fix);
        if (changed)
            json_array_append_new(list, json_pack("{s:o, s:o}", "title",
                                                  json_text(writer->arena, fix->description),
                                                  "edits", changed));
    }
    return list;
}

static json_t *related(const struct writer *writer, const struct finding *finding)
{
    json_t *list = json_array();
    for (size_t i = 0; i < finding->path.len; i++) {
        const struct path_step *step = &finding->path.data[i];
        json_array_append_new(list, json_pack("{s:{s:s, s:o}, s:o}", "location", "uri",
                                              uri_of_path(writer->arena, step->at.file), "range",
                                              range(writer, &step->at), "message",
                                              json_text(writer->arena, step->message)));
    }
    return list;
}

/* For clients that show no related information: the path as lines below the message. */
static const char *message_with_path(const struct writer *writer, const struct finding *finding)
{
    const char *message = finding->message;
    for (size_t i = 0; i < finding->path.len; i++) {
        const struct path_step *step = &finding->path.data[i];
        const char *slash = strrchr(step->at.file, '/');
        message = arena_printf(writer->arena, "%s\n%s:%u: %s", message,
                               slash ? slash + 1 : step->at.file, step->at.line, step->message);
    }
    return message;
}

static json_t *diagnostic(json_t *where, enum severity severity, json_t *message)
{
    return json_pack("{s:o, s:i, s:s, s:o}", "range", where, "severity", (int)severity, "source",
                     "cuhostlint", "message", message);
}

static json_t *finding_diagnostic(const struct writer *writer, const struct finding *finding)
{
    static const enum severity severities[] = {
        [LEVEL_NOTE] = SEVERITY_INFORMATION,
        [LEVEL_WARNING] = SEVERITY_WARNING,
        [LEVEL_ERROR] = SEVERITY_ERROR,
    };
    const struct worker_style *style = writer->style;
    bool has_path = finding->path.len > 0;
    const char *message = has_path && !style->has_related_information
                              ? message_with_path(writer, finding)
                              : finding->message;
    json_t *written = diagnostic(range(writer, &finding->at), severities[finding->level],
                                 json_text(writer->arena, message));
    json_object_set_new(written, "code", json_string(finding->rule));
    if (style->pages_uri)
        json_object_set_new(written, "codeDescription",
                            json_pack("{s:s}", "href",
                                      uri_of_page(writer->arena, style->pages_uri, finding->rule)));
    if (has_path && style->has_related_information)
        json_object_set_new(written, "relatedInformation", related(writer, finding));
    json_object_set_new(written, "data",
                        json_pack("{s:s, s:o}", "fingerprint", finding->fingerprint, "fixes",
                                  fixes(writer, finding)));
    return written;
}

/* ---- all of them ----------------------------------------------------------------------- */

static void add(const struct writer *writer, const char *path, json_t *written)
{
    const char *uri = uri_of_path(writer->arena, path);
    if (!json_object_get(writer->files, uri))
        json_object_set_new(writer->files, uri, json_array());
    json_array_append_new(json_object_get(writer->files, uri), written);
}

static void add_findings(const struct writer *writer, const struct findings *findings)
{
    for (size_t i = 0; i < findings->list.len; i++) {
        const struct finding *finding = &findings->list.data[i];
        if (!finding->suppressed_by)
            add(writer, finding->at.file, finding_diagnostic(writer, finding));
    }
}

static void add_comments(const struct writer *writer, const struct server_report *report)
{
    for (size_t i = 0; i < report->comment_count; i++) {
        const struct suppress_problem *problem = &report->comments[i];
        const struct position at = {
            .file = problem->file,
            .line = problem->line,
            .column = problem->column,
            .end_line = problem->line,
            .end_column = problem->column + (uint32_t)strlen("NOLINT"),
        };
        json_t *written = diagnostic(range(writer, &at), SEVERITY_WARNING,
                                     json_text(writer->arena, problem->message));
        json_object_set_new(written, "code", json_string("NOLINT"));
        add(writer, problem->file, written);
    }
}

json_t *diagnostics_of_failure(const char *message)
{
    return diagnostic(json_pack("{s:{s:i, s:i}, s:{s:i, s:i}}", "start", "line", 0, "character", 0,
                                "end", "line", 0, "character", 0),
                      SEVERITY_INFORMATION, json_sprintf("not analysed: %s", message));
}

json_t *diagnostics_answer(struct arena *arena, const struct worker_style *style,
                           const struct server_job *job, const struct server_report *report,
                           const struct error *error)
{
    json_t *warnings = json_array();
    struct writer writer = {.arena = arena, .style = style, .files = json_object()};
    json_object_set_new(writer.files, uri_of_path(arena, job->path), json_array());
    if (error)
        add(&writer, job->path, diagnostics_of_failure(utf8_clean(arena, error->message)));
    if (!error && report->findings) {
        writer.texts = report->findings->texts;
        add_findings(&writer, report->findings);
        add_comments(&writer, report);
    }
    for (size_t i = 0; i < report->warning_count; i++)
        json_array_append_new(warnings, json_text(writer.arena, report->warnings[i]));
    return json_pack("{s:o, s:o}", "files", writer.files, "warnings", warnings);
}

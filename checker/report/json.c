/* The JSON object of cli.md. Files are named as in the text format. */
#include "report/evidence.h"
#include "report/formats.h"
#include "report/json_value.h"

struct writer {
    struct arena *arena;
    const struct report_run *run;
};

static const char *shown_path(const struct writer *w, const char *path)
{
    return path ? report_shown_path(w->run, path) : NULL;
}

static json_t *shown(const struct writer *w, const char *path)
{
    return json_text(w->arena, shown_path(w, path));
}

static json_t *path_json(const struct writer *w, const struct finding *finding)
{
    json_t *steps = json_array();
    for (size_t i = 0; i < finding->path.len; i++) {
        const struct path_step *step = &finding->path.data[i];
        json_add(steps,
                 json_make("{s:o, s:I, s:I, s:I, s:I, s:o}", "file", shown(w, step->at.file),
                           "line", (json_int_t)step->at.line, "column", (json_int_t)step->at.column,
                           "endLine", (json_int_t)step->at.end_line, "endColumn",
                           (json_int_t)step->at.end_column, "message",
                           json_text(w->arena, step->message)));
    }
    return steps;
}

static json_t *replacement_json(const struct writer *w, const struct replacement *replacement)
{
    const struct position *at = &replacement->at;
    return json_make("{s:o, s:I, s:I, s:I, s:I, s:I, s:I, s:o}", "file", shown(w, at->file), "line",
                     (json_int_t)at->line, "column", (json_int_t)at->column, "endLine",
                     (json_int_t)at->end_line, "endColumn", (json_int_t)at->end_column, "offset",
                     (json_int_t)at->offset, "length", (json_int_t)at->end_offset - at->offset,
                     "text", json_text(w->arena, replacement->text));
}

static json_t *fixes_json(const struct writer *w, const struct finding *finding)
{
    json_t *fixes = json_array();
    for (size_t i = 0; i < finding->fixes.len; i++) {
        const struct fix *fix = &finding->fixes.data[i];
        json_t *replacements = json_array();
        for (size_t j = 0; j < fix->replacements.len; j++)
            json_add(replacements, replacement_json(w, &fix->replacements.data[j]));
        json_add(fixes,
                 json_make("{s:o, s:o}", "description", json_text(w->arena, fix->description),
                           "replacements", replacements));
    }
    return fixes;
}

static json_t *finding_json(const struct writer *w, const struct finding *finding)
{
    json_t *json = json_make(
        "{s:o, s:s, s:o, s:o, s:I, s:I, s:I, s:I, s:o, s:o}", "rule",
        json_text(w->arena, finding->rule), "level", level_name(finding->level), "message",
        json_text(w->arena, finding->message), "file", shown(w, finding->at.file), "line",
        (json_int_t)finding->at.line, "column", (json_int_t)finding->at.column, "endLine",
        (json_int_t)finding->at.end_line, "endColumn", (json_int_t)finding->at.end_column,
        "function", json_text(w->arena, finding->function), "fingerprint",
        json_text(w->arena, finding->fingerprint));
    if (finding->at.macro)
        json_put(json, "macro", json_text(w->arena, finding->at.macro));
    json_put(json, "path", path_json(w, finding));
    json_put(json, "fixes", fixes_json(w, finding));
    json_put(json, "predicts", evidence_predicts(w->arena, &finding->predicts));
    if (finding->validation)
        json_put(json, "validation",
                 evidence_validation(w->arena, finding->validation,
                                     shown_path(w, finding->validation->program)));
    return json;
}

static json_t *sites_json(const struct writer *w, const struct report_file *file)
{
    json_t *others = json_array();
    for (size_t i = 0; i < file->other_site_count; i++) {
        const struct report_site *site = &file->other_sites[i];
        json_add(others,
                 json_make("{s:o, s:I, s:I, s:o, s:o}", "name", json_text(w->arena, site->name),
                           "line", (json_int_t)site->line, "column", (json_int_t)site->column,
                           "state", json_text(w->arena, site->state), "reason",
                           json_text(w->arena, site->reason)));
    }
    return json_make("{s:I, s:o}", "analysed", (json_int_t)file->sites_analysed, "others", others);
}

static json_t *file_json(const struct writer *w, const struct report_file *file)
{
    json_t *json = json_make("{s:o, s:s, s:f, s:o}", "file", shown(w, file->path), "status",
                             report_file_status_name(file->status), "seconds", file->seconds,
                             "sites", sites_json(w, file));
    if (file->reason)
        json_put(json, "reason", json_text(w->arena, file->reason));
    return json;
}

/* Counts are written without a point: below this, a double holds every whole number. */
static bool is_count(double value)
{
    return value > -9e15 && value < 9e15 && value == (double)(json_int_t)value;
}

static json_t *stats_json(const struct report_run *run)
{
    json_t *stats = json_object();
    for (size_t i = 0; i < run->stat_count; i++) {
        double value = run->stats[i].value;
        json_put(stats, run->stats[i].name,
                 is_count(value) ? json_integer((json_int_t)value) : json_real(value));
    }
    return stats;
}

void report_json(struct arena *arena, const struct findings *findings, const struct report_run *run,
                 FILE *out)
{
    struct writer w = {arena, run};
    json_t *list = json_array();
    json_int_t suppressed = 0;
    for (size_t i = 0; i < findings->list.len; i++) {
        if (findings->list.data[i].suppressed_by)
            suppressed++;
        else
            json_add(list, finding_json(&w, &findings->list.data[i]));
    }
    json_t *files = json_array();
    for (size_t i = 0; i < run->file_count; i++)
        json_add(files, file_json(&w, &run->files[i]));
    json_t *warnings = json_array();
    for (size_t i = 0; i < run->warning_count; i++)
        json_add(warnings, json_text(arena, run->warnings[i]));
    json_finish(json_make("{s:i, s:{s:s, s:s}, s:o, s:I, s:o, s:o, s:o}", "version", 1, "tool",
                          "name", "cuhostlint", "version", run->version, "findings", list,
                          "suppressed", suppressed, "files", files, "warnings", warnings, "stats",
                          stats_json(run)),
                out);
}

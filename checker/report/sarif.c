/* SARIF 2.1.0, as GitHub code scanning, Azure DevOps and the editors' viewers read it. */
#include "report/evidence.h"
#include "report/formats.h"
#include "report/json_value.h"
#include "report/line_hash.h"
#include "report/uri.h"
#include "support/map.h"
#include "support/vec.h"

#include <assert.h>
#include <string.h>

#define SCHEMA                                                                                     \
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#define BASE "%SRCROOT%"

/* GitHub refuses longer descriptions. */
enum { DESCRIPTION_LIMIT = 1024 };

struct writer {
    struct arena *arena;
    const struct report_run *run;
    struct map hashes_by_file; /* into hashes */
    VEC(const char *const *) hashes;
};

static json_t *message(const struct writer *w, const char *text)
{
    return json_make("{s:o}", "text", json_text(w->arena, text));
}

/* ---- places ---------------------------------------------------------------------------- */

/* Below the root: relative to it, as GitHub wants it; elsewhere a complete URI. */
static json_t *artifact(const struct writer *w, const char *path)
{
    const char *below = report_root_path(w->run, path);
    if (below == path)
        return json_make("{s:o}", "uri", json_text(w->arena, uri_of_path(w->arena, path)));
    return json_make("{s:o, s:s}", "uri", json_text(w->arena, uri_of_relative(w->arena, below)),
                     "uriBaseId", BASE);
}

/* SARIF counts columns in UTF-16 code units here (columnKind). */
static json_int_t column(const struct text *text, uint32_t line, uint32_t bytes)
{
    return text ? text_utf16_column(text, line, bytes) : bytes;
}

static json_t *region(const struct writer *w, const struct position *at)
{
    const struct text *text = text_get(w->run->texts, at->file);
    json_t *json =
        json_make("{s:I, s:I, s:I, s:I}", "startLine", (json_int_t)at->line, "startColumn",
                  column(text, at->line, at->column), "endLine", (json_int_t)at->end_line,
                  "endColumn", column(text, at->end_line, at->end_column));
    return json;
}

static json_t *physical_location(const struct writer *w, const struct position *at)
{
    return json_make("{s:o, s:o}", "artifactLocation", artifact(w, at->file), "region",
                     region(w, at));
}

/* ---- rules ----------------------------------------------------------------------------- */

/* At most DESCRIPTION_LIMIT bytes of a text, cut between characters. */
static const char *limited(struct arena *arena, const char *text, size_t len)
{
    if (len > DESCRIPTION_LIMIT) {
        len = DESCRIPTION_LIMIT;
        while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
            len--;
    }
    return arena_strndup(arena, text, len);
}

/* The first paragraph of a rule's page that is no heading; its summary where there is none. */
static const char *description(const struct writer *w, const struct rule_info *rule)
{
    const char *at = rule->page ? rule->page : "";
    for (;;) {
        while (*at == '\n')
            at++;
        if (*at != '#')
            break;
        at += strcspn(at, "\n");
    }
    const char *end = strstr(at, "\n\n");
    size_t len = end ? (size_t)(end - at) : strlen(at);
    while (len > 0 && at[len - 1] == '\n')
        len--;
    return len ? limited(w->arena, at, len) : rule->summary;
}

static const char *problem_severity(enum level level)
{
    return level == LEVEL_NOTE ? "recommendation" : level_name(level);
}

static json_t *rule_json(const struct writer *w, const struct rule_info *rule)
{
    const char *page = rule->page && *rule->page ? rule->page : rule->summary;
    json_t *json = json_make(
        "{s:s, s:o, s:o, s:{s:o, s:o}, s:{s:s}, s:{s:s, s:s, s:[s, s, s]}}", "id", rule->name,
        "shortDescription", message(w, limited(w->arena, rule->summary, strlen(rule->summary))),
        "fullDescription", message(w, description(w, rule)), "help", "text",
        json_text(w->arena, page), "markdown", json_text(w->arena, page), "defaultConfiguration",
        "level", level_name(rule->level), "properties", "precision", "high", "problem.severity",
        problem_severity(rule->level), "tags", "correctness", "cuda", "host-memory");
    if (w->run->pages_uri)
        json_put(json, "helpUri",
                 json_text(w->arena, uri_of_page(w->arena, w->run->pages_uri, rule->name)));
    return json;
}

/* Where the pages begin: what uri_of_page makes of "index", or their folder. */
static const char *pages_begin(const struct writer *w)
{
    const char *pages = w->run->pages_uri;
    return strstr(pages, "{rule}") ? uri_of_page(w->arena, pages, "index") : pages;
}

static json_t *driver(const struct writer *w)
{
    json_t *rules = json_array();
    for (size_t i = 0; i < w->run->rules.count; i++)
        json_add(rules, rule_json(w, &w->run->rules.rules[i]));
    json_t *uri = w->run->pages_uri ? json_text(w->arena, pages_begin(w)) : NULL;
    return json_make("{s:s, s:s, s:s, s:s, s:o*, s:o}", "name", "cuhostlint", "fullName",
                     "cuhostlint, a checker for CUDA host-memory registration", "version",
                     w->run->version, "semanticVersion", w->run->version, "informationUri", uri,
                     "rules", rules);
}

/* ---- results --------------------------------------------------------------------------- */

static const char *line_hash(struct writer *w, const struct position *at)
{
    const struct text *text = text_get(w->run->texts, at->file);
    if (!text || at->line == 0 || at->line > text->line_count)
        return NULL;
    uint32_t known = map_get(&w->hashes_by_file, text->path);
    if (known == MAP_NONE) {
        known = (uint32_t)w->hashes.len;
        map_set(&w->hashes_by_file, text->path, known);
        vec_push(w->arena, &w->hashes, line_hashes(w->arena, text));
    }
    assert(known < w->hashes.len);
    return w->hashes.data[known][at->line - 1];
}

static json_t *fingerprints(struct writer *w, const struct finding *finding)
{
    json_t *json = json_make("{s:o}", "cuhostlint/v1", json_text(w->arena, finding->fingerprint));
    const char *hash = finding->at.file ? line_hash(w, &finding->at) : NULL;
    if (hash)
        json_put(json, "primaryLocationLineHash", json_text(w->arena, hash));
    return json;
}

static json_t *locations(const struct writer *w, const struct finding *finding)
{
    json_t *list = json_array();
    if (!finding->at.file)
        return list;
    json_t *location = json_make("{s:o}", "physicalLocation", physical_location(w, &finding->at));
    if (finding->function && *finding->function)
        json_put(location, "logicalLocations",
                 json_make("[{s:o, s:s}]", "fullyQualifiedName",
                           json_text(w->arena, finding->function), "kind", "function"));
    json_add(list, location);
    return list;
}

static void add_flow_step(const struct writer *w, json_t *flow, const struct position *at,
                          const char *text)
{
    if (!at->file)
        return;
    json_add(flow, json_make("{s:{s:o, s:o}, s:I}", "location", "physicalLocation",
                             physical_location(w, at), "message", message(w, text),
                             "executionOrder", (json_int_t)json_array_size(flow) + 1));
}

/* The path in order of execution; it ends with the finding. */
static json_t *code_flows(const struct writer *w, const struct finding *finding)
{
    json_t *flow = json_array();
    for (size_t i = 0; i < finding->path.len; i++)
        add_flow_step(w, flow, &finding->path.data[i].at, finding->path.data[i].message);
    add_flow_step(w, flow, &finding->at, finding->message);
    return json_make("[{s:[{s:o}]}]", "threadFlows", "locations", flow);
}

static json_t *replacement_json(const struct writer *w, const struct replacement *replacement)
{
    return json_make("{s:o, s:o}", "deletedRegion", region(w, &replacement->at), "insertedContent",
                     message(w, replacement->text));
}

/* Replacements of one file follow each other in one artifact change. */
static json_t *fix_json(const struct writer *w, const struct fix *fix)
{
    json_t *changes = json_array();
    json_t *replacements = NULL;
    for (size_t i = 0; i < fix->replacements.len; i++) {
        const char *file = fix->replacements.data[i].at.file;
        if (i == 0 || strcmp(fix->replacements.data[i - 1].at.file, file) != 0) {
            replacements = json_array();
            json_add(changes, json_make("{s:o, s:o}", "artifactLocation", artifact(w, file),
                                        "replacements", replacements));
        }
        json_add(replacements, replacement_json(w, &fix->replacements.data[i]));
    }
    return json_make("{s:o, s:o}", "description", message(w, fix->description), "artifactChanges",
                     changes);
}

static json_t *fixes(const struct writer *w, const struct finding *finding)
{
    json_t *list = json_array();
    for (size_t i = 0; i < finding->fixes.len; i++)
        if (finding->fixes.data[i].replacements.len)
            json_add(list, fix_json(w, &finding->fixes.data[i]));
    return list;
}

static json_t *suppressions(const struct writer *w, const char *by)
{
    bool in_source = strcmp(by, "NOLINT") == 0;
    return json_make("[{s:s, s:s, s:o}]", "kind", in_source ? "inSource" : "external", "status",
                     "accepted", "justification", json_text(w->arena, by));
}

/* What only this program knows: what it predicts, and what a GPU said to it. */
static json_t *properties(const struct writer *w, const struct finding *finding)
{
    const struct validation *validation = finding->validation;
    json_t *json = json_object();
    if (finding->predicts.call)
        json_put(json, "predicts", evidence_predicts(w->arena, &finding->predicts));
    if (validation)
        json_put(json, "validation",
                 evidence_validation(w->arena, validation, validation->program));
    return json;
}

static void add_optional_members(struct writer *w, json_t *result, const struct finding *finding)
{
    const struct rule_info *rule = rule_find(&w->run->rules, finding->rule);
    if (rule)
        json_put(result, "ruleIndex", json_integer(rule - w->run->rules.rules));
    if (finding->path.len)
        json_put(result, "codeFlows", code_flows(w, finding));
    if (finding->fixes.len)
        json_put(result, "fixes", fixes(w, finding));
    if (finding->predicts.call || finding->validation)
        json_put(result, "properties", properties(w, finding));
}

static json_t *result_json(struct writer *w, const struct finding *finding)
{
    json_t *result = json_make(
        "{s:o, s:s, s:o, s:o, s:o}", "ruleId", json_text(w->arena, finding->rule), "level",
        level_name(finding->level), "message", message(w, finding->message), "locations",
        locations(w, finding), "partialFingerprints", fingerprints(w, finding));
    add_optional_members(w, result, finding);
    /* Where suppressed results are written, those that are not must say so (3.27.23). */
    if (w->run->with_suppressed)
        json_put(result, "suppressions",
                 finding->suppressed_by ? suppressions(w, finding->suppressed_by) : json_array());
    return result;
}

static json_t *results(struct writer *w, const struct findings *findings)
{
    json_t *list = json_array();
    for (size_t i = 0; i < findings->list.len; i++) {
        const struct finding *finding = &findings->list.data[i];
        if (!finding->suppressed_by || w->run->with_suppressed)
            json_add(list, result_json(w, finding));
    }
    return list;
}

/* ---- the run --------------------------------------------------------------------------- */

static json_t *notifications(const struct writer *w)
{
    json_t *list = json_array();
    for (size_t i = 0; i < w->run->file_count; i++) {
        const struct report_file *file = &w->run->files[i];
        if (file->status == REPORT_FILE_ANALYSED)
            continue;
        bool failed = file->status == REPORT_FILE_FAILED;
        json_add(list, json_make("{s:s, s:o, s:[{s:{s:o}}]}", "level", failed ? "error" : "note",
                                 "message",
                                 message(w, file->reason ? file->reason
                                                         : report_file_status_name(file->status)),
                                 "locations", "physicalLocation", "artifactLocation",
                                 artifact(w, file->path)));
    }
    for (size_t i = 0; i < w->run->warning_count; i++)
        json_add(list, json_make("{s:s, s:o}", "level", "warning", "message",
                                 message(w, w->run->warnings[i])));
    return list;
}

static json_t *folder_json(const struct writer *w, const char *folder)
{
    return json_make("{s:o}", "uri", json_text(w->arena, uri_of_folder(w->arena, folder)));
}

/* Statuses 0 and 1 are those of a run that did its work (cli.md). */
enum { LAST_SUCCESSFUL_STATUS = 1 };

static json_t *invocation(const struct writer *w)
{
    return json_make("{s:b, s:i, s:o, s:o}", "executionSuccessful",
                     w->run->exit_status <= LAST_SUCCESSFUL_STATUS, "exitCode", w->run->exit_status,
                     "workingDirectory", folder_json(w, w->run->folder),
                     "toolExecutionNotifications", notifications(w));
}

void report_sarif(struct arena *arena, const struct findings *findings,
                  const struct report_run *run, FILE *out)
{
    struct writer w = {.arena = arena, .run = run, .hashes_by_file = {.arena = arena}};
    json_t *json = json_make("{s:{s:o}, s:[o], s:{s:o}, s:s, s:o}", "tool", "driver", driver(&w),
                             "invocations", invocation(&w), "originalUriBaseIds", BASE,
                             folder_json(&w, run->root), "columnKind", "utf16CodeUnits", "results",
                             results(&w, findings));
    json_finish(json_make("{s:s, s:s, s:[o]}", "$schema", SCHEMA, "version", "2.1.0", "runs", json),
                out);
}

#include "findings/baseline.h"

#include "findings/text.h"
#include "support/file.h"
#include "support/json_untrusted.h"
#include "support/mem.h"
#include "support/utf8.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { FORMAT_VERSION = 1 };

/* ---- reading --------------------------------------------------------------------------- */

static const struct error *not_a_baseline(struct arena *arena, const char *path, const char *why)
{
    return error_new(arena, ERROR_USAGE, "'%s' is no baseline of cuhostlint: %s", path, why);
}

static bool read_entry(struct baseline *baseline, json_t *json)
{
    const char *fingerprint, *rule = "", *file = "", *function = "", *message = "";
    if (json_unpack(json, "{s:s, s?s, s?s, s?s, s?s}", "fingerprint", &fingerprint, "rule", &rule,
                    "file", &file, "function", &function, "message", &message) != 0)
        return false;
    struct arena *arena = baseline->arena;
    struct baseline_entry entry = {
        .fingerprint = arena_strdup(arena, fingerprint),
        .rule = arena_strdup(arena, rule),
        .file = arena_strdup(arena, file),
        .function = arena_strdup(arena, function),
        .message = arena_strdup(arena, message),
    };
    map_set(&baseline->by_fingerprint, entry.fingerprint, (uint32_t)baseline->entries.len);
    vec_push(arena, &baseline->entries, entry);
    return true;
}

static const struct error *read_entries(struct baseline *baseline, json_t *json, const char *path)
{
    int version;
    json_t *list;
    if (json_unpack(json, "{s:i, s:o}", "version", &version, "findings", &list) != 0 ||
        !json_is_array(list))
        return not_a_baseline(baseline->arena, path, "it lacks 'version' or 'findings'");
    if (version != FORMAT_VERSION)
        return error_new(baseline->arena, ERROR_USAGE,
                         "the baseline '%s' is of version %d, this program reads version %d: "
                         "write it anew with --write-baseline",
                         path, version, FORMAT_VERSION);
    size_t i;
    json_t *element;
    json_array_foreach(list, i, element)
    {
        if (!read_entry(baseline, element))
            return not_a_baseline(baseline->arena, path, "an entry has no 'fingerprint'");
    }
    return NULL;
}

const struct error *baseline_parse(struct arena *arena, const char *path, const char *bytes,
                                   size_t len, struct baseline *baseline)
{
    *baseline = (struct baseline){.arena = arena, .by_fingerprint = {.arena = arena}};
    json_error_t where;
    json_t *json = json_load_untrusted(bytes, len, &where);
    if (!json)
        return not_a_baseline(arena, path,
                              arena_printf(arena, "line %d: %s", where.line, where.text));
    const struct error *error = read_entries(baseline, json, path);
    json_decref(json);
    return error;
}

const struct error *baseline_read(struct arena *arena, const char *path, bool is_trusted,
                                  struct baseline *baseline)
{
    const char *bytes;
    size_t len;
    const struct error *error =
        is_trusted ? file_read(arena, path, &bytes, &len)
                   : file_read_untrusted(arena, path, FILE_LARGEST_TEXT, &bytes, &len);
    return error ? error : baseline_parse(arena, path, bytes, len, baseline);
}

/* ---- using ----------------------------------------------------------------------------- */

size_t baseline_apply(struct baseline *baseline, struct findings *findings)
{
    size_t matched = 0;
    for (size_t i = 0; i < findings->list.len; i++) {
        struct finding *finding = &findings->list.data[i];
        uint32_t index = map_get(&baseline->by_fingerprint, finding->fingerprint);
        if (finding->suppressed_by || index == MAP_NONE)
            continue;
        baseline->entries.data[index].is_used = true;
        finding->suppressed_by = SUPPRESSED_BY_BASELINE;
        matched++;
    }
    return matched;
}

static bool is_about(const struct baseline_entry *entry, const char *root, const char *const *files,
                     size_t file_count)
{
    for (size_t i = 0; i < file_count; i++)
        if (strcmp(entry->file, text_path_below(root, files[i])) == 0)
            return true;
    return false;
}

bool baseline_is_stale(const struct baseline_entry *entry, const char *root,
                       const char *const *files, size_t file_count)
{
    return !entry->is_used && is_about(entry, root, files, file_count);
}

/* ---- writing --------------------------------------------------------------------------- */

static int compare_entries(const void *left, const void *right)
{
    const struct baseline_entry *a = left, *b = right;
    int order = strcmp(a->file, b->file);
    if (!order)
        order = strcmp(a->rule, b->rule);
    return order ? order : strcmp(a->fingerprint, b->fingerprint);
}

static bool is_accepted(const struct finding *finding)
{
    return !finding->suppressed_by || strcmp(finding->suppressed_by, SUPPRESSED_BY_BASELINE) == 0;
}

static void collect(struct baseline *entries, const struct findings *findings)
{
    for (size_t i = 0; i < findings->list.len; i++) {
        const struct finding *finding = &findings->list.data[i];
        if (!is_accepted(finding) || !finding->at.file)
            continue;
        struct baseline_entry entry = {
            .fingerprint = finding->fingerprint,
            .rule = finding->rule,
            .file = utf8_clean(entries->arena, text_path_below(findings->root, finding->at.file)),
            .function = utf8_clean(entries->arena, finding->function ? finding->function : ""),
            .message = utf8_clean(entries->arena, finding->message),
        };
        vec_push(entries->arena, &entries->entries, entry);
    }
}

static void keep_others(struct baseline *entries, const struct baseline *previous, const char *root,
                        const char *const *files, size_t file_count)
{
    for (size_t i = 0; i < previous->entries.len; i++) {
        const struct baseline_entry *entry = &previous->entries.data[i];
        if (!entry->is_used && !is_about(entry, root, files, file_count))
            vec_push(entries->arena, &entries->entries, *entry);
    }
}

static json_t *entry_json(const struct baseline_entry *entry)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s}", "file", entry->file, "rule", entry->rule,
                     "function", entry->function, "message", entry->message, "fingerprint",
                     entry->fingerprint);
}

static char *baseline_json(const struct baseline *baseline)
{
    json_t *list = json_array();
    for (size_t i = 0; i < baseline->entries.len; i++)
        if (json_array_append_new(list, entry_json(&baseline->entries.data[i])) != 0)
            mem_exhausted();
    json_t *json = json_pack("{s:i, s:s, s:o}", "version", FORMAT_VERSION, "tool", "cuhostlint",
                             "findings", list);
    char *text = json_dumps(json, JSON_INDENT(2));
    if (!text)
        mem_exhausted();
    json_decref(json);
    return text;
}

const struct error *baseline_write(const char *path, const struct findings *findings,
                                   const struct baseline *previous, const char *const *files,
                                   size_t file_count)
{
    struct arena *arena = findings->arena;
    struct baseline sorted = {.arena = arena};
    collect(&sorted, findings);
    if (previous)
        keep_others(&sorted, previous, findings->root, files, file_count);
    if (sorted.entries.len > 1)
        qsort(sorted.entries.data, sorted.entries.len, sizeof *sorted.entries.data,
              compare_entries);
    char *json = baseline_json(&sorted);
    const char *text = arena_printf(arena, "%s\n", json);
    free(json);
    return file_replace(arena, path, text, strlen(text));
}

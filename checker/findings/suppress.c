#include "findings/suppress.h"

#include "findings/nolint.h"
#include "findings/text.h"
#include "support/map.h"
#include "support/suggest.h"

#include <assert.h>
#include <string.h>

/* A comment may serve several tools. These are clang-tidy's modules; cpplint's categories hold a
 * slash, the analyzer's checkers a dot. */
static const char *const other_tools[] = {
    "abseil-",
    "altera-",
    "android-",
    "boost-",
    "bugprone-",
    "cert-",
    "clang-",
    "clang-tidy-",
    "clazy-",
    "concurrency-",
    "cppcoreguidelines-",
    "cppcheck-",
    "darwin-",
    "fuchsia-",
    "google-",
    "hicpp-",
    "linuxkernel-",
    "llvm-",
    "llvmlibc-",
    "misc-",
    "modernize-",
    "mpi-",
    "objc-",
    "openmp-",
    "performance-",
    "portability-",
    "readability-",
    "zircon-",
};

struct scan {
    struct findings *findings;
    const struct rule_table *rules;
    struct suppress_result *result;
    struct map by_path; /* into files */
    VEC(struct nolint_file *) files;
    struct map reported; /* "file\nname" */
};

/* ---- comments that do not work --------------------------------------------------------- */

static bool is_other_tools(const char *name)
{
    if (strpbrk(name, "/."))
        return true;
    for (size_t i = 0; i < sizeof other_tools / sizeof *other_tools; i++)
        if (strncmp(name, other_tools[i], strlen(other_tools[i])) == 0)
            return true;
    return false;
}

static void report(struct scan *scan, const char *path, const struct nolint_directive *directive,
                   const char *message)
{
    vec_push(scan->findings->arena, &scan->result->problems,
             (struct suppress_problem){path, directive->line, directive->column, message});
}

static void check_name(struct scan *scan, const char *path,
                       const struct nolint_directive *directive, const char *name)
{
    struct arena *arena = scan->findings->arena;
    if (!*name || *name == '-' || strchr(name, '*') || rule_find(scan->rules, name) ||
        is_other_tools(name))
        return;
    const char *key = arena_printf(arena, "%s\n%s", path, name);
    if (map_get(&scan->reported, key) != MAP_NONE)
        return;
    map_set(&scan->reported, key, 0);
    const char *meant =
        suggest(name, scan->rules->rules, scan->rules->count, sizeof *scan->rules->rules);
    report(scan, path, directive,
           arena_printf(arena, "%s names the unknown rule '%s'%s%s%s",
                        nolint_kind_name(directive->kind), name, meant ? "; did you mean '" : "",
                        meant ? meant : "", meant ? "'?" : ""));
}

static void check_names(struct scan *scan, const char *path,
                        const struct nolint_directive *directive)
{
    for (const char *name = directive->list; *name;) {
        size_t len = strcspn(name, ",");
        check_name(scan, path, directive, arena_strndup(scan->findings->arena, name, len));
        name += len + (name[len] == ',');
    }
}

static bool covers_any(const struct nolint_directive *directive, const struct rule_table *rules)
{
    for (size_t i = 0; i < rules->count; i++)
        if (nolint_covers(directive, rules->rules[i].name))
            return true;
    return false;
}

static void check_file(struct scan *scan, const char *path, const struct nolint_file *file)
{
    for (size_t i = 0; i < file->directives.len; i++) {
        const struct nolint_directive *directive = &file->directives.data[i];
        check_names(scan, path, directive);
        if (directive->is_unmatched && covers_any(directive, scan->rules))
            report(scan, path, directive,
                   directive->kind == NOLINT_BEGIN
                       ? "NOLINTBEGIN has no NOLINTEND with the same list behind it"
                       : "NOLINTEND has no NOLINTBEGIN with the same list before it");
    }
}

/* ---- findings -------------------------------------------------------------------------- */

/* The comments of a file, read (and checked) when it is first asked for. */
static const struct nolint_file *file_at(struct scan *scan, const char *path)
{
    uint32_t known = map_get(&scan->by_path, path);
    if (known != MAP_NONE) {
        assert(known < scan->files.len);
        return scan->files.data[known];
    }
    struct arena *arena = scan->findings->arena;
    struct nolint_file *file = arena_new_object(arena, struct nolint_file);
    const struct text *text = text_get(scan->findings->texts, path);
    if (text)
        nolint_read(arena, text, file);
    map_set(&scan->by_path, path, (uint32_t)scan->files.len);
    vec_push(arena, &scan->files, file);
    check_file(scan, path, file);
    return file;
}

static bool continues(const struct text *text, uint32_t line)
{
    struct text_span span = text_line(text, line);
    return span.len && span.bytes[span.len - 1] == '\\';
}

/* Any line of the definition counts: which of them wrote the code is not known. */
static bool suppressed_in_macro(struct scan *scan, const struct finding *finding)
{
    const struct position *at = &finding->at;
    if (!at->macro_file || !at->macro_line)
        return false;
    const struct text *text = text_get(scan->findings->texts, at->macro_file);
    if (!text)
        return false;
    const struct nolint_file *file = file_at(scan, at->macro_file);
    for (uint32_t line = at->macro_line; line <= text->line_count; line++) {
        if (nolint_suppresses(file, line, text->line_starts[line - 1], finding->rule))
            return true;
        if (!continues(text, line))
            return false;
    }
    return false;
}

static bool is_suppressed(struct scan *scan, const struct finding *finding)
{
    const struct position *at = &finding->at;
    if (!at->file)
        return false;
    return nolint_suppresses(file_at(scan, at->file), at->line, at->offset, finding->rule) ||
           suppressed_in_macro(scan, finding);
}

void suppress_nolint(struct findings *findings, const struct rule_table *rules,
                     const char *const *files, size_t file_count, struct suppress_result *result)
{
    struct scan scan = {
        .findings = findings,
        .rules = rules,
        .result = result,
        .by_path = {.arena = findings->arena},
        .reported = {.arena = findings->arena},
    };
    *result = (struct suppress_result){0};
    if (!findings->texts)
        return;
    for (size_t i = 0; i < file_count; i++)
        file_at(&scan, files[i]);
    for (size_t i = 0; i < findings->list.len; i++) {
        struct finding *finding = &findings->list.data[i];
        if (!finding->suppressed_by && is_suppressed(&scan, finding)) {
            finding->suppressed_by = SUPPRESSED_BY_NOLINT;
            result->suppressed++;
        }
    }
}

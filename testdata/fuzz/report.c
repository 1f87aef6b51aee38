/* Names and messages from anywhere, in every format: JSON stays JSON, nothing steers a terminal,
 * and no line of a log is another's. The input: path, message, function, source line, divided by
 * the byte 1. */
#include "report/report.h"

#include "fuzz.h"
#include "support/utf8.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const char *const formats[] = {"text",   "json",       "sarif", "github",
                                      "gitlab", "checkstyle", "junit"};

static void check_harmless(const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        struct utf8_char next = utf8_next(text + at, len - at);
        fuzz_check(next.valid, "a report is UTF-8");
        fuzz_check(next.code == '\n' || next.code == 0x7f || utf8_is_printable(next.code) ||
                       next.code == '\t',
                   "a report is printable");
        at += next.len;
    }
}

static void check_json(const char *text, size_t len)
{
    json_t *json = json_loadb(text, len, JSON_ALLOW_NUL, NULL);
    fuzz_check(json != NULL, "a JSON report is JSON");
    json_decref(json);
}

/* Each line is a command of ours or the sentence that ends the list. */
static void check_github(const char *text)
{
    for (const char *line = text; *line; line = strchr(line, '\n') + 1)
        fuzz_check(strncmp(line, "::error file=", 13) == 0 || strchr("0123456789", *line) != NULL,
                   "a line of the log is an annotation of ours");
}

static void write_report(struct arena *arena, const char *format, const struct findings *findings,
                         const struct report_run *run)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    fuzz_check(!report_write(arena, report_format_find(format), findings, run, out),
               "a report can be written");
    fclose(out);
    check_harmless(text, len);
    if (strstr("json sarif gitlab", format))
        check_json(text, len);
    if (strcmp(format, "github") == 0)
        check_github(text);
    free(text);
}

static const char *next_part(struct arena *arena, const char **text)
{
    size_t len = strcspn(*text, "\1");
    const char *part = arena_strndup(arena, *text, len);
    *text += len + ((*text)[len] != '\0');
    return part;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    const char *text = fuzz_text(arena, data, size);
    const char *path = arena_printf(arena, "/root/%s", next_part(arena, &text));
    const char *message = next_part(arena, &text), *function = next_part(arena, &text);
    struct finding finding = {
        .rule = "zero-size",
        .level = LEVEL_ERROR,
        .message = message,
        .at = {.file = path, .line = 1, .column = 2, .end_line = 1, .end_column = 5},
        .function = function,
        .fingerprint = "0123456789abcdef0123456789abcdef",
    };
    const struct report_file file = {.path = path, .status = REPORT_FILE_FAILED, .reason = message};
    struct findings findings = {.arena = arena, .texts = text_cache_new(arena), .root = "/root"};
    struct path_step step = {finding.at, function};
    struct report_run run = {.version = "1",
                             .root = "/root",
                             .folder = "/root",
                             .files = &file,
                             .file_count = 1,
                             .warnings = &message,
                             .warning_count = 1,
                             .texts = findings.texts};
    text_inject(findings.texts, path, text, strlen(text));
    vec_push(arena, &finding.path, step);
    vec_push(arena, &findings.list, finding);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        write_report(arena, formats[i], &findings, &run);
    arena_free(arena);
    return 0;
}

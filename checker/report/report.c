#include "report/report.h"

#include "report/formats.h"
#include "support/file.h"
#include "support/strbuf.h"

#include <errno.h>
#include <string.h>

static const struct report_format formats[] = {
    {"text", true, report_text},      {"json", true, report_json},
    {"sarif", true, report_sarif},    {"github", false, report_github},
    {"gitlab", false, report_gitlab}, {"checkstyle", false, report_checkstyle},
    {"junit", false, report_junit},
};

enum { FORMAT_COUNT = sizeof formats / sizeof *formats };

const struct report_format *report_format_find(const char *name)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

const char *report_format_names(struct arena *arena)
{
    struct strbuf names;
    strbuf_init(&names, arena);
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        strbuf_addf(&names, "%s%s", i ? ", " : "", formats[i].name);
    return names.text;
}

const struct error *report_write(struct arena *arena, const struct report_format *format,
                                 const struct findings *findings, const struct report_run *run,
                                 FILE *out)
{
    format->write(arena, findings, run, out);
    if (!file_flush(out))
        return error_new(arena, ERROR_USAGE, "cannot write the report: %s", strerror(errno));
    return NULL;
}

const struct error *report_write_file(struct arena *arena, const struct report_format *format,
                                      const struct findings *findings, const struct report_run *run,
                                      const char *path)
{
    struct file_writer *writer;
    const struct error *error = file_writer_open(arena, path, &writer);
    if (error)
        return error;
    format->write(arena, findings, run, file_writer_stream(writer));
    return file_writer_commit(writer);
}

const char *report_shown_path(const struct report_run *run, const char *path)
{
    return text_path_below(run->folder, path);
}

const char *report_root_path(const struct report_run *run, const char *path)
{
    return text_path_below(run->root, path);
}

const char *report_file_status_name(enum report_file_status status)
{
    switch (status) {
    case REPORT_FILE_ANALYSED:
        return "analysed";
    case REPORT_FILE_INCOMPLETE:
        return "incomplete";
    case REPORT_FILE_FAILED:
        return "failed";
    }
    return "failed";
}

#include "cli/unit_file.h"

#include "ir/read.h"
#include "support/file.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* A line of JSON about the source, then the bytes of ir_write, which carry their own checksum. */
static const char FORMAT[] = "cuhostlint unit 1";

static char *describe(const struct source_unit *source, const struct driver_result *result)
{
    json_t *line = json_pack("{ss, ss, ss, ss, ss, ss, si, sb, sb, sb}", "format", FORMAT, "path",
                             source->path, "shown", source->shown, "directory", source->directory,
                             "root", source->root, "origin", source->origin, "language",
                             (int)source->language, "isHeader", source->is_header, "hasCommand",
                             source->has_command, "isIrrelevant", result->is_irrelevant);
    char *text = line != NULL ? json_dumps(line, JSON_COMPACT) : NULL;

    json_decref(line);
    return text;
}

const struct error *unit_file_write(struct arena *arena, const char *path,
                                    const struct source_unit *source,
                                    const struct driver_result *result)
{
    char *line = describe(source, result);
    struct file_writer *writer;
    const struct error *error;

    if (line == NULL)
        return error_new(arena, ERROR_USAGE, "the name of '%s' is no UTF-8", source->shown);
    error = file_writer_open(arena, path, &writer);
    if (error == NULL) {
        fprintf(file_writer_stream(writer), "%s\n", line);
        fwrite(result->bytes, 1, result->len, file_writer_stream(writer));
        error = file_writer_commit(writer);
    }
    free(line);
    return error;
}

/* Strings are copied; false where the line is not what describe makes. */
static bool understand(struct arena *arena, json_t *line, struct source_unit *source,
                       struct driver_result *result)
{
    const char *format, *path, *shown, *directory, *root, *origin;
    int language, is_header, has_command, is_irrelevant;

    if (json_unpack(line, "{ss, ss, ss, ss, ss, ss, si, sb, sb, sb}", "format", &format, "path",
                    &path, "shown", &shown, "directory", &directory, "root", &root, "origin",
                    &origin, "language", &language, "isHeader", &is_header, "hasCommand",
                    &has_command, "isIrrelevant", &is_irrelevant) != 0 ||
        strcmp(format, FORMAT) != 0 || language < SOURCE_C || language > SOURCE_HIP ||
        path[0] != '/' || directory[0] != '/' || root[0] != '/')
        return false;
    *source = (struct source_unit){
        .path = arena_strdup(arena, path),
        .shown = arena_strdup(arena, shown),
        .directory = arena_strdup(arena, directory),
        .root = arena_strdup(arena, root),
        .origin = arena_strdup(arena, origin),
        .language = (enum source_language)language,
        .is_header = is_header != 0,
        .has_command = has_command != 0,
    };
    *result = (struct driver_result){.is_irrelevant = is_irrelevant != 0};
    return true;
}

const struct error *unit_file_read(struct arena *arena, const char *path,
                                   struct source_unit *source, struct driver_result *result)
{
    const char *text, *end;
    size_t len;
    bool is_ours = false;
    const struct error *error = file_read(arena, path, &text, &len);

    if (error != NULL)
        return error;
    end = memchr(text, '\n', len);
    if (end != NULL) {
        json_t *line = json_loadb(text, (size_t)(end - text), 0, NULL);

        is_ours = understand(arena, line, source, result);
        json_decref(line);
    }
    if (!is_ours)
        return error_new(arena, ERROR_USAGE,
                         "'%s' is no unit of this version of cuhostlint: 'cuhostlint index' writes "
                         "them",
                         path);
    if (result->is_irrelevant)
        return NULL;
    error = ir_read(arena, end + 1, len - (size_t)(end + 1 - text), &result->unit);
    if (error != NULL)
        error = error_new(arena, ERROR_USAGE, "'%s' cannot be read: %s", path, error->message);
    return error;
}

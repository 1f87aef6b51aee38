#include "checker_run.h"

#include "support/subprocess.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* The options of every run: all findings, as JSON, without regard to what is stored anywhere. */
static const char *const fixed_options[] = {"--format", "json", "--fail-on", "never", "--no-cache"};

static const char *text_of(struct arena *arena, const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text != NULL ? arena_strdup(arena, text) : "";
}

static const char *real_path(struct arena *arena, const char *path)
{
    char *resolved = realpath(path, NULL);
    const char *copy = arena_strdup(arena, resolved != NULL ? resolved : path);

    free(resolved);
    return copy;
}

static void read_findings(struct arena *arena, const json_t *findings, struct found_list *found)
{
    size_t index;
    json_t *finding;

    json_array_foreach(findings, index, finding)
    {
        struct found one = {
            .rule = text_of(arena, finding, "rule"),
            .level = text_of(arena, finding, "level"),
            .message = text_of(arena, finding, "message"),
            .file = real_path(arena, text_of(arena, finding, "file")),
            .line = (unsigned)json_integer_value(json_object_get(finding, "line")),
        };

        vec_push(arena, &found->list, one);
    }
}

/* A file that was not analysed has no findings either: that must not look like success. */
static const struct error *check_files(struct arena *arena, const json_t *files)
{
    size_t index;
    json_t *file;

    if (json_array_size(files) == 0)
        return error_new(arena, ERROR_ANALYSIS, "the checker analysed no file");
    json_array_foreach(files, index, file)
    {
        const char *status = json_string_value(json_object_get(file, "status"));

        if (status == NULL || strcmp(status, "failed") == 0)
            return error_new(arena, ERROR_ANALYSIS, "%s was not analysed",
                             text_of(arena, file, "file"));
    }
    return NULL;
}

static const struct error *read_output(struct arena *arena, const char *output, size_t len,
                                       struct found_list *found)
{
    json_error_t json_error;
    json_t *root = json_loadb(output, len, 0, &json_error);
    const struct error *error;

    if (root == NULL)
        return error_new(arena, ERROR_ANALYSIS, "the checker's output is no JSON: %s",
                         json_error.text);
    read_findings(arena, json_object_get(root, "findings"), found);
    error = check_files(arena, json_object_get(root, "files"));
    json_decref(root);
    return error;
}

const struct error *checker_run(struct arena *arena, const char *program,
                                const char *const *arguments, struct found_list *found)
{
    VEC(const char *) words = {0};
    const char *output;
    size_t len;

    vec_push(arena, &words, program);
    for (size_t i = 0; i < sizeof fixed_options / sizeof *fixed_options; i++)
        vec_push(arena, &words, fixed_options[i]);
    for (size_t i = 0; arguments[i] != NULL; i++)
        vec_push(arena, &words, arguments[i]);
    vec_push(arena, &words, NULL);

    const struct error *error =
        subprocess_read(arena, &(struct subprocess){.argv = words.data}, &output, &len);

    return error != NULL ? error : read_output(arena, output, len, found);
}

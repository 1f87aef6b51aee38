/* compare_headers FILE...: the IR of each file must be the same with the bundled declarations as
 * with the toolkit's headers. Prints the first lines that differ. Status 77: no toolkit is
 * installed. */
#include "ir/print.h"
#include "lower/lower.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SKIPPED = 77, LINES_SHOWN = 8 };

struct sessions {
    struct arena *arena;
    struct model_set models;
    struct lower_session *bundled, *toolkit;
};

static void die(const struct error *error)
{
    if (!error)
        return;
    fprintf(stderr, "%s\n", error->message);
    exit(2);
}

static void open_sessions(struct sessions *sessions)
{
    sessions->arena = arena_new();
    sessions->models.arena = sessions->arena;
    models_take_builtin(&sessions->models);
    models_index(&sessions->models);
    die(lower_open(sessions->arena, &sessions->bundled));
    die(lower_open(sessions->arena, &sessions->toolkit));
    lower_read_toolkit(sessions->toolkit);
}

static void find(struct arena *arena, const char *path, struct source_list *list)
{
    const struct source_request request = {.inputs = &path, .input_count = 1};
    source_find(arena, &request, list);
    if (list->problems.len)
        die(list->problems.data[0].error);
}

/* The text of the unit; one for each call: the lowering adds to a unit. */
static char *dump(struct sessions *sessions, struct lower_session *session, const char *path)
{
    struct arena *arena = arena_new();
    struct source_list list = {0};
    struct ir_unit *unit = NULL;
    char *text = NULL;
    size_t len = 0;
    find(arena, path, &list);
    die(lower_unit(session, arena, &list.units.data[0], &sessions->models, &unit));
    FILE *out = open_memstream(&text, &len);
    ir_print(out, unit);
    fclose(out);
    arena_free(arena);
    return text;
}

static size_t line_len(const char *text)
{
    return strcspn(text, "\n");
}

static bool is_toolkit_here(const char *path)
{
    struct arena *arena = arena_new();
    struct source_list list = {0};
    find(arena, path, &list);
    bool found = list.units.data[0].cuda_includes.len != 0;
    arena_free(arena);
    return found;
}

/* True when they are the same. */
static bool compare(const char *path, const char *bundled, const char *toolkit)
{
    size_t shown = 0;
    while ((*bundled || *toolkit) && shown < LINES_SHOWN) {
        size_t left = line_len(bundled), right = line_len(toolkit);
        if (left != right || memcmp(bundled, toolkit, left) != 0) {
            if (!shown++)
                printf("%s: bundled (-), toolkit (+)\n", path);
            printf("-%.*s\n+%.*s\n", (int)left, bundled, (int)right, toolkit);
        }
        bundled += left + (bundled[left] == '\n');
        toolkit += right + (toolkit[right] == '\n');
    }
    return shown == 0;
}

int main(int argc, char **argv)
{
    struct sessions sessions = {0};
    int status = 0;
    if (argc < 2 || !is_toolkit_here(argv[1])) {
        puts("SKIPPED: no CUDA Toolkit is installed");
        return SKIPPED;
    }
    open_sessions(&sessions);
    for (int i = 1; i < argc; i++) {
        char *bundled = dump(&sessions, sessions.bundled, argv[i]);
        char *toolkit = dump(&sessions, sessions.toolkit, argv[i]);
        status |= !compare(argv[i], bundled, toolkit);
        free(bundled);
        free(toolkit);
    }
    lower_close(sessions.bundled);
    lower_close(sessions.toolkit);
    arena_free(sessions.arena);
    return status;
}

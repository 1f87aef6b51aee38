/* The code blocks of the rule pages and of the README, linted as they stand:
 *
 *     ```cuda wrong      a file in which the findings are those of its `// expect:` comments
 *     ```cuda right      a file without any finding above a note
 *
 *   run_pages PROGRAM PAGE...
 *
 * The first word may be c, cpp or cuda. Exit status: 0 all hold, 1 some do not, 2 a run that did
 * not work. */
#include "checker_run.h"
#include "support/file.h"
#include "support/strbuf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct snippet {
    const char *page;
    unsigned line; /* of the opening fence */
    const char *ending;
    bool is_wrong;
    struct strbuf text;
};

struct check {
    struct arena *arena;
    const char *program, *folder;
    unsigned blocks;
    bool differs;
};

/* ---- what a block says ---- */

static bool read_fence(const char *line, struct snippet *snippet)
{
    static const struct {
        const char *language, *ending;
    } languages[] = {{"cuda", "cu"}, {"cpp", "cpp"}, {"c", "c"}};

    if (strncmp(line, "```", 3) != 0)
        return false;
    line += 3;
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        size_t len = strlen(languages[i].language);

        if (strncmp(line, languages[i].language, len) != 0 || line[len] != ' ')
            continue;
        snippet->ending = languages[i].ending;
        snippet->is_wrong = strcmp(line + len + 1, "wrong") == 0;
        return snippet->is_wrong || strcmp(line + len + 1, "right") == 0;
    }
    return false;
}

/* True when line `number` of the text announces `rule`. */
static bool announces(const char *text, unsigned number, const char *rule)
{
    while (--number > 0 && (text = strchr(text, '\n')) != NULL)
        text++;
    if (text == NULL)
        return false;

    const char *mark = strstr(text, "// expect: ");
    const char *end = strchr(text, '\n');
    const char *name = mark != NULL ? strstr(mark, rule) : NULL;
    return name != NULL && end != NULL && name < end && strchr(", \n", name[strlen(rule)]) != NULL;
}

static unsigned count_announced(const char *text)
{
    unsigned count = 0;

    for (; (text = strstr(text, "// expect: ")) != NULL; text++)
        count++;
    return count;
}

/* ---- what the checker says ---- */

static void complain(struct check *check, const struct snippet *snippet, unsigned line,
                     const char *what)
{
    check->differs = true;
    printf("%s:%u: %s\n", snippet->page, snippet->line + line, what);
}

static void compare(struct check *check, const struct snippet *snippet,
                    const struct found_list *found)
{
    unsigned met = 0;

    for (size_t i = 0; i < found->list.len; i++) {
        const struct found *one = &found->list.data[i];

        if (snippet->is_wrong && announces(snippet->text.text, one->line, one->rule))
            met++;
        else if (snippet->is_wrong || strcmp(one->level, "note") != 0)
            complain(check, snippet, one->line,
                     arena_printf(check->arena, "unexpected: %s: %s [%s]", one->level, one->message,
                                  one->rule));
    }
    if (!snippet->is_wrong)
        return;
    if (count_announced(snippet->text.text) == 0)
        complain(check, snippet, 0, "this wrong code announces no finding");
    else if (met < count_announced(snippet->text.text))
        complain(check, snippet, 0, "a finding that this code announces is missing");
}

static const struct error *lint(struct check *check, const struct snippet *snippet)
{
    const char *path = arena_printf(check->arena, "%s/snippet.%s", check->folder, snippet->ending);
    const char *const arguments[] = {path, NULL};
    struct found_list found = {0};
    const struct error *error =
        file_replace(check->arena, path, snippet->text.text, snippet->text.len);

    if (error == NULL)
        error = checker_run(check->arena, check->program, arguments, &found);
    if (error == NULL)
        compare(check, snippet, &found);
    (void)unlink(path);
    check->blocks++;
    return error;
}

static const struct error *check_page(struct check *check, const char *page)
{
    const char *text;
    size_t len;
    struct snippet snippet;
    bool inside = false;
    unsigned number = 0;
    const struct error *error = file_read(check->arena, page, &text, &len);

    while (error == NULL && *text != '\0') {
        size_t width = strcspn(text, "\n");
        const char *line = arena_strndup(check->arena, text, width);

        number++;
        text += width + (text[width] == '\n');
        if (inside && strcmp(line, "```") == 0) {
            inside = false;
            error = lint(check, &snippet);
        } else if (inside) {
            strbuf_addf(&snippet.text, "%s\n", line);
        } else if (read_fence(line, &snippet)) {
            inside = true;
            snippet.page = page;
            snippet.line = number;
            strbuf_init(&snippet.text, check->arena);
        }
    }
    return error;
}

int main(int argc, char **argv)
{
    char folder[] = "/tmp/cuhostlint-pages-XXXXXX";
    const struct error *failure = NULL;

    if (argc < 3 || mkdtemp(folder) == NULL) {
        fprintf(stderr, "usage: run_pages PROGRAM PAGE...\n");
        return 2;
    }

    struct check check = {.arena = arena_new(), .program = argv[1], .folder = folder};

    for (int i = 2; i < argc; i++) {
        const struct error *error = check_page(&check, argv[i]);

        if (error != NULL) {
            fprintf(stderr, "%s: %s\n", argv[i], error->message);
            failure = error;
        }
    }
    (void)rmdir(folder);
    printf("%u blocks\n", check.blocks);
    arena_free(check.arena);
    return failure != NULL || check.blocks == 0 ? 2 : check.differs;
}

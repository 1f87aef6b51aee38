/* Runs programs that nobody would write through the whole checker, and looks for what must never
 * be: a crash, a hang, two answers to one question, a unit that is malformed, a finding that stands
 * nowhere.
 *
 *   mutants [OPTIONS] FILE|FOLDER...
 *     --seconds N      how long (60)
 *     --programs N     so many, however long that takes: the same ones each time
 *     --seed N         where the sequence begins (1): the same seed makes the same programs
 *     --keep FOLDER    keeps each program that shows something
 *
 * Batches of programs run in a process each. Exit status: 0 nothing, 1 something, 2 it cannot run.
 */
#include "findings/text.h"
#include "lint.h"
#include "mutate.h"
#include "sources.h"
#include "support/clock.h"
#include "support/file.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    BATCH = 40,         /* programs of one file, at most */
    MOST_SECONDS = 120, /* of processor time for one of them: a program with unknown names is parsed
                           nine times here, and the C++ library takes seconds under a sanitizer */
    LARGEST = 4 << 20   /* bytes */
};

/* What a child is at, for its parent. */
struct exhibit {
    size_t programs; /* so far, of all children */
    size_t len;      /* of the last one's text */
    char path[4096];
    char text[LARGEST];
};

struct session {
    struct arena *arena;
    double end;      /* as clock_seconds() tells it */
    size_t programs; /* 0: as many as there is time for */
    uint64_t seed;
    const char *keep;
    path_list files;
    struct exhibit *exhibit;
    size_t shown;
};

/* ---- what must hold ---- */

static const char *wrong_position(const struct position *at, const struct text *text)
{
    uint32_t line, column;

    if (at->file == NULL || at->line == 0 || at->column == 0)
        return "a finding stands nowhere";
    if (at->end_line < at->line || at->end_offset < at->offset)
        return "a finding ends before it begins";
    if (strcmp(at->file, text->path) != 0)
        return NULL; /* in a header */
    if (at->offset > text->len || at->end_offset > text->len)
        return "a finding stands behind the end of its file";
    text_place(text, at->offset, &line, &column);
    return line != at->line ? "a finding's line is not that of its offset" : NULL;
}

static const char *wrong_finding(const struct finding *finding, const struct text *text)
{
    const char *wrong = wrong_position(&finding->at, text);

    for (size_t i = 0; wrong == NULL && i < finding->path.len; i++)
        wrong = wrong_position(&finding->path.data[i].at, text);
    if (wrong == NULL && strchr(finding->message, '\n') != NULL)
        wrong = "a finding's message is more than a line";
    return wrong;
}

static bool is_same(const struct finding *x, const struct finding *y)
{
    return strcmp(x->rule, y->rule) == 0 && strcmp(x->message, y->message) == 0 &&
           x->at.line == y->at.line && x->at.column == y->at.column && x->path.len == y->path.len &&
           strcmp(x->fingerprint, y->fingerprint) == 0;
}

static bool is_same_report(const struct findings *x, const struct findings *y)
{
    if (x->list.len != y->list.len)
        return false;
    for (size_t i = 0; i < x->list.len; i++)
        if (!is_same(&x->list.data[i], &y->list.data[i]))
            return false;
    return true;
}

/* What is wrong with the checker's answers about the text, or NULL. */
static const char *examine(struct parser *parser, struct lint *const lints[2], struct arena *arena,
                           const char *path, const struct strbuf *text)
{
    struct text_cache *texts = text_cache_new(arena);
    struct lint_report first, second;
    const struct error *error = lint_run(lints[0], arena, text->text, text->len, &first);
    const char *wrong = NULL;

    if (error != NULL)
        return error->message;
    text_inject(texts, path, text->text, text->len);
    for (size_t i = 0; wrong == NULL && i < first.all->list.len; i++)
        wrong = wrong_finding(&first.all->list.data[i], text_get(texts, path));
    if (wrong == NULL)
        wrong = parser_malformed(parser, arena, path, text->text, text->len);
    if (wrong != NULL)
        return wrong;
    if (lint_run(lints[1], arena, text->text, text->len, &second) != NULL ||
        !is_same_report(first.all, second.all))
        return "the second answer differs from the first";
    return NULL;
}

/* ---- batches ---- */

static void keep(struct session *session, const char *what)
{
    const char *dot = strrchr(session->exhibit->path, '.');
    const char *file = arena_printf(session->arena, "%s/mutant-%llu-%zu%s",
                                    session->keep != NULL ? session->keep : "/tmp",
                                    (unsigned long long)session->seed, session->shown++, dot);
    const struct error *error =
        file_replace(session->arena, file, session->exhibit->text, session->exhibit->len);

    printf("%s: %s: %s\n", session->exhibit->path, what, error == NULL ? file : error->message);
    fflush(stdout);
}

/* A child that takes longer dies of SIGPROF. */
static void limit_time(void)
{
    const struct itimerval timer = {.it_value = {.tv_sec = MOST_SECONDS}};

    setitimer(ITIMER_PROF, &timer, NULL);
}

static void show(struct session *session, const char *path, const struct strbuf *text)
{
    struct exhibit *exhibit = session->exhibit;

    snprintf(exhibit->path, sizeof exhibit->path, "%s", path);
    exhibit->programs++;
    exhibit->len = text->len < LARGEST ? text->len : LARGEST;
    memcpy(exhibit->text, text->text, exhibit->len);
}

static const struct error *read_program(struct parser *parser, struct arena *arena,
                                        const char *path, struct program *program)
{
    const char *text;
    size_t len;
    const struct error *error = file_read(arena, path, &text, &len);

    return error != NULL ? error : program_read(parser, arena, path, text, len, program);
}

static bool goes_on(const struct session *session)
{
    return session->programs ? session->exhibit->programs < session->programs
                             : clock_seconds() < session->end;
}

/* In the child. Each mutant is examined, its findings' places checked, and asked about twice. */
static int run_batch(struct session *session, struct random *random)
{
    struct arena *arena = arena_new();
    const char *path = session->files.data[random_below(random, session->files.len)];
    const char *other = session->files.data[random_below(random, session->files.len)];
    struct program program, donor;
    struct parser *parser;
    struct lint *lints[2]; /* a report lives until the next one of the same */
    const struct error *error = parser_new(arena, &parser);
    int status = 0;

    if (error == NULL)
        error = read_program(parser, arena, path, &program);
    if (error == NULL)
        error = read_program(parser, arena, other, &donor);
    if (error != NULL) { /* a file that does not parse gives none, and counts as one */
        session->exhibit->programs++;
        return 0;
    }
    lints[0] = lint_new(arena, program.path);
    lints[1] = lint_new(arena, program.path);
    for (size_t i = 0; i < BATCH && goes_on(session); i++) {
        struct arena *own = arena_new();
        struct strbuf text = mutate(&program, &donor, random, own);
        const char *wrong;

        show(session, program.path, &text);
        limit_time();
        wrong = examine(parser, lints, own, program.path, &text);
        if (wrong != NULL) {
            keep(session, wrong);
            status = 1;
        }
        arena_free(own);
    }
    return status;
}

/* Does the text alone kill the parser? That is clang's affair: a worker of the checker survives it
 * (checker/driver). */
static bool is_of_clang(struct session *session)
{
    int status;
    pid_t child = fork();

    if (child == 0) {
        struct arena *arena = arena_new();
        struct parser *parser;
        offset_list errors = {0};
        const char *first;

        limit_time();
        if (parser_new(arena, &parser) == NULL)
            (void)parser_errors(parser, arena, session->exhibit->path, session->exhibit->text,
                                session->exhibit->len, &errors, &first);
        _exit(0);
    }
    return child > 0 && waitpid(child, &status, 0) == child && WIFSIGNALED(status);
}

static int bury(struct session *session, pid_t child)
{
    int status;

    if (waitpid(child, &status, 0) != child)
        return 2;
    if (WIFEXITED(status) && WEXITSTATUS(status) <= 1) {
        session->shown += WEXITSTATUS(status) == 1 ? BATCH : 0; /* names that the child has used */
        return WEXITSTATUS(status);
    }
    if (is_of_clang(session))
        return 0;
    keep(session, WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF ? "takes too long"
                  : WIFSIGNALED(status)                              ? strsignal(WTERMSIG(status))
                                                                     : "a sanitizer's report");
    return 1;
}

static int run(struct session *session)
{
    struct random random = {.state = session->seed * 0x9e3779b97f4a7c15u + 1};
    int worst = 0;

    while (goes_on(session)) {
        struct random of_child = {.state = random.state};
        pid_t child;
        int result;

        fflush(stdout);
        child = fork();
        if (child == 0)
            _exit(run_batch(session, &of_child));
        result = child > 0 ? bury(session, child) : 2;
        if (result == 2)
            return 2;
        worst = result > worst ? result : worst;
        for (size_t i = 0; i < 3; i++) /* another sequence for the next one */
            (void)random_below(&random, 2);
    }
    printf("mutants: %zu programs\n", session->exhibit->programs);
    return worst;
}

/* ---- the command line ---- */

static int usage(void)
{
    fprintf(stderr, "usage: mutants [--seconds N | --programs N] [--seed N] [--keep FOLDER] "
                    "FILE|FOLDER...\n");
    return 2;
}

int main(int argc, char **argv)
{
    struct session session = {.arena = arena_new(), .seed = 1};
    double seconds = 60;
    int i = 1, worst;

    for (; i + 1 < argc && strncmp(argv[i], "--", 2) == 0; i += 2) {
        if (strcmp(argv[i], "--seconds") == 0)
            seconds = strtod(argv[i + 1], NULL);
        else if (strcmp(argv[i], "--programs") == 0)
            session.programs = (size_t)strtoull(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--seed") == 0)
            session.seed = strtoull(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--keep") == 0)
            session.keep = argv[i + 1];
        else
            return usage();
    }
    if (i >= argc)
        return usage();
    for (; i < argc; i++)
        sources_list(session.arena, argv[i], &session.files);
    session.exhibit = mmap(NULL, sizeof *session.exhibit, PROT_READ | PROT_WRITE,
                           MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (session.exhibit == MAP_FAILED || session.files.len == 0) {
        fprintf(stderr, "mutants: there are no programs\n");
        return 2;
    }
    session.end = clock_seconds() + seconds;
    worst = run(&session);
    arena_free(session.arena);
    return worst;
}

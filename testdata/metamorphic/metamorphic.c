/* Changes annotated programs in ways that must not change what is found, and in ways that must.
 *
 *   metamorphic [OPTIONS] FILE|FOLDER...
 *     --relation NAME   only this one (may be given several times)
 *     --share I/N       only every N-th pair of file and relation, beginning with the I-th
 *     --jobs N          files at the same time
 *     --keep FOLDER     keeps each program whose relation does not hold
 *     --verbose         what was done, relation by relation
 *
 * Each file is a process of its own: a crash of the checker costs that one, and is told. Exit
 * status: 0 all relations hold, 1 one does not, 2 something could not be run. */
#include "metamorphic.h"

#include "sources.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* A process that runs one file; -1: none could be made. */
static pid_t start(const char *file, size_t number, const struct meta_options *options)
{
    pid_t child;

    fflush(stdout);
    child = fork();
    if (child == 0) {
        int result = meta_run_file(file, number, options);

        fflush(stdout);
        _exit(result);
    }
    return child;
}

/* Waits for one of the processes; its exit status, or a line and 1 for one that died. */
static int finish_one(const path_list *files, pid_t *children, size_t *running)
{
    int status = 0;
    pid_t child = wait(&status);
    size_t i = 0;

    (*running)--;
    while (i < files->len && children[i] != child)
        i++;
    if (child < 0 || i == files->len)
        return 2;
    if (WIFEXITED(status))
        return WEXITSTATUS(status);
    printf("%s: the checker died of signal %d\n", files->data[i], WTERMSIG(status));
    return 1;
}

static int run_files(struct arena *arena, const path_list *files,
                     const struct meta_options *options)
{
    pid_t *children = arena_new_array(arena, files->len, pid_t);
    size_t running = 0;
    int worst = 0, result;

    for (size_t i = 0; i < files->len || running > 0;) {
        if (i < files->len && running < options->jobs) {
            children[i] = start(files->data[i], i, options);
            if (children[i] < 0)
                return 2;
            running++;
            i++;
            continue;
        }
        result = finish_one(files, children, &running);
        worst = result > worst ? result : worst;
    }
    return worst;
}

static int usage(void)
{
    fprintf(stderr, "usage: metamorphic [--relation NAME] [--share I/N] [--jobs N] [--keep FOLDER] "
                    "[--verbose] FILE|FOLDER...\n");
    return 2;
}

/* The number of the first path, or 0. */
static int read_options(struct arena *arena, int argc, char **argv, struct meta_options *options)
{
    int i = 1;

    for (; i < argc && strncmp(argv[i], "--", 2) == 0; i++) {
        if (strcmp(argv[i], "--verbose") == 0)
            options->is_verbose = true;
        else if (strcmp(argv[i], "--relation") == 0 && i + 1 < argc)
            vec_push(arena, &options->relations, argv[++i]);
        else if (strcmp(argv[i], "--keep") == 0 && i + 1 < argc)
            options->keep = argv[++i];
        else if (strcmp(argv[i], "--jobs") == 0 && i + 1 < argc &&
                 (options->jobs = strtoul(argv[++i], NULL, 10)) > 0)
            continue;
        else if (strcmp(argv[i], "--share") == 0 && i + 1 < argc &&
                 sscanf(argv[++i], "%zu/%zu", &options->share, &options->shares) == 2 &&
                 options->shares > 0)
            continue;
        else
            return 0;
    }
    return i < argc ? i : 0;
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new();
    struct meta_options options = {.shares = 1, .jobs = 1};
    int first = read_options(arena, argc, argv, &options), worst;
    path_list files = {0};

    if (first == 0)
        return usage();
    for (int i = first; i < argc; i++)
        sources_list(arena, argv[i], &files);
    worst = run_files(arena, &files, &options);
    arena_free(arena);
    return worst;
}

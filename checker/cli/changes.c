#include "cli/changes.h"

#include "support/file.h"
#include "support/subprocess.h"
#include "support/vec.h"

#include <string.h>

/* Whatever the repository's settings say, git starts no other program for us, asks nobody, and
 * writes nothing. Its filters have names that only the repository knows: see without_filters. */
#define QUIET_GIT                                                                                  \
    "git", "--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null",  \
        "-c", "core.quotePath=true"
#define PLAIN_DIFF                                                                                 \
    "--unified=0", "--text", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames",       \
        "--no-relative", "--ignore-submodules", "--src-prefix=a/", "--dst-prefix=b/",              \
        "-O/dev/null"

/* --text: no attribute that the change brings along makes a source "binary", whose lines git would
 * not show. The prefixes are those that "b/x.cu" is read with, whatever the settings say. */

/* In a partial clone git fetches what is missing, with programs that the repository's settings name
 * (core.sshCommand, a remote's uploadpack, ext:: addresses). A list of protocols in the environment
 * goes before all settings; git knows the other variable from 2.45 on. */
static const char *const no_fetching[] = {"GIT_ALLOW_PROTOCOL=", "GIT_NO_LAZY_FETCH=1", NULL};

/* A pipe where git looks for a file makes it wait for ever. */
enum { MOST_SECONDS = 120 };

static const struct error *run_git(struct arena *arena, const char *const *argv,
                                   const char **output, size_t *len)
{
    const struct subprocess git = {argv, no_fetching, MOST_SECONDS};

    return subprocess_read(arena, &git, output, len);
}

static const char *const top_of_work_tree[] = {QUIET_GIT, "rev-parse", "--show-toplevel", NULL};

/* New files are in no diff until they are added to git. */
static const struct error *add_untracked(struct arena *arena, const char *top,
                                         struct changed *changed)
{
    const char *const argv[] = {QUIET_GIT, "-C", top, "ls-files", "--others", "--exclude-standard",
                                "-z",      NULL};
    const char *names = NULL;
    size_t len = 0;
    const struct error *error = run_git(arena, argv, &names, &len);

    if (error != NULL)
        return error;
    for (size_t at = 0; at < len; at += strlen(names + at) + 1) {
        const char *real = file_real_path(arena, arena_printf(arena, "%s/%s", top, names + at));

        if (real != NULL)
            changed_add_file(changed, real);
    }
    return NULL;
}

/* The first line that git prints. */
static const struct error *read_line(struct arena *arena, const char *const *argv,
                                     const char **line)
{
    size_t len = 0;
    const struct error *error = run_git(arena, argv, line, &len);

    if (error == NULL)
        *line = arena_strndup(arena, *line, strcspn(*line, "\n"));
    return error;
}

typedef VEC(const char *) arguments;

/* "-c filter.lfs.clean=" for each filter that the settings define: diff would run it on the files
 * of the work tree. Says too whether the repository is a partial clone. */
static const struct error *without_filters(struct arena *arena, const char *top, arguments *options,
                                           bool *is_partial)
{
    const char *const argv[] = {QUIET_GIT, "-C",          top,  "config",
                                "--list",  "--name-only", "-z", NULL};
    static const char prefix[] = "filter.";
    const char *names = NULL;
    size_t len = 0;
    const struct error *error = run_git(arena, argv, &names, &len);

    for (size_t at = 0; error == NULL && at < len; at += strlen(names + at) + 1) {
        const char *name = names + at;

        *is_partial = *is_partial || strcmp(name, "extensions.partialclone") == 0;
        if (strncmp(name, prefix, sizeof prefix - 1) != 0)
            continue;
        if (strchr(name, '=') != NULL)
            return error_new(
                arena, ERROR_USAGE,
                "git's setting '%s' names a program and cannot be overruled: the '=' is in "
                "the way",
                name);
        vec_push(arena, options, "-c");
        vec_push(arena, options, arena_printf(arena, "%s=", name));
    }
    return error;
}

static const struct error *read_diff(struct arena *arena, const char *top, const char *commit,
                                     struct changed *changed)
{
    static const char *const git[] = {QUIET_GIT};
    const char *const diff[] = {"-C", top, "diff", PLAIN_DIFF, commit, "--", NULL};
    arguments argv = {0};
    const char *text = NULL;
    size_t len = 0;
    bool is_partial = false;
    const struct error *error;

    for (size_t i = 0; i < sizeof git / sizeof *git; i++)
        vec_push(arena, &argv, git[i]);
    error = without_filters(arena, top, &argv, &is_partial);
    for (size_t i = 0; i < sizeof diff / sizeof *diff; i++)
        vec_push(arena, &argv, diff[i]);
    if (error == NULL)
        error = run_git(arena, argv.data, &text, &len);
    if (error != NULL && is_partial)
        return error_new(arena, ERROR_USAGE,
                         "%s (nothing is fetched for a partial clone: let git make the diff, and "
                         "give it with --diff)",
                         error->message);
    return error == NULL ? changed_read(arena, text, len, top, changed) : error;
}

const struct error *changes_since(struct arena *arena, const char *revision,
                                  struct changed *changed)
{
    const char *const fork_point[] = {QUIET_GIT, "merge-base", "--end-of-options",
                                      "HEAD",    revision,     NULL};
    const char *top = NULL, *commit = NULL;
    const struct error *error = read_line(arena, top_of_work_tree, &top);

    if (error == NULL)
        error = read_line(arena, fork_point, &commit);
    if (error == NULL)
        error = read_diff(arena, top, commit, changed);
    if (error == NULL)
        error = add_untracked(arena, top, changed);
    if (error == NULL)
        return NULL;
    return error_new(arena, ERROR_USAGE, "--since %s: %s", revision, error->message);
}

const struct error *changes_in_diff(struct arena *arena, const char *path, struct changed *changed)
{
    bool is_stdin = strcmp(path, "-") == 0;
    const char *top = NULL, *diff = NULL;
    size_t len = 0;
    const struct error *error = is_stdin ? file_read_standard_input(arena, &diff, &len)
                                         : file_read(arena, path, &diff, &len);

    if (error != NULL)
        return error;
    if (read_line(arena, top_of_work_tree, &top) != NULL)
        top = file_current_folder(arena);
    error = changed_read(arena, diff, len, top, changed);
    if (error == NULL)
        return NULL;
    return error_new(arena, ERROR_USAGE, "%s: %s", is_stdin ? "standard input" : path,
                     error->message);
}

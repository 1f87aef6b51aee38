#include "config/config.h"
#include "support/file.h"
#include "support/map.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char config_name[] = ".cuhostlint";
enum { LARGEST_FILE = 1 << 20 };

/* What holds for the sources of one folder. */
struct answer {
    const struct config *config;
    const struct error *error;
};

struct config_store {
    struct arena *arena;
    const struct rule_names *rules;
    const struct config_overrides *overrides;
    const char *forced_file;
    struct map folders; /* folder, newline, root -> index in answers */
    VEC(struct answer) answers;
    VEC(const char *) problems; /* of all files */
};

struct config_store *config_store_new(struct arena *arena, const char *forced_file,
                                      const struct rule_names *rules,
                                      const struct config_overrides *overrides)
{
    struct config_store *store = arena_new_object(arena, struct config_store);
    struct config_overrides *copy = arena_copy(arena, overrides, sizeof *overrides);
    *store = (struct config_store){.arena = arena,
                                   .rules = rules,
                                   .overrides = copy,
                                   .forced_file = forced_file,
                                   .folders = {.arena = arena}};
    return store;
}

/* ---- one file ---- */

static struct answer refuse(struct config_store *store, const char *file, const char *why)
{
    const struct error *error =
        error_new(store->arena, ERROR_USAGE, "cannot use '%s': %s", file, why);
    vec_push(store->arena, &store->problems, error->message);
    return (struct answer){NULL, error};
}

static bool is_below(const char *path, const char *folder)
{
    size_t len = strlen(folder);
    while (len && folder[len - 1] == '/')
        len--;
    return strncmp(path, folder, len) == 0 && (path[len] == '/' || !path[len]);
}

static bool leads_outside(struct arena *arena, const char *file, const char *root)
{
    const char *target = file_real_path(arena, file), *real_root = file_real_path(arena, root);
    return !target || !real_root || !is_below(target, real_root);
}

/* `root`: of the linted repository that brings the file; NULL: the user named it. */
static struct answer load(struct config_store *store, const char *file, const char *root)
{
    struct yproblems problems = {.arena = store->arena, .origin = file};
    struct config *config = arena_new_object(store->arena, struct config);
    const char *text;
    size_t len;
    const struct error *error =
        root ? file_read_untrusted(store->arena, file, LARGEST_FILE, &text, &len)
             : file_read(store->arena, file, &text, &len);
    if (!error) {
        config_read(&problems, text, len, file, !root, store->rules, config);
        if (root && config->baseline && access(config->baseline, F_OK) == 0 &&
            leads_outside(store->arena, config->baseline, root))
            return refuse(store, file, "its baseline is a link that leads outside the project");
        config_override(store->arena, config, store->overrides);
        for (size_t i = 0; i < problems.list.len; i++)
            vec_push(store->arena, &store->problems, ydoc_problem_text(&problems, i));
        error = ydoc_error(&problems);
    } else {
        vec_push(store->arena, &store->problems, error->message);
    }
    return (struct answer){error ? NULL : config, error};
}

/* A file that the linted repository brings: it may be anything. False: there is none. */
static bool load_found(struct config_store *store, const char *folder, const char *root,
                       struct answer *answer)
{
    const char *slash = strcmp(folder, "/") == 0 ? "" : "/";
    const char *file = arena_printf(store->arena, "%s%s%s", folder, slash, config_name);
    struct stat link, status;
    if (lstat(file, &link) != 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return false;
        *answer = refuse(store, file, strerror(errno));
    } else if (stat(file, &status) != 0) {
        *answer = refuse(store, file, strerror(errno));
    } else if (S_ISDIR(status.st_mode)) {
        return false;
    } else if (!S_ISREG(status.st_mode)) {
        *answer = refuse(store, file, "it is no regular file");
    } else if (status.st_size > LARGEST_FILE) {
        *answer = refuse(store, file, "it is larger than 1 MiB");
    } else if (S_ISLNK(link.st_mode) && leads_outside(store->arena, file, root)) {
        *answer = refuse(store, file, "it is a link that leads outside the project");
    } else {
        *answer = load(store, file, root);
    }
    return true;
}

static struct answer defaults(struct config_store *store, const char *root)
{
    struct config *config = arena_new_object(store->arena, struct config);
    config->folder = arena_strdup(store->arena, root);
    config_override(store->arena, config, store->overrides);
    return (struct answer){config, NULL};
}

/* ---- upwards ---- */

static const char *parent(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash || slash == path)
        return "/";
    return arena_strndup(arena, path, (size_t)(slash - path));
}

static bool same_file_system(const char *a, const char *b)
{
    struct stat first, second;
    return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev;
}

/* Whether the search goes on from a folder to its parent. */
static bool may_climb(const char *folder, const char *up, const char *root)
{
    return strcmp(folder, "/") != 0 && is_below(up, root) && same_file_system(folder, up);
}

static struct answer search(struct config_store *store, const char *folder, const char *root)
{
    const char *key = arena_printf(store->arena, "%s\n%s", folder, root);
    uint32_t known = map_get(&store->folders, key);
    if (known != MAP_NONE)
        return store->answers.data[known];
    struct answer answer;
    if (!load_found(store, folder, root, &answer)) {
        const char *up = parent(store->arena, folder);
        answer = may_climb(folder, up, root) ? search(store, up, root) : defaults(store, root);
    }
    map_set(&store->folders, key, (uint32_t)store->answers.len);
    vec_push(store->arena, &store->answers, answer);
    return answer;
}

static struct answer forced(struct config_store *store)
{
    if (!store->answers.len)
        vec_push(store->arena, &store->answers, load(store, store->forced_file, NULL));
    return store->answers.data[0];
}

const struct error *config_find(struct config_store *store, const char *path, const char *root,
                                const struct config **config)
{
    struct answer answer =
        store->forced_file ? forced(store) : search(store, parent(store->arena, path), root);
    *config = answer.config;
    return answer.error;
}

size_t config_problem_count(const struct config_store *store)
{
    return store->problems.len;
}

const char *config_problem(const struct config_store *store, size_t index)
{
    return store->problems.data[index];
}

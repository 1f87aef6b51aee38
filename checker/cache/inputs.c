#include "cache/inputs.h"

#include "cache/hash.h"
#include "source/project/tree.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

struct seen_input {
    struct input input;
    bool is_settled; /* no later change can hide behind the same stamp */
};

void inputs_init(struct inputs *inputs, struct arena *arena)
{
    *inputs = (struct inputs){.arena = arena};
    for (size_t i = 0; i < INPUT_KIND_COUNT; i++)
        inputs->seen[i].arena = arena;
}

/* ---- stamps ---------------------------------------------------------------------------- */

static struct stamp stamp_at(enum input_kind kind, const char *path)
{
    struct stat status;
    bool wants_folder = kind == INPUT_FOLDER || kind == INPUT_VERSIONS;

    if (kind == INPUT_TREE || stat(path, &status) != 0 ||
        (kind != INPUT_IDENTITY && S_ISDIR(status.st_mode) != wants_folder))
        return (struct stamp){0};
    return stamp_of(&status);
}

static bool is_absent(const struct stamp *stamp)
{
    return stamp->inode == 0;
}

/* ---- contents -------------------------------------------------------------------------- */

static const XXH128_hash_t nothing = {0, 0};

static XXH128_hash_t sum(XXH128_hash_t a, XXH128_hash_t b)
{
    return (XXH128_hash_t){a.low64 + b.low64, a.high64 + b.high64};
}

static bool counts(enum input_kind kind, const struct dirent *entry)
{
    return kind == INPUT_VERSIONS ? entry->d_name[0] != '.'
                                  : entry->d_type != DT_DIR && source_tree_holds(entry->d_name);
}

/* Names come in any order: each has its hash, and these are added up. */
static XXH128_hash_t hash_folder(enum input_kind kind, const char *path)
{
    XXH128_hash_t hash = {1, 1}; /* an empty folder is not a missing one */
    DIR *folder = opendir(path);

    if (folder == NULL)
        return nothing;
    for (const struct dirent *at; (at = readdir(folder)) != NULL;)
        if (counts(kind, at))
            hash = sum(hash, XXH3_128bits(at->d_name, strlen(at->d_name)));
    closedir(folder);
    return hash;
}

static XXH128_hash_t hash_of(const struct input *input, const struct source_unit *unit)
{
    XXH128_hash_t hash;

    switch (input->kind) {
    case INPUT_FILE:
        return is_absent(&input->stamp) || !hash_file(input->path, &hash) ? nothing : hash;
    case INPUT_IDENTITY:
        return XXH3_128bits(&input->stamp, sizeof input->stamp);
    case INPUT_FOLDER:
    case INPUT_VERSIONS:
        return is_absent(&input->stamp) ? nothing : hash_folder(input->kind, input->path);
    case INPUT_TREE:
        return unit->cache != NULL ? source_tree_hash(source_tree_of(unit->cache, input->path))
                                   : nothing;
    case INPUT_KIND_COUNT:
        break;
    }
    return nothing;
}

/* A walk that ran out of time finds more the next time. */
static bool is_whole_tree(const struct source_unit *unit, const char *root)
{
    return unit->cache != NULL && source_tree_is_complete(source_tree_of(unit->cache, root));
}

/* ---- looking ---------------------------------------------------------------------------- */

static void remember(struct inputs *inputs, const struct seen_input *seen)
{
    struct seen_input now = *seen;

    now.input.path = arena_strdup(inputs->arena, seen->input.path);
    map_set(&inputs->seen[now.input.kind], now.input.path, (uint32_t)inputs->list.len);
    vec_push(inputs->arena, &inputs->list, now);
}

struct input inputs_look(struct inputs *inputs, const struct input *known,
                         const struct source_unit *unit)
{
    uint32_t seen = map_get(&inputs->seen[known->kind], known->path);
    struct seen_input now = {.input = {.path = known->path, .kind = known->kind}};

    if (seen != MAP_NONE) {
        now = inputs->list.data[seen];
    } else {
        const struct timespec before = stamp_clock();

        now.input.stamp = stamp_at(known->kind, known->path);
        now.is_settled = stamp_is_before(&now.input.stamp, before);
        /* a manifest holds settled inputs only */
        if (known->kind != INPUT_TREE && stamp_equals(&now.input.stamp, &known->stamp))
            now.input.hash = known->hash;
        else
            now.input.hash = hash_of(&now.input, unit);
        remember(inputs, &now);
    }
    return (struct input){known->path, known->kind, now.input.stamp, now.input.hash};
}

bool inputs_settled(struct inputs *inputs, enum input_kind kind, const char *path,
                    const struct source_unit *unit, struct timespec since, struct input *input)
{
    uint32_t seen = map_get(&inputs->seen[kind], path);
    struct seen_input *old = seen == MAP_NONE ? NULL : &inputs->list.data[seen];
    struct seen_input now = {.input = {path, kind, stamp_at(kind, path), nothing},
                             .is_settled = true};

    if (!stamp_is_before(&now.input.stamp, since) ||
        (kind == INPUT_TREE && !is_whole_tree(unit, path)))
        return false;
    if (old != NULL && old->is_settled && stamp_equals(&old->input.stamp, &now.input.stamp))
        now.input.hash = old->input.hash;
    else
        now.input.hash = hash_of(&now.input, unit);
    *input = now.input;
    if (old == NULL) {
        remember(inputs, &now);
    } else {
        now.input.path = old->input.path; /* which outlives the caller's */
        *old = now;
    }
    return true;
}

#include "cache/remembered.h"

#include "cache/entry.h"
#include "cache/hash.h"

struct remembered {
    const char *folder;
    uint64_t max_bytes;
    XXH128_hash_t tool; /* what the bytes mean is for the program to say */
};

static const char *path_for(const struct remembered *remembered, struct arena *arena,
                            const char *name)
{
    struct hasher hasher = hash_begin();

    hash_add(hasher, &remembered->tool, sizeof remembered->tool);
    hash_add_text(hasher, name);
    return entry_path(arena, remembered->folder, hash_end(hasher), ".f");
}

static bool load(void *context, struct arena *arena, const char *name, const unsigned char **bytes,
                 size_t *len)
{
    const char *path = path_for(context, arena, name);

    if (!entry_read(arena, path, bytes, len))
        return false;
    entry_touch(path);
    return true;
}

static void save(void *context, const char *name, const unsigned char *bytes, size_t len)
{
    const struct remembered *remembered = context;
    struct arena *scratch = arena_new();

    entry_write(scratch, path_for(remembered, scratch, name), bytes, len, remembered->max_bytes);
    arena_free(scratch);
}

struct source_memory cache_remembered(struct arena *arena, const struct cache_options *options)
{
    struct remembered *remembered = arena_new_object(arena, struct remembered);

    remembered->folder = options->folder;
    remembered->max_bytes = cache_max_bytes(options);
    remembered->tool = hash_program();
    return (struct source_memory){remembered, load, save};
}

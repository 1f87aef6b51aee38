#include "cache/remembered_facts.h"

#include "cache/entry.h"
#include "cache/hash.h"

struct remembered_facts {
    const char *folder;
    uint64_t max_bytes;
    XXH128_hash_t tool; /* what facts are is for the program to say */
};

static const char *path_for(const struct remembered_facts *facts, struct arena *arena,
                            const char *folder)
{
    struct hasher hasher = hash_begin();

    hash_add(hasher, &facts->tool, sizeof facts->tool);
    hash_add_text(hasher, folder);
    return entry_path(arena, facts->folder, hash_end(hasher), ".f");
}

static bool load(void *context, struct arena *arena, const char *folder,
                 const unsigned char **bytes, size_t *len)
{
    const char *path = path_for(context, arena, folder);

    if (!entry_read(arena, path, bytes, len))
        return false;
    entry_touch(path);
    return true;
}

static void save(void *context, const char *folder, const unsigned char *bytes, size_t len)
{
    const struct remembered_facts *facts = context;
    struct arena *scratch = arena_new();

    entry_write(scratch, path_for(facts, scratch, folder), bytes, len, facts->max_bytes);
    arena_free(scratch);
}

struct fact_memory cache_remembered_facts(struct arena *arena, const struct cache_options *options)
{
    struct remembered_facts *facts = arena_new_object(arena, struct remembered_facts);

    facts->folder = options->folder;
    facts->max_bytes = cache_max_bytes(options);
    facts->tool = hash_program();
    return (struct fact_memory){facts, load, save};
}

#include "source/text/fact_store.h"

#include "source/project/path.h"
#include "support/map.h"
#include "support/mem.h"
#include "support/vec.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct fact_folder {
    const char *path;
    struct map by_name;              /* into the store's `remembered` */
    VEC(const struct facts *) facts; /* of files that this run has looked at */
    VEC(const struct facts *) old;   /* what the memory had */
    bool has_news;
};

struct fact_store {
    struct arena *arena;
    struct source_memory memory;
    unsigned threads;
    struct timespec since; /* a file that changed later may change again behind the same stamp */
    struct map by_path;
    VEC(const struct facts *) files; /* NULL: no file */
    struct map folder_of_path;       /* by the hash of its path */
    VEC(struct fact_folder *) folders;
};

static unsigned processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? (unsigned)count : 1;
}

struct fact_store *fact_store_new(struct arena *arena, const struct source_memory *memory,
                                  unsigned threads)
{
    struct fact_store *store = arena_new_object(arena, struct fact_store);
    store->arena = arena;
    if (memory)
        store->memory = *memory;
    store->threads = threads ? threads : processors();
    store->since = stamp_clock();
    store->by_path.arena = store->folder_of_path.arena = arena;
    return store;
}

/* ---- folders ----------------------------------------------------------------------------- */

static void load_folder(struct fact_store *store, struct fact_folder *folder)
{
    const unsigned char *bytes = NULL;
    size_t len = 0;
    if (!store->memory.load ||
        !store->memory.load(store->memory.context, store->arena, folder->path, &bytes, &len))
        return;
    while (facts_are_whole(bytes, len)) {
        const struct facts *facts = (const void *)bytes;
        map_set(&folder->by_name, facts_name(facts), (uint32_t)folder->old.len);
        vec_push(store->arena, &folder->old, facts);
        bytes += facts->len;
        len -= facts->len;
    }
}

static struct fact_folder *folder_of(struct fact_store *store, const char *path)
{
    size_t len = (size_t)(source_path_base(path) - path);
    uint64_t key = hash_bytes(path, len);
    uint32_t index = map_get_u64(&store->folder_of_path, key);
    if (index != MAP_NONE)
        return store->folders.data[index];
    struct fact_folder *folder = arena_new_object(store->arena, struct fact_folder);
    folder->path = source_path_parent(store->arena, path);
    folder->by_name.arena = store->arena;
    load_folder(store, folder);
    map_set_u64(&store->folder_of_path, key, (uint32_t)store->folders.len);
    vec_push(store->arena, &store->folders, folder);
    return folder;
}

/* ---- files ------------------------------------------------------------------------------- */

/* What the memory has of the file, NULL where it has changed since. */
static const struct facts *remembered(const struct fact_folder *folder, const char *path,
                                      const struct stamp *stamp)
{
    uint32_t index = map_get(&folder->by_name, source_path_base(path));
    if (index == MAP_NONE || !stamp_equals(&folder->old.data[index]->stamp, stamp))
        return NULL;
    return folder->old.data[index];
}

/* False: somebody must read it. */
static bool look_up(struct fact_store *store, const char *path, const struct facts **facts)
{
    uint32_t known = map_get(&store->by_path, path);
    struct stat status;
    *facts = known == MAP_NONE ? NULL : store->files.data[known];
    if (known != MAP_NONE)
        return true;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode)) {
        map_set(&store->by_path, arena_strdup(store->arena, path), (uint32_t)store->files.len);
        vec_push(store->arena, &store->files, NULL);
        return true;
    }
    struct stamp stamp = stamp_of(&status);
    struct fact_folder *folder = folder_of(store, path);
    *facts = remembered(folder, path, &stamp);
    if (!*facts)
        return false;
    map_set(&store->by_path, arena_strdup(store->arena, path), (uint32_t)store->files.len);
    vec_push(store->arena, &store->files, *facts);
    vec_push(store->arena, &folder->facts, *facts);
    return true;
}

/* Takes what a reader made of the file; NULL: nothing. */
static const struct facts *take(struct fact_store *store, const char *path,
                                const struct facts *read)
{
    const struct facts *facts = read ? arena_copy(store->arena, read, read->len) : NULL;
    map_set(&store->by_path, arena_strdup(store->arena, path), (uint32_t)store->files.len);
    vec_push(store->arena, &store->files, facts);
    if (facts && stamp_is_before(&facts->stamp, store->since)) {
        struct fact_folder *folder = folder_of(store, path);
        vec_push(store->arena, &folder->facts, facts);
        folder->has_news = true;
    }
    return facts;
}

const struct facts *fact_store_get(struct fact_store *store, const char *path)
{
    const struct facts *facts;
    if (look_up(store, path, &facts))
        return facts;
    struct facts_reader *reader = facts_reader_new();
    facts = take(store, path, facts_of_file(reader, path));
    facts_reader_free(reader);
    return facts;
}

/* ---- many files -------------------------------------------------------------------------- */

struct reading {
    const char *const *paths;
    struct facts **results; /* from the C heap */
    size_t count;
    atomic_size_t next;
};

static struct facts *copy_of(const struct facts *facts)
{
    struct facts *copy = facts ? mem_realloc(NULL, facts->len) : NULL;
    if (copy)
        memcpy(copy, facts, facts->len);
    return copy;
}

static void *read_some(void *context)
{
    struct reading *reading = context;
    struct facts_reader *reader = facts_reader_new();
    for (size_t i; (i = atomic_fetch_add(&reading->next, 1)) < reading->count;)
        reading->results[i] = copy_of(facts_of_file(reader, reading->paths[i]));
    facts_reader_free(reader);
    return NULL;
}

/* This thread reads too; where another cannot be had, it does that one's work. */
static void read_all(struct fact_store *store, struct reading *reading)
{
    enum { MOST_THREADS = 64, FILES_WORTH_A_THREAD = 32 };
    pthread_t threads[MOST_THREADS];
    size_t wanted = reading->count / FILES_WORTH_A_THREAD, started = 0;
    while (started < MOST_THREADS && started + 1 < store->threads && started < wanted &&
           pthread_create(&threads[started], NULL, read_some, reading) == 0)
        started++;
    read_some(reading);
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
}

void fact_store_fill(struct fact_store *store, const char *const *paths, size_t count)
{
    VEC(const char *) unread = {0};
    struct arena *scratch = arena_new();
    for (size_t i = 0; i < count; i++) {
        const struct facts *facts;
        if (!look_up(store, paths[i], &facts))
            vec_push(scratch, &unread, paths[i]);
    }
    struct reading reading = {
        .paths = unread.data,
        .results = arena_new_array(scratch, unread.len, struct facts *),
        .count = unread.len,
    };
    read_all(store, &reading);
    for (size_t i = 0; i < unread.len; i++) {
        if (map_get(&store->by_path, unread.data[i]) == MAP_NONE) /* named twice? */
            take(store, unread.data[i], reading.results[i]);
        free(reading.results[i]);
    }
    arena_free(scratch);
}

/* ---- saving ------------------------------------------------------------------------------ */

/* Facts of files that this run did not look at stay, while there is such a file. */
static bool is_of_use(struct fact_store *store, struct arena *scratch,
                      const struct fact_folder *folder, const struct facts *old)
{
    const char *path = source_path_join(scratch, folder->path, facts_name(old));
    return map_get(&store->by_path, path) == MAP_NONE && access(path, F_OK) == 0;
}

static void save_folder(struct fact_store *store, const struct fact_folder *folder)
{
    struct arena *scratch = arena_new();
    VEC(const struct facts *) all = {0};
    size_t len = 0;
    for (size_t i = 0; i < folder->facts.len; i++)
        vec_push(scratch, &all, folder->facts.data[i]);
    for (size_t i = 0; i < folder->old.len; i++)
        if (is_of_use(store, scratch, folder, folder->old.data[i]))
            vec_push(scratch, &all, folder->old.data[i]);
    for (size_t i = 0; i < all.len; i++)
        len += all.data[i]->len;
    unsigned char *bytes = arena_alloc(scratch, len), *next = bytes;
    for (size_t i = 0; i < all.len; next += all.data[i++]->len)
        memcpy(next, all.data[i], all.data[i]->len);
    store->memory.save(store->memory.context, folder->path, bytes, len);
    arena_free(scratch);
}

void fact_store_save(struct fact_store *store)
{
    for (size_t i = 0; i < store->folders.len; i++) {
        struct fact_folder *folder = store->folders.data[i];
        if (folder->has_news && store->memory.save)
            save_folder(store, folder);
        folder->has_news = false;
    }
}

#include "source/commands/database_image.h"

#include "support/strbuf.h"

#include <string.h>

/* A head, then for each entry its number of arguments (0: it has a command) and its strings: file,
 * directory (empty: the one of the entry before), command or arguments. */
struct head {
    struct stamp stamp; /* of the JSON file */
    uint64_t count;     /* of entries */
};

struct reader {
    const unsigned char *next, *end;
};

static const char *name_of(struct arena *arena, const char *path)
{
    return arena_printf(arena, "database:%s", path);
}

static struct stamp stamp_now(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return (struct stamp){0};
    return stamp_of(&status);
}

struct database_image database_image_of(const char *path, const struct source_memory *memory)
{
    struct database_image image = {.path = path, .memory = memory};
    if (memory) {
        image.since = stamp_clock();
        image.stamp = stamp_now(path);
    }
    return image;
}

/* ---- reading ----------------------------------------------------------------------------- */

static bool read_bytes(struct reader *reader, void *to, size_t len)
{
    if ((size_t)(reader->end - reader->next) < len)
        return false;
    memcpy(to, reader->next, len);
    reader->next += len;
    return true;
}

static bool read_string(struct reader *reader, const char **string)
{
    const unsigned char *end = memchr(reader->next, '\0', (size_t)(reader->end - reader->next));
    if (!end)
        return false;
    *string = (const char *)reader->next;
    reader->next = end + 1;
    return true;
}

static bool read_entry(struct reader *reader, struct arena *arena, struct database_entry *entry)
{
    const char *before = entry->directory, *argument;
    uint32_t count;
    *entry = (struct database_entry){.next = MAP_NONE};
    if (!read_bytes(reader, &count, sizeof count) || !read_string(reader, &entry->file) ||
        !read_string(reader, &entry->directory) ||
        (count == 0 && !read_string(reader, &entry->command)))
        return false;
    if (!*entry->directory)
        entry->directory = before;
    for (uint32_t i = 0; i < count; i++) {
        if (!read_string(reader, &argument))
            return false;
        vec_push(arena, &entry->arguments, argument);
    }
    return entry->directory != NULL;
}

bool database_image_load(const struct database_image *image, struct arena *arena,
                         struct database **database)
{
    const unsigned char *bytes;
    struct head head;
    size_t len;
    if (!image->stamp.inode || !image->memory->load(image->memory->context, arena,
                                                    name_of(arena, image->path), &bytes, &len))
        return false;
    struct reader reader = {bytes, bytes + len};
    if (!read_bytes(&reader, &head, sizeof head) || !stamp_equals(&head.stamp, &image->stamp))
        return false;
    struct database *found = source_database_new(arena, image->path);
    struct database_entry entry = {0};
    for (uint64_t i = 0; i < head.count; i++) {
        if (!read_entry(&reader, arena, &entry))
            return false;
        source_database_add(found, arena, entry);
    }
    *database = found;
    return true;
}

/* ---- writing ----------------------------------------------------------------------------- */

static void add_string(struct strbuf *bytes, const char *string)
{
    strbuf_add(bytes, string, strlen(string) + 1);
}

static void add_entry(struct strbuf *bytes, const struct database_entry *entry, const char *before)
{
    uint32_t count = (uint32_t)entry->arguments.len;
    strbuf_add(bytes, (const char *)&count, sizeof count);
    add_string(bytes, entry->file);
    add_string(bytes, before && strcmp(before, entry->directory) == 0 ? "" : entry->directory);
    for (uint32_t i = 0; i < count; i++)
        add_string(bytes, entry->arguments.data[i]);
    if (count == 0)
        add_string(bytes, entry->command);
}

/* Nobody knows what was read of a file that changed meanwhile, or shortly before. */
static bool is_settled(const struct database_image *image)
{
    struct stamp now = stamp_now(image->path);
    return image->stamp.inode && stamp_equals(&now, &image->stamp) &&
           stamp_is_before(&now, image->since);
}

void database_image_save(const struct database_image *image, const struct database *database)
{
    if (!image->memory || !is_settled(image))
        return;
    struct arena *scratch = arena_new();
    struct head head = {image->stamp, database->entries.len};
    struct strbuf bytes;
    const char *before = NULL;
    strbuf_init(&bytes, scratch);
    strbuf_add(&bytes, (const char *)&head, sizeof head);
    for (size_t i = 0; i < database->entries.len; i++) {
        add_entry(&bytes, &database->entries.data[i], before);
        before = database->entries.data[i].directory;
    }
    image->memory->save(image->memory->context, name_of(scratch, image->path),
                        (const unsigned char *)bytes.text, bytes.len);
    arena_free(scratch);
}

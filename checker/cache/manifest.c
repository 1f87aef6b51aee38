#include "cache/manifest.h"

#include <string.h>

/* One record for each input, followed by its path and a NUL. */
struct record {
    struct stamp stamp;
    XXH128_hash_t hash;
    uint32_t kind, path_len;
};

const unsigned char *manifest_write(struct arena *arena, const input_list *inputs, size_t *len)
{
    unsigned char *bytes, *next;

    *len = 0;
    for (size_t i = 0; i < inputs->len; i++)
        *len += sizeof(struct record) + strlen(inputs->data[i].path) + 1;
    next = bytes = arena_alloc(arena, *len);
    for (size_t i = 0; i < inputs->len; i++) {
        const struct input *input = &inputs->data[i];
        const struct record record = {input->stamp, input->hash, (uint32_t)input->kind,
                                      (uint32_t)strlen(input->path)};

        memcpy(next, &record, sizeof record);
        memcpy(next + sizeof record, input->path, record.path_len + 1);
        next += sizeof record + record.path_len + 1;
    }
    return bytes;
}

/* The record's path, or NULL where it would lie outside. */
static const char *path_of(const struct record *record, const unsigned char *bytes, size_t left)
{
    if (record->kind >= INPUT_KIND_COUNT || left <= record->path_len ||
        memchr(bytes, '\0', (size_t)record->path_len + 1) != bytes + record->path_len)
        return NULL;
    return (const char *)bytes;
}

bool manifest_read(struct arena *arena, const unsigned char *bytes, size_t len, input_list *inputs)
{
    const unsigned char *end = bytes + len;

    while (bytes < end) {
        struct record record;
        const char *path;

        if ((size_t)(end - bytes) < sizeof record)
            return false;
        memcpy(&record, bytes, sizeof record);
        bytes += sizeof record;
        path = path_of(&record, bytes, (size_t)(end - bytes));
        if (path == NULL)
            return false;
        vec_push(arena, inputs,
                 (struct input){path, (enum input_kind)record.kind, record.stamp, record.hash});
        bytes += record.path_len + 1;
    }
    return inputs->len > 0;
}

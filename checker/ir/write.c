#include "ir/write.h"

#include "ir/format.h"
#include "ir/schema.h"
#include "support/map.h"
#include "support/strbuf.h"

#include <string.h>

struct writer {
    struct arena *arena;
    struct strbuf body;
    struct map indexes; /* text to its index in `texts` */
    VEC(const char *) texts;
};

static void put_varint(struct strbuf *out, uint64_t number)
{
    char bytes[10];
    size_t len = 0;
    for (; number >= 0x80; number >>= 7)
        bytes[len++] = (char)(number | 0x80);
    bytes[len++] = (char)number;
    strbuf_add(out, bytes, len);
}

static void put_u32(struct writer *writer, uint32_t number)
{
    put_varint(&writer->body, (uint32_t)(number + 1));
}

static void put_text(struct writer *writer, const char *text)
{
    if (!text) {
        put_varint(&writer->body, 0);
        return;
    }
    uint32_t index = map_get(&writer->indexes, text);
    if (index == MAP_NONE) {
        index = (uint32_t)writer->texts.len;
        vec_push(writer->arena, &writer->texts, text);
        map_set(&writer->indexes, text, index);
    }
    put_varint(&writer->body, (uint64_t)index + 1);
}

static uint64_t zigzag(int64_t number)
{
    return ((uint64_t)number << 1) ^ (number < 0 ? UINT64_MAX : 0);
}

static void put_struct(struct writer *writer, const struct schema *schema, const void *object);

static void put_vector(struct writer *writer, const struct schema_field *field, const void *at)
{
    struct schema_vector vector;
    memcpy(&vector, at, sizeof vector);
    put_varint(&writer->body, vector.len);
    for (size_t i = 0; i < vector.len; i++) {
        if (field->kind == SCHEMA_NUMBERS)
            put_u32(writer, ((const uint32_t *)vector.data)[i]);
        else if (field->kind == SCHEMA_TEXTS)
            put_text(writer, ((const char *const *)vector.data)[i]);
        else
            put_struct(writer, field->schema, (const char *)vector.data + i * field->schema->size);
    }
}

static void put_optional(struct writer *writer, const struct schema_field *field, const void *at)
{
    const void *object;
    memcpy(&object, at, sizeof object);
    put_varint(&writer->body, object != NULL);
    if (object)
        put_struct(writer, field->schema, object);
}

static void put_field(struct writer *writer, const struct schema_field *field, const void *at)
{
    switch (field->kind) {
    case SCHEMA_BOOL:
        put_varint(&writer->body, *(const bool *)at);
        break;
    case SCHEMA_U8:
        put_varint(&writer->body, *(const uint8_t *)at);
        break;
    case SCHEMA_U32:
        put_u32(writer, *(const uint32_t *)at);
        break;
    case SCHEMA_U64:
        put_varint(&writer->body, *(const uint64_t *)at + 1);
        break;
    case SCHEMA_I64:
        put_varint(&writer->body, zigzag(*(const int64_t *)at));
        break;
    case SCHEMA_ENUM:
        put_varint(&writer->body, *(const unsigned *)at);
        break;
    case SCHEMA_TEXT:
        put_text(writer, *(const char *const *)at);
        break;
    case SCHEMA_STRUCT:
        put_struct(writer, field->schema, at);
        break;
    case SCHEMA_OPTIONAL:
        put_optional(writer, field, at);
        break;
    case SCHEMA_LIST:
    case SCHEMA_NUMBERS:
    case SCHEMA_TEXTS:
        put_vector(writer, field, at);
        break;
    }
}

static void put_struct(struct writer *writer, const struct schema *schema, const void *object)
{
    for (size_t i = 0; i < schema->count; i++)
        put_field(writer, &schema->fields[i], (const char *)object + schema->fields[i].offset);
}

static void put_texts(struct strbuf *out, const struct writer *writer)
{
    put_varint(out, writer->texts.len);
    for (size_t i = 0; i < writer->texts.len; i++) {
        size_t len = strlen(writer->texts.data[i]);
        put_varint(out, len);
        strbuf_add(out, writer->texts.data[i], len);
    }
}

static void put_little_endian(char *at, uint64_t number, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        at[i] = (char)(number >> (8 * i));
}

static void fill_header(char *bytes, size_t len)
{
    const char *payload = bytes + FORMAT_HEADER;
    size_t payload_len = len - FORMAT_HEADER;
    put_little_endian(bytes + FORMAT_AT_MAGIC, FORMAT_MAGIC, 4);
    put_little_endian(bytes + FORMAT_AT_VERSION, FORMAT_VERSION, 4);
    put_little_endian(bytes + FORMAT_AT_SCHEMA, schema_hash(), 8);
    put_little_endian(bytes + FORMAT_AT_LENGTH, payload_len, 8);
    put_little_endian(bytes + FORMAT_AT_CHECKSUM, hash_bytes(payload, payload_len), 8);
}

void ir_write(struct arena *arena, const struct ir_unit *unit, unsigned char **bytes, size_t *len)
{
    struct writer writer = {.arena = arena, .indexes = {.arena = arena}};
    strbuf_init(&writer.body, arena);
    put_struct(&writer, &schema_unit, unit);

    static const char no_header[FORMAT_HEADER];
    struct strbuf out;
    strbuf_init(&out, arena);
    strbuf_add(&out, no_header, sizeof no_header);
    put_texts(&out, &writer);
    strbuf_add(&out, writer.body.text, writer.body.len);
    fill_header(out.text, out.len);
    *bytes = (unsigned char *)out.text;
    *len = out.len;
}

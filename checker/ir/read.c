#include "ir/read.h"

#include "ir/check.h"
#include "ir/format.h"
#include "ir/schema.h"
#include "support/map.h"

#include <string.h>

struct reader {
    struct arena *arena;
    const unsigned char *next, *end;
    const char **texts;
    size_t text_count;
    const char *problem; /* the first thing found wrong; then nothing more is read */
};

static void fail(struct reader *reader, const char *problem)
{
    if (!reader->problem)
        reader->problem = problem;
    reader->next = reader->end;
}

static uint64_t get_varint(struct reader *reader)
{
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (reader->next == reader->end) {
            fail(reader, "it ends too early");
            return 0;
        }
        unsigned byte = *reader->next++;
        if (shift == 63 && byte > 1)
            break;
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return number;
    }
    fail(reader, "a number is too long");
    return 0;
}

static uint64_t get_up_to(struct reader *reader, uint64_t highest)
{
    uint64_t number = get_varint(reader);
    if (number <= highest)
        return number;
    fail(reader, "a number is out of range");
    return 0;
}

static uint32_t get_u32(struct reader *reader)
{
    return (uint32_t)get_up_to(reader, UINT32_MAX) - 1;
}

/* Every element takes a byte at least: a length beyond what is left is a lie, and is not believed
 * before memory is set aside for it. */
static size_t get_length(struct reader *reader)
{
    uint64_t len = get_varint(reader);
    if (len <= (uint64_t)(reader->end - reader->next))
        return (size_t)len;
    fail(reader, "a list is longer than the data");
    return 0;
}

static const char *get_text(struct reader *reader)
{
    size_t index = (size_t)get_up_to(reader, reader->text_count);
    return index ? reader->texts[index - 1] : NULL;
}

static int64_t get_i64(struct reader *reader)
{
    uint64_t coded = get_varint(reader);
    uint64_t number = (coded >> 1) ^ (coded & 1 ? UINT64_MAX : 0);
    int64_t result;
    memcpy(&result, &number, sizeof result);
    return result;
}

static void get_struct(struct reader *reader, const struct schema *schema, void *object);

static size_t element_size(const struct schema_field *field)
{
    if (field->kind == SCHEMA_NUMBERS)
        return sizeof(uint32_t);
    return field->kind == SCHEMA_TEXTS ? sizeof(const char *) : field->schema->size;
}

static void get_vector(struct reader *reader, const struct schema_field *field, void *at)
{
    size_t len = get_length(reader);
    if (!len)
        return;
    struct schema_vector vector = {arena_array(reader->arena, len, element_size(field)), len, len};
    for (size_t i = 0; i < len && !reader->problem; i++) {
        if (field->kind == SCHEMA_NUMBERS)
            ((uint32_t *)vector.data)[i] = get_u32(reader);
        else if (field->kind == SCHEMA_TEXTS)
            ((const char **)vector.data)[i] = get_text(reader);
        else
            get_struct(reader, field->schema, (char *)vector.data + i * field->schema->size);
    }
    memcpy(at, &vector, sizeof vector);
}

static void get_optional(struct reader *reader, const struct schema_field *field, void *at)
{
    if (!get_up_to(reader, 1))
        return;
    void *object = arena_alloc(reader->arena, field->schema->size);
    get_struct(reader, field->schema, object);
    memcpy(at, &object, sizeof object);
}

static void get_field(struct reader *reader, const struct schema_field *field, void *at)
{
    switch (field->kind) {
    case SCHEMA_BOOL:
        *(bool *)at = get_up_to(reader, 1) != 0;
        break;
    case SCHEMA_U8:
        *(uint8_t *)at = (uint8_t)get_up_to(reader, UINT8_MAX);
        break;
    case SCHEMA_U32:
        *(uint32_t *)at = get_u32(reader);
        break;
    case SCHEMA_U64:
        *(uint64_t *)at = get_varint(reader) - 1;
        break;
    case SCHEMA_I64:
        *(int64_t *)at = get_i64(reader);
        break;
    case SCHEMA_ENUM:
        *(unsigned *)at = (unsigned)get_up_to(reader, field->highest);
        break;
    case SCHEMA_TEXT:
        *(const char **)at = get_text(reader);
        break;
    case SCHEMA_STRUCT:
        get_struct(reader, field->schema, at);
        break;
    case SCHEMA_OPTIONAL:
        get_optional(reader, field, at);
        break;
    case SCHEMA_LIST:
    case SCHEMA_NUMBERS:
    case SCHEMA_TEXTS:
        get_vector(reader, field, at);
        break;
    }
}

static void get_struct(struct reader *reader, const struct schema *schema, void *object)
{
    for (size_t i = 0; i < schema->count && !reader->problem; i++)
        get_field(reader, &schema->fields[i], (char *)object + schema->fields[i].offset);
}

static void get_texts(struct reader *reader)
{
    size_t count = get_length(reader);
    reader->texts = arena_new_array(reader->arena, count, const char *);
    for (size_t i = 0; i < count && !reader->problem; i++) {
        size_t len = get_length(reader);
        reader->texts[i] = arena_strndup(reader->arena, (const char *)reader->next, len);
        reader->next += len;
    }
    reader->text_count = count;
}

static uint64_t little_endian(const unsigned char *at, size_t bytes)
{
    uint64_t number = 0;
    for (size_t i = 0; i < bytes; i++)
        number |= (uint64_t)at[i] << (8 * i);
    return number;
}

static const char *check_header(const unsigned char *bytes, size_t len)
{
    if (len < FORMAT_HEADER || little_endian(bytes + FORMAT_AT_MAGIC, 4) != FORMAT_MAGIC)
        return "it does not begin like one";
    if (little_endian(bytes + FORMAT_AT_VERSION, 4) != FORMAT_VERSION ||
        little_endian(bytes + FORMAT_AT_SCHEMA, 8) != schema_hash())
        return "another version of cuhostlint wrote it";
    size_t payload = len - FORMAT_HEADER;
    if (little_endian(bytes + FORMAT_AT_LENGTH, 8) != payload)
        return "its length is wrong";
    if (little_endian(bytes + FORMAT_AT_CHECKSUM, 8) != hash_bytes(bytes + FORMAT_HEADER, payload))
        return "its checksum is wrong";
    return NULL;
}

static const struct error *damaged(struct arena *arena, const char *problem)
{
    return error_new(arena, ERROR_ANALYSIS, "the stored analysis cannot be read: %s", problem);
}

const struct error *ir_read(struct arena *arena, const void *bytes, size_t len,
                            struct ir_unit **unit)
{
    const char *problem = check_header(bytes, len);
    if (problem)
        return damaged(arena, problem);
    struct reader reader = {.arena = arena,
                            .next = (const unsigned char *)bytes + FORMAT_HEADER,
                            .end = (const unsigned char *)bytes + len};
    struct ir_unit *read = arena_new_object(arena, struct ir_unit);
    read->arena = arena;
    get_texts(&reader);
    get_struct(&reader, &schema_unit, read);
    if (!reader.problem && reader.next != reader.end)
        fail(&reader, "there is more than a unit in it");
    if (reader.problem)
        return damaged(arena, reader.problem);
    const struct error *error = ir_check(arena, read);
    if (!error)
        *unit = read;
    return error;
}

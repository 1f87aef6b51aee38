/* A unit behind its header: what is read well can be printed and written, and reads back the same.
 */
#include "fuzz.h"
#include "ir/format.h"
#include "ir/print.h"
#include "ir/read.h"
#include "ir/schema.h"
#include "ir/write.h"
#include "support/map.h"

#include <stdio.h>
#include <string.h>

static void put(unsigned char *at, uint64_t number, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        at[i] = (unsigned char)(number >> (8 * i));
}

/* The bytes with the header that makes ir_read look at them. */
static const unsigned char *with_header(struct arena *arena, const uint8_t *data, size_t size)
{
    unsigned char *bytes = arena_alloc(arena, FORMAT_HEADER + size);
    put(bytes + FORMAT_AT_MAGIC, FORMAT_MAGIC, 4);
    put(bytes + FORMAT_AT_VERSION, FORMAT_VERSION, 4);
    put(bytes + FORMAT_AT_SCHEMA, schema_hash(), 8);
    put(bytes + FORMAT_AT_LENGTH, size, 8);
    put(bytes + FORMAT_AT_CHECKSUM, hash_bytes(data, size), 8);
    if (size)
        memcpy(bytes + FORMAT_HEADER, data, size);
    return bytes;
}

static void check_unit(struct arena *arena, const struct ir_unit *unit)
{
    unsigned char *first, *second;
    size_t first_len, second_len;
    struct ir_unit *again;
    FILE *out = fopen("/dev/null", "w");
    ir_print(out, unit);
    fclose(out);
    ir_write(arena, unit, &first, &first_len);
    fuzz_check(!ir_read(arena, first, first_len, &again), "what was written can be read");
    ir_write(arena, again, &second, &second_len);
    fuzz_check(first_len == second_len && memcmp(first, second, first_len) == 0,
               "a unit is written as it was read");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct ir_unit *unit;
    (void)ir_read(arena, data, size, &unit);
    if (!ir_read(arena, with_header(arena, data, size), FORMAT_HEADER + size, &unit))
        check_unit(arena, unit);
    arena_free(arena);
    return 0;
}

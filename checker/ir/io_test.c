/* Writer, reader and check: any unit survives the round trip, and no bytes hurt the reader. */
#include "ir/check.h"
#include "ir/format.h"
#include "ir/read.h"
#include "ir/schema.h"
#include "ir/write.h"
#include "support/map.h"
#include "support/testing.h"

#include <string.h>

/* ---- units made at random from the schema ------------------------------------------------ */

enum { TABLE_LENGTH = 3 }; /* of every table, so that every index below it is good */

struct maker {
    struct arena *arena;
    uint64_t seed;
};

static uint64_t random_u64(struct maker *maker)
{
    return hash_u64(maker->seed++);
}

static uint32_t random_u32(struct maker *maker, const struct schema_field *field)
{
    if (field->table != TABLE_NONE)
        return (uint32_t)(random_u64(maker) % TABLE_LENGTH);
    /* small, large and all-ones numbers alike */
    return random_u64(maker) % 4 ? (uint32_t)(random_u64(maker) >> (32 + random_u64(maker) % 32))
                                 : IR_NONE;
}

static const char *random_text(struct maker *maker, bool may_be_null)
{
    static const char *const texts[] = {"", "p", "cudaHostRegister", "std::vector<float *>",
                                        "\xc3\xa9\n\"\\"};
    if (may_be_null && random_u64(maker) % 3 == 0)
        return NULL;
    return texts[random_u64(maker) % (sizeof texts / sizeof *texts)];
}

static void make_struct(struct maker *maker, const struct schema *schema, void *object);

static void make_vector(struct maker *maker, const struct schema_field *field, void *at)
{
    size_t sizes[] = {[SCHEMA_LIST] = field->schema ? field->schema->size : 0,
                      [SCHEMA_NUMBERS] = sizeof(uint32_t),
                      [SCHEMA_TEXTS] = sizeof(const char *)};
    struct schema_vector vector = {arena_array(maker->arena, TABLE_LENGTH, sizes[field->kind]),
                                   TABLE_LENGTH, TABLE_LENGTH};
    for (size_t i = 0; i < vector.len; i++) {
        char *element = (char *)vector.data + i * sizes[field->kind];
        if (field->kind == SCHEMA_NUMBERS)
            *(uint32_t *)(void *)element = random_u32(maker, field);
        else if (field->kind == SCHEMA_TEXTS)
            *(const char **)(void *)element = random_text(maker, false);
        else
            make_struct(maker, field->schema, element);
    }
    memcpy(at, &vector, sizeof vector);
}

static void make_field(struct maker *maker, const struct schema_field *field, void *at)
{
    void *inner;
    switch (field->kind) {
    case SCHEMA_BOOL:
        *(bool *)at = random_u64(maker) & 1;
        break;
    case SCHEMA_U8:
        *(uint8_t *)at = (uint8_t)random_u64(maker);
        break;
    case SCHEMA_U32:
        *(uint32_t *)at = random_u32(maker, field);
        break;
    case SCHEMA_U64:
    case SCHEMA_I64:
        *(uint64_t *)at = random_u64(maker) >> (random_u64(maker) % 64);
        break;
    case SCHEMA_ENUM:
        *(unsigned *)at = (unsigned)(random_u64(maker) % (field->highest + 1));
        break;
    case SCHEMA_TEXT:
        *(const char **)at = random_text(maker, field->may_be_null);
        break;
    case SCHEMA_STRUCT:
        make_struct(maker, field->schema, at);
        break;
    case SCHEMA_OPTIONAL:
        inner = arena_alloc(maker->arena, field->schema->size);
        make_struct(maker, field->schema, inner);
        memcpy(at, &inner, sizeof inner);
        break;
    case SCHEMA_LIST:
    case SCHEMA_NUMBERS:
    case SCHEMA_TEXTS:
        make_vector(maker, field, at);
        break;
    }
}

static void make_struct(struct maker *maker, const struct schema *schema, void *object)
{
    for (size_t i = 0; i < schema->count; i++)
        make_field(maker, &schema->fields[i], (char *)object + schema->fields[i].offset);
}

static void complete_parts(struct ir_global *global)
{
    for (size_t i = 0; i < global->parts.len; i++) {
        struct ir_part *part = &global->parts.data[i];
        part->function %= TABLE_LENGTH;
        part->global %= TABLE_LENGTH;
        if (!part->text)
            part->text = "";
    }
}

/* What ir_check wants beyond good indexes. */
static void make_consistent(struct ir_unit *unit)
{
    static const size_t targets[] = {
        [IR_JUMP] = 1, [IR_BRANCH] = 2, [IR_SWITCH] = TABLE_LENGTH, [IR_UNREACHABLE] = 0};
    for (size_t i = 0; i < unit->globals.len; i++)
        complete_parts(&unit->globals.data[i]);
    for (size_t i = 0; i < unit->functions.len; i++) {
        struct ir_function *function = &unit->functions.data[i];
        function->param_count %= TABLE_LENGTH + 1;
        for (size_t j = 0; j < function->ops.len; j++)
            function->ops.data[j].aux %= TABLE_LENGTH;
        for (size_t j = 0; j < function->blocks.len; j++) {
            struct ir_block *block = &function->blocks.data[j];
            block->targets.len = targets[block->terminator];
            block->cases.len = TABLE_LENGTH - 1;
        }
    }
}

static struct ir_unit *make_unit(struct arena *arena, uint64_t seed)
{
    struct maker maker = {arena, seed * 1000003};
    struct ir_unit *unit = arena_new_object(arena, struct ir_unit);
    unit->arena = arena;
    make_struct(&maker, &schema_unit, unit);
    make_consistent(unit);
    return unit;
}

/* ---- helpers ----------------------------------------------------------------------------- */

struct bytes {
    unsigned char *data;
    size_t len;
};

static struct bytes written(struct arena *arena, const struct ir_unit *unit)
{
    struct bytes bytes;
    ir_write(arena, unit, &bytes.data, &bytes.len);
    return bytes;
}

/* Makes a damaged payload look whole, so that the damage reaches the inner reader. */
static void repair_header(struct bytes bytes)
{
    uint64_t checksum = hash_bytes(bytes.data + FORMAT_HEADER, bytes.len - FORMAT_HEADER);
    uint64_t len = bytes.len - FORMAT_HEADER;
    for (size_t i = 0; i < 8; i++) {
        bytes.data[FORMAT_AT_CHECKSUM + i] = (unsigned char)(checksum >> (8 * i));
        bytes.data[FORMAT_AT_LENGTH + i] = (unsigned char)(len >> (8 * i));
    }
}

static const struct error *read_back(struct arena *arena, struct bytes bytes, struct ir_unit **unit)
{
    *unit = NULL;
    /* a copy of exactly that size lets the sanitizer see a byte too many */
    unsigned char *exact = test_malloc(bytes.len + !bytes.len);
    if (bytes.len)
        memcpy(exact, bytes.data, bytes.len);
    const struct error *error = ir_read(arena, exact, bytes.len, unit);
    test_free(exact);
    return error;
}

/* ---- tests ------------------------------------------------------------------------------- */

static void round_trip_keeps_everything(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct arena *arena = arena_new();
        struct bytes first = written(arena, make_unit(arena, seed));
        struct ir_unit *unit;
        const struct error *error = read_back(arena, first, &unit);
        if (error)
            fail_msg("seed %d: %s", (int)seed, error->message);
        struct bytes second = written(arena, unit);
        assert_int_equal(first.len, second.len);
        assert_memory_equal(first.data, second.data, first.len);
        arena_free(arena);
    }
}

static void values_come_back_as_written(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct ir_unit *made = make_unit(arena, 7);
    made->types.data[1].size = IR_SIZE_UNKNOWN;
    made->types.data[1].element = IR_NONE;
    made->types.data[2].count = 1;
    made->globals.data[0].parts.data[0].number = INT64_MIN;
    made->globals.data[1].parts.data[0].number = -1;
    made->first_error = NULL;
    made->functions.data[2].ops.data[1].call = NULL;
    made->functions.data[2].ops.data[1].code = IR_NOP;
    made->sites.len = 0;
    made->errors_in_user_files = 4000000000u;
    struct ir_unit *unit;
    assert_null(read_back(arena, written(arena, made), &unit));
    assert_true(unit->types.data[1].size == IR_SIZE_UNKNOWN);
    assert_int_equal(unit->types.data[1].element, IR_NONE);
    assert_int_equal(unit->types.data[2].count, 1);
    assert_true(unit->globals.data[0].parts.data[0].number == INT64_MIN);
    assert_true(unit->globals.data[1].parts.data[0].number == -1);
    assert_null(unit->first_error);
    assert_null(unit->functions.data[2].ops.data[1].call);
    assert_int_equal(unit->sites.len, 0);
    assert_int_equal(unit->errors_in_user_files, 4000000000u);
    assert_ptr_equal(unit->arena, arena);
    for (size_t i = 0; i < TABLE_LENGTH; i++)
        assert_string_equal(unit->functions.data[i].qualified, made->functions.data[i].qualified);
    arena_free(arena);
}

static void empty_unit_is_a_unit(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct ir_unit *unit;
    assert_null(read_back(arena, written(arena, &(struct ir_unit){.source = "/a.c"}), &unit));
    assert_string_equal(unit->source, "/a.c");
    arena_free(arena);
}

static void truncated_at_every_length_is_an_error(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct bytes whole = written(arena, make_unit(arena, 1));
    unsigned char *copy = arena_copy(arena, whole.data, whole.len);
    for (size_t len = 0; len < whole.len; len++) {
        struct arena *inner = arena_new();
        struct ir_unit *unit;
        assert_non_null(read_back(inner, (struct bytes){whole.data, len}, &unit));
        if (len >= FORMAT_HEADER) {
            memcpy(copy, whole.data, whole.len);
            repair_header((struct bytes){copy, len});
            assert_non_null(read_back(inner, (struct bytes){copy, len}, &unit));
        }
        arena_free(inner);
    }
    arena_free(arena);
}

static void any_flipped_bit_is_noticed(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct bytes bytes = written(arena, make_unit(arena, 2));
    for (size_t i = 0; i < 3000; i++) {
        size_t bit = (size_t)(hash_u64(i) % (bytes.len * 8));
        struct arena *inner = arena_new();
        struct ir_unit *unit;
        bytes.data[bit / 8] ^= (unsigned char)(1u << bit % 8);
        assert_non_null(read_back(inner, bytes, &unit));
        bytes.data[bit / 8] ^= (unsigned char)(1u << bit % 8);
        arena_free(inner);
    }
    arena_free(arena);
}

/* With a good checksum the reader itself must stand: it gives an error, or a unit in which every
 * index is good. */
static void damaged_payload_never_passes_unchecked(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct bytes whole = written(arena, make_unit(arena, 3));
    unsigned char *copy = arena_alloc(arena, whole.len);
    size_t refused = 0, accepted = 0;
    for (uint64_t round = 0; round < 4000; round++) {
        memcpy(copy, whole.data, whole.len);
        for (uint64_t flip = 0; flip <= round % 4; flip++) {
            size_t at =
                FORMAT_HEADER + (size_t)(hash_u64(round * 4 + flip) % (whole.len - FORMAT_HEADER));
            copy[at] = (unsigned char)hash_u64(round ^ (flip << 40));
        }
        struct bytes damaged = {copy, whole.len};
        repair_header(damaged);
        struct arena *inner = arena_new();
        struct ir_unit *unit;
        if (read_back(inner, damaged, &unit)) {
            refused++;
        } else {
            accepted++;
            assert_null(ir_check(inner, unit));
        }
        arena_free(inner);
    }
    assert_true(refused > 1000); /* both outcomes do occur: the test reaches the inner reader */
    assert_true(accepted > 10);
    arena_free(arena);
}

static void check_names_what_is_wrong(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct ir_unit *unit = make_unit(arena, 4);
    assert_null(ir_check(arena, unit));
    struct ir_function *function = &unit->functions.data[1];

    function->ops.data[2].type = 99;
    assert_non_null(strstr(ir_check(arena, unit)->message, "type is out of range"));
    function->ops.data[2].type = IR_NONE;
    assert_null(ir_check(arena, unit));

    function->ops.data[0] = (struct ir_op){.code = IR_ADDR_LOCAL,
                                           .aux = IR_NONE,
                                           .type = IR_NONE,
                                           .a = IR_NONE,
                                           .b = IR_NONE,
                                           .loc = IR_NO_LOC};
    assert_non_null(strstr(ir_check(arena, unit)->message, "operation 0 points outside"));
    function->ops.data[0].code = IR_STORE;
    assert_non_null(strstr(ir_check(arena, unit)->message, "operation 0 lacks an operand"));
    function->ops.data[0].code = IR_NOP;
    assert_null(ir_check(arena, unit));

    function->blocks.data[1].terminator = IR_BRANCH;
    function->blocks.data[1].targets.len = 1;
    assert_non_null(strstr(ir_check(arena, unit)->message, "block 1 has 1 targets, not 2"));
    arena_free(arena);
}

/* A field that schema.c forgot shows as a hole between the others that padding cannot explain. */
static void assert_covers(const struct schema *schema, size_t from)
{
    unsigned char covered[1024] = {0};
    assert_true(schema->size <= sizeof covered);
    memset(covered, 1, from);
    for (size_t i = 0; i < schema->count; i++) {
        const struct schema_field *field = &schema->fields[i];
        memset(covered + field->offset, 1, field->size);
        if (field->schema && field->schema != schema)
            assert_covers(field->schema, 0);
    }
    size_t hole = 0;
    for (size_t i = 0; i < schema->size; i++) {
        hole = covered[i] ? 0 : hole + 1;
        if (hole > 7 || (hole == 4 && i % 8 == 3))
            fail_msg("struct %s: nothing describes the bytes around %d", schema->name, (int)i);
    }
}

static void schema_describes_every_field(void **state)
{
    (void)state;
    assert_covers(&schema_unit, sizeof(struct arena *));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(round_trip_keeps_everything),
        cmocka_unit_test(values_come_back_as_written),
        cmocka_unit_test(empty_unit_is_a_unit),
        cmocka_unit_test(truncated_at_every_length_is_an_error),
        cmocka_unit_test(any_flipped_bit_is_noticed),
        cmocka_unit_test(damaged_payload_never_passes_unchecked),
        cmocka_unit_test(check_names_what_is_wrong),
        cmocka_unit_test(schema_describes_every_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Each way in which a body can be broken is told, and a sound one is called sound. */
#include "ir/verify.h"
#include "support/testing.h"

#include <string.h>

enum { TYPES = 2, OPS = 8, MOST_WRITES = 2 };

struct sample {
    struct ir_unit unit;
    struct ir_function functions[2];
    struct ir_type types[TYPES];
    struct ir_global global;
    struct ir_local local;
    struct ir_op ops[OPS];
    struct ir_block blocks[3];
    struct ir_call call;
    struct ir_loc arg_loc;
    ir_id args[1], first[4], second[2], third[1], ways[2], way[1];
};

#define LIST(vector, array)                                                                        \
    ((vector).data = (array), (vector).len = (vector).cap = sizeof(array) / sizeof *(array))

/* if (*p) { *p = f(*p + *p); } global; */
static void make(struct sample *s, struct arena *arena)
{
    const enum ir_opcode codes[OPS] = {IR_ADDR_LOCAL, IR_LOAD,        IR_BINARY,     IR_CALL,
                                       IR_STORE,      IR_ADDR_GLOBAL, IR_ADDR_LOCAL, IR_ADDR_LOCAL};
    const ir_value first[OPS] = {IR_NONE, 0, 1, IR_NONE, 0, IR_NONE, IR_NONE, IR_NONE};
    const ir_value second[OPS] = {IR_NONE, IR_NONE, 1, IR_NONE, 3, IR_NONE, IR_NONE, IR_NONE};
    struct ir_function *f = &s->functions[0];
    *s = (struct sample){.args = {2},
                         .first = {0, 1, 2, 3},
                         .second = {4, 7},
                         .third = {5},
                         .ways = {1, 2},
                         .way = {2}};
    for (size_t i = 0; i < OPS; i++)
        s->ops[i] = (struct ir_op){
            .code = codes[i], .type = i == 4 ? IR_NONE : 0, .a = first[i], .b = second[i]};
    s->ops[3].call = &s->call;
    s->call = (struct ir_call){.function = 1, .callee = IR_NONE, .into = IR_NONE};
    LIST(s->call.args, s->args);
    s->call.arg_locs.data = &s->arg_loc;
    s->call.arg_locs.len = 1;
    s->blocks[0] = (struct ir_block){.terminator = IR_BRANCH, .value = 1, .unwind = IR_NONE};
    s->blocks[1] = (struct ir_block){.terminator = IR_JUMP, .value = IR_NONE, .unwind = 2};
    s->blocks[2] = (struct ir_block){.terminator = IR_RETURN, .value = IR_NONE, .unwind = IR_NONE};
    LIST(s->blocks[0].ops, s->first);
    LIST(s->blocks[1].ops, s->second);
    LIST(s->blocks[2].ops, s->third);
    LIST(s->blocks[0].targets, s->ways);
    LIST(s->blocks[1].targets, s->way);
    *f = (struct ir_function){.qualified = "f", .has_body = true, .param_count = 1};
    f->locals.data = &s->local;
    f->locals.len = 1;
    LIST(f->ops, s->ops);
    LIST(f->blocks, s->blocks);
    s->unit = (struct ir_unit){.arena = arena};
    LIST(s->unit.functions, s->functions);
    LIST(s->unit.types, s->types);
    s->unit.globals.data = &s->global;
    s->unit.globals.len = 1;
}

/* A number in the sample that becomes another one; those of lists' lengths are wider. */
struct write {
    size_t offset;
    uint32_t number;
    bool is_length;
};

static void spoil(struct sample *s, const struct write *write)
{
    size_t length = write->number;
    char *at = (char *)s + write->offset;
    if (write->is_length)
        memcpy(at, &length, sizeof length);
    else if (write->offset)
        memcpy(at, &write->number, sizeof write->number);
}

#define AT(place) offsetof(struct sample, place)

static const struct {
    const char *problem;
    struct write writes[MOST_WRITES];
} cases[] = {
    {"f: an operation refers to nothing (0)", {{AT(ops[0].aux), 9, false}}},
    {"f: an operation refers to nothing (5)", {{AT(ops[5].aux), 9, false}}},
    {"refers to nothing", {{AT(ops[5].code), IR_ADDR_FUNCTION, false}, {AT(ops[5].aux), 9, false}}},
    {"refers to nothing", {{AT(ops[5].code), IR_SIZEOF, false}, {AT(ops[5].aux), 9, false}}},
    {"refers to nothing", {{AT(ops[1].code), IR_INDEX, false}, {AT(ops[1].aux), 9, false}}},
    {"an operand does not exist (2)", {{AT(ops[2].a), 99, false}}},
    {"an operand has no value (2)", {{AT(ops[2].a), 4, false}}},
    {"an operand stands in no block (4)", {{AT(ops[4].b), 6, false}}},
    {"an operand is defined after its use (1)", {{AT(ops[1].a), 3, false}}},
    {"a call without its parts (4)", {{AT(ops[4].code), IR_CALL, false}}},
    {"arguments and their positions differ", {{AT(call.arg_locs.len), 0, true}}},
    {"an argument is missing (3)", {{AT(args[0]), IR_NONE, false}}},
    {"a call of a function that does not exist", {{AT(call.function), 9, false}}},
    {"a call of nothing (3)", {{AT(call.function), IR_NONE, false}}},
    {"of a type that does not exist (1)", {{AT(ops[1].type), 9, false}}},
    {"lacks its first operand (1)", {{AT(ops[1].a), IR_NONE, false}}},
    {"lacks its second operand (2)", {{AT(ops[2].b), IR_NONE, false}}},
    {"too few or too many ways out (0)", {{AT(blocks[0].targets.len), 1, true}}},
    {"too few or too many ways out (0)", {{AT(blocks[0].terminator), IR_SWITCH, false}}},
    {"too few or too many ways out (1)", {{AT(blocks[1].terminator), IR_THROW, false}}},
    {"a block leads nowhere (0)", {{AT(ways[0]), 9, false}}},
    {"an exception leads nowhere (0)", {{AT(blocks[0].unwind), 9, false}}},
    {"a branch on nothing (0)", {{AT(blocks[0].value), IR_NONE, false}}},
    {"a branch on what has no value (0)", {{AT(blocks[0].value), 4, false}}},
    {"operations out of order (0)", {{AT(first[0]), 1, false}, {AT(first[1]), 0, false}}},
    {"stands in two blocks, or does not exist (4)", {{AT(first[0]), 4, false}}},
    {"not defined on every path to its use (5)", {{AT(ops[5].a), 7, false}}},
    {"a body without blocks", {{AT(functions[0].blocks.len), 0, true}}},
    {"parameters are missing", {{AT(functions[0].param_count), 9, false}}},
};

static void sound_bodies_are_sound(void **state)
{
    struct sample sample;
    make(&sample, *state);
    assert_null(ir_verify(&sample.unit));
    sample.ops[5].code = IR_HAVOC; /* needs no parts */
    assert_null(ir_verify(&sample.unit));
    sample.functions[0].has_body = false;
    sample.functions[0].blocks.len = 0;
    assert_null(ir_verify(&sample.unit));
}

static void broken_bodies_are_told(void **state)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sample sample;
        make(&sample, *state);
        for (size_t j = 0; j < MOST_WRITES; j++)
            spoil(&sample, &cases[i].writes[j]);
        const char *problem = ir_verify(&sample.unit);
        if (!problem || !strstr(problem, cases[i].problem))
            fail_msg("'%s' instead of '%s'", problem ? problem : "", cases[i].problem);
    }
}

int main(void)
{
    struct arena *arena = arena_new();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(sound_bodies_are_sound, arena),
        cmocka_unit_test_prestate(broken_bodies_are_told, arena),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}

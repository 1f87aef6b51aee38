#include "engine/program/ahead.h"

#include "engine/program/flow.h"

#include <string.h>

enum { BITS = NAME_WORDS * 64 };

/* The key of a static begins with its file: names are the same wherever the project lies. */
uint32_t name_of_text(const char *text)
{
    const char *slash = strrchr(text, '/');
    text = slash && slash[1] ? slash + 1 : text;
    return (uint32_t)(hash_bytes(text, strlen(text)) >> 33) | 1U;
}

uint32_t name_of_callee(const struct ir_function *callee)
{
    return (uint32_t)(hash_u64(name_of_text(callee->qualified)) >> 33) | 1U;
}

uint32_t name_of_op(const struct ir_unit *unit, const struct ir_op *op)
{
    if (op->code == IR_FIELD)
        return op->text ? name_of_text(op->text) : 0;
    if (op->code == IR_ADDR_GLOBAL)
        return name_of_text(program_global_key(&unit->globals.data[op->aux]));
    if (op->code == IR_CALL && op->call->function != IR_NONE)
        return name_of_callee(&unit->functions.data[op->call->function]);
    return 0;
}

static unsigned bit_of(uint32_t name)
{
    return (name >> 8) % BITS;
}

void name_set_add(struct name_set *set, uint32_t name)
{
    if (name)
        set->words[bit_of(name) / 64] |= (uint64_t)1 << (bit_of(name) % 64);
}

void name_set_add_all(struct name_set *set)
{
    memset(set, 0xff, sizeof *set);
}

bool name_set_unite(struct name_set *set, const struct name_set *other)
{
    bool grew = false;
    for (size_t i = 0; i < NAME_WORDS; i++) {
        grew |= (other->words[i] & ~set->words[i]) != 0;
        set->words[i] |= other->words[i];
    }
    return grew;
}

bool name_set_has(const struct name_set *set, uint32_t name)
{
    return (set->words[bit_of(name) / 64] >> (bit_of(name) % 64)) & 1;
}

static bool grow(const struct ir_block *block, const struct name_set *names, struct name_set *ahead,
                 struct name_set *at_start)
{
    bool grew = name_set_unite(at_start, names);
    for (size_t t = 0; t < block->targets.len; t++)
        grew |= name_set_unite(at_start, &ahead[block->targets.data[t]]);
    if (block->unwind != IR_NONE)
        grew |= name_set_unite(at_start, &ahead[block->unwind]);
    return grew;
}

const struct name_set *ahead_at(const struct ir_function *function, struct flow *flow, ir_id block)
{
    if (flow->ahead)
        return &flow->ahead[block];
    flow->ahead = arena_new_array(flow->between.arena, function->blocks.len, struct name_set);
    for (bool grew = true; grew;) {
        grew = false;
        for (ir_id b = (ir_id)function->blocks.len; b-- > 0;)
            grew |= grow(&function->blocks.data[b], &flow->names[b], flow->ahead, &flow->ahead[b]);
    }
    return &flow->ahead[block];
}

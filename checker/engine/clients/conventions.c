#include "engine/clients/conventions.h"

#include "engine/clients/lifecycles.h"

#include <ctype.h>
#include <string.h>

bool convention_is_public(const struct program *program, uint32_t unit, ir_id function)
{
    const struct program_function *entry =
        &program->functions.data[program_number(program, unit, function)];
    return entry->ir->kind == IR_FUNCTION_FREE && !entry->ir->in_system_header &&
           (!entry->ir->is_static || entry->is_address_taken);
}

bool convention_is_left_to_clients(const struct program *program, uint32_t unit, ir_id function)
{
    return convention_is_public(program, unit, function) &&
           lifecycles_is_of_unit(program, unit, function) &&
           lifecycles_may_call(&program->units[unit]->functions.data[function]) &&
           !program->functions.data[program_number(program, unit, function)].is_called;
}

/* Has the name the word in it, by itself: buf_free, bufFree, free_buf? */
static bool has_word(const char *name, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = name; *at; at++) {
        bool is_begin = at == name || !isalpha((unsigned char)at[-1]) ||
                        (isupper((unsigned char)*at) && islower((unsigned char)at[-1]));
        size_t same = 0;
        while (same < len && tolower((unsigned char)at[same]) == word[same])
            same++;
        if (is_begin && same == len && !islower((unsigned char)at[len]))
            return true;
    }
    return false;
}

static bool is_named_after(const struct ir_function *function, const char *const *words)
{
    for (; *words; words++)
        if (has_word(function->name, *words))
            return true;
    return false;
}

bool convention_is_end(const struct ir_function *function)
{
    static const char *const words[] = {"destroy",  "free",     "delete",   "close", "fini",
                                        "cleanup",  "release",  "finalize", "term",  "terminate",
                                        "dispose",  "deinit",   "uninit",   "exit",  "shutdown",
                                        "destruct", "teardown", NULL};
    return is_named_after(function, words);
}

bool convention_is_beginning(const struct ir_function *function)
{
    static const char *const words[] = {"init",  "create", "initialize", "setup",
                                        "alloc", "new",    "construct",  NULL};
    return is_named_after(function, words) && !convention_is_end(function);
}

bool convention_success(const struct ir_unit *unit, const struct ir_function *maker,
                        enum life_success *success)
{
    enum ir_type_kind kind =
        maker->result_type == IR_NONE ? IR_TYPE_VOID : unit->types.data[maker->result_type].kind;
    *success = kind == IR_TYPE_VOID   ? LIFE_MADE_ALWAYS
               : kind == IR_TYPE_BOOL ? LIFE_MADE_IF_NOT_ZERO
                                      : LIFE_MADE_IF_ZERO;
    if (kind == IR_TYPE_INT && !unit->types.data[maker->result_type].is_signed)
        return false; /* a number of something: none is 0 */
    if (kind != IR_TYPE_INT)
        return kind == IR_TYPE_VOID || kind == IR_TYPE_BOOL || kind == IR_TYPE_ENUM;
    bool may_say_yes = false; /* 1 of 0 and 1 */
    for (size_t i = 0; i < maker->blocks.len; i++) {
        const struct ir_block *block = &maker->blocks.data[i];
        if (block->terminator != IR_RETURN || block->value == IR_NONE)
            continue;
        const struct ir_op *op = ir_behind_casts(maker, block->value);
        if (op->code != IR_CONST || op->number > 1)
            return true; /* of several errors: none is 0 */
        may_say_yes |= op->number == 1;
    }
    return !may_say_yes;
}

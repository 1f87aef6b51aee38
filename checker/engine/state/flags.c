#include "engine/state/flags.h"

#include "engine/state/memory.h"

enum { MAX_BIT_OPERATIONS = 4 }; /* looked into: ((flags | 1) & 2) */

static bool is_content(const struct engine *engine, value_id subject, int depth)
{
    const struct symbol *symbol = symbol_of(&engine->values, subject);
    if (symbol && symbol->kind == SYMBOL_WIDENED)
        return !symbol->is_pointer && depth > 0; /* bits are flags, no count of turns */
    if (symbol)
        return !symbol->is_pointer &&
               (symbol->kind == SYMBOL_CONTENT || symbol->kind == SYMBOL_UNINITIALISED);
    const struct value *value = value_at(&engine->values, subject);
    return value->kind == VALUE_OPERATION && depth < MAX_BIT_OPERATIONS &&
           (value->sub == IR_AND || value->sub == IR_OR) &&
           (is_content(engine, value->a, depth + 1) || is_content(engine, value->b, depth + 1));
}

bool flag_is_content(const struct engine *engine, value_id subject)
{
    return is_content(engine, subject, 0);
}

bool flag_is_counted(struct engine *engine, const struct state *state, value_id subject)
{
    value_id place = map_get_u64(&engine->made_of, subject), now;
    if (place == MAP_NONE || !memory_peek(state, place, &now) || now == subject)
        return false;
    return value_is_int(&engine->values, value_binary(&engine->values, IR_SUB, now, subject), NULL);
}

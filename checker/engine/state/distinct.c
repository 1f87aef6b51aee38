#include "engine/state/distinct.h"

/* Is one of them an object that came to be after the other was pointed to: a local, or what was
 * allocated, beside what a caller passed? Or on the heap, while the other is not? */
static bool is_no_pointee(const struct engine *engine, region_id object, region_id other)
{
    const struct region *region = region_at(&engine->values, object);
    const struct region *beside = region_at(&engine->values, other);
    const struct symbol *symbol =
        region->kind == REGION_POINTEE ? symbol_of(&engine->values, region->a) : NULL;
    if (beside->kind == REGION_POINTEE || !symbol)
        return false;
    return symbol->kind == SYMBOL_BLOCK ||
           (symbol->kind == SYMBOL_PARAMETER && beside->kind == REGION_LOCAL);
}

enum truth distinct_compare(struct engine *engine, value_id a, value_id b)
{
    region_id ra, rb;
    value_id oa, ob;
    if (!value_as_address(&engine->values, a, &ra, &oa) ||
        !value_as_address(&engine->values, b, &rb, &ob))
        return TRUTH_UNKNOWN;
    if (ra == rb)
        return oa == ob ? TRUTH_TRUE : TRUTH_UNKNOWN;
    value_id whole_a = value_base(&engine->values, a, &oa);
    value_id whole_b = value_base(&engine->values, b, &ob);
    if (!value_as_address(&engine->values, whole_a, &ra, &oa) ||
        !value_as_address(&engine->values, whole_b, &rb, &ob))
        return TRUTH_UNKNOWN;
    uint32_t ka = region_at(&engine->values, ra)->kind, kb = region_at(&engine->values, rb)->kind;
    bool are_known = ra != rb && ka != REGION_POINTEE && kb != REGION_POINTEE;
    if (are_known || is_no_pointee(engine, ra, rb) || is_no_pointee(engine, rb, ra))
        return TRUTH_FALSE;
    return TRUTH_UNKNOWN;
}

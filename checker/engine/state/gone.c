/* What a path has no way to any more. */
#include "engine/program/ahead.h"
#include "engine/program/liveness.h"
#include "engine/state/context.h"
#include "engine/state/marks.h"
#include "engine/unseen/moments.h"

/* NULL: the path has left it. */
static const struct open_frame *find_frame(const struct marks *marks, context_id context)
{
    for (size_t i = 0; i < marks->frame_count; i++)
        if (marks->frames[i].context == context)
            return &marks->frames[i];
    return NULL;
}

bool marks_uses_temp(const struct marks *marks, uint64_t key)
{
    const struct open_frame *frame = find_frame(marks, (context_id)(key >> 32));
    if (!frame)
        return false;
    const struct program_function *function = context_function(marks->engine, frame->context);
    return live_has_value(frame->live, function->ir, function->flow, (uint32_t)key);
}

/* By its name, or by an address that the path has in hand: a reference, a pointer to the member. */
static bool is_mentioned_ahead(const struct marks *marks, value_id place)
{
    return marks_know_place(marks, place) || marks_has(marks, place);
}

/* Does nothing give the symbol to the path any more? What memory held can be read again, as long as
 * it is the same and there is a way to it. */
static bool is_gone(const struct marks *marks, value_id symbol)
{
    uint32_t source;
    switch ((enum symbol_kind)symbol_of(&marks->engine->values, symbol)->kind) {
    case SYMBOL_PARAMETER:
    case SYMBOL_RESULT:
    case SYMBOL_STATUS:
    case SYMBOL_BLOCK:
    case SYMBOL_BUFFER:
    case SYMBOL_WIDENED:
        return true;
    case SYMBOL_CONTENT:
        source = map_get_u64(&marks->engine->made_of, symbol);
        return !moment_is_present(marks->engine, marks->state, symbol) ||
               (source != MAP_NONE &&
                (!is_mentioned_ahead(marks, source) || marks_mention_gone(marks, source)));
    case SYMBOL_UNINITIALISED:
        source = map_get_u64(&marks->engine->made_of, symbol);
        return source != MAP_NONE && marks_mention_gone(marks, source);
    default:
        return false;
    }
}

static bool terms_mention_gone(const struct marks *marks, uint32_t terms)
{
    const struct values *values = &marks->engine->values;
    for (const struct term *term = term_at(values, terms); term; term = term_at(values, term->next))
        for (const struct monomial *m = monomial_at(values, term->monomial); m;
             m = monomial_at(values, m->next))
            if (marks_mention_gone(marks, m->atom))
                return true;
    return false;
}

/* Globals have names, and locals where the code ahead names them. The object of a member function
 * tells whether the same one recurs when it is called again. */
static bool has_no_name(const struct marks *marks, const struct region *local)
{
    const struct open_frame *frame = find_frame(marks, local->a);
    if (!frame)
        return true;
    const bool is_object =
        local->b == 0 && context_function(marks->engine, local->a)->ir->kind == IR_FUNCTION_METHOD;
    return !is_object && !live_has_local(frame->live, local->b);
}

static bool region_is_gone(const struct marks *marks, value_id address, region_id id)
{
    const struct region *region = region_at(&marks->engine->values, id);
    value_id offset;
    switch ((enum region_kind)region->kind) {
    case REGION_LOCAL:
        return has_no_name(marks, region) &&
               !marks_has(marks, value_base(&marks->engine->values, address, &offset));
    case REGION_POINTEE:
    case REGION_FIELD:
        return marks_mention_gone(marks, region->a);
    default:
        return false;
    }
}

static bool mentions_gone(const struct marks *marks, value_id id)
{
    struct value value = *value_at(&marks->engine->values, id);
    switch ((enum value_kind)value.kind) {
    case VALUE_INT:
        return terms_mention_gone(marks, value.a);
    case VALUE_SYMBOL:
        return is_gone(marks, id);
    case VALUE_ADDRESS:
        return region_is_gone(marks, id, value.a) || marks_mention_gone(marks, value.b);
    default:
        return marks_mention_gone(marks, value.a) || marks_mention_gone(marks, value.b);
    }
}

/* More marks make nothing gone that is present: that answer holds until fills go. That something is
 * gone holds until more is marked. A chain of pointers that were read one from another is gone
 * through once then, not once for each of its members. */
bool marks_mention_gone(const struct marks *marks, value_id id)
{
    struct engine *engine = marks->engine;
    if (id == VALUE_NONE || marks_has(marks, id))
        return false;
    while (engine->presence.len <= id)
        vec_push(engine->arena, &engine->presence, (struct presence){0});
    const struct presence known = engine->presence.data[id];
    if (known.present == engine->present || known.gone == engine->gone)
        return known.gone == engine->gone;
    const bool is_gone = mentions_gone(marks, id);
    if (is_gone)
        engine->presence.data[id].gone = engine->gone;
    else
        engine->presence.data[id].present = engine->present;
    return is_gone;
}

void marks_doubt_presence(const struct marks *marks)
{
    marks->engine->present++;
}

bool marks_know_place(const struct marks *marks, value_id place)
{
    const uint32_t name = place_name(&marks->engine->values, place);
    return !name || place_is_hidden(&marks->engine->values, place) ||
           name_set_has(&marks->ahead, name);
}

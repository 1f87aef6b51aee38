#include "engine/pairs/deleters.h"

#include "engine/call/targets.h"
#include "engine/library/objects.h"
#include "engine/library/owners.h"
#include "engine/pairs/keepers.h"
#include "engine/pairs/kept.h"
#include "engine/program/ahead.h"
#include "engine/program/callee.h"
#include "engine/state/blocks.h"
#include "engine/state/memory.h"
#include "engine/value/pmap.h"

#include <string.h>

/* ---- what a deleter does ---- */

static bool only_releases(uint32_t effects)
{
    return (effects & FLOW_RELEASES) && !(effects & (FLOW_UNREGISTERS | FLOW_CALLS_UNKNOWN));
}

/* Is it a function of the program's own, all in sight, or of a library, that releases memory and
 * unregisters none? */
static bool function_releases(const struct engine *engine, uint32_t number)
{
    const struct program_function *function = &engine->program.functions.data[number];
    const struct model_function *model = callee_function_model(engine->models, function->ir, 1);
    if (model)
        return only_releases(flow_of_model(model));
    return function->ir->has_body && function->flow && only_releases(function->flow->all);
}

static bool class_releases(const struct engine *engine, const struct ir_unit *unit,
                           const struct ir_record *record)
{
    if (strcmp(record->name, "std::default_delete") == 0)
        return true;
    const uint32_t function = owner_call_operator(engine, unit, record);
    return function != MAP_NONE && function_releases(engine, function);
}

/* Is it a unique_ptr that does no more than to release, or a container of such? */
static bool type_releases(const struct engine *engine, const struct ir_unit *unit, ir_id type,
                          int depth)
{
    ir_id record = type == IR_NONE ? IR_NONE : unit->types.data[type].record;
    if (record == IR_NONE || depth > MAX_REACH)
        return false;
    const struct ir_record *owner = &unit->records.data[record];
    if (!owner->in_system_header || strcmp(owner->name, "std::default_delete") == 0)
        return depth > 0 && class_releases(engine, unit, owner);
    for (size_t a = 0; a < owner->arguments.len; a++)
        if (type_releases(engine, unit, owner->arguments.data[a], depth + 1))
            return true;
    return false;
}

static const struct ir_field *field_of(const struct engine *engine, const struct keeper *keeper)
{
    return keeper->of_this ? ir_field_named(keeper_class(engine), keeper->name) : NULL;
}

bool deleters_named_release(const struct engine *engine, const struct keeper *keeper)
{
    const struct ir_field *field = field_of(engine, keeper);
    return field &&
           type_releases(engine, engine->program.functions.data[engine->root].in, field->type, 0);
}

/* ---- what members are given ---- */

static struct asked_owner *asked_of_key(struct engine *engine, uint64_t key)
{
    for (size_t i = 0; i < engine->asked_owners.len; i++)
        if (engine->asked_owners.data[i].key == key)
            return &engine->asked_owners.data[i];
    return NULL;
}

/* The owner's class and what the library says of it; NULL: the member is no owner itself. */
static const struct model_container *owner_model(const struct engine *engine,
                                                 const struct keeper *keeper,
                                                 const struct ir_record **record)
{
    const struct ir_unit *unit = engine->program.functions.data[engine->root].in;
    const struct ir_field *field = field_of(engine, keeper);
    const ir_id id =
        field && field->type != IR_NONE ? unit->types.data[field->type].record : (ir_id)IR_NONE;
    *record = id == IR_NONE ? NULL : &unit->records.data[id];
    return *record ? models_container(engine->models, (*record)->name) : NULL;
}

/* Of instances of a class template each has members of its own. */
static uint64_t key_of(const struct engine *engine, const struct keeper *keeper)
{
    return hash_pair(keeper_key(keeper, true), keeper_instance(engine));
}

uint64_t deleters_ask(struct engine *engine, const struct keeper *keeper)
{
    const struct ir_record *owner;
    const struct ir_field *field = field_of(engine, keeper);
    const uint64_t key = key_of(engine, keeper);
    if (keeper->in_container || !field || !owner_model(engine, keeper, &owner) ||
        (keeper_class(engine)->arguments.len && !keeper_instance(engine)))
        return 0;
    const struct asked_owner asked = {.key = key,
                                      .unit = engine->program.functions.data[engine->root].unit,
                                      .record = keeper_class(engine),
                                      .member = field->name};
    if (!asked_of_key(engine, key))
        vec_push(engine->lasting, &engine->asked_owners, asked);
    return key;
}

bool deleters_may_set(const struct engine *engine, const struct program_function *function)
{
    for (size_t i = 0; function->flow && i < engine->asked_owners.len; i++)
        if (name_set_has(&function->flow->all_names,
                         name_of_text(engine->asked_owners.data[i].member)))
            return true;
    return false;
}

/* What the deleter does that the path gave the owner; unknown: it gave it none that is known. */
static enum truth given_releases(struct engine *engine, const struct state *state, value_id object,
                                 const struct model_container *container,
                                 const struct ir_record *record)
{
    struct state copy = *state;
    const struct ir_unit *unit = engine->program.functions.data[engine->root].in;
    value_id deleter, self, place = part_address(engine, object, "(deleter)");
    const bool has_deleter = memory_peek(state, place, &deleter);
    uint32_t function = has_deleter ? call_function_at(engine, deleter) : (uint32_t)MAP_NONE;
    if (function == MAP_NONE && memory_peek(state, part_address(engine, object, "(state)"), &self))
        function = callable_function_at(engine, &copy, place, &self);
    if (function != MAP_NONE)
        return function_releases(engine, function) ? TRUTH_TRUE : TRUTH_FALSE;
    const struct ir_record *class =
        owner_deleter_class(engine, &copy, object, container, record, &unit);
    if (class)
        return class_releases(engine, unit, class) ? TRUTH_TRUE : TRUTH_FALSE;
    if (has_deleter)
        return TRUTH_FALSE;
    return container->storage == MODEL_STORAGE_SHARED ? TRUTH_TRUE : TRUTH_UNKNOWN;
}

/* Of what a path allocated nobody else owned anything before: the owner was given that alone. */
static bool is_own(struct engine *engine, const struct state *state, value_id pointer)
{
    struct block block;
    value_id offset, base = value_base(&engine->values, pointer, &offset);
    return base != VALUE_NONE && block_get(engine, state, base, &block) &&
           (block.flags & BLOCK_OWN);
}

/* Was it found in the same member of another object of the class, that is moved or copied? */
static bool is_of_another(struct engine *engine, const struct keeper *keeper, value_id pointer)
{
    struct keeper other;
    const struct program_function *root = &engine->program.functions.data[engine->root];
    const value_id place = memory_found_at(engine, pointer);
    return place != VALUE_NONE && keeper_of(engine, place, &other) && !other.is_static &&
           strcmp(other.name, keeper->name) == 0 && callee_takes_own_class(root->in, root->ir, 1);
}

static void note_given(struct engine *engine, const struct state *state, value_id object,
                       value_id owned)
{
    struct keeper keeper;
    const struct ir_record *record;
    if (!keeper_of(engine, object, &keeper) || !keeper.of_this)
        return;
    const struct model_container *container = owner_model(engine, &keeper, &record);
    if (!container || is_of_another(engine, &keeper, owned))
        return;
    const uint64_t key = key_of(engine, &keeper);
    enum truth releases = TRUTH_FALSE;
    if (is_own(engine, state, owned) || owner_has_deleter(engine, state, object))
        releases = given_releases(engine, state, object, container, record);
    if (releases != TRUTH_UNKNOWN)
        map_set_u64(releases == TRUTH_TRUE ? &engine->plain_owners : &engine->other_owners, key, 1);
}

void deleters_path_ends(struct engine *engine, const struct state *state)
{
    if (engine->program.functions.data[engine->root].ir->record == IR_NONE)
        return;
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        const struct value *address = value_at(&engine->values, (value_id)cell);
        if (address->kind != VALUE_ADDRESS || content == 0)
            continue;
        const struct region *part = region_at(&engine->values, address->a);
        if (part->kind == REGION_FIELD &&
            strcmp(name_text(&engine->values, part->b), "(owned)") == 0 &&
            memory_found_at(engine, (value_id)content) != (value_id)cell)
            note_given(engine, state, part->a, (value_id)content);
    }
}

bool deleters_are_of_class(const struct engine *engine, value_id owner)
{
    struct keeper keeper;
    return keeper_of(engine, owner, &keeper) && keeper.of_this;
}

void deleters_shared(struct engine *engine, value_id owner)
{
    struct keeper keeper;
    if (keeper_of(engine, owner, &keeper) && keeper.of_this)
        map_set_u64(&engine->other_owners, key_of(engine, &keeper), 1);
}

bool deleters_release(struct engine *engine, uint64_t key)
{
    const struct asked_owner *asked = asked_of_key(engine, key);
    return asked && map_get_u64(&engine->plain_owners, key) != MAP_NONE &&
           map_get_u64(&engine->other_owners, key) == MAP_NONE &&
           kept_owner_is_in_sight(engine, asked->unit, asked->record, asked->member);
}

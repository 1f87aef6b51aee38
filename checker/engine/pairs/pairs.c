/* Registrations that a whole class or file owes: a member that some member function registers and
 * none unregisters, a file-local static that nothing in the file unregisters.
 *
 * The walk of one function cannot know. It notes which member or static keeps a block that is
 * registered when the path ends (a candidate finding), and which ones any path unregisters, or
 * hands to code out of sight; candidates_finish drops the candidates that found their partner. */
#include "engine/pairs/pairs.h"

#include "engine/events/events.h"
#include "engine/pairs/always_registered.h"
#include "engine/pairs/deleters.h"
#include "engine/pairs/keepers.h"
#include "engine/pairs/kept.h"
#include "engine/program/starts.h"
#include "engine/state/blocks.h"
#include "engine/state/constraint.h"
#include "engine/state/context.h"
#include "engine/state/memory.h"
#include "engine/state/registrations.h"
#include "engine/value/pmap.h"

#include <string.h>

enum { DEEPEST_CLOSURE = 3 }; /* closures made in closures: how deep they are followed */

/* Of which class a variable is; NULL: of none. */
static const struct ir_record *class_of_local(const struct engine *engine,
                                              const struct region *local)
{
    const struct program_function *function = context_function(engine, local->a);
    ir_id type = function->ir->locals.data[local->b].type;
    ir_id record = type == IR_NONE ? IR_NONE : function->in->types.data[type].record;
    return record == IR_NONE ? NULL : &function->in->records.data[record];
}

/* What is kept under the key is undone; perhaps, by the deleter that the member has. */
static void note_key(struct engine *engine, uint64_t key)
{
    map_set_u64(&engine->undone_keepers,
                engine->runs_own_deleter ? keeper_key_of_deleter(key) : key, 1);
}

/* The member or static is undone: of an instance of a class template, or of whichever (0). */
static void note_undone(struct engine *engine, const struct keeper *keeper, uint64_t instance)
{
    uint64_t key = keeper_key(keeper, true);
    note_key(engine, key);
    map_set_u64(&engine->undone_instances, hash_pair(key, instance), 1);
}

/* Which instance a member of `this` is of; a base's is of one that nobody knows. */
static uint64_t instance_of(const struct engine *engine, const struct keeper *keeper)
{
    bool is_own = keeper->of_this && strcmp(keeper->owner, keeper_class(engine)->name) == 0;
    return is_own ? keeper_instance(engine) : 0;
}

/* A member of a variable, of which the function at hand undoes what a member function did. */
static void settle_local(struct engine *engine, value_id address)
{
    const char *name = NULL;
    for (;;) {
        const struct value *value = value_at(&engine->values, address);
        const struct region *region =
            value->kind == VALUE_ADDRESS ? region_at(&engine->values, value->a) : NULL;
        if (name && region && region->kind == REGION_LOCAL) {
            const struct ir_record *record = class_of_local(engine, region);
            const struct keeper keeper = {.name = name, .owner = record ? record->name : NULL};
            if (record)
                note_undone(engine, &keeper, keeper_instance_of(record));
            return;
        }
        if (!region || region->kind != REGION_FIELD)
            return;
        name = name_text(&engine->values, region->b);
        address = region->a;
    }
}

static void settle_keeper(struct engine *engine, const struct state *state, value_id address)
{
    struct keeper keeper;
    uint64_t member;
    if (kept_member(engine, address, &member))
        note_key(engine, member);
    if (!keeper_of(engine, address, &keeper) &&
        !keeper_of_element(engine, state, address, &keeper)) {
        settle_local(engine, address);
        return;
    }
    note_undone(engine, &keeper, instance_of(engine, &keeper));
    const char *name = keeper_innermost_member(engine, address);
    if (name)
        note_key(engine, keeper_key_of_name(name));
}

static bool is_member_function(const struct engine *engine)
{
    const struct ir_function *root = engine->program.functions.data[engine->root].ir;
    return root->record != IR_NONE && !root->is_static_method;
}

/* Of which class the bases of a template's pattern are nobody knows. */
enum { KEY_OF_PATTERNS = 64 };

static bool is_pattern(const struct engine *engine)
{
    return engine->program.functions.data[engine->root].ir->is_template_pattern;
}

/* A function, of the class perhaps, undoes what its caller hands it. */
static void settle_given(struct engine *engine, value_id base)
{
    const struct symbol *symbol = symbol_of(&engine->values, base);
    const bool is_member = is_member_function(engine);
    if (!symbol || symbol->kind != SYMBOL_PARAMETER || (is_member && symbol->origin == 0))
        return;
    map_set_u64(&engine->undone_keepers, keeper_key_of_file(engine, FILE_UNDOES_GIVEN), 1);
    if (is_member)
        map_set_u64(&engine->undone_keepers, keeper_key_of_class(keeper_class(engine)), 1);
}

/* What a call out of sight gave, in a template's pattern say, or showed, may be any member's. */
static void settle_unknown(struct engine *engine, value_id base)
{
    value_id offset, place = memory_found_at(engine, base);
    for (int depth = 0; place != VALUE_NONE && depth < MAX_REACH; depth++) {
        base = value_base(&engine->values, place, &offset);
        place = base == VALUE_NONE ? VALUE_NONE : memory_found_at(engine, base);
    }
    const struct symbol *symbol = base == VALUE_NONE ? NULL : symbol_of(&engine->values, base);
    if (is_member_function(engine) && symbol &&
        (symbol->kind == SYMBOL_RESULT || symbol->kind == SYMBOL_UNKNOWN)) {
        map_set_u64(&engine->undone_keepers, keeper_key_of_unknown(keeper_class(engine)), 1);
        if (is_pattern(engine))
            map_set_u64(&engine->undone_keepers, KEY_OF_PATTERNS, 1);
    }
}

static bool makes_closure(const struct ir_unit *unit, const struct ir_function *function,
                          ir_id closure)
{
    for (size_t i = 0; i < function->locals.len; i++) {
        ir_id type = function->locals.data[i].type;
        if (type != IR_NONE && unit->types.data[type].record == closure)
            return true;
    }
    return false;
}

/* A closure, a deleter say, undoes something: so does the class whose member function makes it. */
static void settle_makers(struct engine *engine, ir_id closure, unsigned depth)
{
    const struct ir_unit *unit = engine->program.functions.data[engine->root].in;
    for (size_t i = 0; i < unit->functions.len; i++) {
        const struct ir_function *maker = &unit->functions.data[i];
        if (maker->record == IR_NONE || !makes_closure(unit, maker, closure))
            continue;
        const struct ir_record *record = &unit->records.data[maker->record];
        if (!record->is_lambda)
            map_set_u64(&engine->undone_keepers, keeper_key_of_unknown(record), 1);
        else if (depth > 0)
            settle_makers(engine, maker->record, depth - 1);
    }
}

static void settle_closure(struct engine *engine)
{
    const struct ir_function *root = engine->program.functions.data[engine->root].ir;
    if (root->kind == IR_FUNCTION_LAMBDA && root->record != IR_NONE)
        settle_makers(engine, root->record, DEEPEST_CLOSURE);
}

void pairs_settle(struct engine *engine, const struct state *state, value_id pointer)
{
    value_id offset, base = value_base(&engine->values, pointer, &offset);
    if (base == VALUE_NONE)
        return;
    settle_keeper(engine, state, pointer);
    value_id held_by = map_get_u64(&engine->made_of, base);
    if (held_by != MAP_NONE) /* it may hold the next of a list by now */
        settle_keeper(engine, state, held_by);
    settle_given(engine, base);
    settle_unknown(engine, base);
    settle_closure(engine);
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);)
        if (value_base(&engine->values, (value_id)content, &offset) == base)
            settle_keeper(engine, state, (value_id)cell);
}

void pairs_settle_equals(struct engine *engine, const struct state *state, value_id pointer)
{
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&iter, &cell, &content);) {
        const struct symbol *symbol = symbol_of(&engine->values, (value_id)content);
        if (symbol && symbol->kind == SYMBOL_CONTENT && symbol->is_pointer && content != pointer &&
            decide(engine, state, compare(engine, IR_EQ, (value_id)content, pointer)) == TRUTH_TRUE)
            settle_keeper(engine, state, (value_id)cell);
    }
}

void pairs_shown(struct engine *engine, const struct state *state, value_id pointer)
{
    pairs_settle(engine, state, pointer);
    always_shown(engine, state, pointer);
}

uint64_t pairs_static_key(const struct engine *engine, value_id pointer)
{
    struct keeper keeper;
    return keeper_of(engine, pointer, &keeper) && keeper.is_static ? keeper_key(&keeper, true) : 0;
}

void pairs_undone_alone(struct engine *engine, value_id pointer)
{
    uint64_t key = pairs_static_key(engine, pointer);
    if (key)
        map_set_u64(&engine->undone_alone, key, 1);
}

static bool has_main(const struct engine *engine)
{
    const struct ir_unit *unit = engine->program.functions.data[engine->root].in;
    for (size_t i = 0; i < unit->functions.len; i++)
        if (unit->functions.data[i].has_body && is_main_function(&unit->functions.data[i]))
            return true;
    return false;
}

/* A member that owns the block releases it when the object dies: at the end of the destructor. */
static site_id end_of_destructor(struct engine *engine)
{
    const struct program_function *root = &engine->program.functions.data[engine->root];
    ir_id destructor = keeper_class(engine)->destructor;
    if (destructor == IR_NONE)
        return SITE_NONE;
    uint32_t number = program_number(&engine->program, root->unit, destructor);
    const struct ir_function *function = engine->program.functions.data[number].ir;
    for (uint32_t b = (uint32_t)function->blocks.len; b-- > 0;)
        if (function->blocks.data[b].terminator == IR_RETURN) {
            struct site site = {context_enter(engine, CONTEXT_NONE, number, IR_NONE), IR_NONE, b,
                                0};
            return table_intern(&engine->sites, &site);
        }
    return SITE_NONE;
}

struct companions {
    uint64_t *keys;
    size_t count;
};

/* The member keeps the registered memory, and another one shows it. */
static void note_names(struct engine *engine, uint64_t keeper, uint64_t other)
{
    for (size_t i = 0; i < engine->shown_together.len; i++)
        if (engine->shown_together.data[i].keeper == keeper &&
            engine->shown_together.data[i].other == other)
            return;
    if (keeper != other)
        vec_push(engine->lasting, &engine->shown_together,
                 ((struct keeper_names){.keeper = keeper, .other = other}));
}

static void add_companion(struct companions *companions, uint64_t key)
{
    if (companions->count < KEEPER_COMPANIONS)
        companions->keys[companions->count++] = key;
}

/* A member of an object that outlives the path and is not the one that the function runs on. */
static bool is_of_another(struct engine *engine, value_id member)
{
    struct keeper keeper;
    value_id offset, object = value_base(&engine->values, member, &offset);
    return object != VALUE_NONE && memory_region_kind(engine, object) != REGION_LOCAL &&
           keeper_of(engine, member, &keeper) && !keeper.of_this;
}

/* Members that hold the registered block, of the file's own structs or private: no function at hand
 * need be theirs. By the name of one of them it may be undone, and by that of another released. */
static void note_left_members(struct engine *engine, const struct state *state,
                              const struct registration *record)
{
    value_id offset;
    VEC(uint64_t) others = {0};
    struct pmap_iter cells = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&cells, &cell, &content);) {
        uint64_t key;
        struct keeper keeper;
        if (value_base(&engine->values, (value_id)content, &offset) != record->block)
            continue;
        const char *name = kept_member(engine, (value_id)cell, &key);
        if (!name && kept_private_member(engine, (value_id)cell, &keeper) &&
            is_of_another(engine, (value_id)cell)) {
            name = keeper.name;
            key = keeper_key(&keeper, true);
        }
        if (!name)
            continue;
        pairs_left(engine, record, key, name, false);
        for (size_t i = 0; i < others.len; i++) {
            note_names(engine, key, others.data[i]);
            note_names(engine, others.data[i], key);
        }
        vec_push(engine->arena, &others, key);
    }
}

/* Other places that keep an address in the block: other members, and a member object's own, which
 * its class undoes. */
static void find_companions(struct engine *engine, const struct state *state, value_id block,
                            const struct keeper *kept_by, struct companions *companions)
{
    value_id offset;
    struct pmap_iter cells = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&cells, &cell, &content);) {
        struct keeper keeper;
        if (value_base(&engine->values, (value_id)content, &offset) != block ||
            (!keeper_of(engine, (value_id)cell, &keeper) &&
             !keeper_of_element(engine, state, (value_id)cell, &keeper)))
            continue;
        add_companion(companions, keeper_key(&keeper, true));
        note_names(engine, keeper_key(kept_by, true), keeper_key(&keeper, true));
        note_names(engine, keeper_key(&keeper, true), keeper_key(kept_by, true));
        const char *name = keeper_innermost_member(engine, (value_id)cell);
        if (name && strcmp(name, keeper.name) != 0)
            add_companion(companions, keeper_key_of_name(name));
    }
}

/* The caller has the block too: by what is returned, or by what was stored for it. */
static bool is_callers_too(struct engine *engine, const struct state *state, value_id block,
                           value_id result)
{
    value_id offset;
    if (result != VALUE_NONE && value_base(&engine->values, result, &offset) == block)
        return true;
    struct pmap_iter cells = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&cells, &cell, &content);) {
        value_id holder = value_base(&engine->values, (value_id)cell, &offset);
        const struct symbol *symbol =
            holder == VALUE_NONE ? NULL : symbol_of(&engine->values, holder);
        if (symbol && symbol->kind == SYMBOL_PARAMETER &&
            value_base(&engine->values, (value_id)content, &offset) == block)
            return true;
    }
    return false;
}

static void propose(struct engine *engine, struct state *state, const struct registration *record,
                    const struct keeper *keeper, value_id result)
{
    if (!keeper->is_static &&
        engine->program.functions.data[engine->root].ir->kind == IR_FUNCTION_LAMBDA)
        return; /* what a closure captured is its creator's */
    if (!keeper_is_in_sight(engine, keeper) || keeper_ends_by_undoing(engine, keeper))
        return;
    const bool deleter_is_named = !keeper->by_owner || deleters_named_release(engine, keeper);
    const uint64_t deleters = deleter_is_named ? 0 : deleters_ask(engine, keeper);
    if (!deleter_is_named && !deleters)
        return;
    value_id offset;
    bool handed_out = is_member_function(engine) && result != VALUE_NONE &&
                      value_base(&engine->values, result, &offset) == record->block;
    const bool is_shown = keeper_is_shown(engine, keeper);
    if (deleter_is_named)
        pairs_left(engine, record, keeper_key(keeper, true), keeper->name, handed_out || is_shown);
    if (is_shown)
        return;
    struct event event = event_new(engine, state, EVENT_PAIR, record->site, record->address);
    event.registration = *record;
    event.has_registration = true;
    event.keeper = keeper->name;
    event.owner_dies = SITE_NONE;
    if (!keeper->is_static && (keeper->by_owner || event.block.owner != VALUE_NONE))
        event.owner_dies = end_of_destructor(engine);
    event.keeper_is_of_file = keeper->is_static;
    event.keeper_key = keeper_key(keeper, true);
    event.deleters = deleters;
    struct companions companions = {.keys = event.companions};
    add_companion(&companions, keeper_key(keeper, false));
    add_companion(&companions, keeper_key_of_file(engine, FILE_RESETS));
    if (!keeper->is_static)
        add_companion(&companions, keeper_key_of_unknown(keeper_class(engine)));
    if (!keeper->is_static && is_pattern(engine))
        add_companion(&companions, KEY_OF_PATTERNS);
    if (handed_out || (keeper->in_container && !keeper->is_static))
        add_companion(&companions, keeper_key_of_class(keeper_class(engine)));
    if (keeper->is_static && is_callers_too(engine, state, record->block, result))
        add_companion(&companions, keeper_key_of_file(engine, FILE_UNDOES_GIVEN));
    find_companions(engine, state, record->block, keeper, &companions);
    event.ends_process = keeper->is_static && has_main(engine);
    if (keeper->is_static)
        event.keeper = program_global(&engine->program, keeper->name)->ir->name;
    event_raise(engine, &event);
}

enum { EXACT = 1, ELEMENT = 2 };

/* A place that keeps an address in the block, or (EXACT) the registered address itself; ELEMENT: in
 * the buffer of a container. */
static bool search_keeper(struct engine *engine, const struct state *state,
                          const struct registration *record, unsigned how, struct keeper *keeper)
{
    struct pmap_iter cells = pmap_begin(state->store);
    for (uint64_t cell, content; pmap_next(&cells, &cell, &content);) {
        value_id offset;
        bool holds = how & EXACT
                         ? content == record->address
                         : value_base(&engine->values, (value_id)content, &offset) == record->block;
        if (holds && (how & ELEMENT ? keeper_of_element(engine, state, (value_id)cell, keeper)
                                    : keeper_of(engine, (value_id)cell, keeper)))
            return true;
    }
    return false;
}

bool pairs_find_exact(struct engine *engine, const struct state *state, value_id pointer,
                      value_id block, struct keeper *keeper)
{
    const struct registration record = {.address = pointer, .block = block};
    return search_keeper(engine, state, &record, EXACT, keeper) ||
           search_keeper(engine, state, &record, EXACT | ELEMENT, keeper);
}

static bool find_keeper(struct engine *engine, const struct state *state,
                        const struct registration *record, struct keeper *keeper)
{
    static const unsigned ways[] = {EXACT, 0, EXACT | ELEMENT};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (search_keeper(engine, state, record, ways[i], keeper))
            return true;
    return false;
}

void pairs_path_ends(struct engine *engine, struct state *state, value_id result)
{
    struct pmap_iter iter = pmap_begin(state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);) {
        struct registration record = *registration_at(engine, key);
        struct block block;
        struct keeper keeper;
        block_describe(engine, state, record.block, &block);
        if (block.flags & (BLOCK_ESCAPED | BLOCK_REG_UNKNOWN | BLOCK_REPORTED))
            continue;
        note_left_members(engine, state, &record);
        if (keeper_of(engine, record.address, &keeper)) {
            propose(engine, state, &record, &keeper, result);
            continue;
        }
        if (find_keeper(engine, state, &record, &keeper))
            propose(engine, state, &record, &keeper, result);
    }
}

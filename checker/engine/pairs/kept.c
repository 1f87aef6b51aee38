#include "engine/pairs/kept.h"

#include "engine/pairs/keepers.h"
#include "engine/program/ahead.h"
#include "engine/state/blocks.h"
#include "engine/state/context.h"
#include "engine/state/memory.h"

#include <string.h>

enum closed { CLOSED_NOT, CLOSED_PRIVATE /* members that no client can name */, CLOSED_ALL };

struct keep {
    struct kept_place place;
    uint64_t key;           /* of the place */
    uint64_t kinds;         /* 1 << enum provenance: of what was stored there */
    bool is_open;           /* ... or nobody knows */
    bool is_of_file;        /* a member of a plain struct of the main file */
    const char *class_name; /* of the class, no template, whose private member it is; or NULL */
    bool is_settled;
    uint32_t function, op;            /* where such a block came from; IR_NONE: not known */
    const char *step;                 /* what happened there: "pinned by cudaMallocHost here" */
    bool is_constant;                 /* `constants` are all that is stored there */
    struct kept_constants *constants; /* NULL: nobody asked yet */
};

struct asked {
    uint32_t root, keep;
    bool registers; /* or unregisters */
    bool frees_pinned, frees_others;
};

struct kept {
    VEC(struct keep) keeps;
    struct map of_key;
    struct map of_region;   /* per root: region -> index into `keeps` + 1, 0: none of them */
    uint8_t **closed;       /* [unit][record]: enum closed */
    bool *walked;           /* [function] */
    struct kept_uses *uses; /* made when it is first asked for */
    VEC(struct asked) asked;
    bool *tells; /* [root]: it asked for what others store */
    bool is_second;
};

/* ---- whose members all code in sight stores ---- */

static bool has_lost_parts(const struct ir_unit *unit)
{
    for (size_t i = 0; i < unit->functions.len; i++)
        if (unit->functions.data[i].degraded.len)
            return true;
    return false;
}

static enum closed closed_record(const struct program *program, uint32_t unit,
                                 const struct ir_record *record)
{
    if (!record->has_body || record->in_system_header || record->is_union || record->is_lambda ||
        record->loc.file == IR_NONE)
        return CLOSED_NOT;
    if (keeper_class_is_of_file(program, unit, record))
        return CLOSED_ALL;
    return keeper_class_is_in_sight(program, unit, record) ? CLOSED_PRIVATE : CLOSED_NOT;
}

void kept_begin(struct engine *engine)
{
    struct arena *arena = engine->lasting;
    const struct program *program = &engine->program;
    struct kept *kept = arena_new_object(arena, struct kept);
    kept->of_key.arena = arena;
    kept->walked = arena_new_array(arena, program->functions.len, bool);
    kept->closed = arena_new_array(arena, program->unit_count, uint8_t *);
    for (uint32_t u = 0; u < program->unit_count; u++) {
        const struct ir_unit *unit = program->units[u];
        if (has_lost_parts(unit))
            continue;
        kept->closed[u] = arena_new_array(arena, unit->records.len, uint8_t);
        for (size_t r = 0; r < unit->records.len; r++)
            kept->closed[u][r] = (uint8_t)closed_record(program, u, &unit->records.data[r]);
    }
    engine->kept = kept;
}

void kept_begin_root(struct engine *engine)
{
    engine->kept->of_region = (struct map){.arena = engine->arena};
}

/* What only runs inside of what was walked was walked with all that it can be given. */
void kept_end_root(struct engine *engine, bool is_whole)
{
    bool *walked = engine->kept->walked;
    for (context_id c = 0; is_whole && c < engine->contexts.len; c++) {
        uint32_t number = context_at(engine, c)->function;
        const struct program_function *function = &engine->program.functions.data[number];
        bool is_inner = function->ir->is_static || function->ir->kind == IR_FUNCTION_LAMBDA ||
                        function->ir->is_implicit;
        walked[number] |= number == engine->root || (is_inner && !function->is_address_taken);
    }
}

/* ---- places ---- */

static bool holds_pointers(const struct ir_unit *unit, ir_id type)
{
    type = ir_behind_arrays(unit, type);
    return type != IR_NONE && unit->types.data[type].kind == IR_TYPE_POINTER;
}

static uint64_t key_of(struct kept_place place)
{
    uint64_t owner = place.record ? hash_bytes(place.record, strlen(place.record)) : 0;
    return hash_pair(hash_pair(owner, place.unit), hash_bytes(place.name, strlen(place.name)));
}

static uint32_t keep_of_place(struct kept *kept, struct arena *arena, struct kept_place place)
{
    uint64_t key = key_of(place);
    uint32_t known = map_get_u64(&kept->of_key, key);
    if (known != MAP_NONE)
        return known;
    known = (uint32_t)kept->keeps.len;
    vec_push(arena, &kept->keeps,
             ((struct keep){.place = place, .key = key, .function = MAP_NONE}));
    map_set_u64(&kept->of_key, key, known);
    return known;
}

static bool is_closed_member(const struct kept *kept, uint32_t unit, const struct program *program,
                             ir_id record, const struct ir_field *field)
{
    const uint8_t *closed = kept->closed[unit];
    return closed && !field->is_base && holds_pointers(program->units[unit], field->type) &&
           (closed[record] == CLOSED_ALL ||
            (closed[record] == CLOSED_PRIVATE && field->is_private));
}

/* Constructors and destructors that nobody wrote store nothing that a path does not see. */
static bool is_plain(const struct ir_unit *unit, const struct ir_record *record)
{
    for (size_t i = 0; i < record->methods.len; i++)
        if (!unit->functions.data[record->methods.data[i]].is_implicit)
            return false;
    return true;
}

void kept_note_field(struct engine *engine, uint32_t unit, ir_id record, const char *name,
                     value_id place)
{
    struct kept *kept = engine->kept;
    const struct value *value = value_at(&engine->values, place);
    if (value->kind != VALUE_ADDRESS || unit == MAP_NONE || record == IR_NONE ||
        !kept->closed[unit] || kept->closed[unit][record] == CLOSED_NOT)
        return;
    const region_id region = value->a;
    if (map_get_u64(&kept->of_region, region) != MAP_NONE)
        return;
    const struct ir_unit *in = engine->program.units[unit];
    const struct ir_record *owner = &in->records.data[record];
    const struct ir_field *field = ir_field_named(owner, name);
    uint32_t index = 0;
    if (field && is_closed_member(kept, unit, &engine->program, record, field)) {
        bool is_of_file = kept->closed[unit][record] == CLOSED_ALL;
        struct kept_place member = {owner->key, field->name,
                                    is_of_file ? unit : (uint32_t)MAP_NONE};
        index = 1 + keep_of_place(kept, engine->lasting, member);
        kept->keeps.data[index - 1].is_of_file = is_of_file && is_plain(in, owner);
        kept->keeps.data[index - 1].class_name =
            field->is_private && !owner->arguments.len ? owner->name : NULL;
    }
    map_set_u64(&kept->of_region, region, index);
}

void kept_note_member(struct engine *engine, const struct program_function *here,
                      const struct ir_op *op, value_id place)
{
    ir_id record = callee_pointed_class(here->in, here->ir->ops.data[op->a].type);
    kept_note_field(engine, here->unit, record, op->text, place);
}

static uint32_t keep_of_static(struct engine *engine, uint32_t name)
{
    const char *key = name_text(&engine->values, name);
    const struct program_global *global = program_global(&engine->program, key);
    if (!global || global->ir->is_volatile || global->ir->is_const_data)
        return 0;
    const struct ir_unit *unit = engine->program.units[global->unit];
    bool is_closed = global->ir->is_static
                         ? !unit->is_header || global->ir->is_function_local
                         : keeper_static_member_is_in_sight(&engine->program, global);
    if (!is_closed || !engine->kept->closed[global->unit] ||
        !holds_pointers(unit, global->ir->type))
        return 0;
    return 1 + keep_of_place(engine->kept, engine->lasting,
                             (struct kept_place){NULL, program_global_key(global->ir), MAP_NONE});
}

static struct keep *keep_of(struct engine *engine, value_id place)
{
    struct kept *kept = engine->kept;
    const struct value *value = value_at(&engine->values, place);
    if (value->kind != VALUE_ADDRESS)
        return NULL;
    uint32_t index = map_get_u64(&kept->of_region, value->a);
    const struct region *region = region_at(&engine->values, value->a);
    if (index == MAP_NONE && region->kind == REGION_GLOBAL) {
        index = keep_of_static(engine, region->a);
        map_set_u64(&kept->of_region, value->a, index);
    }
    return index == MAP_NONE || index == 0 ? NULL : &kept->keeps.data[index - 1];
}

const char *kept_member(struct engine *engine, value_id place, uint64_t *key)
{
    const struct keep *keep = keep_of(engine, place);
    if (!keep || !keep->is_of_file)
        return NULL;
    *key = keep->key;
    return keep->place.name;
}

bool kept_private_member(struct engine *engine, value_id place, struct keeper *keeper)
{
    const struct keep *keep = keep_of(engine, place);
    if (!keep || !keep->class_name)
        return false;
    *keeper = (struct keeper){.of_this = true, .owner = keep->class_name, .name = keep->place.name};
    return true;
}

uint64_t kept_key(struct engine *engine, value_id place)
{
    const struct keep *keep = keep_of(engine, place);
    return keep ? keep->key : 0;
}

static const struct kept_uses *uses_of(struct engine *engine)
{
    struct kept *kept = engine->kept;
    if (!kept->uses)
        kept->uses = kept_uses_find(engine->lasting, &engine->program);
    return kept->uses;
}

const struct kept_constants *kept_constants_at(struct engine *engine, value_id place)
{
    struct keep *keep = keep_of(engine, place);
    if (!keep)
        return NULL;
    if (!keep->constants) {
        keep->constants = arena_new_object(engine->lasting, struct kept_constants);
        keep->is_constant =
            kept_only_constants(engine, uses_of(engine), keep->place, keep->constants);
    }
    return keep->is_constant ? keep->constants : NULL;
}

bool kept_is_in_sight(struct engine *engine, uint64_t key)
{
    const struct kept *kept = engine->kept;
    const struct kept_place place = kept->keeps.data[map_get_u64(&kept->of_key, key)].place;
    return !kept_is_set_unseen(engine, uses_of(engine), place, kept->walked) &&
           !kept_is_named_unseen(engine, uses_of(engine), place, kept->walked);
}

bool kept_container_is_in_sight(struct engine *engine, uint32_t unit,
                                const struct ir_record *record, const char *name)
{
    const struct kept *kept = engine->kept;
    const struct kept_place place = {record->key, name, MAP_NONE};
    return kept->closed[unit] && keeper_class_is_in_sight(&engine->program, unit, record) &&
           !kept_is_changed_unseen(engine, uses_of(engine), place, kept->walked);
}

/* Is it a member function of the class, or code inside of one? */
static bool is_of_class(const struct program_function *function, const struct ir_record *record)
{
    const struct ir_function *ir = function->ir;
    return ir->kind == IR_FUNCTION_LAMBDA ||
           (ir->record != IR_NONE &&
            strcmp(function->in->records.data[ir->record].key, record->key) == 0);
}

bool kept_owner_is_in_sight(struct engine *engine, uint32_t unit, const struct ir_record *record,
                            const char *name)
{
    const struct kept *kept = engine->kept;
    const struct kept_place place = {record->key, name, MAP_NONE};
    const struct program *program = &engine->program;
    bool *walked = arena_new_array(engine->lasting, program->functions.len, bool);
    for (size_t i = 0; i < program->functions.len; i++) /* nobody wrote those that copy and move */
        walked[i] = is_of_class(&program->functions.data[i], record) &&
                    (kept->walked[i] || (program->functions.data[i].ir->is_implicit &&
                                         program->functions.data[i].ir->param_count == 2));
    return kept->closed[unit] && kept->closed[unit][record - program->units[unit]->records.data] &&
           !kept_is_changed_unseen(engine, uses_of(engine), place, walked);
}

/* Of the place that the content of unknown history was found in. */
static struct keep *keep_of_content(struct engine *engine, value_id content)
{
    const value_id place = memory_found_at(engine, content);
    return place == VALUE_NONE ? NULL : keep_of(engine, place);
}

/* ---- what is stored ---- */

static void note_origin(struct engine *engine, const struct state *state, value_id base,
                        const struct block *block, struct keep *keep)
{
    if (keep->function != MAP_NONE || block->allocated == SITE_NONE)
        return;
    const struct site *site = site_at(engine, block->allocated);
    if (site->op == IR_NONE)
        return;
    keep->function = context_at(engine, site->context)->function;
    keep->op = site->op;
    for (const struct trail *step = state->trail; step; step = step->previous)
        if (step->subject == base && step->site == block->allocated)
            keep->step = arena_strdup(engine->lasting, step->message);
}

void kept_stored(struct engine *engine, const struct state *state, value_id place, value_id value)
{
    struct keep *keep = keep_of(engine, place);
    value_id offset;
    if (!keep || value_is_int(&engine->values, value, NULL))
        return;
    value_id base = value_base(&engine->values, value, &offset);
    if (base != VALUE_NONE && keep_of_content(engine, base) == keep)
        return;
    struct block block;
    block_describe(engine, state, base, &block);
    keep->is_open |= block.memory == PROVENANCE_UNKNOWN || block.memory == PROVENANCE_OTHER ||
                     offset != 0; /* what lies behind a header does not tell where that begins */
    keep->kinds |= UINT64_C(1) << block.memory;
    note_origin(engine, state, base, &block, keep);
}

void kept_asked(struct engine *engine, const struct event *event)
{
    struct kept *kept = engine->kept;
    bool is_release = event->kind == EVENT_RELEASE && event->expects;
    if (kept->is_second || event->base == VALUE_NONE ||
        (!is_release && event->kind != EVENT_REGISTER && event->kind != EVENT_UNREGISTER))
        return;
    struct keep *keep = keep_of_content(engine, event->base);
    if (!keep)
        return;
    struct asked asked = {.root = engine->root,
                          .keep = (uint32_t)(keep - kept->keeps.data),
                          .registers = !is_release,
                          .frees_pinned = is_release && event->expects == PROVENANCE_PINNED,
                          .frees_others = is_release && event->expects != PROVENANCE_PINNED};
    for (size_t i = kept->asked.len; i-- > 0 && kept->asked.data[i].root == asked.root;)
        if (kept->asked.data[i].keep == asked.keep) {
            kept->asked.data[i].registers |= asked.registers;
            kept->asked.data[i].frees_pinned |= asked.frees_pinned;
            kept->asked.data[i].frees_others |= asked.frees_others;
            return;
        }
    vec_push(engine->lasting, &kept->asked, asked);
}

/* ---- what is found ---- */

/* Memory of one kind alone lies there. */
static bool is_of_one_kind(struct engine *engine, struct keep *keep)
{
    if (!keep->is_settled && !keep->is_open)
        keep->is_open =
            kept_is_set_unseen(engine, uses_of(engine), keep->place, engine->kept->walked);
    keep->is_settled = true;
    return !keep->is_open && keep->kinds && !(keep->kinds & (keep->kinds - 1));
}

static uint32_t kind_of(const struct keep *keep)
{
    uint32_t kind = 0;
    while (!(keep->kinds >> kind & 1U))
        kind++;
    return kind;
}

/* Where another function allocated it. */
static site_id origin_of(struct engine *engine, const struct keep *keep)
{
    if (keep->function == MAP_NONE || !keep->step)
        return SITE_NONE;
    const struct flow *flow = engine->program.functions.data[keep->function].flow;
    struct site site = {context_enter(engine, CONTEXT_NONE, keep->function, IR_NONE), keep->op,
                        flow->block_of[keep->op], 0};
    return table_intern(&engine->sites, &site);
}

void kept_found(struct engine *engine, struct state *state, value_id place, value_id content)
{
    if (!engine->kept->is_second || !symbol_of(&engine->values, content))
        return;
    struct keep *keep = keep_of(engine, place);
    struct block block;
    if (!keep || !is_of_one_kind(engine, keep) || block_get(engine, state, content, &block))
        return;
    block = block_blank((enum provenance)kind_of(keep));
    block.flags = BLOCK_KEPT;
    block_set(engine, state, content, block);
    site_id origin = origin_of(engine, keep);
    if (origin != SITE_NONE)
        trail_add(engine, state, origin, content, "%s", keep->step);
}

static bool may_be_pinned(const struct keep *keep)
{
    return keep->kinds >> PROVENANCE_PINNED & 1U;
}

/* Is it of use to know what lies there? What frees other memory is wrong for pinned memory alone.
 */
static bool is_worth_knowing(const struct asked *asked, const struct keep *keep)
{
    return asked->registers || asked->frees_pinned || may_be_pinned(keep);
}

bool kept_may_set(const struct engine *engine, const struct program_function *function)
{
    for (size_t i = 0; (function->flow->all & FLOW_ALLOCATES) && i < engine->kept->asked.len; i++) {
        const struct asked *asked = &engine->kept->asked.data[i];
        const struct keep *keep = &engine->kept->keeps.data[asked->keep];
        if (!keep->is_open && is_worth_knowing(asked, keep) &&
            name_set_has(&function->flow->all_names, name_of_text(keep->place.name)))
            return true;
    }
    return false;
}

void kept_begin_second(struct engine *engine)
{
    struct kept *kept = engine->kept;
    kept->tells = arena_new_array(engine->lasting, engine->program.functions.len, bool);
    for (size_t i = 0; i < kept->asked.len; i++) {
        const struct asked *asked = &kept->asked.data[i];
        /* a function that frees it in both ways knows something that tells which */
        kept->keeps.data[asked->keep].is_open |= asked->frees_pinned && asked->frees_others;
    }
    for (size_t i = 0; i < kept->asked.len; i++) {
        const struct asked *asked = &kept->asked.data[i];
        struct keep *keep = &kept->keeps.data[asked->keep];
        kept->tells[asked->root] |= is_worth_knowing(asked, keep) && is_of_one_kind(engine, keep);
    }
    kept->is_second = true;
}

bool kept_tells(const struct engine *engine, uint32_t root)
{
    return engine->kept->tells[root];
}

bool kept_may_tell_pinned(struct engine *engine, const struct program_function *function)
{
    for (size_t i = 0; i < engine->kept->keeps.len; i++) {
        struct keep *keep = &engine->kept->keeps.data[i];
        if (may_be_pinned(keep) &&
            name_set_has(&function->flow->all_names, name_of_text(keep->place.name)) &&
            is_of_one_kind(engine, keep))
            return true;
    }
    return false;
}

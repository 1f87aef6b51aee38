#include "engine/pairs/keepers.h"

#include "engine/value/pmap.h"

#include <string.h>

static bool is_this(const struct engine *engine, value_id pointer)
{
    const struct symbol *symbol = symbol_of(&engine->values, pointer);
    const struct ir_function *root = engine->program.functions.data[engine->root].ir;
    return symbol && symbol->kind == SYMBOL_PARAMETER && symbol->origin == 0 &&
           root->record != IR_NONE && !root->is_static_method;
}

const struct ir_record *keeper_class(const struct engine *engine)
{
    const struct program_function *root = &engine->program.functions.data[engine->root];
    return &root->in->records.data[root->ir->record];
}

/* Not so for the members that a base reaches in the class derived from it (CRTP). */
static bool has_field(const struct ir_record *record, const char *name)
{
    return ir_field_named(record, name) != NULL;
}

/* What lies at its start lies in a container, not in an object of somebody's. */
static bool is_buffer(const struct engine *engine, value_id pointer)
{
    const struct symbol *symbol = symbol_of(&engine->values, pointer);
    value_id place = map_get_u64(&engine->made_of, pointer);
    if (!symbol || place == MAP_NONE)
        return symbol && symbol->kind == SYMBOL_BUFFER;
    const struct value *value = value_at(&engine->values, place);
    const struct region *region =
        value->kind == VALUE_ADDRESS ? region_at(&engine->values, value->a) : NULL;
    return region && region->kind == REGION_FIELD &&
           strcmp(name_text(&engine->values, region->b), "(buffer)") == 0;
}

/* The name of a class, of which the second base of one template is called with its arguments. */
static const char *class_in(const struct engine *engine, const char *name)
{
    return arena_strndup(engine->arena, name, strcspn(name, "<"));
}

bool keeper_is_in_buffer(struct engine *engine, value_id address)
{
    value_id offset, base = value_base(&engine->values, address, &offset);
    return base != VALUE_NONE && is_buffer(engine, base);
}

bool keeper_of(const struct engine *engine, value_id address, struct keeper *keeper)
{
    const struct value *value = value_at(&engine->values, address);
    if (value->kind != VALUE_ADDRESS)
        return false;
    const struct region *region = region_at(&engine->values, value->a);
    if (region->kind == REGION_GLOBAL) {
        *keeper = (struct keeper){.is_static = true, .name = name_text(&engine->values, region->a)};
        return true;
    }
    if (region->kind != REGION_FIELD)
        return false;
    value_id whole = region->a;
    const struct value *outer = value_at(&engine->values, whole);
    const char *name = name_text(&engine->values, region->b);
    if (outer->kind != VALUE_ADDRESS && is_buffer(engine, whole))
        return false;
    if (outer->kind != VALUE_ADDRESS) {
        bool of_this = is_this(engine, whole) && has_field(keeper_class(engine), name);
        *keeper = (struct keeper){
            .of_this = of_this, .owner = of_this ? keeper_class(engine)->name : NULL, .name = name};
        return true;
    }
    if (!keeper_of(engine, whole, keeper))
        return false;
    keeper->by_owner |= strcmp(name, "(owned)") == 0;
    static const char base[] = "(base) ";
    if (!keeper->is_static && strncmp(keeper->name, base, sizeof base - 1) == 0) {
        keeper->owner = keeper->of_this ? class_in(engine, keeper->name + sizeof base - 1) : NULL;
        keeper->name = name;
    }
    return true;
}

uint64_t keeper_key(const struct keeper *keeper, bool with_owner)
{
    uint64_t key = hash_bytes(keeper->name, strlen(keeper->name)) ^ (keeper->is_static ? 1U : 2U) ^
                   (keeper->in_container ? 32U : 0U);
    if (with_owner && keeper->owner)
        key = hash_u64(key) ^ hash_bytes(keeper->owner, strlen(keeper->owner));
    return key;
}

uint64_t keeper_key_of_name(const char *name)
{
    return hash_u64(hash_bytes(name, strlen(name)) ^ 4U);
}

uint64_t keeper_key_of_class(const struct ir_record *record)
{
    return hash_u64(hash_bytes(record->name, strlen(record->name)) ^ 8U);
}

uint64_t keeper_key_of_unknown(const struct ir_record *record)
{
    return hash_u64(hash_bytes(record->name, strlen(record->name)) ^ 16U);
}

uint64_t keeper_key_of_deleter(uint64_t key)
{
    return hash_u64(key ^ 128U);
}

uint64_t keeper_instance_of(const struct ir_record *record)
{
    return record->arguments.len ? hash_bytes(record->display, strlen(record->display)) | 1U : 0;
}

uint64_t keeper_instance(const struct engine *engine)
{
    const struct program_function *root = &engine->program.functions.data[engine->root];
    if (root->ir->record == IR_NONE || root->ir->is_template_pattern)
        return 0;
    return keeper_instance_of(keeper_class(engine));
}

uint64_t keeper_key_of_file(const struct engine *engine, enum file_fact fact)
{
    enum { IN_FILES = 64 }; /* beside the bits of the keys above */
    return hash_u64(((uint64_t)engine->program.functions.data[engine->root].unit << 8) |
                    (IN_FILES + (unsigned)fact));
}

/* Those of std::pair say no more than those that the engine keeps: "(buffer)". */
static bool is_part(const char *name)
{
    return name[0] == '(' || strcmp(name, "first") == 0 || strcmp(name, "second") == 0;
}

const char *keeper_innermost_member(const struct engine *engine, value_id address)
{
    for (;;) {
        const struct value *value = value_at(&engine->values, address);
        if (value->kind != VALUE_ADDRESS)
            return NULL;
        const struct region *region = region_at(&engine->values, value->a);
        if (region->kind != REGION_FIELD)
            return NULL;
        const char *name = name_text(&engine->values, region->b);
        if (!is_part(name))
            return name;
        address = region->a;
    }
}

/* The place where a container keeps the address of the buffer that the cell lies in; VALUE_NONE:
 * it is in none. */
static value_id buffer_place(struct engine *engine, const struct state *state, value_id cell)
{
    value_id offset, buffer = value_base(&engine->values, cell, &offset);
    if (buffer == VALUE_NONE || !symbol_of(&engine->values, buffer))
        return VALUE_NONE;
    uint32_t part = name_intern(&engine->values, "(buffer)");
    struct pmap_iter iter = pmap_begin(state->store);
    for (uint64_t place, content; pmap_next(&iter, &place, &content);) {
        const struct value *value = value_at(&engine->values, (value_id)place);
        if (content != buffer || value->kind != VALUE_ADDRESS)
            continue;
        const struct region *region = region_at(&engine->values, value->a);
        if (region->kind == REGION_FIELD && region->b == part)
            return (value_id)place;
    }
    return VALUE_NONE;
}

/* Is the cell where a smart pointer among the elements keeps what it owns? */
static bool is_owned_there(const struct engine *engine, value_id cell)
{
    const struct value *value = value_at(&engine->values, cell);
    if (value->kind != VALUE_ADDRESS)
        return false;
    const struct region *region = region_at(&engine->values, value->a);
    return region->kind == REGION_FIELD &&
           (strcmp(name_text(&engine->values, region->b), "(owned)") == 0 ||
            is_owned_there(engine, region->a));
}

bool keeper_of_element(struct engine *engine, const struct state *state, value_id address,
                       struct keeper *keeper)
{
    value_id place = buffer_place(engine, state, address);
    if (place == VALUE_NONE || !keeper_of(engine, place, keeper))
        return false;
    keeper->in_container = true;
    keeper->by_owner |= is_owned_there(engine, address);
    return true;
}

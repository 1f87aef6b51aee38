#include "engine/state/held.h"

#include "engine/state/memory.h"
#include "engine/state/registrations.h"
#include "engine/state/unpinned.h"
#include "engine/value/pmap.h"

/* ---- cells ---- */

static bool is_registered(const struct marks *marks, value_id base)
{
    struct pmap_iter iter = pmap_begin(marks->state->registrations);
    for (uint64_t key, one; pmap_next(&iter, &key, &one);)
        if (registration_at(marks->engine, key)->block == base)
            return true;
    return false;
}

/* A number, or what is not known to be anything else. */
static bool leads_nowhere(const struct marks *marks, value_id content)
{
    const struct value *value = value_at(&marks->engine->values, content);
    const struct symbol *symbol = symbol_of(&marks->engine->values, content);
    return symbol ? !symbol->is_pointer
                  : value->kind == VALUE_INT || value->kind == VALUE_COMPARISON;
}

/* A variable that the code ahead does not name keeps nobody from losing a block. A member of an
 * object says under which name the program knows what it points to. */
static bool tells_who_knows(const struct marks *marks, const struct held_cell *held)
{
    const struct symbol *symbol = symbol_of(&marks->engine->values, held->block);
    return (held->cell != held->object ||
            memory_region_kind(marks->engine, held->object) != REGION_LOCAL) &&
           (!symbol || symbol->is_pointer);
}

/* What more marks change nothing about. Who knows a registered block matters always. */
static struct held_cell hold_cell(const struct marks *marks, value_id cell, value_id content)
{
    struct values *values = &marks->engine->values;
    value_id offset;
    struct held_cell held = {.cell = cell, .content = content, .reads_same = TRUTH_UNKNOWN};
    held.object = value_base(values, cell, &offset);
    held.block = value_base(values, content, &offset);
    held.may_be_read = marks_know_place(marks, cell) || !leads_nowhere(marks, content);
    held.is_wanted = pmap_get(marks->state->statuses, content, NULL) ||
                     (held.block != VALUE_NONE && is_registered(marks, held.block));
    held.tells_who_knows = held.block != VALUE_NONE && tells_who_knows(marks, &held);
    return held;
}

static void hold_cells(struct marks *marks)
{
    struct engine *engine = marks->engine;
    engine->held_cells.len = 0;
    struct pmap_iter iter = pmap_begin(marks->state->store);
    for (uint64_t key, value; pmap_next(&iter, &key, &value);)
        vec_push(engine->arena, &engine->held_cells,
                 hold_cell(marks, (value_id)key, (value_id)value));
}

static bool keeps_cell(const struct marks *marks, const struct held_cell *held)
{
    return held->is_wanted || (held->tells_who_knows && marks_has(marks, held->block)) ||
           ((held->may_be_read || marks_has(marks, held->cell)) &&
            !marks_mention_gone(marks, held->object));
}

/* A second read would give the same: where it is not remembered it need not be kept. */
static bool is_read_again(const struct marks *marks, struct held_cell *held)
{
    if (marks_has(marks, held->content))
        return false;
    if (held->reads_same == TRUTH_UNKNOWN)
        held->reads_same =
            memory_is_as_unwritten(marks->engine, marks->state, held->cell, held->content)
                ? TRUTH_TRUE
                : TRUTH_FALSE;
    return held->reads_same == TRUTH_TRUE;
}

/* What a cell was kept for stays marked: it is kept for good. */
bool held_drops_cell(const struct marks *marks, struct held_cell *held)
{
    return held->fate != CELL_KEPT && (!keeps_cell(marks, held) || is_read_again(marks, held));
}

static void mark_cells(struct marks *marks)
{
    for (size_t i = 0; i < marks->engine->held_cells.len; i++) {
        struct held_cell *held = &marks->engine->held_cells.data[i];
        if (held->fate != CELL_OPEN)
            continue;
        if (marks_has(marks, held->content) && marks_has(marks, held->cell)) {
            held->fate = CELL_MARKED;
        } else if (!held_drops_cell(marks, held)) {
            held->fate = CELL_KEPT;
            marks_add(marks, held->cell);
            marks_add(marks, held->content);
        }
    }
}

/* ---- blocks ---- */

/* Are these facts about memory that was read from a place, and could be read again? */
static bool is_found_memory(const struct marks *marks, value_id base, const struct block *block)
{
    const struct symbol *symbol = symbol_of(&marks->engine->values, base);
    return symbol && symbol->kind == SYMBOL_CONTENT && !(block->flags & BLOCK_UNDONE) &&
           !marks_has(marks, base);
}

static void hold_blocks(struct marks *marks)
{
    struct engine *engine = marks->engine;
    engine->held_blocks.len = 0;
    struct pmap_iter iter = pmap_begin(marks->state->blocks);
    for (uint64_t key, number; pmap_next(&iter, &key, &number);) {
        struct held_block held = {(value_id)key, (uint32_t)number, false};
        vec_push(engine->arena, &engine->held_blocks, held);
    }
}

static void mark_block(struct marks *marks, value_id base, const struct block *block)
{
    const value_id values[] = {base,
                               block->size,
                               block->status,
                               block->unregistered,
                               block->failed,
                               block->failed_status,
                               block->owner,
                               block->moved_from,
                               block->unregister_status};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        marks_add(marks, values[i]);
    for (const struct unpinned *u = unpinned_at(marks->engine, block->unpinned_before); u;
         u = unpinned_at(marks->engine, u->next)) {
        marks_add(marks, u->address);
        marks_add(marks, u->status);
    }
}

/* A block that is in reach may lead to others. */
static void mark_blocks(struct marks *marks)
{
    const struct engine *engine = marks->engine;
    for (size_t i = 0; i < engine->held_blocks.len; i++) {
        struct held_block *held = &engine->held_blocks.data[i];
        const struct block *block = table_at(&engine->blocks, held->number);
        if (held->is_kept || marks_mention_gone(marks, held->base) ||
            (marks->through_sources && is_found_memory(marks, held->base, block)))
            continue;
        held->is_kept = true;
        mark_block(marks, held->base, block);
    }
}

/* ---- both ---- */

void held_begin(struct marks *marks)
{
    hold_cells(marks);
    hold_blocks(marks);
}

void held_mark(struct marks *marks)
{
    mark_cells(marks);
    mark_blocks(marks);
}

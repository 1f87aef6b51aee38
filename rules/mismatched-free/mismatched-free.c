#include "engine/fixes/fixer.h"
#include "engine/rule.h"

/* What could be registered is no memory of a pinned allocator: that much is known of memory of
 * which nothing else is. A choice in between may be the one between the two kinds. */
static bool was_registered(const struct event *event)
{
    const struct block *block = &event->block;
    struct registration other;
    struct pmap_iter iter = rule_registrations(event);
    if (event->state->flags & (STATE_CHOSE | STATE_ASSUMED_CONTENT) ||
        block->flags & BLOCK_BEYOND_LOOP)
        return false;
    if (block->unregistered == event->pointer)
        return rule_must_be_zero(event, block->unregister_status) &&
               rule_follows_always(event, block->unregistered_at);
    while (rule_next_registration(event, &iter, &other))
        if (other.address == event->pointer && other.status == VALUE_NONE &&
            rule_follows_always(event, other.site))
            return true;
    return false;
}

static void hear_pinned_free(const struct rule *rule, struct event *event)
{
    const struct block *block = &event->block;
    int64_t offset;
    const char *what = NULL;
    if (block->memory == PROVENANCE_PINNED && block->life == BLOCK_RELEASED)
        what = "memory that was freed already";
    else if (block->memory == PROVENANCE_PINNED && event->offset != VALUE_NONE &&
             rule_number(event, event->offset, &offset) && offset != 0)
        what = "an address inside of a block, not its start,";
    else if (block->memory != PROVENANCE_PINNED && block->memory != PROVENANCE_UNKNOWN &&
             block->memory != PROVENANCE_OTHER)
        what = rule_memory_name(event);
    else if (block->memory == PROVENANCE_UNKNOWN && was_registered(event))
        what = "memory that could be registered, so of no pinned allocator,";
    if (!what)
        return;
    rule_report(rule, event, rule->level, 1,
                "'%s' on %s fails with status 1 (invalid value) and frees nothing", event->call,
                what);
    event->fails = true;
}

static void hear_other_free(const struct rule *rule, struct event *event)
{
    const char *call = event->call ? event->call : "its owner";
    bool is_device = event->expects == PROVENANCE_DEVICE || event->expects == PROVENANCE_MANAGED;
    if (is_device && event->model && event->model->api == MODEL_API_HIP)
        /* AMD's hipFree and hipHostFree are one function inside (ihipFree in clr's
         * hip_memory.cpp); where HIP is CUDA, hipFree is cudaFree */
        rule_report(rule, event, LEVEL_WARNING, 1,
                    "'%s' on memory of a pinned host allocator: NVIDIA's fails with status 1 "
                    "(invalid value) and frees nothing; 'hipHostFree' is what frees it",
                    call);
    else if (is_device)
        rule_report(rule, event, rule->level, 1,
                    "'%s' on memory of a pinned host allocator fails with status 1 (invalid "
                    "value) and frees nothing: 'cudaFreeHost' or its twin frees it",
                    call);
    else
        rule_report(rule, event, rule->level, 0,
                    "'%s' on memory of a pinned allocator crashes: 'cudaFreeHost' or its twin "
                    "frees it",
                    call);
    event->fails = true;
}

static void hear(const struct rule *rule, struct event *event)
{
    if (event->kind != EVENT_RELEASE || event->release == RELEASE_SCOPE ||
        event->release == RELEASE_GROWTH || event->block.life == BLOCK_GONE || !event->expects ||
        (event->block.flags & (BLOCK_REPORTED | BLOCK_QUERIED))) /* the answer decides which free */
        return;
    if (event->state->flags & STATE_CONTRADICTED) /* the flag that tells what the memory is */
        return;
    if (event->expects == PROVENANCE_PINNED)
        hear_pinned_free(rule, event);
    else if (event->block.memory == PROVENANCE_PINNED && event->block.life == BLOCK_LIVE)
        hear_other_free(rule, event);
}

/* Is the block freed here and nowhere else, by nobody else? */
static bool is_only_release(const struct fixer *fixer, const struct uses *uses)
{
    for (size_t i = 0; i < uses->list.len; i++) {
        const struct use *use = &uses->list.data[i];
        if (use->kind != USE_GIVEN && use->kind != USE_PART_GIVEN)
            continue;
        const struct ir_op *op = &fixer->function->ops.data[use->op];
        if (op != fixer->op &&
            (fixer_effect(fixer, op, MODEL_RELEASES) ||
             fixer_effect(fixer, op, MODEL_REALLOCATES) || fixer_may_undo(fixer, op)))
            return false;
    }
    return true;
}

static const char *pinned_free(const struct model_function *allocator)
{
    switch (allocator->api) {
    case MODEL_API_RUNTIME:
        return "cudaFreeHost";
    case MODEL_API_DRIVER:
        return "cuMemFreeHost";
    case MODEL_API_HIP:
        return "hipHostFree";
    default:
        return NULL;
    }
}

/* delete runs the destructors of objects; a pinned free does not. */
static bool may_destroy(const struct fixer *fixer)
{
    if (fixer->event->expects != PROVENANCE_NEW && fixer->event->expects != PROVENANCE_NEW_ARRAY)
        return false;
    const struct ir_op *pointer = rule_argument(fixer->event, 0);
    const struct ir_type *types = fixer->unit->types.data;
    if (!pointer || pointer->type == IR_NONE || types[pointer->type].element == IR_NONE)
        return true;
    return types[types[pointer->type].element].kind == IR_TYPE_RECORD;
}

/* free(p), delete[] p, cudaFree(p) of pinned memory. */
static bool mend_pinned(struct fixer *fixer, const struct ir_op *allocation,
                        const struct code_statement *statement, const char *pointer)
{
    const struct model_function *model = fixer_model(fixer, allocation);
    const char *name = model ? pinned_free(model) : NULL;
    struct code_call call;
    if (!name || may_destroy(fixer))
        return false;
    fixer_describe(fixer, "free it with '%s'", name);
    bool is_bare = statement->wrapper.first == CODE_NONE && !statement->is_void;
    if (fixer->event->expects == PROVENANCE_DEVICE) {
        if (!fixer_call(fixer, fixer->op, &call) || fixer->op->type != allocation->type)
            return false;
        if (!is_bare) {
            fixer_replace(fixer, call.name, "%s", name);
            return true;
        }
    }
    const char *check = fixer_check(fixer, allocation->type, statement);
    fixer_replace(fixer, statement->all, check ? "%s(%s(%s))" : "(%s)%s(%s)",
                  check ? check : "void", name, pointer);
    return true;
}

/* cudaFreeHost(p) of memory from malloc, with the qualifier that the file gives malloc. */
static bool mend_heap(struct fixer *fixer, const struct ir_op *allocation,
                      const struct code_statement *statement, const char *pointer)
{
    struct code_call call;
    if (fixer->event->block.memory != PROVENANCE_HEAP || fixer->event->has_registration ||
        !fixer_call(fixer, allocation, &call))
        return false;
    bool is_std = code_is(fixer->code, call.name.first, "std");
    fixer_describe(fixer, "free it with 'free'");
    fixer_replace(fixer, statement->all, "%sfree(%s)", is_std ? "std::" : "", pointer);
    return true;
}

static bool mend(struct fixer *fixer)
{
    const struct event *event = fixer->event;
    const struct ir_op *allocation = fixer_allocation(fixer, &fixer->event->block);
    const struct model_effect *effect =
        fixer->op ? fixer_effect(fixer, fixer->op, MODEL_RELEASES) : NULL;
    struct code_statement statement;
    struct code_range pointer;
    struct uses uses;
    if (!allocation || !effect || event->block.life != BLOCK_LIVE ||
        !fixer_statement(fixer, fixer->op, &statement) ||
        !fixer_released(fixer, fixer->op, &pointer) ||
        !fixer_uses(fixer, fixer->op, effect->pointer, false, &uses) ||
        !fixer_holds_only(fixer, &uses, allocation) || !is_only_release(fixer, &uses))
        return false;
    const char *text = code_text(fixer->code, pointer);
    return event->expects == PROVENANCE_PINNED ? mend_heap(fixer, allocation, &statement, text)
                                               : mend_pinned(fixer, allocation, &statement, text);
}

const struct rule rule_mismatched_free = {
    .name = "mismatched-free",
    .level = LEVEL_ERROR,
    .summary = "frees memory with the wrong function",
    .hears_uses = true,
    .hears_stories = true,
    .hear = hear,
    .fix = mend,
};

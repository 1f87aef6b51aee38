#include "validate/observe.h"

#include "support/map.h"
#include "validate/failure.h"

#include <string.h>

/* Turns of a loop: pinning anew is a defect even where no rule has seen the loop. */
enum { MANY_TURNS = 100 };

enum call_kind { CALL_OTHER, CALL_REGISTER, CALL_UNREGISTER, CALL_ALLOCATE, CALL_FREE, CALL_RESET };

/* Page-locked memory. */
struct range {
    uint64_t start, end;
    bool is_pinned;   /* of a pinned allocator; else registered */
    bool is_released; /* while registered */
    const struct run_stack *stack;
};

/* The last registration at a stack: the next one of the same bytes is a turn of a loop. */
struct site {
    const struct run_stack *stack;
    uint64_t pointer, size, nanoseconds;
    size_t turns;
};

struct observer {
    struct arena *arena;
    struct observations *out;
    struct map index; /* of observations */
    VEC(struct range) live;
    VEC(struct site) sites;
    struct map site_index; /* of stacks */
    bool was_reset;        /* a device: what else lost its registrations is not known */
};

static enum call_kind kind_of(const char *name)
{
    static const struct {
        const char *part;
        enum call_kind kind;
    } kinds[] = {
        {"HostUnregister", CALL_UNREGISTER},
        {"HostRegister", CALL_REGISTER},
        {"HostAlloc", CALL_ALLOCATE},
        {"MallocHost", CALL_ALLOCATE},
        {"AllocHost", CALL_ALLOCATE},
        {"Free", CALL_FREE},
        {"Reset", CALL_RESET},
        {"Destroy", CALL_RESET},
    };

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strstr(name, kinds[i].part))
            return kinds[i].kind;
    return CALL_OTHER;
}

/* ---- what is page-locked ---------------------------------------------------------------- */

static struct range *range_over(struct observer *observer, uint64_t start, uint64_t size,
                                bool is_pinned)
{
    for (size_t i = 0; i < observer->live.len; i++) {
        struct range *range = &observer->live.data[i];
        if (range->is_pinned == is_pinned && start < range->end && start + size > range->start)
            return range;
    }
    return NULL;
}

static bool drop_range(struct observer *observer, uint64_t start, bool is_pinned)
{
    for (size_t i = 0; i < observer->live.len; i++)
        if (observer->live.data[i].start == start &&
            observer->live.data[i].is_pinned == is_pinned) {
            observer->live.data[i] = observer->live.data[--observer->live.len];
            return true;
        }
    return false;
}

static void keep_range(struct observer *observer, const struct run_event *event, bool is_pinned)
{
    vec_push(observer->arena, &observer->live,
             (struct range){event->pointer, event->pointer + event->size, is_pinned, false,
                            event->stack});
}

/* ---- adding ----------------------------------------------------------------------------- */

static uint64_t key_of(const char *rule, enum observation_kind kind, const struct run_event *event,
                       const char *what)
{
    uint64_t key = hash_u64((uint64_t)(uintptr_t)event->stack) ^ hash_bytes(rule, strlen(rule));

    return hash_u64(key + kind) ^ hash_bytes(what, strlen(what));
}

/* Beside a finding, the first one speaks for all: its words have numbers. */
static struct observation *add(struct observer *observer, const char *rule,
                               enum observation_kind kind, const struct run_event *event,
                               const char *what)
{
    uint64_t key = key_of(rule, kind, event, kind == OBSERVED_BESIDE ? "" : what);
    uint32_t index = map_get_u64(&observer->index, key);

    if (index == MAP_NONE) {
        index = (uint32_t)observer->out->list.len;
        map_set_u64(&observer->index, key, index);
        vec_push(
            observer->arena, &observer->out->list,
            (struct observation){.rule = rule, .kind = kind, .stack = event->stack, .what = what});
    }
    struct observation *observation = &observer->out->list.data[index];
    observation->times++;
    observation->nanoseconds += event->nanoseconds;
    return observation;
}

static void add_failure(struct observer *observer, const char *rule, const struct run_event *event,
                        const char *why)
{
    add(observer, rule, OBSERVED, event,
        arena_printf(observer->arena, "'%s' fails with %d: %s", event->name, event->status, why));
}

static void add_against(struct observer *observer, const char *rule, const struct run_event *event,
                        const char *although)
{
    add(observer, rule, OBSERVED_AGAINST, event,
        arena_printf(observer->arena, "'%s' succeeds, although %s", event->name, although));
}

/* ---- register calls --------------------------------------------------------------------- */

static void explain_register(struct observer *observer, const struct run_event *event)
{
    const struct range *range = range_over(observer, event->pointer, event->size, false);
    bool is_pinned = range_over(observer, event->pointer, event->size, true) != NULL;
    const char *why, *rule = failure_of_register(observer->arena, event, is_pinned, &why);

    if (event->status == STATUS_ALREADY_REGISTERED && range && range->is_released)
        return; /* that it was freed while registered has been said */
    if (rule)
        add_failure(observer, rule, event, why);
}

static struct site *site_of(struct observer *observer, const struct run_stack *stack)
{
    uint64_t key = (uint64_t)(uintptr_t)stack;
    uint32_t index = map_get_u64(&observer->site_index, key);

    if (index == MAP_NONE) {
        index = (uint32_t)observer->sites.len;
        map_set_u64(&observer->site_index, key, index);
        vec_push(observer->arena, &observer->sites, (struct site){.stack = stack});
    }
    return &observer->sites.data[index];
}

static void look_for_loop(struct observer *observer, const struct run_event *event)
{
    struct site *site = site_of(observer, event->stack);

    site->turns += site->size && site->pointer == event->pointer && site->size == event->size;
    site->pointer = event->pointer;
    site->size = event->size;
    site->nanoseconds += event->nanoseconds;
}

/* The block around the registration, where it is known, has another size. */
static void compare_with_block(struct observer *observer, const struct run_event *event)
{
    uint64_t end = event->pointer + event->size, block_end = event->block + event->block_size;
    bool is_part = event->pointer == event->block && end < block_end;

    if (event->block_size && (end > block_end || is_part))
        add(observer, "size-mismatch", OBSERVED_BESIDE, event,
            arena_printf(observer->arena, "'%s' registers %llu bytes of a block of %llu",
                         event->name, (unsigned long long)event->size,
                         (unsigned long long)event->block_size));
}

static void follow_register(struct observer *observer, const struct run_event *event)
{
    if (event->status != 0) {
        explain_register(observer, event);
        return;
    }
    if (event->size == 0)
        add_against(observer, "zero-size", event, "the size is 0");
    if (range_over(observer, event->pointer, event->size, false))
        add_against(observer, "double-register", event, "the memory is registered already");
    if (range_over(observer, event->pointer, event->size, true))
        add_against(observer, "already-pinned", event, "the memory is of a pinned allocator");
    if (event->flags & ~(unsigned)REGISTER_FLAGS)
        add_against(observer, "invalid-flags", event, "no flag has these bits");
    compare_with_block(observer, event);
    look_for_loop(observer, event);
    keep_range(observer, event, false);
}

/* ---- the other events ------------------------------------------------------------------- */

static void follow_unregister(struct observer *observer, const struct run_event *event)
{
    if (event->status == STATUS_IN_CAPTURE)
        add_failure(observer, "register-in-capture", event, "a stream is being captured");
    else if (event->status == STATUS_NOT_REGISTERED || event->status == STATUS_INVALID_VALUE)
        add_failure(observer, "unregister-unregistered", event,
                    "no registration begins at the address");
    else if (event->status == 0 && !drop_range(observer, event->pointer, false) &&
             !observer->was_reset)
        add_against(observer, "unregister-unregistered", event,
                    "no registration begins at the address");
}

static void follow_allocate(struct observer *observer, const struct run_event *event)
{
    if (event->status == 0)
        keep_range(observer, event, true);
    else if (event->status == STATUS_IN_CAPTURE)
        add_failure(observer, "register-in-capture", event, "a stream is being captured");
    else if (event->status == STATUS_INVALID_VALUE && event->flags & ~(unsigned)ALLOC_FLAGS)
        add_failure(observer, "invalid-flags", event, "no flag has these bits");
}

static void follow_free(struct observer *observer, const struct run_event *event)
{
    bool is_host = strstr(event->name, "Host") != NULL;

    if (event->status == 0 && is_host)
        drop_range(observer, event->pointer, true);
    else if (event->status == STATUS_IN_CAPTURE && is_host)
        add_failure(observer, "register-in-capture", event, "a stream is being captured");
    else if (event->status == STATUS_INVALID_VALUE &&
             (is_host || range_over(observer, event->pointer, 1, true)))
        add_failure(observer, "mismatched-free", event,
                    is_host ? "the memory is of no pinned allocator, or freed already"
                            : "the memory is of a pinned allocator");
}

static void follow_call(struct observer *observer, const struct run_event *event)
{
    enum call_kind kind = kind_of(event->name);

    observer->out->calls++;
    observer->out->failed += event->status != 0;
    if (kind == CALL_REGISTER || kind == CALL_UNREGISTER)
        observer->out->nanoseconds += event->nanoseconds;
    if (event->status != 0)
        add(observer, "unchecked-call", OBSERVED_BESIDE, event,
            arena_printf(observer->arena, "'%s' fails with %d", event->name, event->status));
    switch (kind) {
    case CALL_REGISTER:
        follow_register(observer, event);
        break;
    case CALL_UNREGISTER:
        follow_unregister(observer, event);
        break;
    case CALL_ALLOCATE:
        follow_allocate(observer, event);
        break;
    case CALL_FREE:
        follow_free(observer, event);
        break;
    case CALL_RESET:
        if (event->status != 0)
            break;
        observer->live.len = 0;
        observer->was_reset = true;
        break;
    case CALL_OTHER:
        break;
    }
}

/* Where the function returned nobody saw: the registration is all that has a place. */
static void follow_return(struct observer *observer, struct range *range,
                          const struct run_event *event)
{
    struct run_event where = *event;

    where.stack = range->stack;
    range->is_released = true;
    add(observer, "freed-while-registered", OBSERVED, &where,
        "a function returns while its local object is registered: the next one at the address "
        "cannot be registered")
        ->origin = range->stack;
}

static void follow_release(struct observer *observer, const struct run_event *event)
{
    uint64_t size = event->size ? event->size : 1;
    struct range *range = range_over(observer, event->pointer, size, false);

    if (range && strcmp(event->name, "return") == 0) {
        follow_return(observer, range, event);
    } else if (range && !range->is_released) {
        const struct run_stack *origin = range->stack;
        range->is_released = true;
        add(observer, "freed-while-registered", OBSERVED, event,
            arena_printf(observer->arena,
                         "'%s' gives memory back while it is registered: once the address is used "
                         "again the GPU reads stale data",
                         event->name))
            ->origin = origin;
    } else if (!range && range_over(observer, event->pointer, size, true)) {
        add(observer, "mismatched-free", OBSERVED, event,
            arena_printf(observer->arena, "'%s' is given memory of a pinned allocator",
                         event->name));
    }
}

/* ---- the end ---------------------------------------------------------------------------- */

static void report_leaks(struct observer *observer)
{
    for (size_t i = 0; i < observer->live.len; i++) {
        const struct range *range = &observer->live.data[i];
        const struct run_event where = {.stack = range->stack};
        if (range->is_pinned) {
            observer->out->pinned_blocks++;
            observer->out->pinned_bytes += range->end - range->start;
        } else if (!range->is_released) {
            add(observer, "register-leak", OBSERVED, &where,
                "the memory is still registered when the process ends")
                ->origin = range->stack;
        }
    }
}

static void report_loops(struct observer *observer)
{
    for (size_t i = 0; i < observer->sites.len; i++) {
        const struct site *site = &observer->sites.data[i];
        const struct run_event where = {.stack = site->stack, .nanoseconds = site->nanoseconds};
        if (site->turns == 0)
            continue;
        add(observer, "register-in-loop", site->turns >= MANY_TURNS ? OBSERVED : OBSERVED_BESIDE,
            &where, "the same memory is registered again")
            ->times = site->turns + 1;
    }
}

static void observe_process(struct arena *arena, const struct run_process *process,
                            struct observations *observations)
{
    struct observer observer = {.arena = arena,
                                .out = observations,
                                .index = {.arena = arena},
                                .site_index = {.arena = arena}};

    for (size_t i = 0; i < process->events.len; i++)
        if (process->events.data[i].is_release)
            follow_release(&observer, &process->events.data[i]);
        else
            follow_call(&observer, &process->events.data[i]);
    report_loops(&observer);
    if (process->has_ended && !process->is_full)
        report_leaks(&observer);
}

void observe(struct arena *arena, const struct run_log *log, struct observations *observations)
{
    for (size_t i = 0; i < log->processes.len; i++)
        observe_process(arena, &log->processes.data[i], observations);
}

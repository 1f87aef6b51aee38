/* What rules reported, until all paths are walked: which of several findings at one place is kept,
 * and which stand at the end, when it is known what others undo, look at or expect. */
#include "engine/events/candidates.h"

#include "engine/events/exits.h"
#include "engine/pairs/always_registered.h"
#include "engine/pairs/deleters.h"
#include "engine/pairs/keepers.h"
#include "engine/state/status.h"

#include <assert.h>
#include <string.h>

/* ---- one place ---- */

static uint64_t place_key(const struct finding *finding)
{
    uint64_t parts[] = {hash_bytes(finding->rule, strlen(finding->rule)),
                        hash_bytes(finding->at.file, strlen(finding->at.file)),
                        ((uint64_t)finding->at.line << 32) | finding->at.column};
    return hash_bytes(parts, sizeof parts);
}

/* What the finding stands or falls with: findings at one place, as where a macro is used, may
 * differ in that. */
static uint64_t condition_key(const struct candidate *candidate)
{
    uint64_t parts[] = {candidate->keeper_key, candidate->keeper_instance, candidate->call_key,
                        candidate->left_static,
                        ((uint64_t)candidate->predicted << 1) | candidate->is_drop};
    bool is_certain = !candidate->keeper_key && !candidate->left_static && !candidate->predicted &&
                      !candidate->is_drop;
    return is_certain ? 0 : hash_bytes(parts, sizeof parts);
}

/* Of several findings of one rule at one place, the gravest and then the shortest path stays. */
static bool is_better(const struct candidate *candidate, const struct candidate *old)
{
    /* a path's own is certain, not only if a class forgets it */
    bool same_kind = !old->keeper_key == !candidate->keeper_key;
    bool certain = !same_kind && !candidate->keeper_key;
    bool graver = same_kind && candidate->finding.level > old->finding.level;
    bool shorter = same_kind && candidate->finding.level == old->finding.level &&
                   candidate->length < old->length;
    return certain || graver || shorter;
}

struct candidate *candidates_place(struct engine *engine, const struct candidate *candidate)
{
    uint64_t key = place_key(&candidate->finding) ^ condition_key(candidate);
    uint32_t known = map_get_u64(&engine->by_place, key);
    if (known == MAP_NONE) {
        map_set_u64(&engine->by_place, key, (uint32_t)engine->candidates.len);
        return vec_add(engine->lasting, &engine->candidates);
    }
    struct candidate *old = &engine->candidates.data[known];
    return is_better(candidate, old) ? old : NULL;
}

/* ---- which stand ---- */

/* Is the instance of a class template among those that do something to a member? Another instance
 * is another class; the pattern is any of them. */
static bool is_of_instance(const struct map *instances, uint64_t key, uint64_t instance)
{
    return !instance || map_get_u64(instances, hash_pair(key, instance)) != MAP_NONE ||
           map_get_u64(instances, hash_pair(key, 0)) != MAP_NONE;
}

/* Does the instance itself register what only others undo? */
static bool is_left_to_others(const struct engine *engine, const struct candidate *candidate)
{
    const uint64_t key = candidate->keeper_key, instance = candidate->keeper_instance;
    return map_get_u64(&engine->registered_instances, hash_pair(key, instance)) != MAP_NONE &&
           !is_of_instance(&engine->undone_instances, key, instance);
}

/* Others undo it, but none of them before this. */
static bool is_undone_too_late(struct engine *engine, const struct candidate *candidate)
{
    return candidate->keeper_is_released && candidate->place_key &&
           always_registered(engine, candidate->place_key, candidate->root);
}

/* Does anything undo what is kept under the key, a deleter of the member's own perhaps? */
static bool key_is_undone(const struct engine *engine, uint64_t key)
{
    return map_get_u64(&engine->undone_keepers, key) != MAP_NONE ||
           map_get_u64(&engine->undone_keepers, keeper_key_of_deleter(key)) != MAP_NONE;
}

/* ... but what the deleters do that the candidate itself knows. */
static bool key_is_undone_for(const struct engine *engine, const struct candidate *candidate,
                              uint64_t key)
{
    return candidate->deleters ? map_get_u64(&engine->undone_keepers, key) != MAP_NONE
                               : key_is_undone(engine, key);
}

static bool is_undone(struct engine *engine, const struct candidate *candidate)
{
    bool undone = key_is_undone_for(engine, candidate, candidate->keeper_key) &&
                  !is_left_to_others(engine, candidate) && !is_undone_too_late(engine, candidate);
    for (size_t i = 0; i < KEEPER_COMPANIONS && candidate->companions[i]; i++)
        undone |= key_is_undone_for(engine, candidate, candidate->companions[i]);
    return undone;
}

/* The member that is released was registered together with another one that shows the same memory,
 * and by that name it is undone. */
static bool is_undone_by_another_name(const struct engine *engine, uint64_t keeper_key)
{
    for (size_t i = 0; i < engine->shown_together.len; i++)
        if (engine->shown_together.data[i].keeper == keeper_key &&
            key_is_undone(engine, engine->shown_together.data[i].other))
            return true;
    return false;
}

/* Does the finding's path pass the place where the other one stands? */
static bool passes(const struct finding *finding, const struct finding *other)
{
    for (size_t s = 0; s < finding->path.len; s++)
        if (finding->path.data[s].at.offset == other->at.offset &&
            strcmp(finding->path.data[s].at.file, other->at.file) == 0)
            return true;
    return false;
}

/* A path's own finding, that the memory is freed as what it is not or too early, tells of the
 * registration: that it is left follows. */
static bool is_told(const struct engine *engine, const struct finding *left)
{
    for (size_t i = 0; i < engine->candidates.len; i++) {
        const struct finding *freed = &engine->candidates.data[i].finding;
        if ((strcmp(freed->rule, "mismatched-free") == 0 ||
             strcmp(freed->rule, "freed-while-registered") == 0) &&
            passes(freed, left))
            return true;
    }
    return false;
}

/* The block was moved while it was registered, on another turn of a loop perhaps: what the program
 * then makes of the new block follows. */
static bool follows_from_release(const struct engine *engine, const struct finding *finding)
{
    if (strcmp(finding->rule, "unregister-unregistered") != 0)
        return false;
    for (size_t i = 0; i < engine->candidates.len; i++) {
        const struct finding *freed = &engine->candidates.data[i].finding;
        if (strcmp(freed->rule, "freed-while-registered") == 0 && passes(finding, freed))
            return true;
    }
    return false;
}

/* An owner is given memory that it cannot free, and handed out: that is told where it is given the
 * memory, whoever lets it end. */
static bool is_told_of_owner(const struct engine *engine, const struct candidate *candidate)
{
    const struct finding *end = &candidate->finding;
    if (!candidate->owned || candidate->is_handed_out)
        return false;
    for (size_t i = 0; i < engine->candidates.len; i++) {
        const struct candidate *made = &engine->candidates.data[i];
        if (made->is_handed_out && made->owned == candidate->owned &&
            strcmp(made->finding.rule, end->rule) == 0 && made->finding.at.offset != end->at.offset)
            return true;
    }
    return false;
}

/* Has the other rule a finding at the same place? */
static bool is_told_by(const struct engine *engine, const char *rule, const struct finding *finding)
{
    for (size_t i = 0; i < engine->candidates.len; i++) {
        const struct finding *other = &engine->candidates.data[i].finding;
        if (strcmp(other->rule, rule) == 0 && other->at.offset == finding->at.offset &&
            strcmp(other->at.file, finding->at.file) == 0)
            return true;
    }
    return false;
}

/* A path's own finding at the place where a member is freed, that it is freed as what it is not,
 * says more than that some member function registered it. */
static bool is_freed_as_another(const struct engine *engine, const struct finding *freed)
{
    return is_told_by(engine, "mismatched-free", freed);
}

/* On some path the size is 0: that on others it might be is no news. */
static bool is_told_as_zero(const struct engine *engine, const struct finding *note)
{
    return strcmp(note->rule, "nonconstant-size") == 0 && is_told_by(engine, "zero-size", note);
}

/* Does a function register there what the candidate's releases? */
static bool is_registered(const struct engine *engine, const struct candidate *candidate)
{
    const uint64_t key = candidate->keeper_key;
    const uint32_t left = map_get_u64(&engine->registered_keepers, key);
    return left != MAP_NONE &&
           (!engine->left_registered.data[left].is_handed_out || key_is_undone(engine, key)) &&
           is_of_instance(&engine->registered_instances, key, candidate->keeper_instance);
}

static bool is_expected(struct engine *engine, const struct candidate *candidate)
{
    if (candidate->keeper_is_in_doubt && !is_undone_too_late(engine, candidate))
        return true;
    if (candidate->keeper_is_released &&
        (!is_registered(engine, candidate) ||
         is_undone_by_another_name(engine, candidate->keeper_key) ||
         is_freed_as_another(engine, &candidate->finding)))
        return true;
    if (candidate->keeper_key && !candidate->keeper_is_released &&
        map_get_u64(&engine->released_keepers, candidate->keeper_key) != MAP_NONE)
        return true; /* said where it is released */
    if (candidate->deleters && !deleters_release(engine, candidate->deleters))
        return true;
    if (candidate->keeper_key)
        return is_undone(engine, candidate) || is_told(engine, &candidate->finding);
    if (candidate->left_static)
        return map_get_u64(&engine->undone_alone, candidate->left_static) != MAP_NONE;
    if (candidate->is_drop)
        return map_get_u64(&engine->looked_at, candidate->call_key) != MAP_NONE;
    return candidate->predicted &&
           (status_is_expected(engine, candidate->call_key, candidate->predicted) ||
            map_get_u64(&engine->translated, candidate->call_key) ==
                (uint32_t)candidate->predicted);
}

/* Calls that fail, as other findings say: nothing is left behind that a class would owe. */
static struct map failing_calls(struct engine *engine)
{
    struct map failing = {.arena = engine->lasting};
    for (size_t i = 0; i < engine->candidates.len; i++) {
        const struct candidate *candidate = &engine->candidates.data[i];
        if (candidate->predicted && !is_expected(engine, candidate))
            map_set_u64(&failing, candidate->call_key, 1);
    }
    return failing;
}

static bool stands(struct engine *engine, const struct map *failing,
                   const struct candidate *candidate)
{
    bool is_echo = candidate->keeper_key && !candidate->keeper_is_released &&
                   map_get_u64(failing, candidate->call_key) != MAP_NONE;
    return !is_echo && !is_expected(engine, candidate) && !is_told_of_owner(engine, candidate) &&
           !is_told_as_zero(engine, &candidate->finding) &&
           !follows_from_release(engine, &candidate->finding);
}

/* The path that releases a member's memory does not know where another function registered it. */
static void add_registration(struct engine *engine, struct candidate *candidate)
{
    if (!candidate->keeper_is_released)
        return;
    uint32_t left = map_get_u64(&engine->registered_keepers, candidate->keeper_key);
    bool is_undone = key_is_undone(engine, candidate->keeper_key);
    struct finding *finding = &candidate->finding;
    struct path_step step = engine->left_registered.data[left].step;
    step.message = is_undone ? "registered here, and unregistered only where it is given up, too"
                             : "registered here, and nothing in sight unregisters it";
    vec_push(engine->findings->arena, &finding->path, step);
    memmove(finding->path.data + 1, finding->path.data,
            (finding->path.len - 1) * sizeof *finding->path.data);
    finding->path.data[0] = step;
}

void candidates_finish(struct engine *engine)
{
    struct map failing = failing_calls(engine), best_at = {.arena = engine->lasting};
    VEC(struct candidate *) best = {0};
    for (size_t i = 0; i < engine->candidates.len; i++) {
        struct candidate *candidate = &engine->candidates.data[i];
        if (!stands(engine, &failing, candidate))
            continue;
        uint64_t key = place_key(&candidate->finding);
        uint32_t known = map_get_u64(&best_at, key);
        assert(known == MAP_NONE || best.data); /* what is known was pushed */
        if (known == MAP_NONE) {
            map_set_u64(&best_at, key, (uint32_t)best.len);
            vec_push(engine->lasting, &best, candidate);
        } else if (is_better(candidate, best.data[known])) {
            best.data[known] = candidate;
        }
    }
    for (size_t i = 0; i < best.len; i++) {
        add_registration(engine, best.data[i]);
        if (exits_are_told(engine, best.data[i]))
            continue;
        exits_add(engine, best.data[i]);
        vec_push(engine->findings->arena, &engine->findings->list, best.data[i]->finding);
    }
}

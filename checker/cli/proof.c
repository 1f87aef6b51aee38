#include "cli/proof.h"

#include "support/map.h"

#include <stdbool.h>
#include <string.h>

/* A unit as it was analysed with some text of its file. */
struct attempt {
    size_t unit;
    uint64_t text; /* hash */
    struct driver_result result;
};

struct proof {
    struct check *check;
    VEC(struct attempt) attempts; /* no text is parsed twice */
    size_t refused;
};

/* ---- findings by file and rule ---------------------------------------------------------- */

static const char *key_of(struct arena *arena, const struct finding *finding)
{
    const char *file = finding->at.file != NULL ? finding->at.file : "";

    return arena_printf(arena, "%s\n%s", finding->rule, file);
}

static void add_to(struct map *counts, struct arena *arena, const struct finding *finding, int step)
{
    const char *key = key_of(arena, finding);
    uint32_t known = map_get(counts, key);

    map_set(counts, key, (uint32_t)((int)(known == MAP_NONE ? 0 : known) + step));
}

static bool is_better(const struct check *check, const struct fix_plan *plan,
                      const struct findings *after)
{
    struct arena *arena = after->arena;
    struct map most = {.arena = arena}, left = {.arena = arena};

    for (size_t i = 0; i < check->all.list.len; i++)
        add_to(&most, arena, &check->all.list.data[i], 1);
    for (size_t i = 0; i < check->findings.list.len; i++)
        if (plan->chosen[i])
            add_to(&most, arena, &check->findings.list.data[i], -1);
    for (size_t i = 0; i < after->list.len; i++) {
        const char *key = key_of(arena, &after->list.data[i]);
        uint32_t limit = map_get(&most, key);

        add_to(&left, arena, &after->list.data[i], 1);
        if (limit == MAP_NONE || map_get(&left, key) > limit)
            return false;
    }
    return true;
}

/* ---- the check of the changed files ----------------------------------------------------- */

static const struct fixed_file *change_of(const struct fix_plan *plan, const char *path)
{
    for (size_t i = 0; i < plan->files.len; i++)
        if (strcmp(plan->files.data[i].text->path, path) == 0)
            return &plan->files.data[i];
    return NULL;
}

static const struct driver_result *find_attempt(const struct proof *proof, size_t unit,
                                                uint64_t text)
{
    for (size_t i = 0; i < proof->attempts.len; i++)
        if (proof->attempts.data[i].unit == unit && proof->attempts.data[i].text == text)
            return &proof->attempts.data[i].result;
    return NULL;
}

/* Parses the changed files, as they would be, that were not parsed with that text before. False:
 * nothing can be parsed. */
static bool parse_changed(struct proof *proof, const struct fix_plan *plan)
{
    const struct run *run = &proof->check->run;
    const size_t total = run->sources.units.len, known = proof->attempts.len;
    const struct driver_options options = {
        .jobs = run->options->jobs, .timeout_seconds = run->options->timeout, .cache = run->cache};
    struct source_unit *units = arena_new_array(run->arena, total, struct source_unit);
    struct driver_result *results;
    size_t count = 0;

    for (size_t i = 0; i < total; i++) {
        const struct fixed_file *file = change_of(plan, run->sources.units.data[i].path);
        struct attempt attempt = {.unit = i};

        if (file == NULL || run->results[i].unit == NULL)
            continue;
        units[count] = run->sources.units.data[i];
        units[count].text = fix_new_text(run->arena, file, &units[count].text_len);
        attempt.text = hash_bytes(units[count].text, units[count].text_len);
        if (find_attempt(proof, i, attempt.text) != NULL)
            continue;
        vec_push(run->arena, &proof->attempts, attempt);
        count++;
    }
    if (driver_run(run->arena, units, count, &run->models, &options, &results) != NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        proof->attempts.data[known + i].result = results[i];
    return true;
}

/* Puts what the changed files become into the trial's results. False: a file does not parse as well
 * as before. */
static bool replace_results(const struct proof *proof, const struct fix_plan *plan,
                            struct run *trial)
{
    const size_t total = trial->sources.units.len;
    const struct driver_result *old = trial->results;

    trial->results = arena_copy(trial->arena, old, total * sizeof *old);
    for (size_t i = 0; i < total; i++) {
        const struct fixed_file *file = change_of(plan, trial->sources.units.data[i].path);
        const struct driver_result *result;
        const char *text;
        size_t len;

        if (file == NULL || old[i].unit == NULL)
            continue;
        text = fix_new_text(trial->arena, file, &len);
        result = find_attempt(proof, i, hash_bytes(text, len));
        if (result == NULL || result->unit == NULL ||
            result->unit->errors_in_user_files > old[i].unit->errors_in_user_files)
            return false;
        trial->results[i] = *result;
    }
    return true;
}

bool proof_of_trial(const struct check *check, const struct fix_plan *plan, struct check *trial)
{
    trial->findings = (struct findings){.arena = trial->run.arena, .root = check->findings.root};
    trial->engine = (struct engine_stats){0};
    trial->with_replays = false;
    trial->amend = NULL;
    check_analyse(trial);
    return is_better(check, plan, &trial->findings);
}

static bool holds(struct proof *proof, const struct fix_plan *plan)
{
    struct check trial = *proof->check;
    bool better;

    trial.run.arena = arena_new();
    better = parse_changed(proof, plan) && replace_results(proof, plan, &trial.run) &&
             proof_of_trial(proof->check, plan, &trial);
    arena_free(trial.run.arena);
    return better;
}

/* ---- the plan --------------------------------------------------------------------------- */

/* Lets as many of the fixes of these findings into the plan as hold together with those that are
 * in it: all, or else what each half of them can add. A fix that does not hold alone either is
 * taken out of its finding. */
static void admit(struct proof *proof, struct fix_plan *plan, bool *left_out,
                  const size_t *candidates, size_t count)
{
    struct findings *findings = &proof->check->findings;
    size_t half = count / 2;

    for (size_t i = 0; i < count; i++)
        left_out[candidates[i]] = false;
    fix_plan_make(plan, findings, left_out);
    if (holds(proof, plan))
        return;
    for (size_t i = 0; i < count; i++)
        left_out[candidates[i]] = true;
    if (count == 1) {
        findings->list.data[candidates[0]].fixes.len = 0;
        proof->refused++;
        return;
    }
    admit(proof, plan, left_out, candidates, half);
    admit(proof, plan, left_out, candidates + half, count - half);
}

/* Proves what can be planned together of the fixes that are not `done`; marks those. Returns how
 * many there were. */
static size_t prove_round(struct proof *proof, struct fix_plan *plan, bool *done)
{
    const size_t total = proof->check->findings.list.len;
    struct arena *arena = proof->check->run.arena;
    struct fix_plan all;
    bool *left_out = arena_new_array(arena, total, bool);
    size_t *candidates = arena_new_array(arena, total, size_t);
    size_t count = 0, skipped;

    fix_plan_make(&all, &proof->check->findings, done);
    for (size_t i = 0; i < total; i++) {
        left_out[i] = true;
        if (all.chosen[i]) {
            candidates[count++] = i;
            done[i] = true;
        }
    }
    skipped = all.skipped;
    *plan = all;
    if (count > 0) {
        admit(proof, plan, left_out, candidates, count);
        fix_plan_make(plan, &proof->check->findings, left_out);
    }
    plan->skipped = skipped;
    return count;
}

/* A report offers what was proven. */
static void drop_unproven(struct findings *findings, const bool *done)
{
    for (size_t i = 0; i < findings->list.len; i++)
        if (!done[i])
            findings->list.data[i].fixes.len = 0;
}

static bool is_in_scope(const struct fix_scope *scope, const struct finding *finding)
{
    return finding->fixes.len > 0 && fix_scope_holds(scope, finding->at.file);
}

size_t proof_plan(struct check *check, const struct fix_scope *scope, struct fix_plan *plan)
{
    const struct findings *findings = &check->findings;
    struct proof proof = {.check = check};
    bool *done = arena_new_array(check->run.arena, findings->list.len, bool);
    struct fix_plan
        others; /* that are not written: out of scope, or in the way of those that are */

    for (size_t i = 0; i < findings->list.len; i++)
        done[i] = !is_in_scope(scope, &findings->list.data[i]);
    prove_round(&proof, plan, done);
    for (size_t i = 0; i < findings->list.len; i++)
        done[i] = done[i] && is_in_scope(scope, &findings->list.data[i]);
    while (prove_round(&proof, &others, done) > 0)
        ;
    drop_unproven(&check->findings, done);
    return proof.refused;
}

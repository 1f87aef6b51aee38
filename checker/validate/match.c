#include "validate/match.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- places ---------------------------------------------------------------------------- */

/* Debug information spells a path as the compiler was given it. */
static bool is_same_file(const char *left, const char *right)
{
    char real[PATH_MAX];

    if (strcmp(left, right) == 0)
        return true;
    const char *a = strrchr(left, '/'), *b = strrchr(right, '/');
    if (strcmp(a ? a + 1 : left, b ? b + 1 : right) != 0)
        return false;
    return realpath(left, real) && strcmp(real, right) == 0;
}

static bool is_within(const struct run_place *place, const struct position *at)
{
    uint32_t end = at->end_line > at->line ? at->end_line : at->line;

    return place->file && place->line >= at->line && place->line <= end &&
           is_same_file(place->file, at->file);
}

static bool goes_through(const struct run_stack *stack, const struct position *at)
{
    for (size_t f = 0; stack && f < stack->frames.len; f++)
        for (size_t i = 0; i < stack->frames.data[f].places.len; i++)
            if (is_within(&stack->frames.data[f].places.data[i], at))
                return true;
    return false;
}

static bool is_system(const char *file, const char *system)
{
    size_t len = system ? strlen(system) : 0;

    return strncmp(file, "/usr/", 5) == 0 || (len && strncmp(file, system, len) == 0);
}

typedef VEC(const struct run_place *) place_list;

/* The places of the stack in the user's own code, innermost first. */
static void own_places(struct arena *arena, const struct run_stack *stack, const char *system,
                       place_list *places)
{
    for (size_t f = 0; stack && f < stack->frames.len; f++)
        for (size_t i = 0; i < stack->frames.data[f].places.len; i++) {
            const struct run_place *place = &stack->frames.data[f].places.data[i];
            if (place->file && !is_system(place->file, system))
                vec_push(arena, places, place);
        }
}

/* ---- one finding ------------------------------------------------------------------------ */

/* Rules that announce what another one would say of the run. */
static bool is_said_by(const char *rule, const char *observed)
{
    if (strcmp(rule, "nonconstant-size") == 0)
        return strcmp(observed, "zero-size") == 0;
    return strcmp(rule, observed) == 0;
}

static bool is_on_path(const struct finding *finding, const struct run_stack *stack)
{
    for (size_t i = 0; i < finding->path.len; i++)
        if (goes_through(stack, &finding->path.data[i].at))
            return true;
    return goes_through(stack, &finding->at);
}

/* A leak shows where the memory was registered, a release where it was released; the finding may
 * stand at either, with the other on its path. */
static bool is_at(const struct finding *finding, const struct observation *observation)
{
    if (goes_through(observation->stack, &finding->at))
        return true;
    return observation->origin && (goes_through(observation->origin, &finding->at) ||
                                   is_on_path(finding, observation->stack));
}

/* Destructors run at lines of the compiler's choice: what no finding says exactly is meant by the
 * one that knows the registration. */
static bool is_of_same_memory(const struct finding *finding, const struct observation *observation)
{
    return observation->origin && !observation->is_matched &&
           is_on_path(finding, observation->origin);
}

static size_t count_events(const struct run_log *log, const struct position *at)
{
    size_t count = 0;

    for (size_t p = 0; p < log->processes.len; p++)
        for (size_t i = 0; i < log->processes.data[p].stacks.len; i++) {
            const struct run_stack *stack = log->processes.data[p].stacks.data[i];
            if (goes_through(stack, at))
                count += stack->events;
        }
    return count;
}

static const char *describe(struct arena *arena, const struct observation *observation)
{
    double milliseconds = (double)observation->nanoseconds / 1e6;

    if (strcmp(observation->rule, "register-in-loop") == 0)
        return arena_printf(arena, "%s: %zu times, %.1f ms in all", observation->what,
                            observation->times, milliseconds);
    if (observation->times == 1)
        return observation->what;
    return arena_printf(arena, "%s (%zu times)", observation->what, observation->times);
}

typedef bool matches_function(const struct finding *finding, const struct observation *observation);

static void match(struct arena *arena, const struct finding *finding, matches_function *matches,
                  struct observations *observations, struct match_verdict *verdict)
{
    for (size_t i = 0; i < observations->list.len; i++) {
        struct observation *observation = &observations->list.data[i];
        if (!is_said_by(finding->rule, observation->rule) || !matches(finding, observation))
            continue;
        bool is_against = observation->kind == OBSERVED_AGAINST;
        observation->is_matched = true;
        if (verdict->verdict == VERDICT_CONFIRMED || (is_against && verdict->reason))
            continue;
        *verdict = (struct match_verdict){is_against ? VERDICT_REFUTED : VERDICT_CONFIRMED,
                                          describe(arena, observation)};
    }
}

struct match_verdict *match_findings(struct arena *arena, const struct findings *findings,
                                     const struct run_log *log, struct observations *observations)
{
    size_t count = findings->list.len;
    struct match_verdict *verdicts = arena_new_array(arena, count, struct match_verdict);

    for (size_t i = 0; i < count; i++)
        match(arena, &findings->list.data[i], is_at, observations, &verdicts[i]);
    for (size_t i = 0; i < count; i++) {
        const struct finding *finding = &findings->list.data[i];
        if (verdicts[i].verdict == VERDICT_NONE)
            match(arena, finding, is_of_same_memory, observations, &verdicts[i]);
        if (verdicts[i].verdict != VERDICT_NONE)
            continue;
        size_t ran = count_events(log, &finding->at);
        verdicts[i].verdict = VERDICT_NOT_REACHED;
        verdicts[i].reason =
            ran ? arena_printf(arena, "%zu recorded call%s came from this line, not this way", ran,
                               ran == 1 ? "" : "s")
                : "no recorded call came from this line";
    }
    return verdicts;
}

/* ---- what no finding says --------------------------------------------------------------- */

static struct position position_of(struct arena *arena, const struct run_place *place)
{
    char real[PATH_MAX];
    const char *file = realpath(place->file, real) ? arena_strdup(arena, real) : place->file;

    return (struct position){
        .file = file, .line = place->line, .column = 1, .end_line = place->line, .end_column = 1};
}

static bool is_said(const struct findings *findings, const char *rule, const struct position *at)
{
    for (size_t i = 0; i < findings->list.len; i++) {
        const struct finding *finding = &findings->list.data[i];
        if (strcmp(finding->rule, rule) == 0 && finding->at.line == at->line &&
            strcmp(finding->at.file, at->file) == 0)
            return true;
    }
    return false;
}

static void add_steps(struct arena *arena, struct finding *finding, const place_list *places,
                      size_t from, const char *message)
{
    enum { MAX_STEPS = 4 };

    for (size_t i = from; i < places->len && i < from + MAX_STEPS; i++) {
        vec_push(arena, &finding->path,
                 (struct path_step){position_of(arena, places->data[i]), message});
        message = "called from here";
    }
}

static void add_seen(struct findings *findings, const struct rule_info *rule,
                     const struct observation *observation, const place_list *places,
                     const char *system)
{
    struct arena *arena = findings->arena;
    struct finding finding = {
        .rule = rule->name,
        .level = rule->level,
        .message = arena_printf(arena, "in the run: %s", describe(arena, observation)),
        .at = position_of(arena, places->data[0]),
        .function = places->data[0]->function};
    struct validation *validation = arena_new_object(arena, struct validation);
    place_list origin = {0};

    if (is_said(findings, finding.rule, &finding.at))
        return;
    if (strcmp(rule->name, "register-leak") == 0)
        finding.level = LEVEL_NOTE; /* as the rule has it where the process ends */
    else if (observation->origin)
        own_places(arena, observation->origin, system, &origin);
    add_steps(arena, &finding, &origin, 0, "registered here");
    add_steps(arena, &finding, places, 1, "called from here");
    if (!finding.function)
        finding.function = "";
    *validation =
        (struct validation){.verdict = VERDICT_SEEN, .reason = describe(arena, observation)};
    finding.validation = validation;
    vec_push(arena, &findings->list, finding);
}

size_t match_add_unsaid(struct findings *findings, const struct rule_table *rules,
                        const struct observations *observations, const char *system)
{
    size_t placeless = 0;

    for (size_t i = 0; i < observations->list.len; i++) {
        const struct observation *observation = &observations->list.data[i];
        const struct rule_info *rule = rule_find(rules, observation->rule);
        place_list places = {0};
        if (observation->kind != OBSERVED || observation->is_matched || !rule)
            continue;
        own_places(findings->arena, observation->stack, system, &places);
        if (places.len)
            add_seen(findings, rule, observation, &places, system);
        else
            placeless++;
    }
    return placeless;
}

/* ---- the program's sources -------------------------------------------------------------- */

static bool has_word(const struct words *words, const char *word)
{
    for (size_t i = 0; i < words->len; i++)
        if (strcmp(words->data[i], word) == 0)
            return true;
    return false;
}

struct words match_sources(struct arena *arena, const struct run_log *log, const char *system)
{
    struct words sources = {0};

    for (size_t p = 0; p < log->processes.len; p++)
        for (size_t s = 0; s < log->processes.data[p].stacks.len; s++) {
            place_list places = {0};
            own_places(arena, log->processes.data[p].stacks.data[s], system, &places);
            for (size_t i = 0; i < places.len; i++) {
                const char *file = position_of(arena, places.data[i]).file;
                if (!has_word(&sources, file) && access(file, R_OK) == 0)
                    vec_push(arena, &sources, file);
            }
        }
    return sources;
}

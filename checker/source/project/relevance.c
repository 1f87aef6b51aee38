#include "source/project/relevance.h"

#include "source/project/cache.h"
#include "source/project/reach.h"
#include "source/project/walk.h"
#include "source/text/carriers.h"
#include "source/text/lexer.h"
#include "source/text/pastes.h"
#include "source/text/text.h"
#include "support/map.h"

#include <ctype.h>
#include <string.h>

/* What a file's text says about the names; the same for every unit that reaches it. */
struct mention {
    bool is_known;
    bool has_name;  /* of a watched function */
    bool may_paste; /* ... together from parts: nobody can tell */
};

enum {
    MOST_CARRIERS = 2000,
    FILTER_BITS = 16,
    SHORTEST_PART = 7 /* bytes of a word that is a name's beginning: "hipHost" */
};

struct relevance {
    struct arena *arena;
    const struct model_set *models;
    VEC(const char *) names; /* of all watched functions that have one, without their scopes */
    size_t pasted_names;     /* the first ones, the models': macros may paste these together */
    struct map hashes;       /* of the names */
    unsigned char *filter;   /* by the hashes' low bits: most identifiers are no name */
    bool has_patterns;       /* names given by regular expressions: the text must be asked */
    struct reach *reach;
    VEC(struct mention) mentions; /* by the numbers of `reach` */
    struct map carriers_of;       /* hash of a file and the names wanted in it; into carriers */
    VEC(struct words) carriers;
};

/* ---- names ------------------------------------------------------------------------------- */

static const char *identifier_of(const char *qualified)
{
    const char *colons = strrchr(qualified, ':');
    return colons ? colons + 1 : qualified;
}

static uint32_t filter_place(uint32_t hash)
{
    return hash & ((1U << FILTER_BITS) - 1);
}

/* False: it was there. */
static bool add_word(struct relevance *relevance, const char *word, size_t len)
{
    uint32_t hash = facts_hash(word, len);
    if (map_get_u64(&relevance->hashes, hash) != MAP_NONE)
        return false;
    map_set_u64(&relevance->hashes, hash, 0);
    relevance->filter[filter_place(hash)] = 1;
    return true;
}

static void add_name(struct relevance *relevance, const char *qualified)
{
    const char *name = identifier_of(qualified);
    if (add_word(relevance, name, strlen(name)))
        vec_push(relevance->arena, &relevance->names, name);
}

/* CONCAT(cudaHost, op): a macro that pastes any two words is given a name's beginning. One that is
 * a function itself, as cudaMalloc begins cudaMallocHost, nearly every CUDA source has. */
static void add_beginnings(struct relevance *relevance, const struct map *functions)
{
    for (size_t i = 0; i < relevance->names.len; i++) {
        const char *name = relevance->names.data[i];
        const size_t len = strlen(name);
        for (size_t at = SHORTEST_PART; at < len; at++)
            if (isupper((unsigned char)name[at]) && islower((unsigned char)name[at - 1]) &&
                map_get_u64(functions, facts_hash(name, at)) == MAP_NONE)
                add_word(relevance, name, at);
    }
}

static bool is_name(const struct relevance *relevance, uint32_t hash)
{
    return relevance->filter[filter_place(hash)] &&
           map_get_u64(&relevance->hashes, hash) != MAP_NONE;
}

struct relevance *relevance_new(struct arena *arena, const struct model_set *models)
{
    struct relevance *relevance = arena_new_object(arena, struct relevance);
    relevance->arena = arena;
    relevance->models = models;
    relevance->hashes.arena = arena;
    relevance->carriers_of.arena = arena;
    relevance->filter = arena_alloc(arena, (size_t)1 << FILTER_BITS);
    relevance->reach = reach_new(arena);
    struct map functions = {.arena = arena}; /* hashes of the names of all */
    for (size_t i = 0; i < models->functions.len; i++) {
        const struct model_function *function = &models->functions.data[i];
        map_set_u64(&functions, facts_hash(function->name, strlen(function->name)), 1);
        if (!models_function_is_watched(function))
            continue;
        if (function->is_regex)
            relevance->has_patterns = true;
        else
            add_name(relevance, function->name);
    }
    relevance->pasted_names = relevance->names.len;
    add_beginnings(relevance, &functions);
    return relevance;
}

void relevance_add_names(struct relevance *relevance, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add_name(relevance, names[i]);
    relevance->mentions.len = 0;
    relevance->carriers_of = (struct map){.arena = relevance->arena};
}

static bool is_watched(const struct relevance *relevance, const char *name, size_t len)
{
    return is_name(relevance, facts_hash(name, len)) ||
           models_is_watched(relevance->models, name, len);
}

static bool any_name_is_watched(const struct relevance *relevance, const char *text, size_t len)
{
    struct lexer lexer = lexer_start(text, len);
    for (;;) {
        struct lexer_token token = lexer_next(&lexer);
        if (token.kind == LEXER_END)
            return false;
        if (token.kind == LEXER_NAME && is_watched(relevance, token.text, token.len))
            return true;
    }
}

/* ---- one file ---------------------------------------------------------------------------- */

static bool may_paste(const struct relevance *relevance, const struct facts *facts)
{
    const char *end;
    for (const char *before = facts_pastes(facts, &end); before < end;) {
        const char *after = before + strlen(before) + 1;
        if (pastes_make_one_of(before, after, relevance->names.data, relevance->pasted_names))
            return true;
        before = after + strlen(after) + 1;
    }
    return false;
}

static bool text_matches_pattern(const struct relevance *relevance, const char *path)
{
    struct arena *scratch = arena_new();
    struct source_text text;
    bool matches = source_read_text(scratch, path, &text) &&
                   any_name_is_watched(relevance, text.data, text.len);
    arena_free(scratch);
    return matches;
}

static bool has_name(const struct relevance *relevance, const struct facts *facts)
{
    const uint32_t *identifiers = facts_identifiers(facts);
    for (size_t i = 0; i < facts->identifier_count; i++)
        if (is_name(relevance, identifiers[i]))
            return true;
    return false;
}

static struct mention mention_in(struct relevance *relevance, uint32_t file)
{
    while (relevance->mentions.len <= file)
        vec_push(relevance->arena, &relevance->mentions, (struct mention){0});
    struct mention *mention = &relevance->mentions.data[file];
    const struct facts *facts = reach_facts(relevance->reach, file);
    if (!mention->is_known && facts) {
        mention->has_name = has_name(relevance, facts) ||
                            (relevance->has_patterns &&
                             text_matches_pattern(relevance, reach_path(relevance->reach, file)));
        mention->may_paste = may_paste(relevance, facts);
    }
    mention->is_known = true;
    return *mention;
}

/* Who reaches such a file is relevant, whatever it uses. What is included but is no header is a
 * part of the unit. */
static bool is_catching(struct relevance *relevance, uint32_t file)
{
    struct mention mention = mention_in(relevance, file);
    return mention.may_paste ||
           (mention.has_name && !source_is_header(reach_path(relevance->reach, file)));
}

/* A source that is parsed for the sake of a header is a part of nobody. */
static bool is_catching_for(struct relevance *relevance, const struct source_unit *unit,
                            uint32_t file)
{
    const char *path = reach_path(relevance->reach, file);
    if (unit->through && strcmp(path, unit->through) == 0)
        return mention_in(relevance, file).may_paste;
    return is_catching(relevance, file);
}

/* ---- who carries the names to the unit --------------------------------------------------- */

/* The names whose use in a unit makes it relevant, found round by round: the carriers of the
 * watched names in the headers that it reaches, the carriers of those, and so on. */
struct spread {
    struct relevance *relevance;
    struct arena *scratch;
    const file_list *files;
    struct map names;    /* hashes */
    VEC(uint32_t) queue; /* the same, in order of discovery */
    size_t matched;      /* of the queue: looked for in all files */
    uint64_t *matches;   /* by file: a hash of the names that it mentions; 0: none */
    bool *is_stale;      /* by file: more names since its carriers were found */
};

static struct spread spread_new(struct relevance *relevance, struct arena *scratch,
                                const file_list *files)
{
    struct spread spread = {
        .relevance = relevance,
        .scratch = scratch,
        .files = files,
        .names = {.arena = scratch},
        .matches = arena_new_array(scratch, files->len, uint64_t),
        .is_stale = arena_new_array(scratch, files->len, bool),
    };
    for (size_t i = 0; i < files->len; i++)
        spread.is_stale[i] = mention_in(relevance, files->data[i]).has_name;
    return spread;
}

static bool is_wanted(const void *context, const char *name, size_t len)
{
    const struct spread *spread = context;
    return is_watched(spread->relevance, name, len) ||
           map_get_u64(&spread->names, facts_hash(name, len)) != MAP_NONE;
}

static const struct words *carriers_in(struct spread *spread, size_t i)
{
    struct relevance *relevance = spread->relevance;
    uint32_t file = spread->files->data[i];
    uint64_t key = hash_u64(file) ^ spread->matches[i];
    uint32_t known = map_get_u64(&relevance->carriers_of, key);
    if (known != MAP_NONE)
        return &relevance->carriers.data[known];
    struct arena *scratch = arena_new();
    struct source_text text;
    struct words words = {0};
    if (source_read_text(scratch, reach_path(relevance->reach, file), &text))
        carriers_find(relevance->arena, text.data, text.len, is_wanted, spread, &words);
    arena_free(scratch);
    map_set_u64(&relevance->carriers_of, key, (uint32_t)relevance->carriers.len);
    vec_push(relevance->arena, &relevance->carriers, words);
    return &relevance->carriers.data[relevance->carriers.len - 1];
}

static void spread_to(struct spread *spread, const char *name)
{
    uint32_t hash = facts_hash(name, strlen(name));
    if (map_get_u64(&spread->names, hash) != MAP_NONE)
        return;
    map_set_u64(&spread->names, hash, 0);
    vec_push(spread->scratch, &spread->queue, hash);
}

static void refresh_stale(struct spread *spread)
{
    for (size_t i = 0; i < spread->files->len; i++) {
        if (!spread->is_stale[i])
            continue;
        spread->is_stale[i] = false;
        const struct words *words = carriers_in(spread, i);
        for (size_t j = 0; j < words->len; j++)
            spread_to(spread, words->data[j]);
    }
}

static void match_name(struct spread *spread, uint32_t name)
{
    for (size_t i = 0; i < spread->files->len; i++) {
        const struct facts *facts = reach_facts(spread->relevance->reach, spread->files->data[i]);
        if (!facts || !facts_have(facts, name))
            continue;
        spread->matches[i] ^= hash_u64(name);
        spread->is_stale[i] = true;
    }
}

/* One more round. False: there are no more names, or too many to go on. */
static bool spread_on(struct spread *spread)
{
    size_t end = spread->queue.len;
    if (end >= MOST_CARRIERS)
        return false;
    for (; spread->matched < end; spread->matched++)
        match_name(spread, spread->queue.data[spread->matched]);
    refresh_stale(spread);
    return spread->queue.len > end;
}

static bool is_endless(const struct spread *spread)
{
    return spread->queue.len >= MOST_CARRIERS;
}

static bool uses_any(const struct spread *spread, const struct facts *own, size_t from)
{
    for (size_t i = from; i < spread->queue.len; i++)
        if (facts_have(own, spread->queue.data[i]))
            return true;
    return false;
}

/* True when the unit uses a name that carries a watched one. */
static bool uses_carrier(struct spread *spread, const struct facts *own)
{
    size_t asked = 0;
    bool goes_on = true;
    refresh_stale(spread);
    while (goes_on && !uses_any(spread, own, asked)) {
        asked = spread->queue.len;
        goes_on = spread_on(spread);
    }
    return goes_on || is_endless(spread);
}

/* ---- units ------------------------------------------------------------------------------- */

/* What holds for all units of one setting (reach_setting): it spares most of them their own look at
 * the headers. */
struct overview {
    bool any_mention; /* by a file that one of the units reaches */
    bool is_blunt;    /* files that catch whoever reaches them, or names without end */
    struct spread spread;
};

static struct overview survey(struct relevance *relevance, struct arena *scratch,
                              const file_list *files)
{
    struct overview overview = {0};
    for (size_t i = 0; i < files->len; i++) {
        bool catches = is_catching(relevance, files->data[i]);
        overview.is_blunt |= catches;
        overview.any_mention |= catches || mention_in(relevance, files->data[i]).has_name;
    }
    if (!overview.any_mention || overview.is_blunt)
        return overview;
    overview.spread = spread_new(relevance, scratch, files);
    refresh_stale(&overview.spread);
    while (spread_on(&overview.spread))
        ;
    overview.is_blunt = is_endless(&overview.spread);
    return overview;
}

/* Nothing that the headers carry is used, whichever of them the unit reaches. */
static bool overview_clears(const struct overview *overview, const struct facts *own)
{
    return !overview->any_mention || (!overview->is_blunt && !uses_any(&overview->spread, own, 0));
}

static bool headers_matter(struct relevance *relevance, const struct source_unit *unit,
                           uint32_t setting, const struct facts *own)
{
    struct arena *scratch = arena_new();
    file_list files = reach_of_unit(relevance->reach, scratch, unit, setting, own);
    bool any = false, caught = false;
    for (size_t i = 0; i < files.len && !caught; i++) {
        caught = is_catching_for(relevance, unit, files.data[i]);
        any |= mention_in(relevance, files.data[i]).has_name;
    }
    if (any && !caught) {
        struct spread spread = spread_new(relevance, scratch, &files);
        caught = uses_carrier(&spread, own);
    }
    arena_free(scratch);
    return caught;
}

/* -DFREE=cudaFreeHost */
static bool arguments_have_name(const struct relevance *relevance, const struct source_unit *unit)
{
    for (size_t i = 0; i < unit->args.len; i++)
        if (any_name_is_watched(relevance, unit->args.data[i], strlen(unit->args.data[i])))
            return true;
    return false;
}

/* Comments and messages that mention a name are no reason to parse. */
static bool own_text_matters(struct relevance *relevance, const struct source_unit *unit,
                             const struct facts *own)
{
    if (may_paste(relevance, own) || has_name(relevance, own))
        return true;
    if (!relevance->has_patterns)
        return false;
    return unit->text ? any_name_is_watched(relevance, unit->text, unit->text_len)
                      : text_matches_pattern(relevance, unit->path);
}

/* Copied to `arena` where they are those of an unsaved text. */
static const struct facts *own_facts(struct arena *arena, const struct source_unit *unit,
                                     struct fact_store *store)
{
    if (!unit->text)
        return fact_store_get(store, unit->path);
    struct facts_reader *reader = facts_reader_new();
    const struct facts *facts = facts_of_text(reader, unit->text, unit->text_len);
    facts = arena_copy(arena, facts, facts->len);
    facts_reader_free(reader);
    return facts;
}

/* Those that their arguments and their own texts leave undecided. */
struct undecided {
    VEC(struct source_unit) units;
    VEC(uint32_t) settings;
    VEC(const struct facts *) facts;
    VEC(size_t) places;
};

static void decide_by_text(struct relevance *relevance, struct arena *scratch,
                           const struct source_unit *units, size_t count, bool *answers,
                           struct undecided *undecided)
{
    struct fact_store *store = reach_open(relevance->reach, units, count);
    struct map arguments = {.arena = scratch};
    for (size_t i = 0; i < count; i++) {
        const struct facts *own = own_facts(scratch, &units[i], store);
        uint32_t setting = reach_setting(relevance->reach, &units[i]);
        if (map_get_u64(&arguments, setting) == MAP_NONE)
            map_set_u64(&arguments, setting, arguments_have_name(relevance, &units[i]));
        answers[i] = !own || /* the parser shall say what is wrong with it */
                     map_get_u64(&arguments, setting) ||
                     own_text_matters(relevance, &units[i], own);
        if (answers[i])
            continue;
        vec_push(scratch, &undecided->units, units[i]);
        vec_push(scratch, &undecided->settings, setting);
        vec_push(scratch, &undecided->facts, own);
        vec_push(scratch, &undecided->places, i);
    }
}

void relevance_of_units(struct relevance *relevance, const struct source_unit *units, size_t count,
                        bool *answers)
{
    struct arena *scratch = arena_new();
    struct undecided left = {0};
    decide_by_text(relevance, scratch, units, count, answers, &left);
    size_t settings = reach_setting_count(relevance->reach);
    file_list *files = arena_new_array(scratch, settings, file_list);
    struct overview *overviews = arena_new_array(scratch, settings, struct overview);
    reach_of_units(relevance->reach, scratch, left.units.data, left.facts.data, left.units.len,
                   left.settings.data, files);
    for (size_t i = 0; i < settings; i++)
        overviews[i] = survey(relevance, scratch, &files[i]);
    for (size_t i = 0; i < left.units.len; i++) {
        uint32_t setting = left.settings.data[i];
        const struct facts *own = left.facts.data[i];
        answers[left.places.data[i]] = !overview_clears(&overviews[setting], own) &&
                                       headers_matter(relevance, &left.units.data[i], setting, own);
    }
    arena_free(scratch);
}

struct reach *relevance_reach(struct relevance *relevance)
{
    return relevance->reach;
}

bool relevance_of_unit(struct relevance *relevance, const struct source_unit *unit)
{
    bool answer;
    relevance_of_units(relevance, unit, 1, &answer);
    return answer;
}

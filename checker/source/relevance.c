#include "source/relevance.h"

#include "source/carriers.h"
#include "source/lexer.h"
#include "source/name_search.h"
#include "source/reach.h"
#include "source/text.h"
#include "source/walk.h"
#include "support/map.h"

#include <stdlib.h>
#include <string.h>

/* What a header's text says; the same for every unit that reaches it. */
struct header {
    bool has_name;  /* of a watched function; a comment may be all */
    bool may_paste; /* ... together from parts: nobody can tell */
    bool is_lexed;
    uint64_t *identifiers; /* hashes, in ascending order */
    size_t count;
};

struct relevance {
    struct arena *arena;
    const struct model_set *models;
    struct name_search *search;
    bool has_patterns;  /* names given by regular expressions: every identifier must be asked for */
    struct map further; /* hashes of the caller's own names */
    struct reach *reach;
    VEC(struct header) headers; /* by the numbers of `reach` */
    struct map carriers_of;     /* hash of a header and the names wanted in it; into carriers */
    VEC(struct words) carriers;
};

enum { MOST_CARRIERS = 2000 };

/* ---- names ------------------------------------------------------------------------------- */

static const char *identifier_of(const char *qualified)
{
    const char *colons = strrchr(qualified, ':');
    return colons ? colons + 1 : qualified;
}

static bool is_watched(const void *context, const char *name, size_t len)
{
    const struct relevance *relevance = context;
    return models_is_watched(relevance->models, name, len) ||
           map_get_u64(&relevance->further, hash_bytes(name, len)) != MAP_NONE;
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

static bool has_name(const struct relevance *relevance, const char *text, size_t len)
{
    return name_search_hits(relevance->search, text, len) ||
           (relevance->has_patterns && any_name_is_watched(relevance, text, len));
}

static void note_header(void *context, uint32_t file, const char *text, size_t len)
{
    (void)file; /* they come in order */
    struct relevance *relevance = context;
    struct header header = {.has_name = has_name(relevance, text, len),
                            .may_paste = name_search_may_paste(relevance->search, text, len)};
    vec_push(relevance->arena, &relevance->headers, header);
}

struct relevance *relevance_new(struct arena *arena, const struct model_set *models,
                                const char *const *names, size_t count)
{
    struct relevance *relevance = arena_new_object(arena, struct relevance);
    relevance->arena = arena;
    relevance->models = models;
    relevance->further.arena = arena;
    relevance->carriers_of.arena = arena;
    relevance->reach = reach_new(arena, note_header, relevance);
    VEC(const char *) all = {0};
    for (size_t i = 0; i < models->functions.len; i++) {
        const struct model_function *function = &models->functions.data[i];
        if (!models_function_is_watched(function))
            continue;
        if (function->is_regex)
            relevance->has_patterns = true;
        else
            vec_push(arena, &all, identifier_of(function->name));
    }
    for (size_t i = 0; i < count; i++) {
        const char *name = identifier_of(names[i]);
        vec_push(arena, &all, name);
        map_set_u64(&relevance->further, hash_bytes(name, strlen(name)), 0);
    }
    relevance->search = name_search_new(arena, all.data, all.len);
    return relevance;
}

/* ---- identifiers of a text --------------------------------------------------------------- */

static int compare_hashes(const void *left, const void *right)
{
    uint64_t a, b;
    memcpy(&a, left, sizeof a);
    memcpy(&b, right, sizeof b);
    return (a > b) - (a < b);
}

static void lex(struct arena *arena, const char *text, size_t len, struct header *header)
{
    struct map seen = {.arena = arena};
    VEC(uint64_t) hashes = {0};
    struct lexer lexer = lexer_start(text, len);
    for (;;) {
        struct lexer_token token = lexer_next(&lexer);
        if (token.kind == LEXER_END)
            break;
        uint64_t hash = hash_bytes(token.text, token.len);
        if (token.kind != LEXER_NAME || map_get_u64(&seen, hash) != MAP_NONE)
            continue;
        map_set_u64(&seen, hash, 0);
        vec_push(arena, &hashes, hash);
    }
    if (hashes.len)
        qsort(hashes.data, hashes.len, sizeof *hashes.data, compare_hashes);
    header->is_lexed = true;
    header->identifiers = hashes.data;
    header->count = hashes.len;
}

static bool has_identifier(const struct header *header, uint64_t hash)
{
    return header->count && bsearch(&hash, header->identifiers, header->count,
                                    sizeof *header->identifiers, compare_hashes) != NULL;
}

static const struct header *lexed_header(struct relevance *relevance, uint32_t file)
{
    struct header *header = &relevance->headers.data[file];
    if (header->is_lexed)
        return header;
    struct arena *scratch = arena_new();
    struct source_text text;
    struct header lexed = {0};
    if (source_read_text(scratch, reach_path(relevance->reach, file), &text))
        lex(scratch, text.data, text.len, &lexed);
    header->identifiers =
        arena_copy(relevance->arena, lexed.identifiers, lexed.count * sizeof *lexed.identifiers);
    header->count = lexed.count;
    header->is_lexed = true;
    arena_free(scratch);
    return header;
}

/* ---- who carries the names to the unit --------------------------------------------------- */

/* The names whose use in a unit makes it relevant, found round by round: the carriers of the
 * watched names in the headers that it reaches, the carriers of those, and so on. */
struct spread {
    struct relevance *relevance;
    struct arena *scratch;
    const struct reach_files *files;
    struct map names;    /* hashes */
    VEC(uint64_t) queue; /* the same, in order of discovery */
    uint64_t *matches;   /* by file: a hash of the names that it mentions; 0: none */
    bool *is_stale;      /* by file: more names since its carriers were found */
};

static bool is_wanted(const void *context, const char *name, size_t len)
{
    const struct spread *spread = context;
    return is_watched(spread->relevance, name, len) ||
           map_get_u64(&spread->names, hash_bytes(name, len)) != MAP_NONE;
}

static const struct words *carriers_in(struct spread *spread, size_t i)
{
    struct relevance *relevance = spread->relevance;
    uint32_t file = spread->files->list.data[i];
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

static void add_name(struct spread *spread, const char *name)
{
    uint64_t hash = hash_bytes(name, strlen(name));
    if (map_get_u64(&spread->names, hash) != MAP_NONE)
        return;
    map_set_u64(&spread->names, hash, 0);
    vec_push(spread->scratch, &spread->queue, hash);
}

static void refresh_stale(struct spread *spread)
{
    for (size_t i = 0; i < spread->files->list.len; i++) {
        if (!spread->is_stale[i])
            continue;
        spread->is_stale[i] = false;
        const struct words *words = carriers_in(spread, i);
        for (size_t j = 0; j < words->len; j++)
            add_name(spread, words->data[j]);
    }
}

static void match_name(struct spread *spread, uint64_t name)
{
    for (size_t i = 0; i < spread->files->list.len; i++) {
        if (!has_identifier(lexed_header(spread->relevance, spread->files->list.data[i]), name))
            continue;
        spread->matches[i] ^= hash_u64(name);
        spread->is_stale[i] = true;
    }
}

/* True when the text uses a name that carries a watched one. */
static bool uses_carrier(struct spread *spread, const char *text, size_t len)
{
    struct header own = {0};
    lex(spread->scratch, text, len, &own);
    size_t next = 0;
    refresh_stale(spread);
    while (next < spread->queue.len && spread->queue.len < MOST_CARRIERS) {
        for (size_t end = spread->queue.len; next < end; next++) {
            if (has_identifier(&own, spread->queue.data[next]))
                return true;
            match_name(spread, spread->queue.data[next]);
        }
        refresh_stale(spread);
    }
    return spread->queue.len >= MOST_CARRIERS;
}

/* What is included but is no header is a part of the unit. */
static bool is_header(const char *path)
{
    enum source_language language;
    bool is_header = false;
    return source_language_of_ending(path, &language, &is_header) && is_header;
}

static bool headers_matter(struct relevance *relevance, struct arena *scratch,
                           const struct source_unit *unit, const char *text, size_t len)
{
    struct reach_files files = reach_of_unit(relevance->reach, scratch, unit, text, len);
    struct spread spread = {
        .relevance = relevance,
        .scratch = scratch,
        .files = &files,
        .names = {.arena = scratch},
        .matches = arena_new_array(scratch, files.list.len, uint64_t),
        .is_stale = arena_new_array(scratch, files.list.len, bool),
    };
    bool any = false;
    for (size_t i = 0; i < files.list.len; i++) {
        const struct header *header = &relevance->headers.data[files.list.data[i]];
        const char *path = reach_path(relevance->reach, files.list.data[i]);
        if (header->may_paste || (header->has_name && !is_header(path)))
            return true;
        spread.is_stale[i] = header->has_name;
        any |= header->has_name;
    }
    return any && uses_carrier(&spread, text, len);
}

/* -DFREE=cudaFreeHost */
static bool arguments_have_name(const struct relevance *relevance, const struct source_unit *unit)
{
    for (size_t i = 0; i < unit->args.len; i++)
        if (name_search_hits(relevance->search, unit->args.data[i], strlen(unit->args.data[i])))
            return true;
    return false;
}

/* Comments and messages that mention a name are no reason to parse. */
static bool text_has_name(struct relevance *relevance, const char *text, size_t len)
{
    return name_search_may_paste(relevance->search, text, len) ||
           (has_name(relevance, text, len) && any_name_is_watched(relevance, text, len));
}

bool relevance_of_unit(struct relevance *relevance, const struct source_unit *unit)
{
    if (arguments_have_name(relevance, unit))
        return true;
    struct arena *scratch = arena_new();
    const char *text = unit->text;
    size_t len = unit->text_len;
    struct source_text file = {0};
    bool is_readable = text || source_read_text(scratch, unit->path, &file);
    if (!text) {
        text = file.data;
        len = file.len;
    }
    bool is_relevant = !is_readable || /* the parser shall say what is wrong with it */
                       text_has_name(relevance, text, len) ||
                       headers_matter(relevance, scratch, unit, text, len);
    arena_free(scratch);
    return is_relevant;
}

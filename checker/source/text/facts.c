#include "source/text/facts.h"

#include "models/model.h"
#include "source/project/path.h"
#include "source/text/definitions.h"
#include "source/text/directives.h"
#include "source/text/pastes.h"
#include "support/file.h"
#include "support/map.h"
#include "support/mem.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- a record ---------------------------------------------------------------------------- */

static size_t rounded(size_t len)
{
    return (len + FACTS_ALIGNMENT - 1) / FACTS_ALIGNMENT * FACTS_ALIGNMENT;
}

const char *facts_name(const struct facts *facts)
{
    return (const char *)(facts + 1);
}

const char *facts_includes(const struct facts *facts, const char **end)
{
    const char *includes = facts_name(facts) + facts->name_len + 1;
    *end = includes + facts->includes_len;
    return includes;
}

const char *facts_pastes(const struct facts *facts, const char **end)
{
    const char *pastes;
    facts_includes(facts, &pastes);
    *end = pastes + facts->pastes_len;
    return pastes;
}

static size_t text_len(const struct facts *facts)
{
    return rounded((size_t)facts->name_len + 1 + facts->includes_len + facts->pastes_len);
}

const uint32_t *facts_identifiers(const struct facts *facts)
{
    return (const uint32_t *)(const void *)(facts_name(facts) + text_len(facts));
}

/* Of a list of hashes. */
static size_t list_len(size_t count)
{
    return rounded(count * sizeof(uint32_t));
}

const uint32_t *facts_definitions(const struct facts *facts)
{
    return facts_identifiers(facts) + list_len(facts->identifier_count) / sizeof(uint32_t);
}

static size_t whole_len(const struct facts *facts)
{
    return rounded(sizeof *facts + text_len(facts)) + list_len(facts->identifier_count) +
           list_len(facts->definition_count);
}

bool facts_are_whole(const unsigned char *bytes, size_t len)
{
    const struct facts *facts = (const void *)bytes;
    if (len < sizeof *facts || facts->len > len || facts->len != whole_len(facts))
        return false;
    const char *name = facts_name(facts), *end;
    facts_pastes(facts, &end);
    return name[facts->name_len] == '\0' && end[-1] == '\0';
}

uint32_t facts_hash(const char *name, size_t len)
{
    name = models_held_name(name, &len);
    uint32_t hash = (uint32_t)hash_bytes(name, models_bare_length(name, len));
    return hash ? hash : 1;
}

static int compare_hashes(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

bool facts_have(const struct facts *facts, uint32_t hash)
{
    return bsearch(&hash, facts_identifiers(facts), facts->identifier_count, sizeof hash,
                   compare_hashes) != NULL;
}

/* ---- growing memory ---------------------------------------------------------------------- */

struct bytes {
    unsigned char *data;
    size_t len, cap;
};

static void reserve(struct bytes *bytes, size_t more)
{
    if (bytes->cap - bytes->len >= more)
        return;
    bytes->cap = (bytes->len + more) * 2;
    bytes->data = mem_realloc(bytes->data, bytes->cap);
}

static void append(struct bytes *bytes, const void *data, size_t len)
{
    reserve(bytes, len);
    if (len)
        memcpy(bytes->data + bytes->len, data, len);
    bytes->len += len;
}

static void append_text(struct bytes *bytes, const char *text, size_t len)
{
    append(bytes, text, len);
    append(bytes, "", 1);
}

static void pad(struct bytes *bytes)
{
    static const char zeros[FACTS_ALIGNMENT];
    append(bytes, zeros, rounded(bytes->len) - bytes->len);
}

/* A set of hashes that is emptied without a look at its whole table. */
struct hash_set {
    uint32_t *slots; /* 0: free */
    size_t cap;      /* a power of two */
    struct bytes list;
};

static uint32_t *slot_of(const struct hash_set *set, uint32_t hash)
{
    size_t i = hash & (set->cap - 1);
    while (set->slots[i] && set->slots[i] != hash)
        i = (i + 1) & (set->cap - 1);
    return &set->slots[i];
}

static size_t set_len(const struct hash_set *set)
{
    return set->list.len / sizeof(uint32_t);
}

static const uint32_t *set_data(const struct hash_set *set)
{
    return (const uint32_t *)(const void *)set->list.data;
}

static void grow_set(struct hash_set *set)
{
    enum { FIRST = 4096 };
    free(set->slots);
    set->cap = set->cap ? set->cap * 2 : FIRST;
    set->slots = mem_alloc(set->cap * sizeof *set->slots);
    for (size_t i = 0; i < set_len(set); i++)
        *slot_of(set, set_data(set)[i]) = set_data(set)[i];
}

static void add_hash(struct hash_set *set, uint32_t hash)
{
    if (set_len(set) * 2 >= set->cap)
        grow_set(set);
    uint32_t *slot = slot_of(set, hash);
    if (*slot)
        return;
    *slot = hash;
    append(&set->list, &hash, sizeof hash);
}

/* In reverse order each hash is still found where it was put. */
static void empty_set(struct hash_set *set)
{
    for (size_t i = set_len(set); i-- > 0;)
        *slot_of(set, set_data(set)[i]) = 0;
    set->list.len = 0;
}

/* ---- reading ----------------------------------------------------------------------------- */

struct facts_reader {
    struct hash_set identifiers;
    struct bytes text, includes, pastes, definitions, record;
};

struct facts_reader *facts_reader_new(void)
{
    return mem_alloc(sizeof(struct facts_reader));
}

void facts_reader_free(struct facts_reader *reader)
{
    free(reader->identifiers.slots);
    free(reader->identifiers.list.data);
    free(reader->definitions.data);
    free(reader->text.data);
    free(reader->includes.data);
    free(reader->pastes.data);
    free(reader->record.data);
    free(reader);
}

static void note_directive(void *context, const struct source_directive *directive,
                           const char *from)
{
    (void)from;
    struct facts_reader *reader = context;
    bool is_quoted = directive->kind == DIRECTIVE_INCLUDE_QUOTED;
    bool is_angled = directive->kind == DIRECTIVE_INCLUDE_ANGLED;
    if (!is_quoted && !(is_angled && strchr(directive->name, '.'))) /* <vector> */
        return;
    append(&reader->includes, is_quoted ? "\"" : "<", 1);
    append_text(&reader->includes, directive->name, strlen(directive->name));
}

static void note_paste(void *context, const char *before, size_t before_len, const char *after,
                       size_t after_len)
{
    struct facts_reader *reader = context;
    append_text(&reader->pastes, before, before_len);
    append_text(&reader->pastes, after, after_len);
}

static struct source_marks read_tokens(struct facts_reader *reader, const char *text, size_t len)
{
    struct sniffer sniffer = {0};
    struct definitions definitions = {0};
    struct lexer lexer = lexer_start(text, len);
    for (;;) {
        struct lexer_token token = lexer_next(&lexer);
        if (token.kind == LEXER_END)
            return sniffer.marks;
        size_t known = set_len(&reader->identifiers);
        uint32_t hash = token.kind == LEXER_NAME ? facts_hash(token.text, token.len) : 0;
        if (hash)
            add_hash(&reader->identifiers, hash);
        if (!definitions_ignore(&definitions, &token) &&
            definitions_take(&definitions, &token, hash))
            append(&reader->definitions, definitions.names,
                   definitions.count * sizeof *definitions.names);
        if (token.kind != LEXER_NAME || set_len(&reader->identifiers) > known || sniffer.is_define)
            sniffer_take(&sniffer, &lexer, &token);
    }
}

static void append_sorted(struct bytes *record, const struct bytes *hashes)
{
    size_t at = record->len;
    append(record, hashes->data, hashes->len);
    pad(record);
    if (hashes->len)
        qsort(record->data + at, hashes->len / sizeof(uint32_t), sizeof(uint32_t), compare_hashes);
}

static const struct facts *build(struct facts_reader *reader, const char *name, struct stamp stamp,
                                 const char *text, size_t len)
{
    enum { BINARY_PROBE = 8192 };
    struct facts facts = {.stamp = stamp, .name_len = (uint32_t)strlen(name)};
    facts.is_binary = memchr(text, '\0', len < BINARY_PROBE ? len : BINARY_PROBE) != NULL;
    facts.has_nolint = memmem(text, len, "NOLINT", strlen("NOLINT")) != NULL;
    reader->includes.len = reader->pastes.len = reader->definitions.len = reader->record.len = 0;
    source_each_directive(text, len, name, note_directive, reader);
    pastes_each(text, len, note_paste, reader);
    facts.marks = read_tokens(reader, text, len);
    facts.includes_len = (uint32_t)reader->includes.len;
    facts.pastes_len = (uint32_t)reader->pastes.len;
    facts.identifier_count = (uint32_t)set_len(&reader->identifiers);
    facts.definition_count = (uint32_t)(reader->definitions.len / sizeof(uint32_t));
    facts.len = (uint32_t)whole_len(&facts);
    append(&reader->record, &facts, sizeof facts);
    append_text(&reader->record, name, facts.name_len);
    append(&reader->record, reader->includes.data, reader->includes.len);
    append(&reader->record, reader->pastes.data, reader->pastes.len);
    pad(&reader->record);
    append_sorted(&reader->record, &reader->identifiers.list);
    append_sorted(&reader->record, &reader->definitions);
    empty_set(&reader->identifiers);
    return (const void *)reader->record.data;
}

const struct facts *facts_of_text(struct facts_reader *reader, const char *text, size_t len)
{
    return build(reader, "", (struct stamp){0}, text, len);
}

/* Appends what is left of a file; false: it cannot be read. */
static bool read_rest(int file, struct bytes *text)
{
    for (;;) {
        ssize_t got = read(file, text->data + text->len, text->cap - text->len);
        if (got < 0 || text->len > FILE_LARGEST_TEXT)
            return false;
        text->len += (size_t)got;
        if (got == 0)
            return true;
        reserve(text, 1);
    }
}

const struct facts *facts_of_file(struct facts_reader *reader, const char *path)
{
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return NULL;
    reader->text.len = 0;
    bool is_read =
        fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size <= FILE_LARGEST_TEXT;
    if (is_read) {
        reserve(&reader->text, (size_t)status.st_size + 1);
        is_read = read_rest(file, &reader->text);
    }
    close(file);
    if (!is_read)
        return NULL;
    return build(reader, source_path_base(path), stamp_of(&status), (const char *)reader->text.data,
                 reader->text.len);
}

#include "lower/prefix.h"

#include "lower/opened.h"
#include "support/file.h"
#include "support/map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MOST_PREFIXES = 16 }; /* of one session: some megabytes each */

struct prefixes {
    struct arena *arena;
    struct prefix_memory memory; /* none: all zero */
    struct prefix list[MOST_PREFIXES];
    size_t count;
};

static const char pre_include[] = "cuhostlint/cuda.h";
static const char prefix_path[] = "/cuhostlint/prefix.h";
static const char prefix_text[] = "#include \"cuhostlint/cuda.h\"\n";

void lower_keep_prefixes(struct lower_session *session, struct arena *arena,
                         const struct prefix_memory *memory)
{
    session->prefixes = arena_new_object(arena, struct prefixes);
    session->prefixes->arena = arena;
    if (memory)
        session->prefixes->memory = *memory;
}

/* ---- the arguments ----------------------------------------------------------------------- */

/* The place of the pre-include among the arguments, or `len`. Files that the project includes by
 * force stand behind it, where a precompiled one must stand alone. */
static size_t place_of_include(const lower_args *args)
{
    size_t place = args->len, includes = 0;
    for (size_t i = 0; i + 1 < args->len; i++) {
        if (strcmp(args->data[i], "-include") != 0 && strcmp(args->data[i], "-imacros") != 0)
            continue;
        includes++;
        if (strcmp(args->data[i + 1], pre_include) == 0)
            place = i;
    }
    return includes == 1 ? place : args->len;
}

/* Its own text and arguments are all that a prefix depends on: no folder, no file of the unit.
 * Folders of -idirafter stand behind those where all that it includes is found. */
static struct source_unit unit_of(struct arena *arena, const struct source_unit *source,
                                  const lower_args *args, size_t place)
{
    struct source_unit unit = {
        .path = prefix_path,
        .shown = prefix_path,
        .directory = "/",
        .root = "/",
        .language = source->language,
        .is_header = true,
        .has_command = true,
        .text = prefix_text,
        .text_len = sizeof prefix_text - 1,
    };
    for (size_t i = 0; i < args->len; i++)
        if (i == place || strcmp(args->data[i], "-idirafter") == 0)
            i++;
        else
            vec_push(arena, &unit.args, args->data[i]);
    return unit;
}

static uint64_t key_of(const struct source_unit *unit)
{
    uint64_t key = unit->language;
    for (size_t i = 0; i < unit->args.len; i++)
        key = hash_u64(key) ^ hash_bytes(unit->args.data[i], strlen(unit->args.data[i]));
    return key;
}

/* ---- one prefix -------------------------------------------------------------------------- */

/* As it is remembered: the number of files, their names, and libclang's bytes. */
static bool unpack(struct arena *arena, struct prefix *prefix, const unsigned char *bytes,
                   size_t len)
{
    const char *next = (const char *)bytes, *end = next + len;
    uint32_t count;
    if (len < sizeof count)
        return false;
    memcpy(&count, next, sizeof count);
    next += sizeof count;
    for (uint32_t i = 0; i < count; i++) {
        const char *stop = memchr(next, '\0', (size_t)(end - next));
        if (!stop)
            return false;
        vec_push(arena, &prefix->files, arena_strdup(arena, next));
        next = stop + 1;
    }
    /* libclang takes it from a name, and nothing is left behind when the process ends */
    int file = memfd_create("cuhostlint-prefix", MFD_CLOEXEC);
    size_t size = (size_t)(end - next);
    if (file < 0 || write(file, next, size) != (ssize_t)size) {
        close(file);
        return false;
    }
    prefix->path = arena_printf(arena, "/proc/self/fd/%d", file);
    return true;
}

static const unsigned char *pack(struct arena *arena, const lower_files *files, const char *saved,
                                 size_t size, size_t *len)
{
    uint32_t count = (uint32_t)files->len;
    *len = sizeof count + size;
    for (size_t i = 0; i < files->len; i++)
        *len += strlen(files->data[i]) + 1;
    char *bytes = arena_alloc(arena, *len), *next = bytes;
    memcpy(next, &count, sizeof count);
    next += sizeof count;
    for (size_t i = 0; i < files->len; i++)
        next = stpcpy(next, files->data[i]) + 1;
    memcpy(next, saved, size);
    return (const unsigned char *)bytes;
}

/* libclang writes beside the name that it is given: in a folder of our own. */
static bool save(const struct clang_api *clang, struct arena *arena, CXTranslationUnit tu,
                 const char **bytes, size_t *len)
{
    const char *base = getenv("TMPDIR");
    char *folder = arena_printf(arena, "%s/cuhostlint-XXXXXX", base && *base ? base : "/tmp");
    if (!mkdtemp(folder))
        return false;
    const char *path = arena_printf(arena, "%s/prefix.pch", folder);
    bool saved = clang->saveTranslationUnit(tu, path, CXSaveTranslationUnit_None) == 0 &&
                 !file_read(arena, path, bytes, len);
    unlink(path);
    rmdir(folder);
    return saved;
}

static CXTranslationUnit parse(const struct lower_session *session, struct arena *arena,
                               const struct source_unit *unit)
{
    size_t count = 0;
    const struct source_virtual_file *virtual_files = source_virtual_files(&count);
    struct CXUnsavedFile *files = arena_new_array(arena, count + 1, struct CXUnsavedFile);
    for (size_t i = 0; i < count; i++)
        files[i] = (struct CXUnsavedFile){virtual_files[i].path, virtual_files[i].text,
                                          virtual_files[i].len};
    files[count] = (struct CXUnsavedFile){unit->path, unit->text, unit->text_len};
    CXTranslationUnit tu = NULL;
    enum CXErrorCode code = session->clang.parseTranslationUnit2(
        session->index, unit->path, unit->args.data, (int)unit->args.len, files,
        (unsigned)count + 1,
        CXTranslationUnit_KeepGoing | CXTranslationUnit_Incomplete |
            CXTranslationUnit_ForSerialization,
        &tu);
    return code == CXError_Success ? tu : NULL;
}

static void make(struct lower_session *session, const struct source_unit *unit,
                 struct prefix *prefix)
{
    const struct prefixes *prefixes = session->prefixes;
    struct arena *scratch = arena_new();
    CXTranslationUnit tu = parse(session, scratch, unit);
    const char *saved = NULL;
    size_t size = 0, len = 0;
    lower_files files = {0};
    if (tu && save(&session->clang, scratch, tu, &saved, &size)) {
        opened_list(session, scratch, tu, &files);
        const unsigned char *bytes = pack(scratch, &files, saved, size, &len);
        if (prefixes->memory.store)
            prefixes->memory.store(prefixes->memory.context, unit, &files, bytes, len);
        unpack(prefixes->arena, prefix, bytes, len);
    }
    if (tu)
        session->clang.disposeTranslationUnit(tu);
    arena_free(scratch);
}

/* Makes it, or finds it, or notes that its arguments have come by. */
static void provide(struct lower_session *session, const struct source_unit *unit,
                    struct prefix *prefix, bool is_first)
{
    const struct prefixes *prefixes = session->prefixes;
    const struct prefix_memory *memory = &prefixes->memory;
    struct arena *scratch = arena_new();
    const unsigned char *bytes = NULL;
    size_t len = 0;
    bool is_known = memory->find && memory->find(memory->context, scratch, unit, &bytes, &len);
    prefix->was_tried = is_known || !is_first;
    if (is_known && len)
        unpack(prefixes->arena, prefix, bytes, len);
    else if (prefix->was_tried)
        make(session, unit, prefix);
    else if (memory->store)
        memory->store(memory->context, unit, &(lower_files){0}, (const unsigned char *)"", 0);
    arena_free(scratch);
}

static struct prefix *prefix_of(struct prefixes *prefixes, uint64_t key, bool *is_first)
{
    *is_first = false;
    for (size_t i = 0; i < prefixes->count; i++)
        if (prefixes->list[i].key == key)
            return &prefixes->list[i];
    if (prefixes->count == MOST_PREFIXES)
        return NULL;
    *is_first = true;
    prefixes->list[prefixes->count] = (struct prefix){.key = key};
    return &prefixes->list[prefixes->count++];
}

struct prefix *prefix_apply(struct lower_session *session, const struct source_unit *source,
                            struct arena *arena, lower_args *args)
{
    static const char *const front[] = {"-Xclang", "-fallow-pch-with-compiler-errors",
                                        "-include-pch"};
    size_t place = place_of_include(args);
    bool is_first;
    if (!session->prefixes || place == args->len)
        return NULL;
    struct source_unit unit = unit_of(arena, source, args, place);
    struct prefix *prefix = prefix_of(session->prefixes, key_of(&unit), &is_first);
    if (!prefix)
        return NULL;
    if (!prefix->was_tried)
        provide(session, &unit, prefix, is_first);
    if (!prefix->path)
        return NULL;
    lower_args with = {0};
    for (size_t i = 0; i < sizeof front / sizeof *front; i++)
        vec_push(arena, &with, front[i]);
    vec_push(arena, &with, prefix->path);
    for (size_t i = 0; i < args->len; i++)
        if (i != place && i != place + 1)
            vec_push(arena, &with, args->data[i]);
    *args = with;
    return prefix;
}

void prefix_give_up(struct prefix *prefix)
{
    prefix->path = NULL;
}

#include "lower/parse/prefix.h"

#include "lower/parse/leading.h"
#include "lower/parse/opened.h"
#include "support/child.h"
#include "support/file.h"
#include "support/map.h"
#include "support/scratch.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum {
    MOST_PREFIXES = 16,    /* of one session: some megabytes each */
    MOST_WITH_INCLUDES = 8 /* so many parses look for one that is made for few sources */
};

struct prefixes {
    struct arena *arena;
    struct prefix_memory memory;
    struct prefix list[MOST_PREFIXES];
    size_t count, looked_with_includes;
};

static const char pre_include[] = "cuhostlint/cuda.h";
static const char prefix_path[] = "/cuhostlint/prefix.h";
static const char prefix_text[] = "#include \"cuhostlint/cuda.h\"\n";

void lower_keep_prefixes(struct lower_session *session, struct arena *arena,
                         const struct prefix_memory *memory)
{
    session->prefixes = arena_new_object(arena, struct prefixes);
    session->prefixes->arena = arena;
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
 * Folders of -idirafter stand behind those where all that the pre-include includes is found. */
static struct source_unit unit_of(struct arena *arena, const struct source_unit *source,
                                  const lower_args *args, size_t place, const char *includes)
{
    const char *text = includes ? arena_printf(arena, "%s%s", prefix_text, includes) : prefix_text;
    struct source_unit unit = {
        .path = prefix_path,
        .shown = prefix_path,
        .directory = "/",
        .root = "/",
        .language = source->language,
        .is_header = true,
        .has_command = true,
        .text = text,
        .text_len = strlen(text),
    };
    for (size_t i = 0; i < args->len; i++)
        if (i == place || (!includes && strcmp(args->data[i], "-idirafter") == 0))
            i++;
        else
            vec_push(arena, &unit.args, args->data[i]);
    return unit;
}

static uint64_t key_of(const struct source_unit *unit)
{
    uint64_t key = hash_bytes(unit->text, unit->text_len) ^ unit->language;
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

/* Where there is none, libclang ends the process in the middle of a file. */
static bool has_room(const char *folder)
{
    static const uint64_t ample = (uint64_t)64 << 20; /* many times the largest one seen */
    struct statvfs disk;
    struct rlimit size;
    return getrlimit(RLIMIT_FSIZE, &size) == 0 && size.rlim_cur >= ample &&
           statvfs(folder, &disk) == 0 && (uint64_t)disk.f_bavail * disk.f_frsize >= ample;
}

/* libclang writes beside the name that it is given: in a folder of our own, which would stay where
 * the process ended in between. */
static bool save(const struct lower_session *session, struct arena *arena, CXTranslationUnit tu,
                 const char **bytes, size_t *len)
{
    const char *folder = session->prefixes->memory.folder;
    const char *path = arena_printf(arena, "%s/prefix.pch", folder);
    struct child_hold hold;
    child_hold(&hold);
    bool saved = mkdir(folder, 0700) == 0 && has_room(folder) &&
                 session->clang.saveTranslationUnit(tu, path, CXSaveTranslationUnit_None) == 0 &&
                 !file_read(arena, path, bytes, len);
    scratch_remove(folder);
    child_let_go(&hold);
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

static bool is_error_of_user(const struct clang_api *clang, CXTranslationUnit tu, unsigned index)
{
    CXDiagnostic diagnostic = clang->getDiagnostic(tu, index);
    bool result = clang->getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error &&
                  !clang->Location_isInSystemHeader(clang->getDiagnosticLocation(diagnostic));
    clang->disposeDiagnostic(diagnostic);
    return result;
}

/* What the parser complained about would go unsaid in the sources that have it from the prefix. */
static bool is_sound(const struct clang_api *clang, CXTranslationUnit tu)
{
    unsigned count = clang->getNumDiagnostics(tu);
    for (unsigned i = 0; i < count; i++)
        if (is_error_of_user(clang, tu, i))
            return false;
    return true;
}

/* What cannot be unpacked stands for a prefix that is of no use. */
static void store(const struct prefix_memory *memory, const struct source_unit *unit,
                  const lower_files *files, struct arena *arena, const unsigned char *bytes,
                  size_t len)
{
    lower_files all = {0};
    for (size_t i = 0; i < files->len; i++)
        vec_push(arena, &all, files->data[i]);
    vec_push(arena, &all, unit->path); /* what it includes is looked for, too */
    memory->store(memory->context, unit, &all, bytes, len);
}

static void make(struct lower_session *session, const struct source_unit *unit,
                 struct prefix *prefix)
{
    const struct prefixes *prefixes = session->prefixes;
    struct arena *scratch = arena_new();
    CXTranslationUnit tu = parse(session, scratch, unit);
    const char *saved = NULL;
    size_t size = 0, len = 1;
    lower_files files = {0};
    const unsigned char *bytes = (const unsigned char *)"-";
    if (tu)
        opened_list(session, scratch, tu, &files);
    if (tu && is_sound(&session->clang, tu) && save(session, scratch, tu, &saved, &size)) {
        bytes = pack(scratch, &files, saved, size, &len);
        unpack(prefixes->arena, prefix, bytes, len);
    }
    store(&prefixes->memory, unit, &files, scratch, bytes, len);
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
    bool is_known = memory->find(memory->context, scratch, unit, &bytes, &len);
    prefix->was_tried = is_known || !is_first;
    if (is_known && len)
        unpack(prefixes->arena, prefix, bytes, len);
    else if (prefix->was_tried)
        make(session, unit, prefix);
    else
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

/* NULL: there is none that can be read. */
static struct prefix *usable(struct lower_session *session, const struct source_unit *unit)
{
    bool is_first;
    struct prefix *prefix = prefix_of(session->prefixes, key_of(unit), &is_first);
    if (prefix && !prefix->was_tried)
        provide(session, unit, prefix, is_first);
    return prefix && prefix->path ? prefix : NULL;
}

/* ---- in a parse -------------------------------------------------------------------------- */

/* The text that the parser is to read; false where there is none. */
static bool find_text(struct arena *arena, const struct tree_request *request, const char **text,
                      size_t *len)
{
    for (size_t i = 0; i < request->file_count; i++) {
        const struct CXUnsavedFile *file = &request->files[i];
        if (strcmp(file->Filename, request->path) == 0) {
            *text = file->Contents;
            *len = file->Length;
            return true;
        }
    }
    return !file_read_untrusted(arena, request->path, FILE_LARGEST_TEXT, text, len);
}

static bool has_argument(const lower_args *args, const char *word)
{
    for (size_t i = 0; i < args->len; i++)
        if (strcmp(args->data[i], word) == 0)
            return true;
    return false;
}

/* The parser is to read `text` in place of the file. */
static void put_text(struct arena *arena, const char *text, size_t len,
                     struct tree_request *request)
{
    VEC(struct CXUnsavedFile) files = {0};
    for (size_t i = 0; i < request->file_count; i++)
        if (strcmp(request->files[i].Filename, request->path) != 0)
            vec_push(arena, &files, request->files[i]);
    vec_push(arena, &files, (struct CXUnsavedFile){request->path, text, len});
    request->files = files.data;
    request->file_count = files.len;
}

/* The prefix with the headers that the source begins with, whose includes leave the text. It is of
 * use to a file that is parsed again and again, and some megabytes large: a run over many files
 * leaves it. */
static struct prefix *with_includes(struct lower_session *session, const struct source_unit *source,
                                    struct arena *arena, const lower_args *args, size_t place,
                                    struct tree_request *request)
{
    const char *text;
    size_t len;
    struct leading leading;
    if (source->through || has_argument(args, "-iquote") ||
        session->prefixes->looked_with_includes == MOST_WITH_INCLUDES ||
        !find_text(arena, request, &text, &len) ||
        !leading_read(arena, request->path, text, len, &leading))
        return NULL;
    session->prefixes->looked_with_includes++;
    const struct source_unit unit = unit_of(arena, source, args, place, leading.includes);
    struct prefix *prefix = usable(session, &unit);
    if (prefix)
        put_text(arena, leading.rest, len, request);
    return prefix;
}

static void put_prefix(struct arena *arena, const struct prefix *prefix, size_t place,
                       struct tree_request *request)
{
    static const char *const front[] = {"-Xclang", "-fallow-pch-with-compiler-errors",
                                        "-include-pch"};
    lower_args with = {0};
    for (size_t i = 0; i < sizeof front / sizeof *front; i++)
        vec_push(arena, &with, front[i]);
    vec_push(arena, &with, prefix->path);
    for (size_t i = 0; i < request->arg_count; i++)
        if (i != place && i != place + 1)
            vec_push(arena, &with, request->args[i]);
    request->args = with.data;
    request->arg_count = with.len;
}

struct prefix *prefix_apply(struct lower_session *session, const struct source_unit *source,
                            struct arena *arena, struct tree_request *request)
{
    lower_args args = {0};
    for (size_t i = 0; i < request->arg_count; i++)
        vec_push(arena, &args, request->args[i]);
    size_t place = place_of_include(&args);
    if (!session->prefixes || place == args.len)
        return NULL;
    struct prefix *prefix = with_includes(session, source, arena, &args, place, request);
    if (!prefix) {
        const struct source_unit unit = unit_of(arena, source, &args, place, NULL);
        prefix = usable(session, &unit);
    }
    if (prefix)
        put_prefix(arena, prefix, place, request);
    return prefix;
}

void prefix_give_up(struct prefix *prefix)
{
    prefix->path = NULL;
}

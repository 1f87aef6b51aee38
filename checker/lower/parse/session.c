#include "lower/parse/session.h"

#include "lower/parse/trees.h"
#include "support/strbuf.h"

#include <dirent.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- clang's own headers ---------------------------------------------------------------- */

static bool has_stddef(struct arena *arena, const char *folder)
{
    return access(arena_printf(arena, "%s/stddef.h", folder), R_OK) == 0;
}

/* "19.1.7" of "Debian clang version 19.1.7 (3+b1)". */
static const char *full_version(struct arena *arena, const char *spelled)
{
    const char *word = strstr(spelled, "version ");
    if (!word)
        return "";
    word += strlen("version ");
    return arena_strndup(arena, word, strspn(word, "0123456789."));
}

static const char *folder_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? arena_strndup(arena, path, (size_t)(slash - path)) : ".";
}

/* The folder of the same version as the library, or NULL. Since clang 16 it is named by the major
 * version alone; some distributions still use the full one. */
static const char *find_resource(struct arena *arena, const struct clang_api *clang)
{
    const char *chosen = getenv("CUHOSTLINT_RESOURCE_DIR");
    if (chosen && *chosen)
        return chosen;
    const char *beside = folder_of(arena, clang->path);
    const char *const bases[] = {
        arena_printf(arena, "%s/clang", beside),
        arena_printf(arena, "%s/../lib/clang", beside),
        arena_printf(arena, "/usr/lib/llvm-%d/lib/clang", clang->version),
        arena_printf(arena, "/usr/lib/llvm%d/lib/clang", clang->version),
        "/usr/lib/clang",
        "/usr/lib64/clang",
    };
    const char *const versions[] = {
        arena_printf(arena, "%d", clang->version),
        full_version(arena, clang->spelled),
    };
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
        for (size_t j = 0; j < sizeof versions / sizeof *versions; j++) {
            const char *folder = arena_printf(arena, "%s/%s", bases[i], versions[j]);
            if (has_stddef(arena, arena_printf(arena, "%s/include", folder)))
                return folder;
        }
    }
    return NULL;
}

/* The include folder of the newest GCC below a folder such as /usr/lib/gcc/x86_64-linux-gnu. */
static const char *newest_gcc_below(struct arena *arena, const char *target)
{
    DIR *entries = opendir(target);
    if (!entries)
        return NULL;
    const char *best = NULL;
    int best_version = 0;
    for (struct dirent *entry; (entry = readdir(entries));) {
        int version = atoi(entry->d_name);
        const char *folder = arena_printf(arena, "%s/%s/include", target, entry->d_name);
        if (version > best_version && has_stddef(arena, folder)) {
            best = folder;
            best_version = version;
        }
    }
    closedir(entries);
    return best;
}

static const char *find_gcc_headers(struct arena *arena)
{
    DIR *targets = opendir("/usr/lib/gcc");
    if (!targets)
        return NULL;
    const char *found = NULL;
    for (struct dirent *entry; !found && (entry = readdir(targets));)
        if (entry->d_name[0] != '.')
            found = newest_gcc_below(arena, arena_printf(arena, "/usr/lib/gcc/%s", entry->d_name));
    closedir(targets);
    return found;
}

/* True when libclang finds stddef.h with the arguments of the session as it stands. */
static bool probe(const struct lower_session *session, struct arena *arena)
{
    static const char text[] = "#include <stddef.h>\n";
    struct CXUnsavedFile file = {"/cuhostlint/probe.c", text, sizeof text - 1};
    lower_args args = {0};
    session_resource_args(session, arena, SOURCE_C, &args);
    const struct clang_api *clang = &session->clang;
    CXTranslationUnit tu = NULL;
    enum CXErrorCode code =
        clang->parseTranslationUnit2(session->index, file.Filename, args.data, (int)args.len, &file,
                                     1, CXTranslationUnit_None, &tu);
    bool good = code == CXError_Success && clang->getNumDiagnostics(tu) == 0;
    if (tu)
        clang->disposeTranslationUnit(tu);
    return good;
}

/* A folder of the library's own version needs no probe: that saves 5 ms of every run. */
static bool find_headers(struct lower_session *session, struct arena *arena)
{
    session->resource = find_resource(arena, &session->clang);
    if (session->resource || probe(session, arena))
        return true;
    session->other_headers = find_gcc_headers(arena);
    return session->other_headers && probe(session, arena);
}

/* With a resource folder as such, clang puts its wrappers of CUDA's headers in front even with
 * -nocudainc, and their <new> clashes with the bundled declarations: CUDA gets the plain headers
 * alone. */
void session_resource_args(const struct lower_session *session, struct arena *arena,
                           enum source_language language, lower_args *args)
{
    if (session->other_headers) {
        vec_push(arena, args, "-nobuiltininc");
        vec_push(arena, args, "-idirafter");
        vec_push(arena, args, session->other_headers);
    } else if (session->resource && (language == SOURCE_CUDA || language == SOURCE_HIP)) {
        vec_push(arena, args, "-nobuiltininc");
        vec_push(arena, args, "-Xclang");
        vec_push(arena, args, "-internal-isystem");
        vec_push(arena, args, "-Xclang");
        vec_push(arena, args, arena_printf(arena, "%s/include", session->resource));
    } else if (session->resource) {
        vec_push(arena, args, "-resource-dir");
        vec_push(arena, args, session->resource);
    }
}

/* ---- opening and closing ---------------------------------------------------------------- */

static void *do_nothing(void *argument)
{
    return argument;
}

/* libclang parses in a thread, and ends the process where the limit on the user's processes lets it
 * have none: then it is told to do without. */
static void do_without_threads(void)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, do_nothing, NULL) == 0)
        pthread_join(thread, NULL);
    else
        setenv("LIBCLANG_NOTHREADS", "1", 1);
}

const struct error *lower_open(struct arena *arena, struct lower_session **session)
{
    struct lower_session *opened = arena_new_object(arena, struct lower_session);
    const struct error *error = clang_api_load(arena, &opened->clang);
    if (error)
        return error;
    const struct clang_api *clang = &opened->clang;
    opened->index = clang->createIndex(0, 0);
    /* A crash shall end the process at once. libclang's recovery may wait for ever after a stack
     * overflow, and what it rescues is not to be trusted. */
    clang->toggleCrashRecovery(0);
    do_without_threads();
    bool has_headers = find_headers(opened, arena);
    opened->version = arena_printf(
        arena, "clang version %s (%s)%s", full_version(arena, clang->spelled), clang->file,
        has_headers ? ""
                    : arena_printf(arena, ", without its headers: install libclang-common-%d-dev",
                                   clang->version));
    *session = opened;
    return NULL;
}

void lower_read_toolkit(struct lower_session *session)
{
    session->reads_toolkit = true;
}

void lower_close(struct lower_session *session)
{
    trees_dispose(session);
    session->clang.disposeIndex(session->index);
}

const char *lower_version(const struct lower_session *session)
{
    return session->version;
}

const char *lower_parser(const struct lower_session *session)
{
    return session->clang.build;
}

const struct lower_stats *lower_stats(const struct lower_session *session)
{
    return &session->stats;
}

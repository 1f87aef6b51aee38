#include "lower/skim.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

typedef VEC(int) open_files;

struct skim {
    struct arena *arena;
    open_files bundled; /* the declarations, each in a file in memory; none until needed */
    bool is_given_up; /* a header was missing, as it will be in the next files, or descriptors were
                       */
};

/* What stands in a guessed folder is the system's for clang, but may be the project's for us. */
bool skim_suits(const struct lower_session *session, const struct source_unit *source)
{
    return session->skim && source->language != SOURCE_C && !source->through &&
           !source->guessed.len && !session->skim->is_given_up;
}

/* ---- files in memory --------------------------------------------------------------------- */

/* libclang frees the texts that indexing is given while the tree still needs them. What it reads
 * from a file, it copies. -1: none is to be had. */
static int file_of(const char *text, size_t len)
{
    int file = memfd_create("cuhostlint-header", MFD_CLOEXEC);
    if (file >= 0 && write(file, text, len) == (ssize_t)len)
        return file;
    if (file >= 0)
        close(file);
    return -1;
}

void lower_skim_headers(struct lower_session *session, struct arena *arena)
{
    session->skim = arena_new_object(arena, struct skim);
    session->skim->arena = arena;
}

static void close_bundled(struct skim *skim)
{
    for (size_t i = 0; i < skim->bundled.len; i++)
        close(skim->bundled.data[i]);
    skim->bundled.len = 0;
}

void skim_dispose(struct lower_session *session)
{
    if (session->skim)
        close_bundled(session->skim);
}

/* Descriptors are given in ascending order. */
static bool leaves_enough(int file)
{
    enum { OTHERS = 128 }; /* that a parse has open at a time, and more */
    struct rlimit limit;
    return getrlimit(RLIMIT_NOFILE, &limit) == 0 && (rlim_t)file + OTHERS < limit.rlim_cur;
}

static bool open_bundled(struct skim *skim)
{
    size_t count;
    const struct source_virtual_file *files = source_virtual_files(&count);
    for (size_t i = skim->bundled.len; i < count; i++) {
        int file = file_of(files[i].text, files[i].len);
        if (file >= 0)
            vec_push(skim->arena, &skim->bundled, file);
        if (file < 0 || !leaves_enough(file)) {
            close_bundled(skim);
            skim->is_given_up = true;
            return false;
        }
    }
    return true;
}

/* The bundled declarations stand first in every request. */
static bool is_bundled(const struct CXUnsavedFile *file, size_t index)
{
    size_t count;
    const struct source_virtual_file *files = source_virtual_files(&count);
    return index < count && file->Contents == files[index].text;
}

/* The request's arguments, with the files that it has in memory; false: not all can be had.
 * `opened`: what is to be closed behind the parse. */
static bool collect(const struct lower_session *session, const struct tree_request *request,
                    struct arena *arena, lower_args *args, open_files *opened)
{
    for (size_t i = 0; i < request->arg_count; i++)
        vec_push(arena, args, request->args[i]);
    for (size_t i = 0; i < request->file_count; i++) {
        const struct CXUnsavedFile *file = &request->files[i];
        bool bundled = is_bundled(file, i);
        int at = bundled ? session->skim->bundled.data[i] : file_of(file->Contents, file->Length);
        if (at < 0)
            return false;
        if (!bundled)
            vec_push(arena, opened, at);
        vec_push(arena, args, "-Xclang");
        vec_push(arena, args, "-remap-file");
        vec_push(arena, args, "-Xclang");
        vec_push(arena, args, arena_printf(arena, "%s;/proc/self/fd/%d", file->Filename, at));
    }
    return true;
}

/* ---- the parse --------------------------------------------------------------------------- */

static int must_stop(CXClientData data, void *reserved)
{
    const struct skim *skim = data;
    (void)reserved;
    return skim->is_given_up;
}

static CXIdxClientFile note_include(CXClientData data, const CXIdxIncludedFileInfo *info)
{
    struct skim *skim = data;
    skim->is_given_up |= info->file == NULL;
    return NULL;
}

static bool is_fatal(const struct clang_api *clang, CXTranslationUnit tu, unsigned index)
{
    CXDiagnostic diagnostic = clang->getDiagnostic(tu, index);
    bool result = clang->getDiagnosticSeverity(diagnostic) == CXDiagnostic_Fatal;
    clang->disposeDiagnostic(diagnostic);
    return result;
}

static bool has_fatal(const struct clang_api *clang, CXTranslationUnit tu)
{
    unsigned count = clang->getNumDiagnostics(tu);
    for (unsigned i = 0; i < count; i++)
        if (is_fatal(clang, tu, i))
            return true;
    return false;
}

/* Of all that parses in libclang, only indexing tells the bodies in system headers from others. The
 * index itself is of no interest. An action leaves out what it has seen before, too: each is for
 * one parse. */
static bool parse(struct lower_session *session, const struct tree_request *request,
                  const lower_args *args, CXTranslationUnit *tu)
{
    const struct clang_api *clang = &session->clang;
    IndexerCallbacks callbacks = {.abortQuery = must_stop, .ppIncludedFile = note_include};
    CXIndexAction action = clang->IndexAction_create(session->index);
    int failed = clang->indexSourceFile(
        action, session->skim, &callbacks, sizeof callbacks,
        CXIndexOpt_SkipParsedBodiesInSession | CXIndexOpt_IndexImplicitTemplateInstantiations,
        request->path, args->data, (int)args->len, NULL, 0, tu, request->flags);
    clang->IndexAction_dispose(action);
    return !failed && *tu && !session->skim->is_given_up && !has_fatal(clang, *tu);
}

bool skim_parse(struct lower_session *session, const struct tree_request *request,
                CXTranslationUnit *tu)
{
    struct arena *scratch = arena_new();
    lower_args args = {0};
    open_files opened = {0};
    *tu = NULL;
    bool done = open_bundled(session->skim) && collect(session, request, scratch, &args, &opened) &&
                parse(session, request, &args, tu);
    for (size_t i = 0; i < opened.len; i++)
        close(opened.data[i]);
    arena_free(scratch);
    session->stats.skimmed += done;
    if (!done && *tu)
        session->clang.disposeTranslationUnit(*tu);
    return done;
}

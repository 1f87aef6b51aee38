#include "lower/parse/parse.h"

#include "lower/parse/heal.h"
#include "lower/parse/opened.h"
#include "lower/parse/prefix.h"
#include "lower/parse/subject.h"
#include "lower/parse/trees.h"
#include "support/file.h"
#include "support/starts_with.h"
#include "support/strbuf.h"

#include <ctype.h>
#include <string.h>
#include <unistd.h>

/* ---- one parse -------------------------------------------------------------------------- */

static bool is_gpu_language(enum source_language language)
{
    return language == SOURCE_CUDA || language == SOURCE_HIP;
}

static void collect_args(const struct lower_session *session, struct arena *arena,
                         const struct source_unit *source, bool bundled, lower_args *args)
{
    const char **given = NULL;
    size_t count = 0;
    source_parse_args(arena, source, bundled, &given, &count);
    for (size_t i = 0; i < count; i++)
        vec_push(arena, args, given[i]);
    session_resource_args(session, arena, source->language, args);
    vec_push(arena, args, "-ferror-limit=0");
    /* Up to 18, clang calls the variadic functions of headers an error in CUDA. */
    if (session->clang.version <= 18 && is_gpu_language(source->language)) {
        vec_push(arena, args, "-Xclang");
        vec_push(arena, args, "-fcuda-allow-variadic-functions");
    }
    /* What is merely forbidden (narrowing, implicit functions in C) parses without a hole. A
     * misspelt name must stay unknown rather than become its neighbour. */
    vec_push(arena, args, "-Wno-everything");
    vec_push(arena, args, "-fno-spell-checking");
}

/* Without a compile command nobody says which of the project's switches are on: those that the
 * calls of interest stand under. */
static const char *assume_macros(struct arena *arena, const struct source_unit *source,
                                 const struct site_list *sites, lower_args *args)
{
    struct strbuf names;
    strbuf_init(&names, arena);
    const char *macro;
    for (size_t i = 0; (macro = assume_macro(&sites->assumptions, i)); i++) {
        if (source_decides_macro(source, macro))
            continue;
        vec_push(arena, args, arena_printf(arena, "-D%s=1", macro));
        strbuf_addf(&names, "%s%s", names.len ? " " : "", macro);
    }
    return names.len ? names.text : NULL;
}

typedef VEC(struct CXUnsavedFile) unsaved_files;

/* The beginning of the source that a header is read through. Where it cannot be read now, the
 * parser will say so. */
static void add_source(struct arena *arena, const struct source_unit *source, unsaved_files *files)
{
    const char *text;
    size_t len;
    if (source->through &&
        !file_read_untrusted(arena, source->through, FILE_LARGEST_TEXT, &text, &len) &&
        source->through_len < len)
        vec_push(arena, files, (struct CXUnsavedFile){source->through, text, source->through_len});
}

static void collect_files(struct arena *arena, const struct source_unit *source,
                          unsaved_files *files)
{
    size_t count = 0;
    const struct source_virtual_file *virtual_files = source_virtual_files(&count);
    for (size_t i = 0; i < count; i++)
        vec_push(arena, files,
                 (struct CXUnsavedFile){virtual_files[i].path, virtual_files[i].text,
                                        virtual_files[i].len});
    if (source->text)
        vec_push(arena, files,
                 (struct CXUnsavedFile){source->path, source->text, source->text_len});
    add_source(arena, source, files);
}

static const struct error *code_error(struct arena *arena, enum CXErrorCode code, const char *shown)
{
    switch (code) {
    case CXError_Crashed:
        return error_new(arena, ERROR_ANALYSIS, "the parser crashed while it read %s", shown);
    case CXError_ASTReadError:
        return error_new(arena, ERROR_ANALYSIS,
                         "the parser cannot read %s with the arguments of its compile command: one "
                         "of them is unknown to it or names a second file (-v shows them)",
                         shown);
    default:
        return error_new(arena, ERROR_ANALYSIS, "the parser made no tree of %s (libclang error %d)",
                         shown, (int)code);
    }
}

/* ---- what the parser complained about --------------------------------------------------- */

static bool is_below(const char *path, const char *folder)
{
    size_t len = strlen(folder);
    while (len && folder[len - 1] == '/')
        len--;
    return strncmp(path, folder, len) == 0 && path[len] == '/';
}

/* Errors in the toolkit's headers and in the bundled declarations are none of the user's. */
static bool is_user_file(const struct source_unit *source, const char *path)
{
    size_t count = 0;
    const struct source_virtual_file *files = source_virtual_files(&count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(path, files[i].path) == 0)
            return false;
    for (size_t i = 0; i < source->cuda_includes.len; i++)
        if (is_below(path, source->cuda_includes.data[i]))
            return false;
    return true;
}

/* The text between the next two quotes, "" when there are none; *text moves behind them. */
static const char *next_quoted(struct arena *arena, const char **text)
{
    const char *open = strchr(*text, '\'');
    const char *close = open ? strchr(open + 1, '\'') : NULL;
    if (!close)
        return "";
    *text = close + 1;
    return arena_strndup(arena, open + 1, (size_t)(close - open - 1));
}

/* The name that a declaration is missing for: of "no member named 'x' in 'cudaDeviceProp'" the
 * class, else the name itself. */
static const char *missing_name(struct arena *arena, const char *text)
{
    bool is_member = starts_with(text, "no member named");
    const char *name = next_quoted(arena, &text);
    return is_member ? next_quoted(arena, &text) : name;
}

/* "cudaFoo" for the prefix "cuda", but not "cudafoo" or "cuda_foo", which are a project's own. */
static bool is_api_name(const char *name, const char *prefix)
{
    return starts_with(name, prefix) && isupper((unsigned char)name[strlen(prefix)]);
}

/* A name that the toolkit's headers may declare and the bundled declarations may lack. */
static bool is_toolkit_name(const char *name)
{
    static const char *const apis[] = {"cuda",     "cu",    "cublas",   "cublasLt",
                                       "cusparse", "cufft", "cusolver", "curand",
                                       "nvml",     "nvrtc", "nvtx",     "nvJitLink"};
    static const char *const namespaces[] = {"thrust", "cub", "cuda", "nvcuda",
                                             "cooperative_groups"};
    for (size_t i = 0; i < sizeof apis / sizeof *apis; i++)
        if (is_api_name(name, apis[i]))
            return true;
    for (size_t i = 0; i < sizeof namespaces / sizeof *namespaces; i++) {
        size_t len = strlen(namespaces[i]);
        if (starts_with(name, namespaces[i]) && (!name[len] || name[len] == ':'))
            return true;
    }
    return starts_with(name, "__nv_") || starts_with(name, "__half") ||
           (starts_with(name, "CU") && islower((unsigned char)name[2])); /* CUtensorMap */
}

static bool is_in_toolkit(struct arena *arena, const struct source_unit *source, const char *header)
{
    for (size_t i = 0; i < source->cuda_includes.len; i++)
        if (access(arena_printf(arena, "%s/%s", source->cuda_includes.data[i], header), R_OK) == 0)
            return true;
    return false;
}

static void note_error(struct arena *arena, const struct source_unit *source, struct parse *parse,
                       struct user_error error)
{
    const char *name = missing_name(arena, error.text);
    bool is_header = strstr(error.text, "file not found") != NULL;
    error.is_of_toolkit = is_header ? is_in_toolkit(arena, source, name) : is_toolkit_name(name);
    parse->missing_headers += is_header && !error.is_of_toolkit;
    vec_push(arena, &parse->errors, error);
}

static const char *take_string(const struct clang_api *clang, struct arena *arena, CXString string)
{
    const char *text = arena_strdup(arena, clang->getCString(string));
    clang->disposeString(string);
    return text ? text : "";
}

/* In a header of a guessed folder: is a header of the toolkit's, or of the project's own copy of
 * it, what it lacks? */
static void note_lack(const struct clang_api *clang, struct arena *arena,
                      const struct source_unit *source, CXDiagnostic diagnostic,
                      struct parse *parse)
{
    if (parse->lacks_toolkit)
        return;
    const char *text = take_string(clang, arena, clang->getDiagnosticSpelling(diagnostic));
    parse->lacks_toolkit = strstr(text, "file not found") != NULL &&
                           is_in_toolkit(arena, source, next_quoted(arena, &text));
}

static void note_diagnostic(const struct clang_api *clang, struct arena *arena,
                            const struct source_unit *source, CXDiagnostic diagnostic,
                            struct parse *parse)
{
    if (clang->getDiagnosticSeverity(diagnostic) < CXDiagnostic_Error)
        return;
    CXSourceLocation at = clang->getDiagnosticLocation(diagnostic);
    if (clang->Location_isInSystemHeader(at)) {
        note_lack(clang, arena, source, diagnostic, parse);
        return;
    }
    struct user_error error = {0};
    CXFile file = NULL;
    clang->getExpansionLocation(at, &file, &error.line, &error.column, &error.offset);
    error.file = file ? take_string(clang, arena, clang->getFileName(file)) : source->path;
    if (!is_user_file(source, error.file))
        return;
    error.in_main = file && clang->File_isEqual(file, clang->getFile(parse->tu, source->path));
    error.text = take_string(clang, arena, clang->getDiagnosticSpelling(diagnostic));
    note_error(arena, source, parse, error);
}

static void note_diagnostics(const struct clang_api *clang, struct arena *arena,
                             const struct source_unit *source, struct parse *parse)
{
    unsigned count = clang->getNumDiagnostics(parse->tu);
    for (unsigned i = 0; i < count; i++) {
        CXDiagnostic diagnostic = clang->getDiagnostic(parse->tu, i);
        note_diagnostic(clang, arena, source, diagnostic, parse);
        clang->disposeDiagnostic(diagnostic);
    }
}

/* How one parse differs from another. */
struct attempt {
    bool bundled;
    const char *stand_ins; /* text of one more header in front, or NULL */
};

static void add_stand_ins(struct arena *arena, const char *text, lower_args *args,
                          unsaved_files *files)
{
    static const char path[] = "/cuhostlint/stand_ins.h";
    vec_push(arena, args, "-include");
    vec_push(arena, args, path);
    vec_push(arena, files, (struct CXUnsavedFile){path, text, strlen(text)});
}

static void note_prefix_files(struct lower_session *session, struct arena *arena,
                              const struct prefix *prefix)
{
    for (size_t i = 0; i < prefix->files.len; i++)
        vec_push(arena, &session->stats.opened, prefix->files.data[i]);
}

/* With the precompiled prefix where there is one that can be read. */
static enum CXErrorCode parse_with_prefix(struct lower_session *session, struct arena *arena,
                                          const struct source_unit *source,
                                          const struct tree_request *request, CXTranslationUnit *tu)
{
    struct tree_request with = *request;
    struct prefix *prefix = prefix_apply(session, source, arena, &with);
    enum CXErrorCode code = trees_parse(session, &with, tu);
    if (!prefix)
        return code;
    if (code == CXError_Success && *tu) {
        note_prefix_files(session, arena, prefix);
        return code;
    }
    prefix_give_up(prefix);
    return trees_parse(session, request, tu);
}

static const struct error *parse_once(struct lower_session *session, struct arena *arena,
                                      const struct source_unit *source,
                                      const struct site_list *sites, struct attempt attempt,
                                      struct parse *parse)
{
    const struct clang_api *clang = &session->clang;
    lower_args args = {0};
    unsaved_files files = {0};
    collect_args(session, arena, source, attempt.bundled, &args);
    collect_files(arena, source, &files);
    *parse = (struct parse){.bundled = attempt.bundled};
    if (!source->has_command)
        parse->assumed = assume_macros(arena, source, sites, &args);
    if (attempt.stand_ins)
        add_stand_ins(arena, attempt.stand_ins, &args, &files);
    unsigned flags = CXTranslationUnit_KeepGoing;
    if (sites->any_conditional)
        flags |= CXTranslationUnit_DetailedPreprocessingRecord;
    session->stats.parses++;
    const struct tree_request request = {
        source_parsed_path(source), args.data, args.len, files.data, files.len, flags,
        source->through != NULL};
    enum CXErrorCode code = parse_with_prefix(session, arena, source, &request, &parse->tu);
    if (code != CXError_Success || !parse->tu)
        return code_error(arena, code, source->shown);
    opened_note(session, arena, parse->tu);
    note_diagnostics(clang, arena, source, parse);
    parse->damage = sites_damage(arena, clang, parse->tu, source, sites, &parse->errors);
    return NULL;
}

/* ---- the best parse --------------------------------------------------------------------- */

static bool is_better(const struct parse *left, const struct parse *right)
{
    if (left->damage.lost != right->damage.lost)
        return left->damage.lost < right->damage.lost;
    if (left->damage.errors_around != right->damage.errors_around)
        return left->damage.errors_around < right->damage.errors_around;
    if (left->missing_headers != right->missing_headers)
        return left->missing_headers < right->missing_headers;
    return left->errors.len < right->errors.len;
}

/* Parses once more, and keeps the better tree in *best. False: it was no better. */
static bool try_again(struct lower_session *session, struct arena *arena,
                      const struct source_unit *source, const struct site_list *sites,
                      struct attempt attempt, const char *why, struct parse *best)
{
    struct parse again;
    const struct error *error = parse_once(session, arena, source, sites, attempt, &again);
    session->stats.reparsed = why;
    if (error)
        return false;
    bool improved = is_better(&again, best);
    CXTranslationUnit worse = improved ? best->tu : again.tu;
    if (improved)
        *best = again;
    trees_release(session, worse);
    return improved;
}

/* Calls are hidden, or what stands around them may be. A parse is dear: errors around them that are
 * about something else than names will be there again. */
static bool may_heal(const struct parse *parse)
{
    return parse->damage.lost || parse->damage.names_around;
}

/* Functions that are declared with types of the toolkit match no call without it. */
static bool may_need_toolkit(const struct parse *parse)
{
    return parse->damage.curable || (parse->lacks_toolkit && parse->damage.unmatched_around);
}

/* What is unknown inside of a function shows when its head is known, and what is called when its
 * arguments are: a few rounds, as long as they find new names. */
static void heal(struct lower_session *session, struct arena *arena,
                 const struct source_unit *source, const struct site_list *sites,
                 struct parse *best)
{
    enum { MOST_ROUNDS = 3 };
    const struct clang_api *clang = &session->clang;
    user_errors known = {0};
    const char *tried = "";
    for (int round = 0; round < MOST_ROUNDS && may_heal(best); round++) {
        size_t len = 0;
        const char *text =
            clang->getFileContents(best->tu, clang->getFile(best->tu, source->path), &len);
        for (size_t i = 0; i < best->errors.len; i++)
            vec_push(arena, &known, best->errors.data[i]);
        user_errors healed = {0};
        const char *stand_ins =
            heal_declarations(arena, source->language, text, len, &known, &healed);
        struct attempt attempt = {best->bundled, stand_ins};
        if (!stand_ins || strcmp(stand_ins, tried) == 0 ||
            !try_again(session, arena, source, sites, attempt, "names unknown", best))
            return;
        tried = stand_ins;
        best->healed = healed;
    }
}

/* True when the guess brought folders that the unit did not have. */
static bool guess_includes(struct arena *arena, struct source_unit *source)
{
    size_t given = source->args.len;
    source_guess_includes(arena, source);
    return source->args.len > given;
}

static const struct error *parse_file(struct lower_session *session, struct arena *arena,
                                      struct source_unit *source, const struct site_list *sites,
                                      struct parse *best)
{
    /* Without a command the guess is as good before the first parse as after it. */
    if (!source->has_command)
        guess_includes(arena, source);
    const struct attempt first = {.bundled = !session->reads_toolkit};
    const struct attempt toolkit = {.bundled = false};
    const struct error *error = parse_once(session, arena, source, sites, first, best);
    if (error)
        return error;
    if (source->has_command && best->missing_headers && guess_includes(arena, source))
        try_again(session, arena, source, sites, first, "headers missing", best);
    /* Reading thrust's headers takes 3 seconds: only where it can help a call of ours. */
    if (best->bundled && may_need_toolkit(best) && source->cuda_includes.len)
        try_again(session, arena, source, sites, toolkit, "declarations missing", best);
    if (may_heal(best))
        heal(session, arena, source, sites, best);
    return NULL;
}

/* Parses a header alone whose source has no tree, leaves the header out, or hides calls in it.
 * `best` is the source's parse, NULL where there is none; the better one is kept. */
static const struct error *parse_alone(struct lower_session *session, struct arena *arena,
                                       struct source_unit *source, const struct site_list *sites,
                                       struct parse *best, bool has_best)
{
    struct source_unit alone = *source->alone;
    struct parse again = {0};
    alone.text = source->text; /* of this moment */
    alone.text_len = source->text_len;
    const struct error *error = parse_file(session, arena, &alone, sites, &again);
    session->stats.reparsed = has_best ? "calls hidden" : "not included by its source";
    if (error)
        return has_best ? NULL : error;
    bool is_chosen = !has_best || is_better(&again, best);
    if (has_best)
        trees_release(session, is_chosen ? best->tu : again.tu);
    if (is_chosen) {
        *best = again;
        *source = alone;
    }
    return NULL;
}

const struct error *parse_best(struct lower_session *session, struct arena *arena,
                               struct source_unit *source, const struct site_list *sites,
                               struct parse *best)
{
    const struct error *error = parse_file(session, arena, source, sites, best);
    if (!source->through)
        return error;
    bool is_there = !error && subject_is_there(&session->clang, best->tu, source);
    if (is_there && !best->damage.lost)
        return NULL;
    if (!error && !is_there)
        trees_release(session, best->tu);
    return parse_alone(session, arena, source, sites, best, is_there);
}

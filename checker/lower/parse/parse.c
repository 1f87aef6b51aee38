#include "lower/parse/parse.h"

#include "lower/parse/complaints.h"
#include "lower/parse/heal.h"
#include "lower/parse/name_complaints.h"
#include "lower/parse/opened.h"
#include "lower/parse/prefix.h"
#include "lower/parse/stray.h"
#include "lower/parse/subject.h"
#include "lower/parse/trees.h"
#include "support/file.h"
#include "support/strbuf.h"

#include <string.h>

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
    if (code == CXError_ASTReadError)
        return error_new(arena, ERROR_ANALYSIS,
                         "the parser cannot read %s with the arguments of its compile command: one "
                         "of them is unknown to it or names a second file (-v shows them)",
                         shown);
    return error_new(arena, ERROR_ANALYSIS, "the parser made no tree of %s (libclang error %d)",
                     shown, (int)code);
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
    if (sites->any_conditional || sites->any_cleanup || clang->version < CLANG_SPELLS_FROM)
        flags |= CXTranslationUnit_DetailedPreprocessingRecord;
    session->stats.parses++;
    const struct tree_request request = {
        source_parsed_path(source), args.data, args.len, files.data, files.len, flags,
        source->through != NULL};
    enum CXErrorCode code = parse_with_prefix(session, arena, source, &request, &parse->tu);
    if (code != CXError_Success || !parse->tu)
        return code_error(arena, code, source->shown);
    /* A file that is gone by now, say, has an empty tree. */
    if (!source->through && !subject_is_there(clang, parse->tu, source)) {
        trees_release(session, parse->tu);
        return error_new(arena, ERROR_ANALYSIS, "the parser could not read %s", source->shown);
    }
    opened_note(session, arena, parse->tu);
    complaints_note(clang, arena, source, parse);
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

static const char *parsed_text(const struct lower_session *session,
                               const struct source_unit *source, const struct parse *parse,
                               size_t *len)
{
    const struct clang_api *clang = &session->clang;
    return clang->getFileContents(parse->tu, clang->getFile(parse->tu, source->path), len);
}

/* A comma between two functions hides the second one. The text stays as long as it was. */
static void drop_stray(struct lower_session *session, struct arena *arena,
                       struct source_unit *source, const struct site_list *sites,
                       struct parse *best)
{
    struct source_unit given = *source;
    size_t len = 0;
    const char *text = parsed_text(session, source, best, &len);
    const char *blanked = text ? stray_blanked(arena, text, len, &best->errors) : NULL;
    if (!blanked)
        return;
    source->text = blanked;
    source->text_len = len;
    if (!try_again(session, arena, source, sites, (struct attempt){.bundled = best->bundled},
                   "a stray token", best))
        *source = given;
}

/* Functions that are declared with types of the toolkit match no call without it. */
static bool may_need_toolkit(const struct parse *parse)
{
    return parse->damage.curable || (parse->lacks_toolkit && parse->damage.unmatched_around);
}

static bool lacks_library(const struct parse *parse)
{
    for (size_t i = 0; i < parse->errors.len; i++)
        if (complaint_lacks_library(parse->errors.data[i].text))
            return true;
    return false;
}

/* A class that a macro in front of its name hides seems to be unknown, and so does all that is
 * declared with the library's types where these are: the macros come first, then the library.
 * True: other errors wait for that, unless `wants_all`. */
static bool add_wishes(struct arena *arena, const struct parse *parse, bool wants_all,
                       struct heal_wish *wish)
{
    bool macros_first = parse->class_macros.len && !wants_all;
    bool library_first = lacks_library(parse) && !wants_all;
    for (size_t i = 0; i < parse->class_macros.len; i++)
        vec_push(arena, &wish->class_macros, parse->class_macros.data[i]);
    for (size_t i = 0; !macros_first && i < parse->errors.len; i++)
        if (!library_first || complaint_lacks_library(parse->errors.data[i].text))
            vec_push(arena, &wish->errors, parse->errors.data[i]);
    return macros_first || library_first;
}

/* What is unknown inside of a function shows when its head is known, and what is called when its
 * arguments are: a few rounds, as long as they find new names. */
static void heal(struct lower_session *session, struct arena *arena,
                 const struct source_unit *source, const struct site_list *sites,
                 struct parse *best)
{
    enum { MOST_ROUNDS = 4 };
    struct heal_wish wish = {0};
    const char *tried = "";
    bool wants_all = false;
    for (int round = 0; round < MOST_ROUNDS && may_heal(best); round++) {
        size_t len = 0;
        const char *text = parsed_text(session, source, best, &len);
        bool others_wait = add_wishes(arena, best, wants_all, &wish);
        user_errors healed = {0};
        const char *stand_ins =
            heal_declarations(arena, source->language, text, len, &wish, &healed);
        struct attempt attempt = {best->bundled, stand_ins};
        bool improved = stand_ins && strcmp(stand_ins, tried) != 0 &&
                        try_again(session, arena, source, sites, attempt, "names unknown", best);
        if (!improved && !others_wait)
            return;
        wants_all = !improved;
        tried = stand_ins ? stand_ins : tried;
        if (improved)
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
    if (best->damage.lost)
        drop_stray(session, arena, source, sites, best);
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

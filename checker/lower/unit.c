/* One unit from its text to IR: scan, parse, build, account for every site. */
#include "ir/check.h"
#include "lower/build.h"
#include "lower/parse/parse.h"
#include "lower/parse/parts.h"
#include "lower/parse/subject.h"
#include "lower/parse/trees.h"
#include "lower/text/other_branch.h"
#include "support/file.h"

#include <string.h>
#include <time.h>

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* __attribute__((cleanup(f))), or a macro for it. */
static bool names_cleanup(const char *text, size_t len)
{
    static const char *const words[] = {"((cleanup", "((__cleanup__", "_cleanup_"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (memmem(text, len, words[i], strlen(words[i])))
            return true;
    return false;
}

static const struct error *scan_sites(struct arena *arena, const struct source_unit *source,
                                      const struct model_set *models, struct site_list *sites)
{
    const char *text = source->text;
    size_t len = source->text_len;
    if (!text) {
        const struct error *error =
            file_read_untrusted(arena, source->path, FILE_LARGEST_TEXT, &text, &len);
        if (error)
            return error;
    }
    site_scan(arena, text, len, models, sites);
    /* conditions around calls in the sources that it includes are not known yet */
    sites->any_conditional |= parts_are_in(text, len);
    sites->any_cleanup = names_cleanup(text, len);
    return NULL;
}

/* ---- every site is accounted for ------------------------------------------------------- */

static const char *path_of(const struct clang_api *clang, struct arena *arena, CXFile file)
{
    CXString name = clang->getFileName(file);
    const char *path = arena_strdup(arena, clang->getCString(name));
    clang->disposeString(name);
    return path;
}

/* The same errors, those in another file called those of the main one. */
static user_errors errors_in(struct arena *arena, const user_errors *errors, const char *file)
{
    user_errors others = {0};
    for (size_t i = 0; i < errors->len; i++) {
        struct user_error error = errors->data[i];
        error.in_main = strcmp(error.file, file) == 0;
        vec_push(arena, &others, error);
    }
    return others;
}

static void record_part(const struct clang_api *clang, const struct parse *parse, CXFile part,
                        const struct model_set *models, bool knows_skipped, struct ir_unit *unit)
{
    struct arena *arena = unit->arena;
    size_t len = 0;
    const char *text = clang->getFileContents(parse->tu, part, &len);
    const char *name = path_of(clang, arena, part), *real = file_real_path(arena, name);
    struct site_list sites = {0};
    if (!text)
        return;
    site_scan(arena, text, len, models, &sites);
    if (sites.any_conditional && !knows_skipped) /* a header includes it */
        return;
    const struct subject subject = subject_of_file(clang, arena, parse->tu, part, false);
    const user_errors errors = errors_in(arena, &parse->errors, name);
    sites_record(clang, parse->tu, &subject, real ? real : name, &sites, &errors, unit);
}

static void record_sites(const struct clang_api *clang, const struct source_unit *source,
                         const struct parse *parse, const struct site_list *sites,
                         const struct model_set *models, struct ir_unit *unit)
{
    part_list parts = {0};
    const struct subject subject = subject_of(clang, unit->arena, parse->tu, source);
    sites_record(clang, parse->tu, &subject, unit->source, sites, &parse->errors, unit);
    if (!source->through)
        parts_list(clang, unit->arena, parse->tu, &parts);
    for (size_t i = 0; i < parts.len; i++)
        record_part(clang, parse, parts.data[i], models, sites->any_conditional, unit);
}

/* ---- one unit -------------------------------------------------------------------------- */

static struct ir_unit *new_unit(struct lower_session *session, struct arena *arena,
                                const struct source_unit *source, const struct parse *parse)
{
    struct ir_unit *unit = arena_new_object(arena, struct ir_unit);
    unit->arena = arena;
    unit->source = source->path;
    unit->through = source->through;
    unit->is_header = source->is_header;
    unit->parser = session->version;
    unit->is_other_branch = source->is_other_branch;
    unit->used_bundled_declarations = parse->bundled;
    unit->assumed_macros = parse->assumed;
    unit->errors_in_user_files = (uint32_t)parse->errors.len;
    if (parse->errors.len) {
        const struct user_error *first = &parse->errors.data[0];
        unit->first_error =
            arena_printf(arena, "%s:%u: %s", first->in_main ? source->shown : first->file,
                         (unsigned)first->line, first->text);
    }
    return unit;
}

/* A function whose IR is not well formed (a mistake of ours) loses its body: the rest of the file
 * is worth more than a crash. It is counted as a gap, which the tests look for. */
static void drop_malformed(struct ir_unit *unit)
{
    for (size_t i = 0; i < unit->functions.len; i++) {
        struct ir_function *function = &unit->functions.data[i];
        const struct error *error = ir_check_function(unit->arena, unit, function);
        if (!error)
            continue;
        struct ir_gap gap = {error->message, function->loc};
        vec_push(unit->arena, &unit->gaps, gap);
        function->has_body = false;
        function->locals.len = function->ops.len = function->blocks.len = 0;
    }
}

const struct error *lower_unit(struct lower_session *session, struct arena *arena,
                               struct source_unit *source, const struct model_set *models,
                               struct ir_unit **unit)
{
    session->stats = (struct lower_stats){.library = session->clang.path};
    double start = seconds_now();
    struct site_list sites = {0};
    struct parse parse = {0};
    const struct error *error = scan_sites(arena, source, models, &sites);
    if (!error)
        error = parse_best(session, arena, source, &sites, &parse);
    session->stats.parse_seconds = seconds_now() - start;
    if (error)
        return error;
    start = seconds_now();
    *unit = new_unit(session, arena, source, &parse);
    lower_build(&session->clang, parse.tu, arena, source, models, &parse.healed, *unit);
    drop_malformed(*unit);
    record_sites(&session->clang, source, &parse, &sites, models, *unit);
    other_branch_note(source, &sites, *unit);
    trees_release(session, parse.tu);
    session->stats.lower_seconds = seconds_now() - start;
    return NULL;
}

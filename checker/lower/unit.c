/* One unit from its text to IR: scan, parse, build, account for every site. */
#include "ir/check.h"
#include "lower/build.h"
#include "lower/parse.h"
#include "lower/trees.h"
#include "support/file.h"

#include <time.h>

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
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
    return NULL;
}

static struct ir_unit *new_unit(struct lower_session *session, struct arena *arena,
                                const struct source_unit *source, const struct parse *parse)
{
    struct ir_unit *unit = arena_new_object(arena, struct ir_unit);
    unit->arena = arena;
    unit->source = source->path;
    unit->through = source->through;
    unit->parser = session->version;
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
    lower_build(&session->clang, parse.tu, arena, source, models, *unit);
    drop_malformed(*unit);
    for (size_t i = 0; i < parse.healed.len; i++)
        sites_degrade(*unit, parse.healed.data[i].offset, parse.healed.data[i].text);
    sites_record(&session->clang, parse.tu, source, &sites, &parse.errors, *unit);
    trees_release(session, parse.tu);
    session->stats.lower_seconds = seconds_now() - start;
    return NULL;
}

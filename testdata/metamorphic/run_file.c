#include "lint.h"
#include "metamorphic.h"
#include "relation.h"
#include "support/file.h"

#include <stdio.h>
#include <string.h>

static const struct relation_table *const tables[] = {
    &layout_relations,   &statement_relations, &branch_relations,   &loop_relations,
    &variable_relations, &argument_relations,  &function_relations, &call_relations,
    &file_relations,     &sight_relations,
};

enum { MOST_LANGUAGES = 8, MOST_REPAIRS = 8 };

/* What all relations of a file share. */
struct run {
    const struct meta_options *options;
    struct arena *arena;
    struct parser *parser;
    struct program program;
    struct lint_report found; /* in the program as it is */
    bool names_by_line;       /* names are made of __LINE__: another layout changes them */
    struct {
        const char *path;
        struct lint *lint;
    } lints[MOST_LANGUAGES];
    size_t lint_count;
    int status;
};

/* One relation at work. */
struct trial {
    struct run *run;
    const struct relation *relation;
    const char *path;
    struct lint *lint;
    struct rewrite rewrite;
};

/* One changed program and what was found there; in an arena of its own. */
struct variant {
    struct arena *arena;
    struct rewritten rewritten;
    struct lint_report found;
};

static struct lint *lint_for(struct run *run, const char *path)
{
    for (size_t i = 0; i < run->lint_count; i++)
        if (strcmp(run->lints[i].path, path) == 0)
            return run->lints[i].lint;
    run->lints[run->lint_count].path = path;
    run->lints[run->lint_count].lint = lint_new(run->arena, path);
    return run->lints[run->lint_count++].lint;
}

/* ---- comparison ---- */

static const char *text_of(const struct variant *variant)
{
    return variant->rewritten.text.text;
}

/* True when the finding of the program stands where the other one does. */
static bool is_image(const struct trial *trial, const struct variant *variant,
                     const struct lint_finding *before, const struct lint_finding *after)
{
    size_t place;

    if (strcmp(before->rule, after->rule) != 0)
        return false;
    if (!trial->relation->moves_functions && !trial->run->names_by_line &&
        strcmp(before->function, after->function) != 0)
        return false;
    for (size_t n = 0;
         (place = rewritten_place(&variant->rewritten, before->offset, n)) != SIZE_MAX; n++)
        if (line_of(text_of(variant), place) == after->line)
            return true;
    return false;
}

static bool is_excepted(const struct trial *trial, const struct lint_finding *finding)
{
    return trial->relation->except != NULL &&
           strstr(trial->relation->except, finding->rule) != NULL;
}

/* The first finding that only one of the two has; NULL: there is none. */
static const struct lint_finding *difference(const struct trial *trial,
                                             const struct variant *variant, bool *is_lost)
{
    const struct lint_report *before = &trial->run->found, *after = &variant->found;

    for (size_t i = 0; i < before->findings.len; i++) {
        const struct lint_finding *one = &before->findings.data[i];
        bool is_met = trial->relation->may_lose || is_excepted(trial, one) ||
                      rewritten_place(&variant->rewritten, one->offset, 0) == SIZE_MAX;

        for (size_t j = 0; !is_met && j < after->findings.len; j++)
            is_met = is_image(trial, variant, one, &after->findings.data[j]);
        *is_lost = true;
        if (!is_met)
            return one;
    }
    for (size_t i = 0; i < after->findings.len; i++) {
        const struct lint_finding *one = &after->findings.data[i];
        bool is_met = is_excepted(trial, one);

        for (size_t j = 0; !is_met && j < before->findings.len; j++)
            is_met = is_image(trial, variant, &before->findings.data[j], one);
        *is_lost = false;
        if (!is_met)
            return one;
    }
    return NULL;
}

/* ---- variants ---- */

static struct variant *variant_new(void)
{
    struct arena *arena = arena_new();
    struct variant *variant = arena_new_object(arena, struct variant);

    variant->arena = arena;
    return variant;
}

static void render(struct trial *trial, struct variant *variant)
{
    rewrite_render(&trial->rewrite, variant->arena, trial->run->program.text,
                   trial->run->program.len, &variant->rewritten);
}

static const struct error *lint_variant(struct trial *trial, struct variant *variant)
{
    return lint_run(trial->lint, variant->arena, text_of(variant), variant->rewritten.text.len,
                    &variant->found);
}

static bool touches(const struct rewrite *rewrite, size_t site, struct range range)
{
    for (size_t i = 0; i < rewrite->edits.len; i++) {
        const struct edit *edit = &rewrite->edits.data[i];

        if (edit->site == site && edit->range.from <= range.to && edit->range.to >= range.from)
            return true;
    }
    return false;
}

/* Switches off the sites in a range; true when there were any. */
static bool switch_off(struct rewrite *rewrite, struct range range)
{
    bool any = false;

    for (size_t i = 0; i < rewrite->sites.len; i++) {
        struct change *site = &rewrite->sites.data[i];

        if (site->is_off || site->is_fixed || !touches(rewrite, i, range))
            continue;
        site->is_off = any = true;
    }
    return any;
}

static struct range line_around(const struct program *program, size_t offset)
{
    struct range range = {offset, offset};

    while (range.from > 0 && program->text[range.from - 1] != '\n')
        range.from--;
    while (range.to < program->len && program->text[range.to] != '\n')
        range.to++;
    return range;
}

static struct range function_around(const struct program *program, size_t offset)
{
    size_t token = program_token_at(program, offset);
    size_t function = program_function_at(program, token);

    if (function == NONE)
        return (struct range){0, program->len};
    return token_range(program, program->functions.data[function].first,
                       program->functions.data[function].close);
}

/* Switches off what the compiler does not take. False: nothing is left. */
static bool make_well_formed(struct trial *trial, struct variant *variant)
{
    const struct program *program = &trial->run->program;
    const char *first = NULL;

    for (int round = 0; round < MOST_REPAIRS; round++) {
        offset_list errors = {0};

        render(trial, variant);
        if (parser_errors(trial->run->parser, variant->arena, trial->path, text_of(variant),
                          variant->rewritten.text.len, &errors, &first) != NULL)
            return false;
        if (errors.len == 0)
            return true;
        for (size_t i = 0; i < errors.len; i++) {
            size_t origin = rewritten_origin(&variant->rewritten, errors.data[i]);

            if (round >= MOST_REPAIRS / 2 ||
                !switch_off(&trial->rewrite, line_around(program, origin)))
                switch_off(&trial->rewrite, function_around(program, origin));
        }
    }
    if (trial->run->options->is_verbose)
        printf("%s: %s: not well formed: %s\n", trial->path, trial->relation->name, first);
    return false;
}

/* ---- reports ---- */

static void keep_variant(const struct trial *trial, const struct variant *variant, unsigned line)
{
    const char *slash = strrchr(trial->path, '/'), *dot = strrchr(trial->path, '.');
    const char *folder = slash;
    const char *file;

    if (trial->run->options->keep == NULL)
        return;
    while (folder > trial->path && folder[-1] != '/')
        folder--;
    file = arena_printf(variant->arena, "%s/%s.%.*s.%.*s.%u%s", trial->run->options->keep,
                        trial->relation->name, (int)(slash - folder), folder,
                        (int)(dot - slash - 1), slash + 1, line, dot);
    (void)file_replace(variant->arena, file, text_of(variant), variant->rewritten.text.len);
}

static void tell(const struct trial *trial, const struct variant *variant, size_t site,
                 const struct lint_finding *finding, bool is_lost)
{
    const struct program *program = &trial->run->program;
    unsigned line = line_of(program->text, trial->rewrite.sites.data[site].at);

    printf("%s:%u: %s: %s: line %u: %s [%s]\n", program->path, line, trial->relation->name,
           is_lost ? "lost" : "new", finding->line, finding->message, finding->rule);
    keep_variant(trial, variant, line);
}

/* What remains when only `count` of the sites, from `first` on, are on; NULL: no difference. */
static const struct lint_finding *try_sites(struct trial *trial, struct variant *variant,
                                            const size_t *sites, size_t count, bool *is_lost)
{
    struct rewrite *rewrite = &trial->rewrite;

    for (size_t i = 0; i < rewrite->sites.len; i++)
        rewrite->sites.data[i].is_off = !rewrite->sites.data[i].is_fixed;
    for (size_t i = 0; i < count; i++)
        rewrite->sites.data[sites[i]].is_off = false;
    render(trial, variant);
    if (lint_variant(trial, variant) != NULL)
        return NULL;
    return difference(trial, variant, is_lost);
}

/* Halves the sites as long as one half makes a difference by itself, and tells what is left. */
static void tell_sites(struct trial *trial)
{
    VEC(size_t) sites = {0};
    struct variant *best = variant_new();
    bool is_lost = false;

    for (size_t i = 0; i < trial->rewrite.sites.len; i++)
        if (!trial->rewrite.sites.data[i].is_off && !trial->rewrite.sites.data[i].is_fixed)
            vec_push(trial->run->arena, &sites, i);
    while (sites.len > 1) {
        size_t half = sites.len / 2;
        struct variant *variant = variant_new();
        bool first_does = try_sites(trial, variant, sites.data, half, &is_lost) != NULL;
        bool second_does = !first_does && try_sites(trial, variant, sites.data + half,
                                                    sites.len - half, &is_lost) != NULL;

        arena_free(variant->arena);
        if (!first_does && !second_does)
            break;
        memmove(sites.data, sites.data + (first_does ? 0 : half),
                (first_does ? half : sites.len - half) * sizeof *sites.data);
        sites.len = first_does ? half : sites.len - half;
    }
    const struct lint_finding *finding = try_sites(trial, best, sites.data, sites.len, &is_lost);

    if (finding != NULL)
        tell(trial, best, sites.data[0], finding, is_lost);
    arena_free(best->arena);
}

/* ---- trials ---- */

static size_t sites_on(const struct rewrite *rewrite)
{
    size_t count = 0;

    for (size_t i = 0; i < rewrite->sites.len; i++)
        count += !rewrite->sites.data[i].is_off && !rewrite->sites.data[i].is_fixed;
    return count;
}

static bool begin_trial(struct run *run, const struct relation *relation, struct trial *trial)
{
    *trial = (struct trial){.run = run, .relation = relation, .path = run->program.path};
    trial->rewrite.arena = run->arena;
    if (relation->ending != NULL) {
        const char *dot = strrchr(trial->path, '.');

        trial->path = arena_printf(run->arena, "%.*s%s", (int)(dot - trial->path), trial->path,
                                   relation->ending);
    }
    relation->apply(&run->program, &trial->rewrite);
    if (sites_on(&trial->rewrite) == 0)
        return false;
    trial->lint = lint_for(run, trial->path);
    return true;
}

static void try_relation(struct run *run, const struct relation *relation)
{
    struct trial trial;
    struct variant *variant;
    const struct lint_finding *finding = NULL;
    size_t sites;
    bool is_lost = false;

    if (!begin_trial(run, relation, &trial))
        return;
    sites = sites_on(&trial.rewrite);
    variant = variant_new();
    if (make_well_formed(&trial, variant) && sites_on(&trial.rewrite) > 0) {
        const struct error *error = lint_variant(&trial, variant);

        if (error != NULL) {
            printf("%s: %s: %s\n", trial.path, relation->name, error->message);
            run->status = 1;
        } else {
            finding = difference(&trial, variant, &is_lost);
        }
    }
    if (run->options->is_verbose)
        printf("%s: %s: %zu of %zu sites\n", trial.path, relation->name, sites_on(&trial.rewrite),
               sites);
    if (finding != NULL) {
        run->status = 1;
        tell_sites(&trial);
    }
    arena_free(variant->arena);
}

/* True when a finding is made in the function around the site, or its path comes by there: one
 * defect, one finding. */
static bool is_wrong_already(const struct run *run, size_t at)
{
    struct range function = function_around(&run->program, at);

    for (size_t i = 0; i < run->found.findings.len; i++) {
        size_t offset = run->found.findings.data[i].offset;

        if (offset >= function.from && offset < function.to)
            return true;
    }
    for (size_t i = 0; i < run->found.steps.len; i++)
        if (run->found.steps.data[i] >= function.from && run->found.steps.data[i] < function.to)
            return true;
    return false;
}

static bool is_found(const struct variant *variant, const struct change *site)
{
    size_t place = rewritten_place(&variant->rewritten, site->rule_offset, site->rule_copy);
    unsigned line = place != SIZE_MAX ? line_of(text_of(variant), place) : 0;

    for (size_t i = 0; i < variant->found.findings.len; i++)
        if (variant->found.findings.data[i].line == line &&
            strcmp(variant->found.findings.data[i].rule, site->rule) == 0)
            return true;
    return false;
}

/* True when a call that cannot but fail is found where the mistake was made: the place is reached
 * on a path, and nothing that is wrong before hides it. */
static bool is_in_sight(struct trial *trial, const struct change *site)
{
    struct trial probe = *trial;
    struct variant *variant = variant_new();
    size_t place;
    bool found = false;

    probe.rewrite = (struct rewrite){.arena = variant->arena};
    rewrite_site(&probe.rewrite);
    rewrite_wrap(&probe.rewrite, site->probed,
                 arena_printf(variant->arena, "{ (void)%s(0); ", site->probe), " }");
    render(&probe, variant);
    place = rewritten_place(&variant->rewritten, site->probed.from, 0);
    if (lint_variant(&probe, variant) == NULL && place != SIZE_MAX)
        for (size_t i = 0; i < variant->found.findings.len; i++)
            found |= variant->found.findings.data[i].line == line_of(text_of(variant), place) &&
                     strcmp(variant->found.findings.data[i].rule, "unregister-unregistered") == 0;
    arena_free(variant->arena);
    return found;
}

static void try_fault(struct run *run, const struct relation *relation)
{
    struct trial trial;
    size_t made = 0, found = 0;

    if (!begin_trial(run, relation, &trial))
        return;
    for (size_t i = 0; i < trial.rewrite.sites.len; i++)
        trial.rewrite.sites.data[i].is_off = true;
    for (size_t i = 0; i < trial.rewrite.sites.len; i++) {
        struct change *site = &trial.rewrite.sites.data[i];
        struct variant *variant;

        if (is_wrong_already(run, site->at))
            continue;
        variant = variant_new();
        site->is_off = false;
        if (make_well_formed(&trial, variant) && !site->is_off &&
            lint_variant(&trial, variant) == NULL) {
            bool was_found = is_found(variant, site);
            bool is_missed = !was_found && is_in_sight(&trial, site);

            made += was_found || is_missed;
            found += was_found;
            if (is_missed) {
                unsigned line = line_of(run->program.text, site->at);

                printf("%s:%u: %s: missed [%s]\n", trial.path, line, relation->name, site->rule);
                keep_variant(&trial, variant, line);
                run->status = 1;
            }
        }
        site->is_off = true;
        arena_free(variant->arena);
    }
    if (run->options->is_verbose && made > 0)
        printf("%s: %s: %zu of %zu found\n", trial.path, relation->name, found, made);
}

/* ---- the file ---- */

static bool is_chosen(const struct meta_options *options, const char *name, size_t pair)
{
    for (size_t i = 0; i < options->relations.len; i++)
        if (strcmp(options->relations.data[i], name) == 0)
            return true;
    return options->relations.len == 0 && pair % options->shares == options->share;
}

static void try_all(struct run *run, size_t number)
{
    size_t pair = number;

    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        for (size_t j = 0; j < tables[i]->count; j++)
            if (is_chosen(run->options, tables[i]->relations[j].name, pair++))
                try_relation(run, &tables[i]->relations[j]);
    for (size_t j = 0; j < fault_relations.count; j++)
        if (is_chosen(run->options, fault_relations.relations[j].name, pair++))
            try_fault(run, &fault_relations.relations[j]);
}

static const struct error *prepare(struct run *run, const char *path)
{
    const char *text;
    size_t len;
    const struct error *error = file_read(run->arena, path, &text, &len);

    if (error == NULL)
        error = parser_new(run->arena, &run->parser);
    if (error == NULL)
        error = program_read(run->parser, run->arena, path, text, len, &run->program);
    run->names_by_line =
        error == NULL && strstr(text, "__LINE__") != NULL && strstr(text, "##") != NULL;
    if (error == NULL)
        error = lint_run(lint_for(run, run->program.path), run->arena, text, len, &run->found);
    return error;
}

int meta_run_file(const char *path, size_t number, const struct meta_options *options)
{
    struct run run = {.options = options, .arena = arena_new()};
    const struct error *error = prepare(&run, path);

    if (error != NULL) {
        fprintf(stderr, "metamorphic: %s\n", error->message);
        run.status = 2;
    } else {
        try_all(&run, number);
    }
    arena_free(run.arena);
    return run.status;
}

#include "lower/text/sites.h"

#include "lower/parse/unknown_names.h"
#include "support/starts_with.h"

#include <string.h>

enum state { STATE_LOST, STATE_SKIPPED, STATE_MACRO, STATE_DECLARATION, STATE_IN_TREE };

struct extent {
    uint32_t begin, end;
};

/* What the tree says about the sites. */
struct survey {
    struct arena *arena;
    const struct clang_api *clang;
    const struct site_list *list;
    struct subject subject;
    unsigned char *states;        /* enum state of each site */
    VEC(struct extent) functions; /* definitions in the main file */
};

/* ---- what the tree covers ---------------------------------------------------------------- */

/* The site at an offset, or the number of sites. */
static size_t site_at(const struct site_list *list, uint32_t offset)
{
    size_t low = 0, high = list->sites.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->sites.data[middle].offset < offset)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < list->sites.len && list->sites.data[low].offset == offset)
        return low;
    return list->sites.len;
}

static bool is_use(enum CXCursorKind kind)
{
    return kind == CXCursor_DeclRefExpr || kind == CXCursor_OverloadedDeclRef ||
           kind == CXCursor_MemberRefExpr || kind == CXCursor_MemberRef;
}

static bool is_function(enum CXCursorKind kind)
{
    return kind == CXCursor_FunctionDecl || kind == CXCursor_FunctionTemplate ||
           kind == CXCursor_CXXMethod || kind == CXCursor_Constructor ||
           kind == CXCursor_Destructor || kind == CXCursor_ConversionFunction;
}

static void note_function(struct survey *survey, CXCursor cursor)
{
    const struct clang_api *clang = survey->clang;
    CXSourceRange range = clang->getCursorExtent(cursor);
    struct extent extent = {0, 0};
    clang->getFileLocation(clang->getRangeStart(range), NULL, NULL, NULL, &extent.begin);
    clang->getFileLocation(clang->getRangeEnd(range), NULL, NULL, NULL, &extent.end);
    vec_push(survey->arena, &survey->functions, extent);
}

static enum CXChildVisitResult cover(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct survey *survey = data;
    const struct clang_api *clang = survey->clang;
    enum CXCursorKind kind = clang->getCursorKind(cursor);
    CXSourceLocation location = clang->getCursorLocation(cursor);
    if (clang->getCursorKind(parent) == CXCursor_TranslationUnit &&
        !subject_holds(clang, &survey->subject, location) &&
        !subject_is_inside(clang, &survey->subject, cursor))
        return CXChildVisit_Continue;
    if (is_function(kind) && clang->isCursorDefinition(cursor) &&
        subject_holds(clang, &survey->subject, location))
        note_function(survey, cursor);
    bool declares = clang->isDeclaration(kind) != 0;
    if (!declares && !is_use(kind))
        return CXChildVisit_Recurse;
    unsigned offset = 0;
    clang->getFileLocation(location, NULL, NULL, NULL, &offset);
    size_t site = site_at(survey->list, offset);
    if (site < survey->list->sites.len && subject_holds(clang, &survey->subject, location))
        survey->states[site] = declares ? STATE_DECLARATION : STATE_IN_TREE;
    return CXChildVisit_Recurse;
}

/* ---- what the preprocessor skipped ------------------------------------------------------- */

static void mark_skipped(struct survey *survey, CXSourceRange range)
{
    unsigned begin = 0, end = 0;
    const struct clang_api *clang = survey->clang;
    clang->getFileLocation(clang->getRangeStart(range), NULL, NULL, NULL, &begin);
    clang->getFileLocation(clang->getRangeEnd(range), NULL, NULL, NULL, &end);
    for (size_t i = 0; i < survey->list->sites.len; i++) {
        uint32_t offset = survey->list->sites.data[i].offset;
        if (offset >= begin && offset < end)
            survey->states[i] = STATE_SKIPPED;
    }
}

static void find_skipped(struct survey *survey, CXTranslationUnit tu)
{
    if (!survey->list->any_conditional)
        return;
    CXSourceRangeList *ranges = survey->clang->getSkippedRanges(tu, survey->subject.file);
    if (!ranges)
        return;
    for (unsigned i = 0; i < ranges->count; i++)
        mark_skipped(survey, ranges->ranges[i]);
    survey->clang->disposeSourceRangeList(ranges);
}

static struct survey survey_tree(struct arena *arena, const struct clang_api *clang,
                                 CXTranslationUnit tu, struct subject subject,
                                 const struct site_list *list)
{
    struct survey survey = {.arena = arena,
                            .clang = clang,
                            .list = list,
                            .subject = subject,
                            .states = arena_new_array(arena, list->sites.len, unsigned char)};
    for (size_t i = 0; i < list->sites.len; i++)
        if (list->sites.data[i].in_macro)
            survey.states[i] = STATE_MACRO;
    find_skipped(&survey, tu);
    clang->visitChildren(clang->getTranslationUnitCursor(tu), cover, &survey);
    return survey;
}

/* ---- why --------------------------------------------------------------------------------- */

static uint32_t distance(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

static bool is_missing_header(const struct user_error *error)
{
    return strstr(error->text, "file not found") != NULL;
}

static bool is_likelier(const struct user_error *left, const struct user_error *right,
                        const struct site *site)
{
    if (!right || is_missing_header(left) != is_missing_header(right))
        return !right || !is_missing_header(left);
    return distance(left->offset, site->offset) < distance(right->offset, site->offset);
}

/* The nearest error of the main file; a missing header only where there is no other. */
static const struct user_error *likeliest_error(const user_errors *errors, const struct site *site)
{
    const struct user_error *best = NULL;
    for (size_t i = 0; i < errors->len; i++)
        if (errors->data[i].in_main && is_likelier(&errors->data[i], best, site))
            best = &errors->data[i];
    return best;
}

static const char *lost_reason(const user_errors *errors, const struct site *site)
{
    const struct user_error *error = likeliest_error(errors, site);
    return error ? error->text : "left out by a macro, or in code that the parser hides";
}

/* ---- what went wrong --------------------------------------------------------------------- */

static bool has_site(const struct site_list *list, struct extent extent)
{
    for (size_t i = 0; i < list->sites.len; i++)
        if (list->sites.data[i].offset >= extent.begin && list->sites.data[i].offset < extent.end)
            return true;
    return false;
}

static void count_errors_inside(const user_errors *errors, struct extent extent,
                                struct site_damage *damage)
{
    for (size_t i = 0; i < errors->len; i++) {
        const struct user_error *error = &errors->data[i];
        if (!error->in_main || error->offset < extent.begin || error->offset >= extent.end)
            continue;
        damage->errors_around++;
        damage->names_around += unknown_names_has(error);
        damage->curable += error->is_of_toolkit;
        damage->unmatched_around += starts_with(error->text, "no matching ");
    }
}

static void count_lost(const struct survey *survey, const user_errors *errors,
                       struct site_damage *damage)
{
    for (size_t i = 0; i < survey->list->sites.len; i++) {
        if (survey->states[i] != STATE_LOST)
            continue;
        const struct user_error *error = likeliest_error(errors, &survey->list->sites.data[i]);
        damage->lost++;
        damage->curable += error && error->is_of_toolkit;
    }
}

struct site_damage sites_damage(struct arena *arena, const struct clang_api *clang,
                                CXTranslationUnit tu, const struct source_unit *source,
                                const struct site_list *list, const user_errors *errors)
{
    struct site_damage damage = {0};
    if (!list->sites.len || !errors->len) /* without an error, no other arguments would show more */
        return damage;
    struct survey survey =
        survey_tree(arena, clang, tu, subject_of(clang, arena, tu, source), list);
    count_lost(&survey, errors, &damage);
    for (size_t i = 0; i < survey.functions.len; i++)
        if (has_site(list, survey.functions.data[i]))
            count_errors_inside(errors, survey.functions.data[i], &damage);
    return damage;
}

/* ---- into the unit ----------------------------------------------------------------------- */

static ir_id file_of(struct ir_unit *unit, const char *path)
{
    for (size_t i = 0; i < unit->files.len; i++)
        if (strcmp(unit->files.data[i].path, path) == 0)
            return (ir_id)i;
    struct ir_file file = {.path = path, .is_main = path == unit->source};
    vec_push(unit->arena, &unit->files, file);
    return (ir_id)unit->files.len - 1;
}

static struct ir_loc site_location(const struct site *site, ir_id file)
{
    uint32_t len = (uint32_t)strlen(site->name);
    return (struct ir_loc){
        .file = file,
        .line = site->line,
        .column = site->column,
        .end_line = site->line,
        .end_column = site->column + len,
        .offset = site->offset,
        .end_offset = site->offset + len,
        .macro = IR_NONE,
    };
}

static struct ir_site make_site(struct arena *arena, const struct site *site, enum state state,
                                ir_id file, const user_errors *errors)
{
    struct ir_site made = {arena_strdup(arena, site->name), site_location(site, file),
                           IR_SITE_ANALYSED, NULL};
    if (state == STATE_SKIPPED) {
        made.state = IR_SITE_INACTIVE;
        made.reason = arena_strdup(arena, site->condition);
    } else if (state == STATE_MACRO) {
        made.state = IR_SITE_MACRO;
        made.reason = "in the definition of a macro";
    } else if (state == STATE_LOST) {
        made.state = IR_SITE_LOST;
        made.reason = arena_strdup(arena, lost_reason(errors, site));
    }
    return made;
}

static bool has_reason(const struct ir_function *function, const char *reason)
{
    for (size_t i = 0; i < function->degraded.len; i++)
        if (strcmp(function->degraded.data[i], reason) == 0)
            return true;
    return false;
}

static void degrade(struct ir_unit *unit, ir_id file, uint32_t offset, const char *reason)
{
    for (size_t i = 0; i < unit->functions.len; i++) { /* nested ones too: a lambda's function */
        struct ir_function *function = &unit->functions.data[i];
        if (function->has_body && function->loc.file == file && function->loc.offset <= offset &&
            offset < function->end.end_offset) {
            function->is_in_doubt = true;
            if (!has_reason(function, reason))
                vec_push(unit->arena, &function->degraded, reason);
        }
    }
}

void sites_record(const struct clang_api *clang, CXTranslationUnit tu,
                  const struct subject *subject, const char *path, const struct site_list *list,
                  const user_errors *errors, struct ir_unit *unit)
{
    if (!list->sites.len)
        return;
    const unsigned char *states = survey_tree(unit->arena, clang, tu, *subject, list).states;
    ir_id file = file_of(unit, path);
    for (size_t i = 0; i < list->sites.len; i++) {
        if (states[i] == STATE_DECLARATION)
            continue;
        struct ir_site site = make_site(unit->arena, &list->sites.data[i], states[i], file, errors);
        vec_push(unit->arena, &unit->sites, site);
        if (site.state == IR_SITE_LOST)
            degrade(unit, file, site.loc.offset,
                    arena_printf(unit->arena, "the call of %s in line %u is not in the tree",
                                 site.name, (unsigned)site.loc.line));
    }
}

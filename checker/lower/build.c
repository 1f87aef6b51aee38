#include "lower/build.h"

#include "lower/body/constructors.h"
#include "lower/body/lower_function.h"
#include "lower/builder.h"
#include "lower/declarations/data.h"
#include "lower/declarations/functions.h"
#include "lower/declarations/globals.h"
#include "lower/declarations/instances.h"
#include "lower/declarations/locations.h"
#include "lower/declarations/names.h"
#include "lower/declarations/records.h"
#include "lower/declarations/types.h"
#include "lower/parse/parts.h"
#include "lower/text/callers.h"

/* ---- what the unit declares ------------------------------------------------------------ */

static bool is_of_unit(struct unit_builder *u, CXSourceLocation location)
{
    CXFile file = NULL;
    if (!u->subject.is_parsed)
        return subject_holds(u->clang, &u->subject, location);
    if (u->clang->Location_isFromMainFile(location)) /* quick, but blind to macros */
        return true;
    u->clang->getFileLocation(location, &file, NULL, NULL, NULL);
    if (!file)
        return false;
    if (file != u->top_file) { /* declarations of a file come in a row */
        u->top_file = file;
        u->top_file_is_ours =
            u->clang->File_isEqual(file, u->subject.file) || parts_is_one(u->clang, file, location);
        u->top_file_mentions = callers_are_in(u, file, location);
    }
    return u->top_file_is_ours;
}

static void declare_variable(struct unit_builder *u, CXCursor cursor)
{
    if (u->clang->Cursor_hasVarDeclGlobalStorage(cursor) != 1)
        return;
    globals_of(u, cursor);
    if (u->clang->isCursorDefinition(cursor))
        vec_push(u->arena, &u->initialised, cursor);
}

static void declare_function(struct unit_builder *u, CXCursor cursor)
{
    if (!u->clang->isCursorDefinition(cursor))
        return;
    ir_id function = functions_of(u, cursor);
    if (u->unit->functions.data[function].is_template_pattern)
        vec_push(u->arena, &u->patterns, cursor);
    else
        functions_want(u, function);
}

static bool holds_declarations(enum CXCursorKind kind)
{
    switch (kind) {
    case CXCursor_Namespace:
    case CXCursor_LinkageSpec:
    case CXCursor_UnexposedDecl:
    case CXCursor_StructDecl:
    case CXCursor_ClassDecl:
    case CXCursor_UnionDecl:
    case CXCursor_ClassTemplate:
    case CXCursor_ClassTemplatePartialSpecialization:
        return true;
    default:
        return false;
    }
}

static enum CXChildVisitResult visit_caller(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct unit_builder *u = data;
    enum CXCursorKind kind = u->clang->getCursorKind(cursor);
    (void)parent;
    if (!callers_has_name(u, cursor))
        return CXChildVisit_Continue;
    if (functions_is_function(kind))
        declare_function(u, cursor);
    return holds_declarations(kind) ? CXChildVisit_Recurse : CXChildVisit_Continue;
}

static enum CXChildVisitResult visit_declaration(CXCursor cursor, CXCursor parent,
                                                 CXClientData data)
{
    struct unit_builder *u = data;
    enum CXCursorKind kind = u->clang->getCursorKind(cursor);
    bool at_top = u->clang->getCursorKind(parent) == CXCursor_TranslationUnit;
    if (at_top && (kind == CXCursor_MacroDefinition || kind == CXCursor_MacroExpansion ||
                   kind == CXCursor_InclusionDirective))
        return CXChildVisit_Continue;
    bool is_questionable = at_top || !u->subject.is_parsed;
    if (is_questionable && !is_of_unit(u, u->clang->getCursorLocation(cursor)) &&
        !subject_is_inside(u->clang, &u->subject, cursor)) {
        if (u->top_file_mentions && visit_caller(cursor, parent, u) == CXChildVisit_Recurse)
            u->clang->visitChildren(cursor, visit_caller, u);
        return CXChildVisit_Continue;
    }
    if (functions_is_function(kind)) {
        declare_function(u, cursor);
        return CXChildVisit_Continue;
    }
    if (kind == CXCursor_VarDecl) {
        declare_variable(u, cursor);
        return CXChildVisit_Continue;
    }
    return holds_declarations(kind) ? CXChildVisit_Recurse : CXChildVisit_Continue;
}

/* A class whose member functions the unit defines is the project's, with the header that it stands
 * in. */
static enum CXChildVisitResult visit_definition(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct unit_builder *u = data;
    enum CXCursorKind kind = u->clang->getCursorKind(cursor);
    bool at_top = u->clang->getCursorKind(parent) == CXCursor_TranslationUnit;
    if (at_top && !u->clang->Location_isFromMainFile(u->clang->getCursorLocation(cursor)))
        return CXChildVisit_Continue;
    if (functions_is_function(kind)) {
        CXCursor owner = u->clang->getCursorSemanticParent(cursor);
        if (holds_declarations(u->clang->getCursorKind(owner)) &&
            u->clang->getCursorKind(owner) != CXCursor_Namespace)
            locations_claim(u, owner);
        return CXChildVisit_Continue;
    }
    return kind == CXCursor_Namespace || kind == CXCursor_LinkageSpec ||
                   kind == CXCursor_UnexposedDecl
               ? CXChildVisit_Recurse
               : CXChildVisit_Continue;
}

/* ---- diagnostics ----------------------------------------------------------------------- */

static void collect_errors(struct unit_builder *u)
{
    unsigned count = u->clang->getNumDiagnostics(u->tu);
    for (unsigned i = 0; i < count; i++) {
        CXDiagnostic diagnostic = u->clang->getDiagnostic(u->tu, i);
        if (u->clang->getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error) {
            CXSourceLocation where = u->clang->getDiagnosticLocation(diagnostic);
            unsigned offset = 0;
            u->clang->getFileLocation(where, NULL, NULL, NULL, &offset);
            vec_push(u->arena, &u->errors,
                     (struct parse_error){
                         .file = locations_file(u, where),
                         .offset = offset,
                         .text = names_take(u, u->clang->getDiagnosticSpelling(diagnostic))});
        }
        u->clang->disposeDiagnostic(diagnostic);
    }
}

static void collect_healed(struct unit_builder *u, const user_errors *healed)
{
    CXFile file = u->clang->getFile(u->tu, u->source->path);
    for (size_t i = 0; i < healed->len; i++) {
        uint32_t offset = healed->data[i].offset;
        CXSourceLocation where = u->clang->getLocationForOffset(u->tu, file, offset);
        vec_push(u->arena, &u->errors,
                 (struct parse_error){.file = locations_file(u, where),
                                      .offset = offset,
                                      .text = healed->data[i].text,
                                      .is_healed = true,
                                      .hides_nothing = healed->data[i].hides_nothing});
    }
}

/* ---- bodies ---------------------------------------------------------------------------- */

static void drain(struct unit_builder *u)
{
    while (u->queue_next < u->queue.len)
        lower_function(u, u->queue.data[u->queue_next++]);
}

/* A template that nothing instantiates is lowered as it is written. */
static void lower_patterns(struct unit_builder *u)
{
    for (size_t i = 0; i < u->patterns.len; i++) {
        CXCursor pattern = u->patterns.data[i];
        if (map_get_u64(&u->instantiated, declaration_key(pattern)) != (uint32_t)MAP_NONE)
            continue;
        functions_want(u, functions_of(u, pattern));
        drain(u);
    }
}

static bool has_method_with_body(const struct unit_builder *u, ir_id record)
{
    const struct ir_record *r = &u->unit->records.data[record];
    for (size_t i = 0; i < r->methods.len; i++)
        if (u->unit->functions.data[r->methods.data[i]].has_body)
            return true;
    return false;
}

/* What the library's containers and smart pointers hold, they end. */
static void want_ends_of_arguments(struct unit_builder *u, ir_id record)
{
    const struct ir_record *r = &u->unit->records.data[record];
    for (size_t i = 0; i < r->arguments.len; i++) {
        const struct ir_type *type = types_get(u, r->arguments.data[i]);
        if (type->kind != IR_TYPE_RECORD || type->record == IR_NONE ||
            u->unit->records.data[type->record].in_system_header)
            continue;
        ir_id destructor = records_destructor(u, type->record);
        if (destructor != IR_NONE)
            functions_want(u, destructor);
        r = &u->unit->records.data[record];
    }
}

/* What the engine may ask of a class is answered for all of them: what a member function leaves
 * behind, the destructor ends, also one that nobody wrote or calls; and what it finds, the
 * constructor has begun. */
static void finish_records(struct unit_builder *u)
{
    for (ir_id i = 0; i < u->unit->records.len; i++) {
        if (u->unit->records.data[i].in_system_header)
            want_ends_of_arguments(u, i);
        if (u->unit->records.data[i].in_system_header || u->unit->records.data[i].is_lambda)
            continue;
        ir_id destructor = records_destructor(u, i);
        if (destructor != IR_NONE && has_method_with_body(u, i)) {
            functions_want(u, destructor);
            if (u->clang->getCursorKind(u->records.data[i].declaration) != CXCursor_ClassTemplate)
                constructors_want_default(u, i);
        }
        CXCursor copy = records_special(u, i, COPY_CONSTRUCTOR);
        u->unit->records.data[i].copy_deleted =
            !u->clang->Cursor_isNull(copy) && u->clang->CXXMethod_isDeleted(copy);
        u->unit->records.data[i].has_unseen_friend = records_has_unseen_friend(u, i);
        u->unit->records.data[i].is_abstract =
            u->clang->CXXRecord_isAbstract(u->records.data[i].declaration) != 0;
    }
}

static bool is_plain_class(const struct unit_builder *u, ir_id record)
{
    const struct ir_record *r = &u->unit->records.data[record];
    return r->has_body && !r->in_system_header && !r->is_lambda && !r->is_union;
}

/* The library makes objects of the classes that its templates are given: elements, deleters. */
static void finish_arguments(struct unit_builder *u)
{
    for (ir_id i = 0; i < u->unit->records.len; i++)
        for (size_t a = 0; a < u->unit->records.data[i].arguments.len; a++) {
            if (!u->unit->records.data[i].in_system_header)
                break;
            ir_id record = types_get(u, u->unit->records.data[i].arguments.data[a])->record;
            if (record == IR_NONE || !is_plain_class(u, record))
                continue;
            constructors_want_default(u, record);
            if (!u->clang->Cursor_isNull(u->records.data[record].pattern))
                instances_want_transfers(u, record);
        }
}

static enum CXChildVisitResult visit_method(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct unit_builder *u = data;
    (void)parent;
    if (functions_is_function(u->clang->getCursorKind(cursor)) &&
        !u->clang->CXXMethod_isDeleted(cursor) && !u->clang->CXXMethod_isDefaulted(cursor)) {
        ir_id function = functions_of(u, cursor);
        if (!u->unit->functions.data[function].is_template_pattern) /* lower_patterns' business */
            functions_want(u, function);
    }
    return CXChildVisit_Continue;
}

/* What a class owes is known only with all of its member functions: those that nobody calls, and
 * those that are only declared here, belong to it too. Those of an instance are instantiated where
 * they are used: virtual ones with the class. */
static void enter_all_methods(struct unit_builder *u)
{
    for (ir_id record = 0; record < u->unit->records.len; record++) {
        const struct ir_record *r = &u->unit->records.data[record];
        if (r->in_system_header || !r->has_body || r->is_lambda)
            continue;
        if (r->arguments.len > 0)
            instances_want_virtuals(u, record);
        else if (r->methods.len)
            records_visit(u, record, visit_method, u);
    }
}

void lower_build(const struct clang_api *clang, CXTranslationUnit tu, struct arena *arena,
                 const struct source_unit *source, const struct model_set *models,
                 const user_errors *healed, struct ir_unit *unit)
{
    struct unit_builder *u = arena_new_object(arena, struct unit_builder);
    *u = (struct unit_builder){
        .clang = clang,
        .tu = tu,
        .subject = subject_of(clang, arena, tu, source),
        .arena = arena,
        .source = source,
        .models = models,
        .unit = unit,
        .files = {.arena = arena},
        .mention_files = {.arena = arena},
        .macros = {.arena = arena},
        .types = {.arena = arena},
        .derived = {.arena = arena},
        .references = {.arena = arena},
        .declarations = {.arena = arena},
        .keys = {.arena = arena},
        .record_keys = {.arena = arena},
        .instantiated = {.arena = arena},
    };
    unit->arena = arena;
    unit->source = source->path;
    if (source->guessed.len)
        clang->visitChildren(clang->getTranslationUnitCursor(tu), visit_definition, u);
    collect_errors(u);
    collect_healed(u, healed);
    clang->visitChildren(clang->getTranslationUnitCursor(tu), visit_declaration, u);
    drain(u);
    lower_function_globals(u);
    drain(u);
    lower_patterns(u);
    lower_function_deferred(u);
    drain(u);
    enter_all_methods(u);
    drain(u);
    finish_records(u);
    finish_arguments(u);
    drain(u);
    data_describe(u);
    drain(u);
}

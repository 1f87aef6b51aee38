#include "program.h"

#include "ir/check.h"
#include "lower/parse/parse.h"
#include "lower/parse/trees.h"
#include "models/model.h"
#include "source/source.h"

#include <stdint.h>
#include <string.h>

struct parser {
    struct arena *arena;
    struct lower_session *session;
};

const struct error *parser_new(struct arena *arena, struct parser **parser)
{
    const struct error *error;

    *parser = arena_new_object(arena, struct parser);
    (*parser)->arena = arena;
    error = lower_open(arena, &(*parser)->session);
    if (error == NULL)
        lower_keep_trees((*parser)->session, arena);
    return error;
}

static const struct error *find_unit(struct arena *arena, const char *path, const char *text,
                                     size_t len, struct source_unit **unit)
{
    const char *const inputs[] = {path};
    const struct source_request request = {.inputs = inputs,
                                           .input_count = 1,
                                           .has_compiler_args = false,
                                           .stdin_path = path,
                                           .stdin_text = text,
                                           .stdin_len = len};
    struct source_list *sources = arena_new_object(arena, struct source_list);

    source_find(arena, &request, sources);
    if (sources->units.len == 0)
        return error_new(arena, ERROR_USAGE, "%s is no source", path);
    *unit = &sources->units.data[0];
    (*unit)->text = text;
    (*unit)->text_len = len;
    return NULL;
}

static const struct error *parse(struct parser *parser, struct arena *arena, const char *path,
                                 const char *text, size_t len, struct source_unit **unit,
                                 struct parse *parse)
{
    const struct error *error = find_unit(arena, path, text, len, unit);
    const struct site_list no_sites = {0};

    if (error != NULL)
        return error;
    parser->session->stats = (struct lower_stats){0};
    return parse_best(parser->session, arena, *unit, &no_sites, parse);
}

const struct error *parser_errors(struct parser *parser, struct arena *arena, const char *path,
                                  const char *text, size_t len, offset_list *errors,
                                  const char **first)
{
    struct source_unit *unit = NULL;
    struct parse tree;
    const struct error *error = parse(parser, arena, path, text, len, &unit, &tree);

    if (error != NULL)
        return error;
    for (size_t i = 0; i < tree.errors.len; i++)
        vec_push(arena, errors, (size_t)tree.errors.data[i].offset);
    *first = tree.errors.len > 0
                 ? arena_printf(arena, "%u: %s", tree.errors.data[0].line, tree.errors.data[0].text)
                 : NULL;
    trees_release(parser->session, tree.tu);
    return NULL;
}

const char *parser_malformed(struct parser *parser, struct arena *arena, const char *path,
                             const char *text, size_t len)
{
    static const char words[] = "the analysis of a unit is malformed";
    struct model_set models = {.arena = arena};
    struct source_unit *source = NULL;
    struct ir_unit *unit = NULL;
    const struct error *error = find_unit(arena, path, text, len, &source);

    if (error != NULL)
        return error->message;
    models_take_builtin(&models);
    models_index(&models);
    if (lower_unit(parser->session, arena, source, &models, &unit) != NULL)
        return NULL; /* no tree: nothing of ours */
    for (size_t i = 0; i < unit->gaps.len; i++)
        if (strncmp(unit->gaps.data[i].what, words, strlen(words)) == 0)
            return unit->gaps.data[i].what;
    error = ir_check(arena, unit);
    return error != NULL ? error->message : NULL;
}

/* ---- tokens ---- */

static const char *take(const struct program *program, CXString string)
{
    const char *text = arena_strdup(program->arena, program->clang->getCString(string));

    program->clang->disposeString(string);
    return text != NULL ? text : "";
}

static size_t offset_of(const struct program *program, CXSourceLocation location)
{
    unsigned offset = 0;

    program->clang->getFileLocation(location, NULL, NULL, NULL, &offset);
    return offset;
}

/* True for the first '#' of a line. */
static bool begins_directive(const struct program *program, size_t offset)
{
    const char *text = program->text;

    if (text[offset] != '#')
        return false;
    while (offset > 0 && (text[offset - 1] == ' ' || text[offset - 1] == '\t'))
        offset--;
    return offset == 0 || text[offset - 1] == '\n';
}

static size_t end_of_directive(const struct program *program, size_t offset)
{
    while (offset < program->len &&
           (program->text[offset] != '\n' || program->text[offset - 1] == '\\'))
        offset++;
    return offset;
}

static void find_mates(struct program *program)
{
    VEC(size_t) open = {0};

    for (size_t i = 0; i < program->tokens.len; i++) {
        struct token *token = &program->tokens.data[i];

        if (token->kind != CXToken_Punctuation || token->text[0] == '\0' || token->text[1] != '\0')
            continue;
        if (strchr("([{", token->text[0]) != NULL) {
            vec_push(program->arena, &open, i);
        } else if (strchr(")]}", token->text[0]) != NULL && open.len > 0) {
            token->mate = open.data[--open.len];
            program->tokens.data[token->mate].mate = i;
        }
    }
}

static void read_tokens(struct program *program, CXTranslationUnit tu)
{
    const struct clang_api *clang = program->clang;
    CXFile file = clang->getFile(tu, program->path);
    CXSourceRange all =
        clang->getRange(clang->getLocationForOffset(tu, file, 0),
                        clang->getLocationForOffset(tu, file, (unsigned)program->len));
    CXToken *tokens = NULL;
    unsigned count = 0;
    size_t directive_end = 0;

    clang->tokenize(tu, all, &tokens, &count);
    for (unsigned i = 0; i < count; i++) {
        CXSourceRange extent = clang->getTokenExtent(tu, tokens[i]);
        struct token token = {.kind = clang->getTokenKind(tokens[i]), .mate = NONE};

        token.range.from = offset_of(program, clang->getRangeStart(extent));
        token.range.to = offset_of(program, clang->getRangeEnd(extent));
        if (token.kind == CXToken_Comment)
            continue;
        token.text = arena_strndup(program->arena, program->text + token.range.from,
                                   token.range.to - token.range.from);
        if (begins_directive(program, token.range.from))
            directive_end = end_of_directive(program, token.range.from);
        if (token.range.from < directive_end)
            vec_push(program->arena, &program->directives, token);
        else
            vec_push(program->arena, &program->tokens, token);
    }
    clang->disposeTokens(tu, tokens, count);
    find_mates(program);
    program->prologue = program->tokens.len > 0 ? program->tokens.data[0].range.from : 0;
}

size_t program_token_at(const struct program *program, size_t offset)
{
    size_t low = 0, high = program->tokens.len;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (program->tokens.data[middle].range.from < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The token that begins exactly there, or NONE. */
static size_t token_exactly_at(const struct program *program, size_t offset)
{
    size_t token = program_token_at(program, offset);

    return token < program->tokens.len && program->tokens.data[token].range.from == offset ? token
                                                                                           : NONE;
}

bool token_is(const struct program *program, size_t token, const char *text)
{
    return token < program->tokens.len && strcmp(program->tokens.data[token].text, text) == 0;
}

struct range token_range(const struct program *program, size_t first, size_t last)
{
    return (struct range){program->tokens.data[first].range.from,
                          program->tokens.data[last].range.to};
}

struct range statement_range(const struct program *program, const struct statement *statement)
{
    return token_range(program, statement->first, statement->last);
}

const char *program_written(const struct program *program, size_t first, size_t last)
{
    struct range range = token_range(program, first, last);

    return arena_strndup(program->arena, program->text + range.from, range.to - range.from);
}

bool tokens_have(const struct program *program, size_t first, size_t last, const char *text)
{
    for (size_t i = first; i <= last && i < program->tokens.len; i++)
        if (token_is(program, i, text))
            return true;
    return false;
}

size_t program_function_at(const struct program *program, size_t token)
{
    size_t best = NONE;

    for (size_t i = 0; i < program->functions.len; i++) {
        const struct function *function = &program->functions.data[i];

        if (token >= function->first && token <= function->close &&
            (best == NONE || function->first >= program->functions.data[best].first))
            best = i;
    }
    return best;
}

/* ---- declarations ---- */

struct visit {
    struct program *program;
    CXTranslationUnit tu;
};

/* Of the file itself, be it from a macro. */
static bool is_written_here(const struct program *program, CXSourceLocation location)
{
    CXFile file = NULL;

    program->clang->getExpansionLocation(location, &file, NULL, NULL, NULL);
    return file != NULL && program->clang->File_isEqual(file, program->file);
}

static void add_name(struct program *program, bool is_own, const char *name)
{
    if (name[0] == '\0')
        return;
    if (is_own)
        vec_push(program->arena, &program->own_names, name);
    else
        vec_push(program->arena, &program->foreign_names, name);
}

static bool is_function_kind(enum CXCursorKind kind)
{
    return kind == CXCursor_FunctionDecl || kind == CXCursor_CXXMethod ||
           kind == CXCursor_Constructor || kind == CXCursor_Destructor ||
           kind == CXCursor_ConversionFunction || kind == CXCursor_FunctionTemplate;
}

struct body_search {
    const struct clang_api *clang;
    CXCursor body;
    bool is_found;
};

static enum CXChildVisitResult find_body(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct body_search *search = data;

    (void)parent;
    if (search->clang->getCursorKind(cursor) == CXCursor_CompoundStmt) {
        search->body = cursor;
        search->is_found = true;
    }
    return CXChildVisit_Continue;
}

static void read_parameters(struct program *program, struct function *function)
{
    const struct clang_api *clang = program->clang;
    int count = clang->Cursor_getNumArguments(function->cursor);

    for (int i = 0; i < count; i++) {
        CXCursor parameter = clang->Cursor_getArgument(function->cursor, (unsigned)i);

        vec_push(program->arena, &function->parameter_names,
                 take(program, clang->getCursorSpelling(parameter)));
    }
}

static bool has_directives(const struct program *program, struct range range)
{
    for (size_t i = 0; i < program->directives.len; i++) {
        size_t at = program->directives.data[i].range.from;

        if (at >= range.from && at < range.to)
            return true;
    }
    return false;
}

static void add_function(struct program *program, CXCursor cursor)
{
    const struct clang_api *clang = program->clang;
    struct body_search search = {clang, cursor, false};
    struct function function = {.cursor = cursor};
    CXSourceRange extent = clang->getCursorExtent(cursor);

    clang->visitChildren(cursor, find_body, &search);
    if (!search.is_found)
        return;
    function.first = token_exactly_at(program, offset_of(program, clang->getRangeStart(extent)));
    function.name_token =
        token_exactly_at(program, offset_of(program, clang->getCursorLocation(cursor)));
    function.open = token_exactly_at(
        program, offset_of(program, clang->getRangeStart(clang->getCursorExtent(search.body))));
    if (function.first == NONE || function.name_token == NONE || function.open == NONE ||
        !token_is(program, function.open, "{") || program->tokens.data[function.open].mate == NONE)
        return;
    function.close = program->tokens.data[function.open].mate;
    function.name = take(program, clang->getCursorSpelling(cursor));
    function.parameters = function.name_token + 1;
    function.result = take(program, clang->getTypeSpelling(clang->getCursorResultType(cursor)));
    function.is_plain = clang->getCursorKind(cursor) == CXCursor_FunctionDecl &&
                        !clang->Cursor_isVariadic(cursor) &&
                        token_is(program, function.parameters, "(") &&
                        !token_is(program, function.name_token, "operator");
    function.is_static = clang->Cursor_getStorageClass(cursor) == CX_SC_Static;
    function.has_directives =
        has_directives(program, token_range(program, function.open, function.close));
    read_parameters(program, &function);
    vec_push(program->arena, &program->functions, function);
}

static bool is_scalar_type(enum CXTypeKind kind)
{
    return (kind >= CXType_Bool && kind <= CXType_LongDouble) || kind == CXType_NullPtr ||
           kind == CXType_Pointer || kind == CXType_Enum;
}

/* The value behind the '=', and the whole declaration where it is one of its own. */
static void find_declaration(struct program *program, CXCursor parent, struct variable *variable)
{
    const struct clang_api *clang = program->clang;
    CXSourceRange extent;

    if (clang->getCursorKind(parent) != CXCursor_DeclStmt)
        return;
    extent = clang->getCursorExtent(parent);
    variable->first = token_exactly_at(program, offset_of(program, clang->getRangeStart(extent)));
    if (variable->first == NONE)
        return;
    variable->last = variable->token;
    while (variable->last < program->tokens.len && !token_is(program, variable->last, ";")) {
        size_t mate = program->tokens.data[variable->last].mate;

        variable->last = mate != NONE && mate > variable->last ? mate + 1 : variable->last + 1;
    }
    vec_push(program->arena, &program->declarations, variable->first);
    if (token_is(program, variable->token + 1, "=") && variable->last > variable->token + 2) {
        variable->value_first = variable->token + 2;
        variable->value_last = variable->last - 1;
    }
}

static void add_variable(struct program *program, CXCursor cursor, CXCursor parent)
{
    const struct clang_api *clang = program->clang;
    CXType type = clang->getCursorType(cursor);
    CXType canonical = clang->getCanonicalType(type);
    struct variable variable = {
        .name = take(program, clang->getCursorSpelling(cursor)),
        .cursor = cursor,
        .type = take(program, clang->getTypeSpelling(type)),
        .function = NONE,
        .token = token_exactly_at(program, offset_of(program, clang->getCursorLocation(cursor))),
        .is_parameter = clang->getCursorKind(cursor) == CXCursor_ParmDecl,
        .is_static = clang->Cursor_hasVarDeclGlobalStorage(cursor) == 1,
        .is_const = clang->isConstQualifiedType(canonical) != 0,
        .is_scalar = is_scalar_type(canonical.kind),
        .is_pointer = canonical.kind == CXType_Pointer,
        .first = NONE,
        .last = NONE,
        .value_first = NONE,
        .value_last = NONE,
    };

    if (variable.token == NONE || !token_is(program, variable.token, variable.name))
        return;
    variable.function = program_function_at(program, variable.token);
    find_declaration(program, parent, &variable);
    vec_push(program->arena, &program->variables, variable);
}

/* ---- uses ---- */

static struct variable *variable_of(struct program *program, CXCursor cursor)
{
    for (size_t i = 0; i < program->variables.len; i++)
        if (program->clang->equalCursors(program->variables.data[i].cursor, cursor))
            return &program->variables.data[i];
    return NULL;
}

static struct function *function_of(struct program *program, CXCursor cursor)
{
    CXCursor canonical = program->clang->getCanonicalCursor(cursor);

    for (size_t i = 0; i < program->functions.len; i++)
        if (program->clang->equalCursors(
                program->clang->getCanonicalCursor(program->functions.data[i].cursor), canonical))
            return &program->functions.data[i];
    return NULL;
}

/* Where a reference is written, or NONE: in a macro's definition. */
static size_t place_of_use(const struct program *program, CXCursor cursor, const char *name)
{
    const struct clang_api *clang = program->clang;
    CXFile file = NULL;
    unsigned offset = 0;
    size_t token;

    clang->getSpellingLocation(clang->getCursorLocation(cursor), &file, NULL, NULL, &offset);
    token = token_exactly_at(program, offset);
    return token != NONE && token_is(program, token, name) ? token : NONE;
}

static bool is_known(const size_t *tokens, size_t count, size_t token)
{
    for (size_t i = 0; i < count; i++)
        if (tokens[i] == token)
            return true;
    return false;
}

static void add_use(struct program *program, CXCursor cursor, enum CXCursorKind kind)
{
    const struct clang_api *clang = program->clang;
    CXCursor target = clang->getCursorReferenced(cursor);
    struct variable *variable;
    struct function *function;

    if (clang->Cursor_isNull(target))
        return;
    if (!is_written_here(program, clang->getCursorLocation(target)))
        add_name(program, false, take(program, clang->getCursorSpelling(target)));
    variable = variable_of(program, target);
    function = variable == NULL ? function_of(program, target) : NULL;
    if (variable != NULL) {
        size_t token = place_of_use(program, cursor, variable->name);

        if (token == NONE || kind == CXCursor_VariableRef)
            variable->is_opaque = true;
        else if (!is_known(variable->uses.data, variable->uses.len, token))
            vec_push(program->arena, &variable->uses, token);
    } else if (function != NULL) {
        size_t token = place_of_use(program, cursor, function->name);

        if (token == NONE)
            function->is_opaque = true;
        else if (!is_known(function->uses.data, function->uses.len, token))
            vec_push(program->arena, &function->uses, token);
    }
}

static enum CXChildVisitResult visit_declaration(CXCursor cursor, CXCursor parent,
                                                 CXClientData data)
{
    struct visit *visit = data;
    struct program *program = visit->program;
    const struct clang_api *clang = program->clang;
    enum CXCursorKind kind = clang->getCursorKind(cursor);

    if (!is_written_here(program, clang->getCursorLocation(cursor)))
        return clang->isDeclaration(kind) ? CXChildVisit_Continue : CXChildVisit_Recurse;
    if (clang->isDeclaration(kind))
        add_name(program, true, take(program, clang->getCursorSpelling(cursor)));
    if (is_function_kind(kind) && clang->isCursorDefinition(cursor))
        add_function(program, cursor);
    if (kind == CXCursor_VarDecl || kind == CXCursor_ParmDecl)
        add_variable(program, cursor, parent);
    return CXChildVisit_Recurse;
}

static enum CXChildVisitResult visit_use(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct visit *visit = data;
    struct program *program = visit->program;
    const struct clang_api *clang = program->clang;
    enum CXCursorKind kind = clang->getCursorKind(cursor);

    (void)parent;
    if (clang->isDeclaration(kind) && !is_written_here(program, clang->getCursorLocation(cursor)))
        return CXChildVisit_Continue;
    if (clang->isReference(kind) || kind == CXCursor_DeclRefExpr ||
        kind == CXCursor_MemberRefExpr || kind == CXCursor_CallExpr)
        add_use(program, cursor, kind);
    return CXChildVisit_Recurse;
}

static void add_macros(struct program *program)
{
    for (size_t i = 0; i + 2 < program->directives.len; i++) {
        const struct token *token = &program->directives.data[i];

        if (strcmp(token->text, "#") == 0 && strcmp(token[1].text, "define") == 0)
            add_name(program, true, token[2].text);
    }
}

/* A variable that shares its declaration with another. */
static void find_the_alone(struct program *program)
{
    for (size_t i = 0; i < program->variables.len; i++) {
        struct variable *variable = &program->variables.data[i];
        size_t count = 0;

        for (size_t j = 0; j < program->variables.len; j++)
            count += program->variables.data[j].first == variable->first;
        variable->is_alone = variable->first != NONE && count == 1;
    }
}

const struct error *program_read(struct parser *parser, struct arena *arena, const char *path,
                                 const char *text, size_t len, struct program *program)
{
    struct source_unit *unit = NULL;
    struct parse tree;
    const struct error *error = parse(parser, arena, path, text, len, &unit, &tree);
    struct visit visit = {program, tree.tu};

    if (error != NULL)
        return error;
    if (tree.errors.len > 0)
        return error_new(arena, ERROR_ANALYSIS, "%s:%u: %s", path, tree.errors.data[0].line,
                         tree.errors.data[0].text);
    *program = (struct program){
        .arena = arena,
        .clang = &parser->session->clang,
        .file = parser->session->clang.getFile(tree.tu, unit->path),
        .path = unit->path,
        .text = text,
        .len = len,
        .language = unit->language,
        .is_cxx = unit->language != SOURCE_C,
    };
    read_tokens(program, tree.tu);
    program->clang->visitChildren(program->clang->getTranslationUnitCursor(tree.tu),
                                  visit_declaration, &visit);
    add_macros(program);
    find_the_alone(program);
    program->clang->visitChildren(program->clang->getTranslationUnitCursor(tree.tu), visit_use,
                                  &visit);
    program_find_statements(program);
    return NULL;
}

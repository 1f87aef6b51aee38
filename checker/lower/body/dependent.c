#include "lower/body/dependent.h"

#include "lower/declarations/arguments.h"
#include "lower/declarations/constants.h"
#include "lower/declarations/functions.h"
#include "lower/declarations/locations.h"
#include "lower/declarations/names.h"
#include "lower/declarations/records.h"
#include "lower/declarations/types.h"
#include "lower/text/written.h"
#include "support/identifier.h"
#include "support/starts_with.h"

#include <ctype.h>
#include <string.h>

/* ---- members of a class ---- */

enum member_kind { MEMBER_FUNCTION, MEMBER_TYPE, MEMBER_CONSTANT };

struct member_search {
    struct unit_builder *u;
    const char *name;
    enum member_kind kind;
    ir_id class; /* that is being searched */
    struct dependent_member found;
    unsigned count;
};

static bool is_of_kind(enum CXCursorKind cursor, enum member_kind kind)
{
    switch (kind) {
    case MEMBER_FUNCTION:
        return functions_is_function(cursor);
    case MEMBER_TYPE:
        return cursor == CXCursor_StructDecl || cursor == CXCursor_ClassDecl ||
               cursor == CXCursor_TypedefDecl || cursor == CXCursor_TypeAliasDecl;
    default:
        return cursor == CXCursor_VarDecl || cursor == CXCursor_EnumConstantDecl;
    }
}

static enum CXChildVisitResult visit_member(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct member_search *search = data;
    const struct clang_api *clang = search->u->clang;
    enum CXCursorKind kind = clang->getCursorKind(cursor);
    (void)parent;
    if (is_of_kind(kind, search->kind) &&
        strcmp(names_spelling(search->u, cursor), search->name) == 0) {
        search->found = (struct dependent_member){cursor, search->class};
        search->count++;
    }
    return kind == CXCursor_EnumDecl && !clang->EnumDecl_isScoped(cursor) ? CXChildVisit_Recurse
                                                                          : CXChildVisit_Continue;
}

static void search_class(struct member_search *search, ir_id record, unsigned depth)
{
    struct unit_builder *u = search->u;
    search->class = record;
    records_visit(u, record, visit_member, search);
    if (search->count || depth == DEEPEST_CLASS)
        return;
    records_need_fields(u, record);
    for (size_t i = 0; i < u->unit->records.data[record].fields.len; i++) {
        struct ir_field field = u->unit->records.data[record].fields.data[i];
        ir_id base = field.is_base ? types_get(u, field.type)->record : IR_NONE;
        if (base != IR_NONE)
            search_class(search, base, depth + 1);
    }
}

static bool find_member(struct body *b, ir_id class, const char *name, enum member_kind kind,
                        struct dependent_member *found)
{
    struct member_search search = {.u = b->u, .name = name, .kind = kind};
    search_class(&search, types_get(b->u, class)->record, 0);
    *found = search.found;
    return search.count == 1;
}

/* ---- A::B::name ---- */

static bool is_class(struct body *b, ir_id type)
{
    return types_kind(b->u, type) == IR_TYPE_RECORD;
}

/* Is the class, by its name without the namespaces, an instance with these arguments in front? */
static bool is_instance(struct body *b, ir_id record, const char *name, const ir_id *arguments,
                        size_t count)
{
    const struct ir_record *instance = &b->u->unit->records.data[record];
    size_t len = strlen(instance->name), tail = strlen(name);
    if (len < tail || strcmp(instance->name + len - tail, name) != 0 ||
        (len > tail && instance->name[len - tail - 1] != ':') || instance->arguments.len < count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (instance->arguments.data[i] != arguments[i])
            return false;
    return true;
}

/* The class that `policy<Tag>` names, where all between the brackets are arguments of the instance
 * around; `at` goes behind it. IR_NONE: there is none in sight, or several. */
static ir_id read_instance(struct body *b, const char *name, const char **at)
{
    enum { MOST_ARGUMENTS = 8 };
    ir_id arguments[MOST_ARGUMENTS], found = IR_NONE;
    size_t count = 0;
    do {
        const char *word = *at + 1 + strspn(*at + 1, " ");
        size_t len = identifier_span(word);
        ir_id type = len ? arguments_type(b, arena_strndup(b->u->arena, word, len)) : IR_NONE;
        if (type == IR_NONE || count == MOST_ARGUMENTS)
            return IR_NONE;
        arguments[count++] = type;
        *at = word + len + strspn(word + len, " ");
    } while (**at == ',');
    if (*(*at)++ != '>')
        return IR_NONE;
    for (size_t r = 0; r < b->u->unit->records.len; r++) {
        if (!is_instance(b, (ir_id)r, name, arguments, count))
            continue;
        if (found != IR_NONE)
            return IR_NONE;
        found = (ir_id)r;
    }
    return found == IR_NONE ? IR_NONE : types_of(b->u, b->u->records.data[found].type);
}

/* The class before the last "::", whose first word is an argument of the instance or a template
 * that is given some, and the name behind. False: the text is something else. */
static bool read_scope(struct body *b, const char *written, ir_id *class, const char **name)
{
    const char *at = written + (starts_with(written, "typename ") ? strlen("typename ") : 0);
    size_t len = identifier_span(at);
    if (!len)
        return false;
    const char *word = arena_strndup(b->u->arena, at, len);
    at += len;
    ir_id type = *at == '<' ? read_instance(b, word, &at) : arguments_type(b, word);
    while (is_class(b, type) && starts_with(at, "::")) {
        at += 2;
        len = identifier_span(at);
        *class = type;
        *name = arena_strndup(b->u->arena, at, len);
        at += len;
        if (len && !*at)
            return true;
        struct dependent_member member;
        if (!find_member(b, type, *name, MEMBER_TYPE, &member))
            return false;
        type = types_of(b->u, b->u->clang->getCursorType(member.cursor));
    }
    return false;
}

bool dependent_function(struct body *b, const char *written, struct dependent_member *function)
{
    ir_id class;
    const char *name;
    return read_scope(b, written, &class, &name) &&
           find_member(b, class, name, MEMBER_FUNCTION, function);
}

bool dependent_method(struct body *b, ir_id record, const char *name,
                      struct dependent_member *function)
{
    return record != IR_NONE && !b->fn->is_template_pattern &&
           find_member(b, types_record(b->u, record), name, MEMBER_FUNCTION, function) &&
           b->u->clang->getCursorKind(function->cursor) == CXCursor_CXXMethod &&
           !b->u->clang->CXXMethod_isStatic(function->cursor);
}

static bool member_constant(struct body *b, const char *written, uint64_t *value)
{
    const struct clang_api *clang = b->u->clang;
    ir_id class;
    const char *name;
    struct dependent_member member;
    if (!read_scope(b, written, &class, &name) ||
        !find_member(b, class, name, MEMBER_CONSTANT, &member))
        return false;
    if (clang->getCursorKind(member.cursor) == CXCursor_VarDecl)
        return constants_of_variable(b->u, member.cursor, value);
    *value = (uint64_t)clang->getEnumConstantDeclValue(member.cursor);
    return true;
}

/* ---- std::is_same ---- */

/* The word, without the blanks around it, that ends where one of `ends` stands. */
static const char *take_word(struct body *b, const char **at, const char *ends)
{
    const char *start = *at + strspn(*at, " \t\n");
    const char *end = start + strcspn(start, ends);
    *at = end;
    while (end > start && isspace((unsigned char)end[-1]))
        end--;
    return arena_strndup(b->u->arena, start, (size_t)(end - start));
}

/* "std::is_same_v<P, heap>", "is_same<P, heap>::value". */
static bool is_same(struct body *b, node_id node, const char *written, uint64_t *value)
{
    static const char trait[] = "is_same";
    const char *at = strstr(written, trait);
    if (!at || strcspn(written, "< (") < (size_t)(at - written))
        return false;
    at += strlen(trait);
    bool is_variable = starts_with(at, "_v");
    at += is_variable ? strlen("_v") : 0;
    if (*at++ != '<')
        return false;
    const char *left = take_word(b, &at, ",<>");
    if (*at++ != ',')
        return false;
    const char *right = take_word(b, &at, ",<>");
    if (strcmp(at, is_variable ? ">" : ">::value") != 0)
        return false;
    ir_id one = written_type_named(b, node, left), other = written_type_named(b, node, right);
    *value = one == other;
    return types_kind(b->u, one) != IR_TYPE_UNKNOWN && types_kind(b->u, other) != IR_TYPE_UNKNOWN;
}

/* ---- constants ---- */

static bool of_text(struct body *b, node_id node, const char *written, uint64_t *value)
{
    return member_constant(b, written, value) || is_same(b, node, written, value);
}

/* `static constexpr bool own = P::registered;` in the template. */
static enum dependent of_static_member(struct body *b, CXCursor variable, uint64_t *value)
{
    const struct clang_api *clang = b->u->clang;
    CXCursor initialiser = clang->Cursor_getVarDeclInitializer(variable);
    if (!clang->isConstQualifiedType(clang->getCursorType(variable)) ||
        clang->Cursor_isNull(initialiser) || constants_of_variable(b->u, variable, value))
        return DEPENDENT_NOT;
    CXCursor class = clang->getCursorSemanticParent(variable);
    if (clang->getCursorKind(class) != CXCursor_ClassTemplate)
        return DEPENDENT_NOT;
    return of_text(b, NODE_NONE, locations_written(b->u, initialiser), value) ? DEPENDENT_KNOWN
                                                                              : DEPENDENT_OPEN;
}

enum dependent dependent_constant(struct body *b, node_id name, CXCursor target, uint64_t *value)
{
    const struct clang_api *clang = b->u->clang;
    if (clang->getCursorKind(target) == CXCursor_VarDecl)
        return of_static_member(b, target, value);
    if (clang->getCursorType(tree_cursor(b->tree, name)).kind != CXType_Dependent ||
        clang->getCursorKind(target) == CXCursor_NonTypeTemplateParameter)
        return DEPENDENT_NOT;
    return of_text(b, name, written_text(b, name), value) ? DEPENDENT_KNOWN : DEPENDENT_OPEN;
}

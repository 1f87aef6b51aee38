#include "lower/declarations/arguments.h"

#include "lower/declarations/locations.h"
#include "lower/declarations/names.h"
#include "lower/declarations/types.h"

#include <string.h>

/* The position of a parameter among those of a template. */
struct parameter_search {
    struct unit_builder *u;
    const char *name;
    unsigned index;
    bool found;
    bool is_pack;
};

static enum CXChildVisitResult visit_parameter(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct parameter_search *search = data;
    (void)parent;
    switch (search->u->clang->getCursorKind(cursor)) {
    case CXCursor_TemplateTypeParameter:
    case CXCursor_NonTypeTemplateParameter:
        if (strcmp(names_spelling(search->u, cursor), search->name) == 0) {
            search->found = true;
            search->is_pack = strstr(locations_written(search->u, cursor), "...") != NULL;
            return CXChildVisit_Break;
        }
        search->index++;
        return CXChildVisit_Continue;
    case CXCursor_TemplateTemplateParameter:
        search->index++;
        return CXChildVisit_Continue;
    default:
        return CXChildVisit_Break; /* parameters come first */
    }
}

static bool find_parameter(struct unit_builder *u, CXCursor pattern, const char *name,
                           unsigned *index)
{
    if (u->clang->Cursor_isNull(pattern))
        return false;
    struct parameter_search search = {.u = u, .name = name};
    u->clang->visitChildren(pattern, visit_parameter, &search);
    *index = search.index;
    return search.found;
}

/* The function that the body is of. False: of none, an initialiser of constant data. */
static bool find_function(const struct body *b, CXCursor *function)
{
    if (b->id >= b->u->functions.len)
        return false;
    *function = b->u->functions.data[b->id].cursor;
    return true;
}

static ir_id of_function(struct body *b, const char *name)
{
    CXCursor function;
    unsigned index;
    if (!find_function(b, &function) ||
        !find_parameter(b->u, b->u->clang->getSpecializedCursorTemplate(function), name, &index))
        return IR_NONE;
    CXType type = b->u->clang->Cursor_getTemplateArgumentType(function, index);
    return type.kind == CXType_Invalid ? IR_NONE : types_of(b->u, type);
}

size_t arguments_of_class(struct unit_builder *u, ir_id record, const char *name, size_t *first)
{
    if (record == IR_NONE || u->clang->Cursor_isNull(u->records.data[record].pattern))
        return 0;
    struct parameter_search search = {.u = u, .name = name};
    u->clang->visitChildren(u->records.data[record].pattern, visit_parameter, &search);
    size_t given = u->unit->records.data[record].arguments.len;
    *first = search.index;
    if (!search.found || search.index >= given)
        return 0;
    return search.is_pack ? given - search.index : 1;
}

static ir_id of_class(struct body *b, const char *name)
{
    size_t first;
    return arguments_of_class(b->u, b->record, name, &first)
               ? b->u->unit->records.data[b->record].arguments.data[first]
               : IR_NONE;
}

ir_id arguments_type(struct body *b, const char *name)
{
    ir_id type = of_function(b, name);
    return type == IR_NONE ? of_class(b, name) : type;
}

bool arguments_number_at(struct body *b, CXCursor instance, unsigned index, uint64_t *number)
{
    const struct clang_api *clang = b->u->clang;
    if (clang->Cursor_getNumTemplateArguments(instance) <= (int)index ||
        clang->Cursor_getTemplateArgumentKind(instance, index) != CXTemplateArgumentKind_Integral)
        return false;
    *number = (uint64_t)clang->Cursor_getTemplateArgumentValue(instance, index);
    return true;
}

bool arguments_number(struct body *b, const char *name, uint64_t *number)
{
    CXCursor function;
    unsigned index;
    if (find_function(b, &function) &&
        find_parameter(b->u, b->u->clang->getSpecializedCursorTemplate(function), name, &index))
        return arguments_number_at(b, function, index, number);
    if (b->record == IR_NONE ||
        !find_parameter(b->u, b->u->records.data[b->record].pattern, name, &index))
        return false;
    return arguments_number_at(
        b, b->u->clang->getTypeDeclaration(b->u->records.data[b->record].type), index, number);
}

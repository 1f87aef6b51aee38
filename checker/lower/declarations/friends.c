/* Who else may name what a class keeps private. */
#include "lower/declarations/records.h"

struct friend_visit {
    const struct clang_api *clang;
    bool found;
};

static bool is_out_of_sight(const struct clang_api *clang, CXCursor declaration)
{
    return clang->Cursor_isNull(clang->getCursorDefinition(declaration)) != 0;
}

static enum CXChildVisitResult visit_function(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct friend_visit *visit = data;
    enum CXCursorKind kind = visit->clang->getCursorKind(cursor);
    (void)parent;
    bool is_function =
        kind == CXCursor_CXXMethod || kind == CXCursor_Constructor || kind == CXCursor_Destructor;
    visit->found |= is_function && !visit->clang->CXXMethod_isDefaulted(cursor) &&
                    !visit->clang->CXXMethod_isDeleted(cursor) &&
                    is_out_of_sight(visit->clang, cursor);
    return visit->found ? CXChildVisit_Break : CXChildVisit_Continue;
}

/* What follows the word "friend": a class, named, or a function. */
static enum CXChildVisitResult visit_named(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct friend_visit *visit = data;
    const struct clang_api *clang = visit->clang;
    enum CXCursorKind kind = clang->getCursorKind(cursor);
    (void)parent;
    if (kind == CXCursor_TypeRef || kind == CXCursor_TemplateRef) {
        CXCursor class = clang->getCursorDefinition(clang->getCursorReferenced(cursor));
        visit->found |= clang->Cursor_isNull(class) != 0;
        if (!visit->found)
            clang->visitChildren(class, visit_function, visit);
    } else {
        visit->found |= kind == CXCursor_FunctionDecl && is_out_of_sight(clang, cursor);
    }
    return CXChildVisit_Break;
}

static enum CXChildVisitResult visit_member(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct friend_visit *visit = data;
    (void)parent;
    if (visit->clang->getCursorKind(cursor) == CXCursor_FriendDecl)
        visit->clang->visitChildren(cursor, visit_named, visit);
    return visit->found ? CXChildVisit_Break : CXChildVisit_Continue;
}

bool records_has_unseen_friend(struct unit_builder *u, ir_id record)
{
    struct friend_visit visit = {.clang = u->clang};
    records_visit(u, record, visit_member, &visit);
    return visit.found;
}

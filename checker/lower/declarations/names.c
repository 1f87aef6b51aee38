#include "lower/declarations/names.h"

#include "lower/declarations/locations.h"
#include "support/strbuf.h"

#include <string.h>

const void *declaration_id(CXCursor cursor)
{
    return cursor.data[0];
}

uint64_t declaration_key(CXCursor cursor)
{
    return (uint64_t)(uintptr_t)cursor.data[0];
}

const char *names_take(struct unit_builder *u, CXString string)
{
    const char *text = u->clang->getCString(string);
    const char *copy = text && *text ? arena_strdup(u->arena, text) : "";
    u->clang->disposeString(string);
    return copy;
}

const char *names_of_type(struct unit_builder *u, CXType type)
{
    char *name = arena_strdup(u->arena, names_take(u, u->clang->getTypeSpelling(type)));
    for (char *at = strstr(name, " at /"); at; at = strstr(at + 1, " at /")) {
        char *path = at + strlen(" at ");
        size_t len = strcspn(path, ")");
        char *end = path + len;
        char *base = end;
        while (base > path && base[-1] != '/')
            base--;
        memmove(path, base, strlen(base) + 1);
    }
    return name;
}

bool names_has_place(const char *type)
{
    return strstr(type, "(lambda at ") || strstr(type, "(anonymous ") || strstr(type, "(unnamed ");
}

const char *names_spelling(struct unit_builder *u, CXCursor cursor)
{
    return names_take(u, u->clang->getCursorSpelling(cursor));
}

static bool is_operator(const char *name)
{
    return strncmp(name, "operator", 8) == 0 && name[8] != '_' &&
           !(name[8] >= '0' && name[8] <= '9') && !(name[8] >= 'a' && name[8] <= 'z') &&
           !(name[8] >= 'A' && name[8] <= 'Z');
}

const char *names_plain(struct unit_builder *u, CXCursor cursor)
{
    const char *name = names_spelling(u, cursor);
    const char *angle = strchr(name, '<');
    if (!angle || angle == name || is_operator(name))
        return name;
    return arena_strndup(u->arena, name, (size_t)(angle - name));
}

static bool names_a_scope(struct unit_builder *u, CXCursor cursor, enum CXCursorKind kind)
{
    switch (kind) {
    case CXCursor_Namespace:
        return !u->clang->Cursor_isInlineNamespace(cursor) && !u->clang->Cursor_isAnonymous(cursor);
    case CXCursor_StructDecl:
    case CXCursor_ClassDecl:
    case CXCursor_UnionDecl:
    case CXCursor_ClassTemplate:
    case CXCursor_ClassTemplatePartialSpecialization:
        return !u->clang->Cursor_isAnonymous(cursor);
    case CXCursor_EnumDecl:
        return u->clang->EnumDecl_isScoped(cursor);
    default:
        return false;
    }
}

enum { DEEPEST_SCOPE = 32 };

const char *names_qualified(struct unit_builder *u, CXCursor cursor)
{
    const char *parts[DEEPEST_SCOPE];
    size_t count = 0;
    parts[count++] = names_plain(u, cursor);
    for (CXCursor scope = u->clang->getCursorSemanticParent(cursor); count < DEEPEST_SCOPE;
         scope = u->clang->getCursorSemanticParent(scope)) {
        enum CXCursorKind kind = u->clang->getCursorKind(scope);
        if (kind == CXCursor_TranslationUnit || u->clang->isInvalid(kind))
            break;
        if (names_a_scope(u, scope, kind))
            parts[count++] = names_plain(u, scope);
    }
    if (count == 1)
        return parts[0];
    struct strbuf name;
    strbuf_init(&name, u->arena);
    while (count > 0) {
        strbuf_adds(&name, parts[--count]);
        if (count > 0)
            strbuf_adds(&name, "::");
    }
    return name.text;
}

const char *names_usr(struct unit_builder *u, CXCursor cursor)
{
    return names_take(u, u->clang->getCursorUSR(cursor));
}

bool names_is_internal(struct unit_builder *u, CXCursor cursor)
{
    enum CXLinkageKind linkage = u->clang->getCursorLinkage(cursor);
    return linkage == CXLinkage_Internal || linkage == CXLinkage_UniqueExternal ||
           linkage == CXLinkage_NoLinkage;
}

const char *names_key(struct unit_builder *u, CXCursor cursor)
{
    const char *usr = names_usr(u, cursor);
    if (!names_is_internal(u, cursor))
        return usr;
    ir_id file = locations_file(u, u->clang->getCursorLocation(cursor));
    const char *path = file == IR_NONE ? "" : u->unit->files.data[file].path;
    return arena_printf(u->arena, "%s:%s", path, usr);
}

bool names_at_global_scope(struct unit_builder *u, CXCursor cursor)
{
    enum CXCursorKind kind = u->clang->getCursorKind(u->clang->getCursorSemanticParent(cursor));
    return kind == CXCursor_TranslationUnit || kind == CXCursor_LinkageSpec ||
           u->clang->isInvalid(kind);
}

bool names_is_one_of(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

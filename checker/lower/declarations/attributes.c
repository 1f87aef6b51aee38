#include "lower/declarations/attributes.h"

#include "lower/declarations/locations.h"
#include "lower/declarations/names.h"

#include <string.h>

static const char *const noreturn_names[] = {
    "exit",
    "abort",
    "_Exit",
    "_exit",
    "quick_exit",
    "std::terminate",
    "std::exit",
    "std::abort",
    "std::_Exit",
    "longjmp",
    "_longjmp",
    "siglongjmp",
    "__assert_fail",
    "__assert_rtn",
    "__assert",
    "std::quick_exit",
    "std::rethrow_exception",
    "std::unexpected",
    "err",
    "errx",
    "verr",
    "verrx",
    "pthread_exit",
};

struct attributes {
    struct unit_builder *u;
    bool is_device, is_host, is_kernel, is_managed, is_final;
};

static void note_annotation(struct attributes *found, CXCursor cursor)
{
    CXString text = found->u->clang->getCursorSpelling(cursor);
    const char *name = found->u->clang->getCString(text);
    if (name && strcmp(name, "cuda_device") == 0)
        found->is_device = true;
    if (name && strcmp(name, "cuda_managed") == 0)
        found->is_managed = true;
    if (name && strcmp(name, "cuda_host") == 0)
        found->is_host = true;
    found->u->clang->disposeString(text);
}

static enum CXChildVisitResult visit_attribute(CXCursor cursor, CXCursor parent, CXClientData data)
{
    struct attributes *found = data;
    (void)parent;
    switch (found->u->clang->getCursorKind(cursor)) {
    case CXCursor_CUDAGlobalAttr:
        found->is_kernel = true;
        break;
    case CXCursor_CUDADeviceAttr:
        found->is_device = true;
        break;
    case CXCursor_CXXFinalAttr:
        found->is_final = true;
        break;
    case CXCursor_CUDAHostAttr:
        found->is_host = true;
        break;
    case CXCursor_AnnotateAttr:
        note_annotation(found, cursor);
        break;
    default:
        break;
    }
    return CXChildVisit_Continue;
}

/* A template's attributes are those of the function in it, which is not asked for. */
static struct attributes attributes_of(struct unit_builder *u, CXCursor cursor)
{
    struct attributes found = {.u = u};
    if (u->clang->Cursor_hasAttrs(cursor) ||
        u->clang->getCursorKind(cursor) == CXCursor_FunctionTemplate)
        u->clang->visitChildren(cursor, visit_attribute, &found);
    return found;
}

bool attributes_runs_on_device(struct unit_builder *u, CXCursor cursor, bool *is_kernel)
{
    const struct attributes found = attributes_of(u, cursor);
    *is_kernel = found.is_kernel;
    return found.is_kernel || (found.is_device && !found.is_host);
}

bool attributes_is_noreturn_name(const char *qualified)
{
    return names_is_one_of(qualified, noreturn_names,
                           sizeof noreturn_names / sizeof *noreturn_names);
}

/* libclang shows neither [[noreturn]] nor _Noreturn as a cursor: the declaration's words do. */
bool attributes_is_noreturn(struct unit_builder *u, CXCursor cursor, const char *qualified)
{
    if (attributes_is_noreturn_name(qualified))
        return true;
    CXType type = u->clang->getCursorType(cursor);
    CXType result = u->clang->getCanonicalType(u->clang->getResultType(type));
    if (result.kind != CXType_Void)
        return false;
    if (strstr(names_take(u, u->clang->getTypeSpelling(type)), "noreturn"))
        return true;
    if (!u->clang->Cursor_hasAttrs(cursor))
        return false;
    return strstr(locations_written(u, cursor), "oreturn") != NULL;
}

bool attributes_is_noexcept(struct unit_builder *u, CXCursor cursor)
{
    int kind = u->clang->getCursorExceptionSpecificationType(cursor);
    return kind == CXCursor_ExceptionSpecificationKind_BasicNoexcept ||
           kind == CXCursor_ExceptionSpecificationKind_DynamicNone ||
           kind == CXCursor_ExceptionSpecificationKind_NoThrow || u->source->language == SOURCE_C;
}

bool attributes_is_managed(struct unit_builder *u, CXCursor cursor)
{
    return attributes_of(u, cursor).is_managed;
}

bool attributes_is_final(struct unit_builder *u, CXCursor cursor)
{
    return attributes_of(u, cursor).is_final;
}

#include "lower/parse/parts.h"

#include "source/project/walk.h"
#include "source/text/directives.h"

bool parts_is_one(const struct clang_api *clang, CXFile file, CXSourceLocation location)
{
    CXString name = clang->getFileName(file);
    const char *path = clang->getCString(name);
    bool result = path && source_is_source(path) && !clang->Location_isInSystemHeader(location);
    clang->disposeString(name);
    return result;
}

static void note_directive(void *context, const struct source_directive *directive,
                           const char *from)
{
    bool *found = context;
    (void)from;
    *found |= directive_includes(directive) && source_is_source(directive->name);
}

bool parts_are_in(const char *text, size_t len)
{
    bool found = false;
    source_each_directive(text, len, "", note_directive, &found);
    return found;
}

struct collector {
    const struct clang_api *clang;
    struct arena *arena;
    CXTranslationUnit tu;
    part_list *parts;
};

static void note_file(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
    struct collector *collector = data;
    const struct clang_api *clang = collector->clang;
    (void)stack;
    if (depth == 0 || !parts_is_one(clang, file, clang->getLocation(collector->tu, file, 1, 1)))
        return;
    for (size_t i = 0; i < collector->parts->len; i++)
        if (clang->File_isEqual(collector->parts->data[i], file))
            return;
    vec_push(collector->arena, collector->parts, file);
}

void parts_list(const struct clang_api *clang, struct arena *arena, CXTranslationUnit tu,
                part_list *parts)
{
    struct collector collector = {clang, arena, tu, parts};
    clang->getInclusions(tu, note_file, &collector);
}

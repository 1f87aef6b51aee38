#include "lower/parse/subject.h"

struct collector {
    const struct clang_api *clang;
    struct arena *arena;
    struct subject *subject;
};

static void note_way(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
    struct collector *collector = data;
    const struct clang_api *clang = collector->clang;
    if (!clang->File_isEqual(file, collector->subject->file))
        return;
    for (unsigned i = 0; i < depth; i++) {
        struct include_point point = {0};
        clang->getFileLocation(stack[i], &point.file, NULL, NULL, &point.offset);
        if (point.file)
            vec_push(collector->arena, &collector->subject->around, point);
    }
}

struct subject subject_of_file(const struct clang_api *clang, struct arena *arena,
                               CXTranslationUnit tu, CXFile file, bool is_parsed)
{
    struct subject subject = {.file = file, .is_parsed = is_parsed};
    struct collector collector = {clang, arena, &subject};
    if (!subject.is_parsed && subject.file)
        clang->getInclusions(tu, note_way, &collector);
    return subject;
}

struct subject subject_of(const struct clang_api *clang, struct arena *arena, CXTranslationUnit tu,
                          const struct source_unit *source)
{
    return subject_of_file(clang, arena, tu, clang->getFile(tu, source->path), !source->through);
}

/* libclang finds any file of the disk by its name; only what was read has contents. */
bool subject_is_there(const struct clang_api *clang, CXTranslationUnit tu,
                      const struct source_unit *source)
{
    size_t len = 0;
    CXFile file = clang->getFile(tu, source->path);
    return file && clang->getFileContents(tu, file, &len) != NULL;
}

bool subject_holds(const struct clang_api *clang, const struct subject *subject,
                   CXSourceLocation location)
{
    if (subject->is_parsed && clang->Location_isFromMainFile(location))
        return true; /* quick, but blind to macros */
    CXFile stands_in = NULL;
    clang->getFileLocation(location, &stands_in, NULL, NULL, NULL);
    return stands_in && subject->file && clang->File_isEqual(stands_in, subject->file);
}

bool subject_is_inside(const struct clang_api *clang, const struct subject *subject,
                       CXCursor cursor)
{
    if (!subject->around.len)
        return false;
    CXSourceRange range = clang->getCursorExtent(cursor);
    struct include_point begin = {0}, end = {0};
    clang->getFileLocation(clang->getRangeStart(range), &begin.file, NULL, NULL, &begin.offset);
    clang->getFileLocation(clang->getRangeEnd(range), &end.file, NULL, NULL, &end.offset);
    if (!begin.file)
        return false;
    for (size_t i = 0; i < subject->around.len; i++) {
        const struct include_point *point = &subject->around.data[i];
        if (point->offset > begin.offset && point->offset < end.offset &&
            clang->File_isEqual(point->file, begin.file))
            return true;
    }
    return false;
}

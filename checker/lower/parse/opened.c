#include "lower/parse/opened.h"

#include "support/map.h"

#include <string.h>

struct collector {
    const struct clang_api *clang;
    struct arena *arena;
    lower_files *files;
    struct map known;
};

static void note_file(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
    static const char virtual_root[] = "/cuhostlint/";
    struct collector *collector = data;
    const struct clang_api *clang = collector->clang;
    CXString name = clang->getFileName(file);
    const char *text = clang->getCString(name);
    bool is_new = text && strncmp(text, virtual_root, sizeof virtual_root - 1) != 0 &&
                  map_get(&collector->known, text) == MAP_NONE;
    (void)stack;
    (void)depth;
    if (is_new) {
        const char *path = arena_strdup(collector->arena, text);
        map_set(&collector->known, path, 0);
        vec_push(collector->arena, collector->files, path);
    }
    clang->disposeString(name);
}

void opened_list(const struct lower_session *session, struct arena *arena, CXTranslationUnit tu,
                 lower_files *files)
{
    struct collector collector = {&session->clang, arena, files, {.arena = arena}};
    for (size_t i = 0; i < files->len; i++)
        map_set(&collector.known, files->data[i], 0);
    session->clang.getInclusions(tu, note_file, &collector);
}

void opened_note(struct lower_session *session, struct arena *arena, CXTranslationUnit tu)
{
    opened_list(session, arena, tu, &session->stats.opened);
}

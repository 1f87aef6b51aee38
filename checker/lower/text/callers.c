#include "lower/text/callers.h"

#include "lower/declarations/locations.h"
#include "lower/declarations/names.h"
#include "source/project/path.h"
#include "source/text/lexer.h"
#include "support/file.h"

static bool is_of_project(struct unit_builder *u, CXFile file, CXSourceLocation location)
{
    const char *name = names_take(u, u->clang->getFileName(file));
    if (u->clang->Location_isInSystemHeader(location) && !locations_is_guessed(u, name))
        return false;
    const char *real = file_real_path(u->arena, name);
    return real && u->source->root && source_path_is_below(real, u->source->root);
}

static void read_mentions(struct unit_builder *u, CXFile file, struct file_mentions *mentions)
{
    size_t len = 0;
    const char *text = u->clang->getFileContents(u->tu, file, &len);
    if (!text)
        return;
    struct lexer lexer = lexer_start(text, len);
    for (struct lexer_token token; (token = lexer_next(&lexer)).kind != LEXER_END;)
        if (token.kind == LEXER_NAME && !token.in_macro &&
            models_is_watched(u->models, token.text, token.len))
            vec_push(u->arena, &mentions->offsets, (uint32_t)(token.text - text));
}

static const struct file_mentions *mentions_of(struct unit_builder *u, CXFile file,
                                               CXSourceLocation location)
{
    uint64_t key = (uint64_t)(uintptr_t)file;
    uint32_t known = map_get_u64(&u->mention_files, key);
    if (known == (uint32_t)MAP_NONE) {
        struct file_mentions mentions = {0};
        known = (uint32_t)u->file_mentions.len;
        if (is_of_project(u, file, location))
            read_mentions(u, file, &mentions);
        vec_push(u->arena, &u->file_mentions, mentions);
        map_set_u64(&u->mention_files, key, known);
    }
    return &u->file_mentions.data[known];
}

bool callers_are_in(struct unit_builder *u, CXFile file, CXSourceLocation location)
{
    return mentions_of(u, file, location)->offsets.len > 0;
}

bool callers_has_name(struct unit_builder *u, CXCursor cursor)
{
    CXSourceLocation location = u->clang->getCursorLocation(cursor);
    CXFile file = NULL;
    unsigned begin = 0, end = 0;
    u->clang->getFileLocation(location, &file, NULL, NULL, NULL);
    const struct file_mentions *mentions = file ? mentions_of(u, file, location) : NULL;
    if (!mentions || !mentions->offsets.len)
        return false;
    CXSourceRange range = u->clang->getCursorExtent(cursor);
    u->clang->getFileLocation(u->clang->getRangeStart(range), NULL, NULL, NULL, &begin);
    u->clang->getFileLocation(u->clang->getRangeEnd(range), NULL, NULL, NULL, &end);
    for (size_t i = 0; i < mentions->offsets.len; i++)
        if (begin <= mentions->offsets.data[i] && mentions->offsets.data[i] < end)
            return true;
    return false;
}

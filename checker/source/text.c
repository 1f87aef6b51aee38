#include "source/text.h"

#include "source/path.h"
#include "support/file.h"

bool source_read_text(struct arena *arena, const char *path, struct source_text *text)
{
    return source_path_is_file(path) && !file_read(arena, path, &text->data, &text->len);
}

#include "source/text/text.h"

#include "support/file.h"

bool source_read_text(struct arena *arena, const char *path, struct source_text *text)
{
    return !file_read_untrusted(arena, path, FILE_LARGEST_TEXT, &text->data, &text->len);
}

#include "source/text.h"

#include "support/strbuf.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_TEXT = 64 << 20, BLOCK = 64 << 10 };

bool source_read_descriptor(struct arena *arena, int descriptor, struct source_text *text)
{
    struct strbuf buffer;
    strbuf_init(&buffer, arena);
    char *block = arena_alloc(arena, BLOCK);
    ssize_t size = 0;
    while (buffer.len < MAX_TEXT && (size = read(descriptor, block, BLOCK)) > 0)
        strbuf_add(&buffer, block, (size_t)size);
    text->data = buffer.text;
    text->len = buffer.len;
    return size >= 0;
}

static bool read_sized(struct arena *arena, int descriptor, size_t size, struct source_text *text)
{
    text->data = arena_alloc(arena, size + 1);
    text->len = 0;
    while (text->len < size) {
        ssize_t got = read(descriptor, text->data + text->len, size - text->len);
        if (got < 0)
            return false;
        if (got == 0)
            break;
        text->len += (size_t)got;
    }
    text->data[text->len] = '\0';
    return true;
}

bool source_read_text(struct arena *arena, const char *path, struct source_text *text)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return false;
    struct stat info;
    bool read = fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode);
    if (read) {
        size_t size = info.st_size < MAX_TEXT ? (size_t)info.st_size : (size_t)MAX_TEXT;
        read = read_sized(arena, descriptor, size, text);
    }
    close(descriptor);
    return read;
}

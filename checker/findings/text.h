/* The contents of source files, read once and shared by everything that quotes or edits them. */
#ifndef CUHOSTLINT_FINDINGS_TEXT_H
#define CUHOSTLINT_FINDINGS_TEXT_H

#include "support/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
    const char *path;
    const char *bytes; /* NUL-terminated */
    size_t len;
    const uint32_t *line_starts; /* offset of each line; line 1 is [0] */
    uint32_t line_count;         /* at least 1; text behind the last line end counts as a line */
    bool is_injected;            /* an editor's buffer or standard input: not what is on disk */
};

/* A part of a text. */
struct text_span {
    const char *bytes;
    size_t len;
};

struct text_cache;

/* An empty cache; it and the texts live in `arena`. */
struct text_cache *text_cache_new(struct arena *arena);

/* Makes a copy of `bytes` the contents of `path`, whatever is on disk. */
void text_inject(struct text_cache *cache, const char *path, const char *bytes, size_t len);

/* The file's contents, or NULL where it cannot be read. */
const struct text *text_get(struct text_cache *cache, const char *path);

/* A line, counted from 1, without its end; empty beyond the last one. Lines end with LF, CR or
 * CRLF, as clang counts them. */
struct text_span text_line(const struct text *text, uint32_t line);

/* The bytes between two offsets; empty where they are no range of the text. */
struct text_span text_range(const struct text *text, uint32_t offset, uint32_t end_offset);

/* The line and the column, in bytes, of an offset; both from 1. */
void text_place(const struct text *text, uint32_t offset, uint32_t *line, uint32_t *column);

/* The column, from 1 and in UTF-16 code units as SARIF and editors count, of a column in bytes. */
uint32_t text_utf16_column(const struct text *text, uint32_t line, uint32_t column);

/* `path` relative to `folder` where it lies below it, else `path` itself. No copy is made. */
const char *text_path_below(const char *folder, const char *path);

#endif

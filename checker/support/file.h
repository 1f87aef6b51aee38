/* Whole files: reading them, and writing them so that a reader finds the old contents or the new
 * ones, never a part. */
#ifndef CUHOSTLINT_SUPPORT_FILE_H
#define CUHOSTLINT_SUPPORT_FILE_H

#include "support/arena.h"
#include "support/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* With symbolic links resolved; NULL, and errno, where nothing of that name can be reached. */
const char *file_real_path(struct arena *arena, const char *path);

/* The current folder; "/" where it cannot be read. */
const char *file_current_folder(struct arena *arena);

/* An error where there is none: it was removed, or its name is longer than names may be. */
const struct error *file_check_current_folder(struct arena *arena);

/* Reads all of `path` into `arena`; a NUL follows the last byte. What has no end (/dev/zero) is an
 * error after some hundred megabytes. */
const struct error *file_read(struct arena *arena, const char *path, const char **bytes,
                              size_t *len);

/* As file_read; /dev/stdin would need /proc. */
const struct error *file_read_standard_input(struct arena *arena, const char **bytes, size_t *len);

/* The largest text that is taken for one that somebody wrote. */
enum { FILE_LARGEST_TEXT = 64 << 20 };

/* As file_read, of a file that nobody vouches for: an error where it is no regular file, is larger
 * than `most` bytes, or would have to be waited for. */
const struct error *file_read_untrusted(struct arena *arena, const char *path, size_t most,
                                        const char **bytes, size_t *len);

/* Writes what the stream still holds. False: that, or something before it, could not be written;
 * errno says why. */
bool file_flush(FILE *stream);

/* A file that is being written under a temporary name in the same folder. */
struct file_writer;

/* Starts to write `path`. A symbolic link is followed, an existing file's mode is kept. What is no
 * ordinary file (a pipe, /dev/stdout) is written in place. The writer lives in `arena` and ends
 * with file_writer_commit or file_writer_discard. */
const struct error *file_writer_open(struct arena *arena, const char *path,
                                     struct file_writer **writer);

/* Where the contents go. Errors of the stream are reported by file_writer_commit. */
FILE *file_writer_stream(struct file_writer *writer);

/* Gives the file its name. On an error, `path` is as it was and the temporary file is gone. */
const struct error *file_writer_commit(struct file_writer *writer);

/* Removes what was written so far. */
void file_writer_discard(struct file_writer *writer);

/* Writes all of `path` at once, in the same way. */
const struct error *file_replace(struct arena *arena, const char *path, const char *bytes,
                                 size_t len);

#endif

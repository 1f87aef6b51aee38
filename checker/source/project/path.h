/* File names: joining, resolving, comparing. Inside the source room only. */
#ifndef CUHOSTLINT_SOURCE_PROJECT_PATH_H
#define CUHOSTLINT_SOURCE_PROJECT_PATH_H

#include "support/arena.h"

#include <stdbool.h>

/* "dir/name", or `name` itself where it is absolute. */
const char *source_path_join(struct arena *arena, const char *dir, const char *name);

/* Absolute and without "." and ".." parts, by text alone. `dir` is absolute. */
const char *source_path_normal(struct arena *arena, const char *dir, const char *name);

/* The folder that holds `path`: "/a" for "/a/b", "/" for "/a". */
const char *source_path_parent(struct arena *arena, const char *path);

/* The part behind the last slash. */
const char *source_path_base(const char *path);

/* Are the last parts of the path those of `name`, and is there more in front of them? */
bool source_path_ends_in(const char *path, const char *name);

/* The ending with its dot: ".cu"; "" where there is none. */
const char *source_path_ending(const char *path);

/* The length of the last part without its ending: 3 for "/x/foo.cu". */
size_t source_path_stem_length(const char *path);

/* True for `folder` itself and everything below it; both normal. */
bool source_path_is_below(const char *path, const char *folder);

bool source_path_is_file(const char *path);
bool source_path_is_folder(const char *path);

/* As a user would name it: relative to `current` where it lies below it. */
const char *source_path_shown(struct arena *arena, const char *current, const char *path);

#endif

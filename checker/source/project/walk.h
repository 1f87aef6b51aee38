/* Folders: every source below them. */
#ifndef CUHOSTLINT_SOURCE_PROJECT_WALK_H
#define CUHOSTLINT_SOURCE_PROJECT_WALK_H

#include "source/commands/words.h"
#include "source/source.h"

/* What a file is by its ending. Headers (.h, .cuh, ...) set *is_header. False: none of ours. */
bool source_language_of_ending(const char *path, enum source_language *language, bool *is_header);

/* The same in one word, for who does not ask for the language. */
bool source_is_header(const char *path);
bool source_is_source(const char *path);

/* How far a walk goes; one that ends early says so. */
struct walk_limits {
    size_t max_files; /* looked at */
    unsigned max_depth;
    double max_seconds;
    /* A folder that is there and cannot be read, and errno; or NULL. */
    void (*lose)(void *context, const char *folder, int problem);
};

/* Calls `visit` for each file below `folder`: those of a folder in order of their names, then its
 * folders. Left out: hidden names, CMake's own CMakeFiles and its build folders (they hold a
 * CMakeCache.txt and no CMakeLists.txt), folders behind a link (what they hold is found where it
 * really is, or lies outside). False: a limit was hit. */
bool source_walk(const char *folder, const struct walk_limits *limits,
                 void (*visit)(void *context, const char *path), void *context);

#endif

/* Where an #include could have found another file. Private to checker/cache/. */
#ifndef CUHOSTLINT_CACHE_FOLDERS_H
#define CUHOSTLINT_CACHE_FOLDERS_H

#include "source/source.h"
#include "support/map.h"
#include "support/vec.h"

typedef VEC(const char *) path_list;

/* What the #include lines of files name before their last slash; each file is read once. */
struct include_parts {
    struct arena *arena;
    struct map by_file; /* into lists */
    VEC(path_list) lists;
};

/* Every folder whose contents decide what the #include lines of `files` mean: those of the files
 * and of the arguments, and the subfolders of these that the lines name, whether they exist or
 * not. From `arena`, each once. */
void folders_searched(struct include_parts *parts, struct arena *arena,
                      const struct source_unit *unit, const path_list *files, path_list *folders);

/* The folders whose subfolders are the versions of GCC that `files` come from: of these the parser
 * takes the newest. From `arena`, each once. */
void folders_of_compilers(struct arena *arena, const path_list *files, path_list *folders);

#endif

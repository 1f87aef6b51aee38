/* The headers below a project's root, by name. */
#ifndef CUHOSTLINT_SOURCE_PROJECT_TREE_H
#define CUHOSTLINT_SOURCE_PROJECT_TREE_H

#include "source/project/cache.h"

#include <xxhash.h>

struct source_tree;

/* The tree of `root`: walked once for a cache, and not further than a few seconds. */
const struct source_tree *source_tree_of(struct source_cache *cache, const char *root);

/* The header below the root whose path ends in "/name" and that is nearest to the file `from`:
 * most folders shared, then fewest folders of its own, then first by name. NULL: none. */
const char *source_tree_find(const struct source_tree *tree, const char *name, const char *from);

/* All its files: those of a folder in order of their names, then what its folders hold. */
size_t source_tree_len(const struct source_tree *tree);
size_t source_tree_len_below(const struct source_tree *tree, const char *folder);
const char *source_tree_path(const struct source_tree *tree, size_t index);

/* True for a name that the tree of a folder that holds it would keep. */
bool source_tree_holds(const char *name);

/* Equal for trees of the same paths. */
XXH128_hash_t source_tree_hash(const struct source_tree *tree);

/* False: the walk hit a limit, so that headers may be missing. */
bool source_tree_is_complete(const struct source_tree *tree);

#endif

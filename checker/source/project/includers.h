/* Who includes a header, as far as text tells. */
#ifndef CUHOSTLINT_SOURCE_PROJECT_INCLUDERS_H
#define CUHOSTLINT_SOURCE_PROJECT_INCLUDERS_H

#include "source/project/cache.h"

/* The include lines of all files that were looked at so far. */
struct includers;

struct includers *includers_new(struct arena *arena, struct source_cache *cache);

/* Where to look: `folder`, and with `is_deep` all that is below it, as far as the tree knows. */
struct include_scope {
    const struct source_tree *tree;
    const char *folder;
    bool is_deep;
};

/* The sources there that lead to the header through #include lines, their own and those of headers
 * there. A line leads to each file whose path ends in its name, unless it finds another one beside
 * its own: what the names mean to the compiler is for the caller to ask (reach.h). In the order in
 * which they are met; they live as long as the cache. */
void includers_find(struct includers *includers, const char *header,
                    const struct include_scope *scope, struct words *sources);

#endif

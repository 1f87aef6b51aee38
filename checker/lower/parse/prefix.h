/* What the bundled declarations put before every CUDA and HIP source, precompiled, and with it the
 * headers that a source begins with: reading them is most of a short parse. Private to
 * checker/lower/. */
#ifndef CUHOSTLINT_LOWER_PARSE_PREFIX_H
#define CUHOSTLINT_LOWER_PARSE_PREFIX_H

#include "lower/parse/session.h"
#include "lower/parse/trees.h"

struct prefix {
    uint64_t key;      /* of its text and arguments */
    const char *path;  /* what -include-pch gets; NULL: not made, or of no use */
    bool was_tried;    /* and failed, where there is no path */
    lower_files files; /* that were read for it */
};

/* Changes a request so that the precompiled prefix stands in the place of the pre-include, and of
 * the includes in front of the source, when there is one for these arguments. A prefix is made when
 * its arguments and includes come for the second time, in this session or in the memory of the
 * earlier ones: what is linted once need not wait for it. NULL: the request is as it was. */
struct prefix *prefix_apply(struct lower_session *session, const struct source_unit *source,
                            struct arena *arena, struct tree_request *request);

/* A parse with the prefix failed: it is not used again. */
void prefix_give_up(struct prefix *prefix);

#endif

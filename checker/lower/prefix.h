/* What the bundled declarations put before every CUDA and HIP source, precompiled: reading it is
 * a third of a short parse. Private to checker/lower/. */
#ifndef CUHOSTLINT_LOWER_PREFIX_H
#define CUHOSTLINT_LOWER_PREFIX_H

#include "lower/session.h"

struct prefix {
    uint64_t key;      /* of the arguments */
    const char *path;  /* what -include-pch gets; NULL: not made, or of no use */
    bool was_tried;    /* and failed, where there is no path */
    lower_files files; /* that were read for it */
};

/* Puts the precompiled prefix in the place of the pre-include, when there is one for these
 * arguments. A prefix is made when its arguments come for the second time, in this session or in
 * the memory of the earlier ones: what is linted once need not wait for it. NULL: the arguments are
 * as they were. */
struct prefix *prefix_apply(struct lower_session *session, const struct source_unit *source,
                            struct arena *arena, lower_args *args);

/* A parse with the prefix failed: it is not used again. */
void prefix_give_up(struct prefix *prefix);

#endif

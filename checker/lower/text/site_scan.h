/* Where a text calls a watched function, as far as the text alone tells.
 * Private to checker/lower/. */
#ifndef CUHOSTLINT_LOWER_TEXT_SITE_SCAN_H
#define CUHOSTLINT_LOWER_TEXT_SITE_SCAN_H

#include "lower/parse/assume.h"
#include "models/model.h"
#include "support/vec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The name of a watched function followed by "(" in the main file, outside comments and strings. */
struct site {
    const char *name;
    uint32_t offset, line, column;
    bool in_macro;            /* in the definition of a macro */
    const char *condition;    /* the "#if X, #else of #if Y" around it, outermost first, or NULL; an
                                 include guard around the whole text does not count */
    struct assumptions needs; /* what makes it part of the program, earlier branches of each #if
                                 left aside too */
};

struct site_list {
    VEC(struct site) sites; /* by offset */
    bool any_conditional;   /* a site has a condition: skipped ranges are worth their price */
    bool any_cleanup;       /* the text names what runs at the end of a variable's scope: which
                               function a macro gives there, the record of macros alone says */
    struct assumptions assumptions; /* what would make all sites part of the program */
};

/* Finds the sites of a text. */
void site_scan(struct arena *arena, const char *text, size_t len, const struct model_set *models,
               struct site_list *list);

#endif

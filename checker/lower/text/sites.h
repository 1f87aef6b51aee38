/* What became in the tree of each place where the text calls a watched function.
 * Private to checker/lower/. */
#ifndef CUHOSTLINT_LOWER_TEXT_SITES_H
#define CUHOSTLINT_LOWER_TEXT_SITES_H

#include "ir/ir.h"
#include "lower/parse/clang_api.h"
#include "lower/parse/subject.h"
#include "lower/text/site_scan.h"
#include "source/source.h"

/* An error that the parser reported in a file of the user's. */
struct user_error {
    const char *file; /* as clang names it */
    bool in_main;
    uint32_t line, column, offset;
    bool is_of_toolkit; /* about a header or a name that the toolkit may have */
    bool
        hides_nothing; /* a stand-in's use that only a type or a value fits: no code is behind it */
    const char *text;
};
typedef VEC(struct user_error) user_errors;

/* What a parse that went wrong costs us. */
struct site_damage {
    size_t lost; /* sites that the tree hides: neither in it, nor excluded by the preprocessor, nor
                    in a macro's definition */
    size_t errors_around;    /* errors in functions that have a site */
    size_t names_around;     /* those of them that a stand-in for a name may undo */
    size_t unmatched_around; /* ... that say that no function matches a call */
    size_t curable;          /* lost sites and errors around that the toolkit's headers may undo */
};

struct site_damage sites_damage(struct arena *arena, const struct clang_api *clang,
                                CXTranslationUnit tu, const struct source_unit *source,
                                const struct site_list *list, const user_errors *errors);

/* Adds a struct ir_site for each site of a file to the unit, with its reason, and marks the
 * functions around lost ones as degraded. Declarations and definitions of a watched function are no
 * sites. `path` is real; `errors` say which of them are in that file. */
void sites_record(const struct clang_api *clang, CXTranslationUnit tu,
                  const struct subject *subject, const char *path, const struct site_list *list,
                  const user_errors *errors, struct ir_unit *unit);

#endif

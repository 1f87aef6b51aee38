/* What fixes know of one unit's main file: its tokens, and how it checks statuses. Private to
 * engine/fixer*.c and engine/events/events.c. */
#ifndef CUHOSTLINT_ENGINE_FIXES_FIX_SOURCE_H
#define CUHOSTLINT_ENGINE_FIXES_FIX_SOURCE_H

#include "engine/internal.h"
#include "findings/code.h"

/* One place where a status is checked by `NAME(call);`, with what NAME needs to work elsewhere. */
struct check_use {
    const char *name;
    const char *type;     /* of the status */
    struct code_range at; /* the name */
    const char *space;    /* the namespaces and classes that its names are looked up in, "": none */
    uint32_t known_from;  /* bytes into the main file: everything that it needs stands before */
    bool is_macro_of_header;
    bool throws;
};

struct fix_source {
    struct engine *engine;
    const struct ir_unit *unit;
    const struct code *code;
    bool checks_known;
    VEC(struct check_use) checks;
};

/* The unit's source, read at the first question. NULL: its text is not to be had. */
struct fix_source *fix_source_of(struct engine *engine, const struct ir_unit *unit);

/* The tokens of a range of plain text in the main file. */
bool fix_source_range(const struct fix_source *source, const struct ir_loc *loc,
                      struct code_range *range);

/* Asks the rule for the fix of what it reported at the site. */
void fix_add(const struct rule *rule, const struct event *event, site_id site,
             struct finding *finding);

#endif

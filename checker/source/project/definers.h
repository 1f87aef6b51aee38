/* Which units define a function or a constant: what is sought are bodies for calls of a project's
 * own functions that nobody has parsed yet, because their files name no modelled function. */
#ifndef CUHOSTLINT_SOURCE_PROJECT_DEFINERS_H
#define CUHOSTLINT_SOURCE_PROJECT_DEFINERS_H

#include "source/source.h"
#include "source/text/fact_store.h"
#include "support/vec.h"

/* A function whose body is sought, or a constant whose value is. */
struct definers_wish {
    const char *name;
    const char *scope; /* of its class or namespace, without the scopes around; NULL: none */
    bool is_member;
    const char *caller; /* path of a file that names it */
    const char *known;  /* path of a body that another program may bring, and that counts only where
                           none is nearer; NULL: none is known */
};

struct definer {
    size_t unit;
    size_t wish; /* the most important one that it fulfils */
};

struct definers {
    VEC(struct definer) chosen; /* the most important ones, in the order of the units */
    size_t left_out;            /* for which there was no room */
};

/* The units whose files' texts, not their headers, seem to define one of them; where
 * several do, those nearest to the caller. The wishes come in order of importance, and `most` is
 * how many units there is room for. */
void definers_find(struct arena *arena, struct fact_store *store, const struct source_unit *units,
                   size_t count, const struct definers_wish *wishes, size_t wish_count, size_t most,
                   struct definers *definers);

#endif

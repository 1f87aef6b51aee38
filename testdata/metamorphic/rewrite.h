/* Changes to a text, gathered first and made together, that still say where each byte went. */
#ifndef CUHOSTLINT_TESTDATA_METAMORPHIC_REWRITE_H
#define CUHOSTLINT_TESTDATA_METAMORPHIC_REWRITE_H

#include "support/strbuf.h"
#include "support/vec.h"

#include <stdbool.h>
#include <stddef.h>

/* Bytes [from, to). */
struct range {
    size_t from, to;
};

/* One replacement. Ranges of the old text that its template names are rewritten in their turn. */
struct edit {
    struct range range;
    const char *text; /* "$1" to "$9" stand for `parts`, "$0" for the range itself */
    struct range parts[9];
    size_t site;
    size_t order;
};

/* Edits that only make sense together. */
struct change {
    size_t at;     /* where its first edit begins */
    bool is_fixed; /* what other sites need: never off */
    bool is_off;
    const char *rule;    /* faults: what must be found, in the line of ... */
    size_t rule_offset;  /* ... this byte of the old text, */
    size_t rule_copy;    /* in its first (0) or second (1) copy, */
    const char *probe;   /* if this function's call with a null pointer ... */
    struct range probed; /* ... in front of this statement is found too */
};

struct rewrite {
    struct arena *arena;
    VEC(struct edit) edits;
    VEC(struct change) sites;
    bool is_sorted;
};

/* The edits that follow belong to a new site. */
void rewrite_site(struct rewrite *rewrite);

/* The same, for what all other sites need. */
void rewrite_fixed_site(struct rewrite *rewrite);

/* Replaces the range; the template has the parts given. */
void rewrite_replace(struct rewrite *rewrite, struct range range, const char *text);
void rewrite_template(struct rewrite *rewrite, struct range range, const char *text,
                      const struct range *parts, size_t part_count);
void rewrite_insert(struct rewrite *rewrite, size_t at, const char *text);

/* Text before and behind a range that may be changed itself. */
void rewrite_wrap(struct rewrite *rewrite, struct range range, const char *before,
                  const char *behind);

/* Bytes [from, to) of the old text stand at `out` of the new one, or what replaces them. */
struct copied {
    size_t from, to, out;
    bool is_replaced;
};

struct rewritten {
    struct strbuf text;
    VEC(struct copied) copies;
};

/* Makes the edits of all sites that are not off. Of two that overlap, the one that begins first
 * is made. */
void rewrite_render(struct rewrite *rewrite, struct arena *arena, const char *text, size_t len,
                    struct rewritten *out);

/* Where the byte went, in its n-th copy (from 0); SIZE_MAX: nowhere. */
size_t rewritten_place(const struct rewritten *rewritten, size_t offset, size_t n);

/* Where the byte at or before `out` came from; 0 where nothing did. */
size_t rewritten_origin(const struct rewritten *rewritten, size_t out);

/* The line (from 1) of a byte. */
unsigned line_of(const char *text, size_t offset);

#endif

/* NOLINT comments, as clang-tidy reads them (NoLintDirectiveHandler.cpp is the reference):
 *
 *     NOLINT               all rules on this line
 *     NOLINT(a, b*)        these rules or globs; nothing for an empty list; "-x" is ignored
 *     NOLINTNEXTLINE(...)  the line below
 *     NOLINTBEGIN(...)     from here to the NOLINTEND with the same list; pairs nest
 *
 * A blank before "(" ends the comment: "NOLINT (a)" is a bare NOLINT. */
#ifndef CUHOSTLINT_FINDINGS_NOLINT_H
#define CUHOSTLINT_FINDINGS_NOLINT_H

#include "findings/text.h"
#include "support/arena.h"
#include "support/vec.h"

#include <stdbool.h>

enum nolint_kind { NOLINT_LINE, NOLINT_NEXT_LINE, NOLINT_BEGIN, NOLINT_END };

struct nolint_directive {
    enum nolint_kind kind;
    uint32_t line, column; /* of its N */
    uint32_t offset;
    bool has_list;
    const char *list;  /* "a,b*": no blanks around the names; "" for all rules where !has_list */
    uint32_t end;      /* NOLINT_BEGIN: the offset of its NOLINTEND; 0: there is none */
    bool is_unmatched; /* NOLINT_BEGIN, NOLINT_END without the other */
};

struct nolint_file {
    VEC(struct nolint_directive) directives; /* in the order of the text */
};

/* "NOLINTNEXTLINE" */
const char *nolint_kind_name(enum nolint_kind kind);

/* Finds all directives of a text and pairs begins and ends. */
void nolint_read(struct arena *arena, const struct text *text, struct nolint_file *file);

/* Whether a directive's list takes in a rule. */
bool nolint_covers(const struct nolint_directive *directive, const char *rule);

/* Whether code of `rule` on `line`, at `offset`, is suppressed. */
bool nolint_suppresses(const struct nolint_file *file, uint32_t line, uint32_t offset,
                       const char *rule);

#endif

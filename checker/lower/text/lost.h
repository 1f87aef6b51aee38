/* Statements that the text has and the tree has not. Where a name is declared nowhere, or a type is
 * not complete, clang drops the whole statement around it, `return UNKNOWN;` among them: the path
 * would run on behind it. An error of the parser's shows which text that is. */
#ifndef CUHOSTLINT_LOWER_TEXT_LOST_H
#define CUHOSTLINT_LOWER_TEXT_LOST_H

#include "lower/body/body.h"

/* What of a compound statement's text no child of it has covered so far. */
struct lost_gaps {
    ir_id file; /* IR_NONE: nothing was dropped */
    uint32_t at, end;
};

struct lost_gaps lost_look(struct body *b, node_id compound);

/* Lowers what was dropped before the child; NODE_NONE: before the closing brace. */
void lost_before(struct body *b, struct lost_gaps *gaps, node_id child);

/* clang puts an empty statement where it dropped the branch of an if. */
void lost_in_place_of(struct body *b, node_id null_statement);

/* What can only be a macro of a missing header: CHECK_LAST_ERROR; by itself is called, and
 * EITHER(WHEN, (this();), (that();)) runs one of them, nobody knows which. False: the statement is
 * something else. */
bool lost_macro(struct body *b, node_id statement);

/* FATAL("...") of a missing header may be a macro that leaves: does a branch consist of nothing but
 * what nobody knows? */
bool lost_may_leave(struct body *b, node_id branch);

#endif

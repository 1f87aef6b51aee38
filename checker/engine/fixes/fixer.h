/* How a rule mends what it reported: questions about the code around a finding, and edits.
 *
 * A rule's `fix` hears the event of its finding once more and fills fixer->fix, or gives up. It may
 * only offer what is right on every path: the text after it compiles, the finding is gone, and
 * nothing new is found. Fixes change the main file, in plain text, never in a macro's body. */
#ifndef CUHOSTLINT_ENGINE_FIXES_FIXER_H
#define CUHOSTLINT_ENGINE_FIXES_FIXER_H

#include "engine/rule.h"
#include "findings/code.h"

struct fix_source; /* what is known of a unit's text; engine/fixes/fixer_check.c */

struct fixer {
    const struct event *event;
    struct fix_source *source;
    const struct code *code; /* the main file */
    const struct ir_unit *unit;
    const struct ir_function *function; /* in which the finding stands */
    const struct ir_op *op;             /* there; NULL: the end of a block */
    struct fix fix;
};

/* ---- the text of operations: false where it is not plain text of the main file ---- */

/* The statement that consists of the call (or delete) alone, with a check or a cast to void. */
bool fixer_statement(const struct fixer *fixer, const struct ir_op *op,
                     struct code_statement *statement);

bool fixer_call(const struct fixer *fixer, const struct ir_op *op, struct code_call *call);

/* An argument of the call as written; arguments by default have no text. */
bool fixer_argument(const struct fixer *fixer, const struct ir_op *op, int index,
                    struct code_range *argument);

/* The pointer as a releasing call, or delete, is given it. */
bool fixer_released(const struct fixer *fixer, const struct ir_op *op, struct code_range *pointer);

/* ---- edits ---- */

/* What the fix does, for people: "check the status with CHECK". */
void fixer_describe(struct fixer *fixer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

void fixer_replace(struct fixer *fixer, struct code_range range, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Removes a statement; with its lines where nothing else stands on them. */
void fixer_remove(struct fixer *fixer, const struct code_statement *statement);

/* ---- the project's own checks (fixer_check.c) ---- */

/* The macro or function in which this file checks statuses of that type by `NAME(call);`, and in
 * which `statement`, of the finding's function, could: or NULL. */
const char *fixer_check(const struct fixer *fixer, ir_id type,
                        const struct code_statement *statement);

/* ---- local pointer variables (fixer_variable.c) ---- */

enum use_kind {
    USE_ASSIGNED,      /* the variable gets the value `value` */
    USE_ADDRESS_GIVEN, /* a call gets the variable's address */
    USE_GIVEN,         /* a call gets the pointer that the variable holds */
    USE_PART_GIVEN,    /* ... an address made from it */
    USE_KEPT           /* the pointer, or the variable's address, goes where nobody follows it */
};

/* Loads, comparisons and accesses through the pointer are no uses. */
struct use {
    enum use_kind kind;
    ir_id op;
    int argument; /* of the call */
    ir_value value;
};

struct uses {
    ir_id local;
    VEC(struct use) list;
};

/* The uses of the pointer variable that argument `index` of the operation's call reads (or, with
 * `by_address`, the address of which it is). False: it is no plain local variable. */
bool fixer_uses(const struct fixer *fixer, const struct ir_op *op, int index, bool by_address,
                struct uses *uses);

/* The call in the finding's function that allocated a block, or NULL. */
const struct ir_op *fixer_allocation(const struct fixer *fixer, const struct block *block);

/* Is what that call allocates, or NULL, all that the variable is ever set to, as far as calls that
 * get its address leave it alone? */
bool fixer_is_set_only(const struct fixer *fixer, const struct uses *uses,
                       const struct ir_op *allocation);

/* ... and no other call gets its address. */
bool fixer_holds_only(const struct fixer *fixer, const struct uses *uses,
                      const struct ir_op *allocation);

/* The model of the use's call, or NULL. */
const struct model_function *fixer_model(const struct fixer *fixer, const struct ir_op *op);
const struct model_effect *fixer_effect(const struct fixer *fixer, const struct ir_op *op,
                                        enum model_effect_kind kind);

/* May the call of a function whose body is in sight release or unregister memory? */
bool fixer_may_undo(const struct fixer *fixer, const struct ir_op *op);

#endif

/* The function being lowered, and how its blocks and operations are made. */
#ifndef CUHOSTLINT_LOWER_BODY_BODY_H
#define CUHOSTLINT_LOWER_BODY_BODY_H

#include "lower/parse/tree.h"

#include <stdbool.h>

/* What a variable's name stands for. */
enum variable_kind { VARIABLE_LOCAL, VARIABLE_GLOBAL, VARIABLE_ADDRESS };
struct variable {
    enum variable_kind kind;
    uint32_t index; /* local, global, or the value that is its address */
    ir_id type;     /* of an address: what stands there */
};

/* Something to undo when control leaves a scope: innermost last. */
struct cleanup {
    enum {
        CLEANUP_LOCAL,
        CLEANUP_PART, /* of the object that a constructor makes: only an exception undoes it */
        CLEANUP_HANDLER
    } kind;
    ir_id local;      /* or, of a part, the field; IR_NONE: the whole object */
    ir_id destructor; /* IR_NONE: only the lifetime ends */
    ir_id handler; /* what __attribute__((cleanup)) names: called with the local's address; IR_NONE:
                      nothing */
    node_id owner; /* the declaration that made it, or the try statement */
    ir_id unwind;  /* the block that undoes this and all below it, once made. For handlers: the
                      block that picks the catch clause */
};

/* What break and continue leave. */
struct jump_scope {
    ir_id break_block, continue_block; /* continue_block IR_NONE: a switch */
    size_t depth;                      /* of the cleanups outside */
};

struct switch_scope {
    VEC(struct ir_case) cases;
    VEC(ir_id) targets;
    VEC(ir_id) unknown; /* labels of values that are not known */
    ir_id default_block;
};

/* Where a jump back comes out (jumps.c): IR_NONE, no setjmp stands before. */
struct landing {
    ir_id block;
    unsigned depth; /* of the compound statement that holds the call of setjmp */
};

struct body {
    struct unit_builder *u;
    struct tree *tree;
    struct ir_function *fn; /* the function in the making; copied into the unit when done */
    ir_id id;
    ir_id block;       /* the block that grows, or IR_NONE when control cannot come here */
    struct ir_loc loc; /* of the operations to come */
    bool is_pinned;    /* loc stays: a default argument stands at the call */
    ir_id record;      /* the class whose member this is, or IR_NONE */
    struct map names;  /* declaration_key to variables */
    VEC(struct variable) variables;
    VEC(struct cleanup) cleanups;
    VEC(struct jump_scope) jumps;
    struct switch_scope *innermost_switch;
    struct landing landing;
    ir_id caught;          /* what the handler around takes; IR_NONE: anything, or there is none */
    uint32_t tries;        /* try statements so far, */
    uint32_t tries_before; /* ... at the start of the handler around; UINT32_MAX: there is none */
    unsigned compound_depth;
    struct map labels;   /* clang's label statements to blocks */
    VEC(bool) throws;    /* per block: a call that may throw stands in it */
    bool is_open;        /* what it does depends on template arguments in a way that is not known */
    ir_id epilogue;      /* where `return` goes in a destructor: to its members' destruction */
    unsigned depth;      /* of the recursion over the tree */
    uint32_t lost_until; /* up to where statements that only the text has are lowered (lost.c) */
    ir_value made;       /* the object whose default member initialisers are lowered: their `this`;
                            IR_NONE: none is */
    bool folds_sizeof;   /* what is lowered is data: a sizeof in it is only a number */
};

/* A body without operations, of `function`, which goes on at the entry block. */
struct body *body_new(struct unit_builder *u, const struct ir_function *function,
                      struct tree *tree);

/* ---- blocks ---------------------------------------------------------------------------- */

ir_id body_block(struct body *b);

/* Goes on in `block`; the block before must be ended, or control cannot come from it. */
void body_enter(struct body *b, ir_id block);

void body_jump(struct body *b, ir_id target);
void body_branch(struct body *b, ir_value value, ir_id yes, ir_id no);
void body_end(struct body *b, enum ir_terminator terminator, ir_value value);

/* Jumps to `block` and goes on there. */
void body_flow_into(struct body *b, ir_id block);

/* ---- operations ------------------------------------------------------------------------ */

/* Appends an operation at b->loc and gives its value. */
ir_value body_emit(struct body *b, struct ir_op op);

/* An operation: ids that are not given are IR_NONE. Later initialisers win, which is the point. */
#pragma GCC diagnostic ignored "-Woverride-init"
#define OP(opcode, ...)                                                                            \
    ((struct ir_op){.code = (opcode),                                                              \
                    .type = IR_NONE,                                                               \
                    .a = IR_NONE,                                                                  \
                    .b = IR_NONE,                                                                  \
                    .aux = IR_NONE,                                                                \
                    .loc = IR_NO_LOC,                                                              \
                    __VA_ARGS__})

ir_value body_constant(struct body *b, ir_id type, uint64_t number);
ir_value body_load(struct body *b, ir_value address, ir_id type);
void body_store(struct body *b, ir_value address, ir_value value);
ir_value body_local_address(struct body *b, ir_id local);
ir_value body_field(struct body *b, ir_value object, ir_id record, const char *name, ir_id type);
ir_value body_index(struct body *b, ir_value base, ir_value index, ir_id element);
ir_value body_binary(struct body *b, enum ir_binary op, ir_value x, ir_value y, ir_id type);
ir_value body_compare(struct body *b, enum ir_compare op, ir_value x, ir_value y);
ir_value body_size_of(struct body *b, ir_id type);

/* A value that nothing is known of. */
ir_value body_unknown(struct body *b, ir_id type, const char *why);

/* As body_unknown, for a construct that is not understood: counted as a gap. `operands` may be
 * NULL. */
ir_value body_havoc(struct body *b, ir_id type, const char *what, const ir_value *operands,
                    size_t count);

/* The value at an address as an rvalue: arrays decay, records and functions stay addresses. */
ir_value body_read(struct body *b, ir_value address, ir_id type);

/* The type of a value. */
ir_id body_value_type(const struct body *b, ir_value value);

/* ---- variables ------------------------------------------------------------------------- */

ir_id body_local(struct body *b, const char *name, ir_id type, enum ir_local_kind kind,
                 struct ir_loc loc);
ir_id body_temporary(struct body *b, ir_id type);
void body_bind(struct body *b, CXCursor declaration, struct variable variable);

/* The address of the object that a variable's name means; `type` gets the object's type. False:
 * unknown name. */
bool body_variable(struct body *b, CXCursor declaration, ir_value *address, ir_id *type);

/* Parts of the body are missing, nobody knows from where; or from where operations are in doubt. */
void body_degrade(struct body *b, const char *why);
void body_note_degraded(struct body *b, const char *why);

/* The operation to come, and those after it, stand at this node. Returns the old position. */
struct ir_loc body_at(struct body *b, node_id node);

#endif

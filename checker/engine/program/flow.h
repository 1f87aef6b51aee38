/* What a function's body alone says, computed once: dominance, loops, which values outlive their
 * block, and which branches cannot matter. */
#ifndef CUHOSTLINT_ENGINE_PROGRAM_FLOW_H
#define CUHOSTLINT_ENGINE_PROGRAM_FLOW_H

#include "engine/program/ahead.h"
#include "ir/ir.h"
#include "link/program.h"
#include "models/model.h"
#include "support/map.h"

enum flow_effect { /* what a block, or a whole function with its callees, may do */
                   FLOW_REGISTERS = 1,
                   FLOW_UNREGISTERS = 2,
                   FLOW_RELEASES = 4, /* frees, unmaps, destroys containers */
                   FLOW_ALLOCATES = 8,
                   FLOW_WRITES = 16,        /* stores that later code may see */
                   FLOW_LEAVES = 32,        /* returns, throws, ends the process */
                   FLOW_CALLS_UNKNOWN = 64, /* hands pointers to code out of sight */
                   FLOW_STATUS = 128,       /* calls something whose status counts */
                   FLOW_OTHER = 256,        /* launches, captures, resets ... */
                   FLOW_MAY_EXIT = 512,     /* calls a function out of sight whose name says that it
                                               ends the process */
                   FLOW_ASKS = 1024         /* asks for the last error, or may by its name */
};
#define FLOW_ANYTHING /* what is called is known only on the path */                               \
    (FLOW_REGISTERS | FLOW_UNREGISTERS | FLOW_RELEASES | FLOW_ALLOCATES | FLOW_WRITES |            \
     FLOW_CALLS_UNKNOWN | FLOW_STATUS | FLOW_OTHER)
/* what a function is walked for: launches, captures and resets alone are no mistakes */
#define FLOW_SUBJECT (FLOW_REGISTERS | FLOW_UNREGISTERS | FLOW_STATUS)
#define FLOW_MEMORY (FLOW_SUBJECT | FLOW_OTHER)

/* For each block, those that lead to it: blocks[starts[b]] up to blocks[starts[b + 1]]. */
struct predecessors {
    uint32_t *starts;
    ir_id *blocks;
};

/* Some blocks of a function, hardly ever far apart. */
struct flow_blocks {
    ir_id first;
    uint32_t len;
    bool *has; /* [block - first] */
};

enum { FLOW_PASSING = 4 };

struct flow {
    uint32_t block_count;
    ir_id *post_dominator; /* immediate; IR_NONE: the function's exit */
    bool *outlives;        /* [op]: used in another block, or after a call */
    bool *leaves_block;    /* [op]: used in another block */
    ir_id *block_of;       /* [op] */
    uint32_t *index_of;    /* [op]: within its block */
    uint32_t *effects;     /* [block]: of its operations and terminator */
    bool *is_join; /* [block]: paths may come here from several places: a caller's, branches */
    bool *is_loop_head;
    struct flow_blocks
        *loops; /* [head]: the blocks of the natural loop, head included; else none */
    bool has_loop;
    struct flow_blocks *tests; /* [head]: the blocks whose branches are the loop's own test */
    struct map between;        /* what flow_between found: (from, until) -> effects */
    struct map behind;         /* what flow_behind found: block -> effects */
    struct map regions; /* what flow_region found: (from, until) -> index into `found_regions` */
    VEC(const bool *) found_regions;
    bool *passing[FLOW_PASSING]; /* regions that are not remembered */
    uint32_t passed;
    ir_id *stack;           /* [block]: for walks over them */
    struct liveness *live;  /* made when it is first asked for (liveness.c) */
    uint32_t all;           /* of the whole function, callees included */
    struct name_set *names; /* [block]: what its operations and what they may call mention */
    struct name_set all_names;
    struct name_set *ahead; /* made when it is first asked for (ahead.c) */
    const bool *returning;  /* [block]: likewise (endings.c), */
    const bool *succeeding; /* ... and this, too */
};

/* Makes program->functions[number].flow for every function with a body. */
void flow_program(struct arena *arena, struct program *program, const struct model_set *models);
/* The same for the functions from number `first` on, which came later and which none of the others
 * calls. */
void flow_program_more(struct arena *arena, struct program *program, const struct model_set *models,
                       uint32_t first);

/* What a call of the modelled function may do. */
uint32_t flow_of_model(const struct model_function *model);
/* What a function of the unit may do; 0: its text is not in sight. */
uint32_t flow_effects_of(const struct program *program, uint32_t unit, ir_id function);

/* Links the units that are there, NULL ones are passed over, and does the same for them. */
void flow_program_of_units(struct arena *arena, struct ir_unit *const *units, size_t unit_count,
                           const struct model_set *models, struct program *program);

/* What the body alone says; `effects` and `all` are left to flow_program. */
struct flow *flow_make(struct arena *arena, const struct ir_function *function);

/* The effects of the blocks on paths from `from` to `until` (exclusive, IR_NONE: the exit). */
uint32_t flow_between(const struct ir_function *function, struct flow *flow, ir_id from,
                      ir_id until);

/* The effects of the blocks that only paths through `block` come to, its own included. */
uint32_t flow_behind(const struct ir_function *function, struct flow *flow, ir_id block);

struct predecessors flow_predecessors(struct arena *arena, const struct ir_function *function);

/* The blocks on these paths, as a bool per block; for a while: until FLOW_PASSING more are asked
 * for. */
const bool *flow_region(const struct ir_function *function, struct flow *flow, ir_id from,
                        ir_id until);

/* Where paths that ran `block` first meet those that went past it, or IR_NONE: nowhere in the
 * function; then `*always` says whether every path to its end runs the block. */
ir_id flow_rejoins(const struct ir_function *function, struct flow *flow, ir_id block,
                   bool *always);

/* Is this the call of a function out of sight whose name says that it ends the process? */
bool flow_may_exit(const struct model_set *models, const struct ir_unit *unit,
                   const struct ir_function *function, const struct ir_call *call,
                   const struct ir_function *callee);

/* Is this the call of code out of sight whose name says that it asks for the last error? */
bool flow_may_check(const struct ir_unit *unit, const struct ir_function *function,
                    const struct ir_call *call);

/* Is `block` in the natural loop of `head`? */
bool flow_in_loop(const struct flow *flow, ir_id head, ir_id block);

/* Finds flow->loops and flow->is_loop_head. */
void flow_find_loops(struct arena *arena, const struct ir_function *function, struct flow *flow);

/* Finds flow->tests, once the loops are known. */
void flow_find_tests(struct arena *arena, const struct ir_function *function, struct flow *flow);

/* Is the branch at the end of `block` the own test of the loop of `head`? Other ways out of it are
 * breaks. */
bool flow_tests_loop(const struct flow *flow, ir_id head, ir_id block);

/* The effects of the blocks of a loop. */
uint32_t flow_loop_effects(const struct flow *flow, ir_id head);

#endif

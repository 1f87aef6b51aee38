/* The units of a run as one program: which body a call reaches. */
#ifndef CUHOSTLINT_LINK_PROGRAM_H
#define CUHOSTLINT_LINK_PROGRAM_H

#include "ir/ir.h"
#include "support/map.h"

struct flow;  /* engine/program/flow.h: made on demand */
struct story; /* engine/clients/stories.h */

/* One function of the program with all its declarations; numbered. */
struct program_function {
    uint32_t unit; /* whose declaration or body this is; the body's where there is one */
    ir_id function;
    const struct ir_unit *in;
    const struct ir_function *ir;
    struct flow *flow; /* NULL until the engine asks */
    uint32_t next;  /* another body of the same key, of another program; MAP_NONE: there is none */
    bool is_called; /* by a function in sight */
    bool is_address_taken;
    const struct ir_record *lived; /* made by engine/clients/life_writer.c: the class; else NULL */
    bool is_use; /* made by engine/clients/lifecycles.c, with a call of one member function: ... */
    uint32_t used;             /* ... this one; MAP_NONE: none, but parts of it are not in sight */
    const struct story *story; /* the function is one of the engine's own; NULL: it is none */
};

/* One global variable with all its declarations. */
struct program_global {
    uint32_t unit; /* whose declaration this is; that with the content where one is known */
    const struct ir_global *ir;
    bool is_confined; /* engine/program/confined.c says so */
    bool keeps_start; /* engine/program/starts.c says so */
};

struct program {
    struct arena *arena;
    struct ir_unit *const *units;
    size_t unit_count;
    VEC(struct program_function) functions;
    struct map by_key;
    VEC(struct program_global) globals;
    struct map global_of_key; /* into `globals` */
    uint32_t **numbers;       /* [unit][function id] -> number in `functions` */
};

/* Joins the units. A body for a key is that of the units that have none; where there are several,
 * the nearest one is (nearness.h), and none where two are that differ. A unit with a body of its
 * own keeps to that. */
void program_link(struct arena *arena, struct ir_unit *const *units, size_t unit_count,
                  struct program *program);

/* The file that a body stands in. */
const char *program_body_path(const struct program_function *function);

/* The number of the unit in the program, MAP_NONE: not of it. */
uint32_t program_unit(const struct program *program, const struct ir_unit *unit);

/* The global of this link key; NULL: none. */
struct program_global *program_global(const struct program *program, const char *key);

/* What it is linked by. */
const char *program_global_key(const struct ir_global *global);

/* The number of a unit's function in the program. */
uint32_t program_number(const struct program *program, uint32_t unit, ir_id function);

#endif

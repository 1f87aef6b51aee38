/* What the files of the engine share. Rules see engine/rule.h only. */
#ifndef CUHOSTLINT_ENGINE_INTERNAL_H
#define CUHOSTLINT_ENGINE_INTERNAL_H

#include "engine/engine.h"
#include "engine/program/callee.h"
#include "engine/program/flow.h"
#include "engine/program/touches.h"
#include "engine/rule.h"
#include "engine/state/state.h"
#include "engine/value/range.h"
#include "engine/value/value.h"
#include "link/program.h"

enum {
    MAX_DEPTH = 10,
    MAX_REENTERED = 2, /* objects in whose member function the same one is running already */
    DEFAULT_STEPS = 30000,
    LOOP_VISITS = 2,          /* turns of a loop whose number of turns is not known */
    DECIDED_LOOP_VISITS = 40, /* ... is known */
    FORKING_LOOP_VISITS = 4   /* ... is known, in a function of many paths */
};
enum { FIRST_EPOCH = 1 };
enum { MAX_REACH = 4 }; /* pointers followed from one that leaves sight */

/* How a path of the root ended, by what it returns: 0, true or a pointer is success by custom. */
enum outcome_kind { OUTCOME_UNKNOWN, OUTCOME_SUCCESS, OUTCOME_FAILURE, OUTCOME_NEGATIVE };
struct outcome {
    value_id result;
    enum outcome_kind kind;
};

/* Where an owner (unique_ptr, shared_ptr) was made, and of what class. */
struct made_owner {
    site_id site;
    const struct ir_unit *unit;
    const struct ir_record *record;
    const struct model_container *container;
};

/* An object that a body reaches which runs at any time, and the members that it may change then
 * (concurrent.c). */
struct shared_object {
    value_id object;
    struct name_set changed;
};

/* When nothing was found to be gone in a value, and when something was (gone.c). */
struct presence {
    uint32_t present, gone;
};

/* What the moment of a fill is called from now on (moments.c). */
struct renamed_moment {
    uint64_t before, now;
    uint32_t order; /* of the fills in the state */
};

/* A cell of a path's store, and what marking the path has made of it (held.c). */
struct held_cell {
    value_id cell, content;
    value_id object;       /* that the cell is a part of */
    value_id block;        /* that the content leads to; VALUE_NONE: to none */
    bool may_be_read;      /* by a name in the code ahead, or it leads on */
    bool is_wanted;        /* whoever can still come by it */
    bool tells_who_knows;  /* the block, where a path comes by that */
    enum truth reads_same; /* if it were read again without having been kept; UNKNOWN: not asked */
    enum { CELL_OPEN, CELL_MARKED, CELL_KEPT } fate; /* MARKED: both are, by others */
};

struct held_block {
    value_id base;
    uint32_t number; /* of the engine's blocks */
    bool is_kept;
};

/* A leak that counts only where another path of the root undoes the registration. */
struct leak {
    struct event event;
    struct state state;
    value_id block;
    struct outcome outcome;
    bool needs_proof;
};

/* A path that unregistered memory of the caller's. */
struct undone {
    value_id block;
    site_id allocated;
    struct outcome outcome;
    bool after_failure; /* some call had failed before */
};

/* A finding before it is known whether the program expects it. */
struct candidate {
    struct finding finding;
    uint64_t call_key; /* the call that it is about: program function << 32 | operation */
    bool keeper_is_released;
    uint64_t keeper_key; /* EVENT_PAIR: stands only where nothing undoes it; 0: no pair */
    uint64_t keeper_instance;
    uint64_t place_key;
    bool keeper_is_in_doubt;
    uint64_t
        deleters; /* EVENT_PAIR: stands only where those of that key release (deleters.h); or 0 */
    uint32_t root;
    uint64_t companions[KEEPER_COMPANIONS];
    uint64_t left_static; /* EVENT_LEAKED: stands only where no function undoes what another one
                             registered; 0: it is no static's own memory */
    bool is_drop;         /* stands only where no path looks at the call's status */
    bool is_handed_out;   /* an owner that outlives the path is at fault */
    uint64_t owned;       /* call_key of where an owner took the memory; 0: none did */
    int predicted;
    uint64_t exit_key;   /* the same for one mistake at several ends of a scope; 0: none */
    uint64_t exit_cause; /* what is wrong there, unless some path undoes it; 0: no registration */
    uint32_t length;     /* of the path: the shortest is kept */
};

enum { QUESTION_VALUES = 4 };

struct question_values {
    value_id values[QUESTION_VALUES];
    size_t count;
    bool gives_text;
};

struct fix_source;
struct kept;
struct always;

/* Two members, or statics, that hold one registered block: the keys of pairs.c. */
struct keeper_names {
    uint64_t keeper, other;
};

/* A member or static that a function leaves registered: where, and in which unit. */
struct left_registered {
    uint32_t name; /* of the member (ahead.h) */
    uint32_t unit;
    bool is_handed_out;    /* ... to the caller: who may undo it, where nobody else does */
    struct path_step step; /* in the findings' arena, without its message */
};

/* A unique_ptr or shared_ptr whose type does not say what its deleter does. */
struct asked_owner {
    uint64_t key; /* of the member (keepers.h) */
    uint32_t unit;
    const struct ir_record *record;
    const char *member;
};

struct path_list {
    VEC(struct state) waiting;
    size_t oldest; /* those before it were taken */
};

struct engine {
    struct arena *lasting; /* of the run */
    struct arena *arena;   /* of the root being walked */
    struct program program;
    const struct model_set *models;
    const struct engine_options *options;
    struct engine_stats *stats;
    struct findings *findings;

    /* per root */
    struct values values;
    struct table contexts, sites, blocks, registrations, ranges, pending, copies, choices;
    struct table block_links;       /* block_sets.c */
    struct table unpinned;          /* unpinned.c */
    struct path_list paths, thrown; /* that wait; `thrown`: they only are where a call may throw */
    struct map seen;                /* state hashes */
    struct map alike; /* hashes of what counts in states (alike.c) -> how many there were */
    uint64_t steps, limit;
    uint32_t range_parts; /* looked at for the range that is being found (ranges.c) */
    bool out_of_budget;
    bool is_cut_short; /* ... before all paths but those in `thrown` were walked */
    bool is_narrowed;  /* paths were left out that are nearly like others (alike.c) */
    uint32_t root;
    VEC(struct leak) leaks;
    VEC(struct undone) undone;
    bool fails_with_zero, fails_with_other; /* the root, after a failure of a call (outcomes.c) */
    value_id *scratch; /* values of the operations of the straight line being walked */
    size_t scratch_len;
    VEC(struct made_owner) owners_made;
    struct map made_owners;   /* object -> index into `owners_made` (handed_owners.c) */
    struct map status_sites;  /* status symbol -> site of its call */
    struct map status_steps;  /* ... -> how many steps the path had there */
    struct map discarded_at;  /* ... -> where nothing was made of it */
    struct map computing;     /* context -> blocks that a call which only computes has taken */
    struct map asked_of;      /* answer of a question -> the local object that was asked */
    struct map given;         /* moment and object -> code out of sight was given it (earlier.c) */
    struct map moments;       /* content symbol -> since when it is unknown (moments.c) */
    struct map read_in_turns; /* what a loop reads anew in each turn -> the place (earlier.c) */
    struct map
        made_of; /* content symbol -> the place that held it; an array's count -> the array */
    VEC(struct question_values) questions; /* what was passed to calls that only ask */
    struct map question_of;                /* answer -> index into `questions` */
    VEC(uint32_t) marks;                   /* [value]: the last round that marked it */
    uint32_t mark;
    VEC(struct presence) presence;    /* [value] */
    uint32_t present, gone;           /* when an answer of gone.c is as old as that, it holds */
    VEC(struct held_cell) held_cells; /* of the state that is being marked (held.c) */
    VEC(struct held_block) held_blocks;
    VEC(struct renamed_moment) renamed; /* of the fills of the state that is being marked */
    struct map indexed;                 /* regions that have been indexed: arrays */
    struct map open_arrays; /* base addresses of objects with cells at unknown indexes */
    struct map stretched;   /* regions that have had cells at other offsets than 0 */
    struct map divided;     /* base addresses of objects that have had cells of parts */
    struct map computed;    /* cells that held numbers which no text of the program says */
    struct map result_of;   /* result of code out of sight -> what was asked of whom, as a hash */
    struct map asked_by;    /* ... -> the name of that function (ahead.h) */
    VEC(struct shared_object) shared; /* objects that bodies reach which run at any time */
    struct map answers;     /* result of code out of sight -> the status that it was given */
    struct map ways_told;   /* result of code out of sight that was given what the path set on its
                               way, or what a union shows of it -> 1 (answers.c) */
    struct map judges;      /* context whose function was given an open status -> 1 */
    struct map wrapped;     /* object made by code out of sight -> the same */
    struct map turning_in;  /* pointer that a loop changes in unknown turns -> the loop (widen.c) */
    struct map turned;      /* the loop and a block that such a pointer was at -> 1 */
    struct map called;      /* value -> what it is called (earlier.c) */
    struct map descriptors; /* file descriptor symbol -> name of its kind */
    struct map mirrors;     /* status and place -> the host pointer that the call gave there */

    /* over all roots */
    struct map gate_readers; /* name of a flag, or callee -> how often it is looked at */
    uint64_t dear;           /* how many spent half of their budget */
    enum truth names_undo;   /* is the address of a function taken that unregisters? (leaks.c) */
    VEC(struct candidate) candidates;
    struct map by_place;   /* rule and place -> candidate */
    struct map expected;   /* hash of call key and code: the program compares with that code */
    struct map translated; /* call key -> the error that functions which were handed the status
                              compare it with; 0: there are several */
    struct map registered_keepers; /* members and statics that some path leaves registered -> index
                                      into `left_registered` */
    struct map registered_instances; /* ... of class templates, with the instance that does */
    struct map released_keepers;     /* ... that some path releases */
    struct map undone_keepers;       /* members and statics that some path unregisters (pairs.c) */
    struct map undone_instances;     /* ... members of class templates, with the instance that does
                                        (0: nobody knows which) */
    struct map undone_alone;         /* statics whose own memory some path unregisters that did not
                                        register it (pairs.c) */
    struct map undone_causes;        /* ... whose registration some path undoes (exits.c) */
    struct map looked_at;            /* call keys whose status some path looks at */
    struct map reached_first;  /* what member functions reach of objects that nothing else was done
                                  to: operations with the calls that lead there (stories.c) */
    struct map undone_plainly; /* numbers of stories that unregister although nothing was registered
                                */
    struct map set_by_others;  /* link keys of volatile variables that handlers set (signals.c) */
    struct map bodies;         /* functions that others were given to run -> index into `touched` */
    VEC(struct touches) touched;
    struct map device_names; /* functions that may name a device's file; no arena: not looked for
                                  so far (device_names.c) */
    VEC(struct keeper_names) shown_together;
    bool runs_own_deleter; /* what escapes goes to the deleter of the member that owns it */
    VEC(struct asked_owner) asked_owners;
    struct map plain_owners; /* members whose deleter does no more than to release, as some path
                                gave it (deleters.c) */
    struct map other_owners; /* ... or may do something else */
    VEC(struct left_registered) left_registered; /* what `registered_keepers` has the index of */
    struct map came_to;  /* keys of the calls with a status that some path made */
    uint32_t *ran_short; /* [unit]: effects of the roots there that were not walked to their ends */
    bool asked_later;    /* who calls the root may ask for the last error */
    struct kept *kept;   /* what members and statics are made to hold (kept.h) */
    struct always *always; /* ... and what of it is registered memory (always_registered.h) */
    VEC(struct fix_source *) fix_sources; /* of the units with findings so far */
};

/* Is the function walked for itself, whoever else of the program may call it (engine.c)? */
bool engine_is_walkable(const struct program_function *function);

/* For -v, once: what was not seen or not walked (engine.c). */
void engine_note(struct engine *engine, const char *note);

#endif

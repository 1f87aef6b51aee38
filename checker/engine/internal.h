/* What the files of the engine share. Rules see engine/rule.h only. */
#ifndef CUHOSTLINT_ENGINE_INTERNAL_H
#define CUHOSTLINT_ENGINE_INTERNAL_H

#include "engine/program/callee.h"
#include "engine/engine.h"
#include "engine/program/flow.h"
#include "engine/value/range.h"
#include "engine/rule.h"
#include "engine/state/state.h"
#include "engine/value/value.h"
#include "link/program.h"

enum {
    MAX_DEPTH = 10,
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
};

/* A finding before it is known whether the program expects it. */
struct candidate {
    struct finding finding;
    uint64_t call_key; /* the call that it is about: program function << 32 | operation */
    bool keeper_is_released;
    uint64_t keeper_key; /* EVENT_PAIR: stands only where nothing undoes it; 0: no pair */
    uint64_t companions[KEEPER_COMPANIONS];
    uint64_t left_static; /* EVENT_LEAKED: stands only where no function undoes what another one
                             registered; 0: it is no static's own memory */
    bool is_drop;         /* stands only where no path looks at the call's status */
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

/* Two members, or statics, that hold one registered block: the keys of pairs.c. */
struct keeper_names {
    uint64_t keeper, other;
};

/* A member or static that a function leaves registered: where, and in which unit. */
struct left_registered {
    uint32_t name; /* of the member (ahead.h) */
    uint32_t unit;
    struct path_step step; /* in the findings' arena */
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
    struct path_list paths, thrown; /* that wait; `thrown`: they only are where a call may throw */
    struct map seen;                /* state hashes */
    struct map alike; /* hashes of what counts in states (alike.c) -> how many there were */
    uint64_t steps, limit;
    bool out_of_budget;
    bool is_cut_short; /* ... before all paths but those in `thrown` were walked */
    bool is_narrowed;  /* paths were left out that are nearly like others (alike.c) */
    uint32_t root;
    VEC(struct leak) leaks;
    VEC(struct undone) undone;
    value_id *scratch; /* values of the operations of the straight line being walked */
    size_t scratch_len;
    struct map status_sites; /* status symbol -> site of its call */
    struct map computing;    /* context -> blocks that a call which only computes has taken */
    struct map asked_of;     /* answer of a question -> the local object that was asked */
    struct map given;        /* moment and object -> code out of sight was given it (earlier.c) */
    struct map moments;      /* content symbol -> since when it is unknown (moments.c) */
    struct map
        made_of; /* content symbol -> the place that held it; an array's count -> the array */
    VEC(struct question_values) questions; /* what was passed to calls that only ask */
    struct map question_of;                /* answer -> index into `questions` */
    VEC(uint32_t) marks;                   /* [value]: the last round that marked it */
    uint32_t mark;
    struct map indexed;     /* regions that have been indexed: arrays */
    struct map open_arrays; /* base addresses of objects with cells at unknown indexes */
    struct map divided;     /* base addresses of objects that have had cells of parts */
    struct map computed;    /* cells that held numbers which no text of the program says */
    struct map result_of;   /* result of code out of sight -> what was asked of whom, as a hash */
    struct map asked_by;    /* ... -> the name of that function (ahead.h) */
    struct map answers;     /* result of code out of sight -> the status that it was given */
    struct map wrapped;     /* object made by code out of sight -> the same */
    struct map descriptors; /* file descriptor symbol -> name of its kind */

    /* over all roots */
    struct map gate_readers; /* name of a flag, or callee -> how often it is looked at */
    uint64_t dear;           /* how many spent half of their budget */
    enum truth names_undo;   /* is the address of a function taken that unregisters? (leaks.c) */
    VEC(struct candidate) candidates;
    struct map by_place; /* rule and place -> candidate */
    struct map expected; /* hash of call key and code: the program compares with that code */
    struct map registered_keepers; /* members and statics that some path leaves registered -> index
                                      into `left_registered` */
    struct map released_keepers;   /* ... that some path releases */
    struct map undone_keepers;     /* members and statics that some path unregisters (pairs.c) */
    struct map undone_alone;       /* statics whose own memory some path unregisters that did not
                                      register it (pairs.c) */
    struct map undone_causes;      /* ... whose registration some path undoes (exits.c) */
    struct map looked_at;          /* call keys whose status some path looks at */
    struct map reached_first; /* what member functions reach of objects that nothing else was done
                                 to: operations with the calls that lead there (stories.c) */
    struct map set_by_others; /* link keys of volatile variables that handlers set (signals.c) */
    VEC(struct keeper_names) shown_together;
    VEC(struct left_registered) left_registered; /* what `registered_keepers` has the index of */
    struct kept *kept;                    /* what members and statics are made to hold (kept.h) */
    VEC(struct fix_source *) fix_sources; /* of the units with findings so far */
};

/* ---- contexts and sites (context.c) ---- */
context_id context_enter(struct engine *engine, context_id parent, uint32_t function,
                         uint32_t call_op);
const struct context *context_at(const struct engine *engine, context_id context);
const struct program_function *context_function(const struct engine *engine, context_id context);
/* The function that the call names by which the context was entered; MAP_NONE: it names none. */
uint32_t context_named(const struct engine *engine, const struct context *context);
bool context_contains(const struct engine *engine, context_id context, uint32_t function);
site_id site_of_op(struct engine *engine, const struct state *state, ir_id op);
site_id site_of_terminator(struct engine *engine, const struct state *state);
const struct site *site_at(const struct engine *engine, site_id site);
struct ir_loc site_loc(const struct engine *engine, site_id site);
/* Where it stands in the text: of what an element's implicit destructor does, the call that ends
 * the element. */
site_id site_written(struct engine *engine, site_id site);
uint64_t site_call_key(const struct engine *engine, site_id site);
struct trail *trail_add(struct engine *engine, struct state *state, site_id site, value_id subject,
                        const char *format, ...) __attribute__((format(printf, 5, 6)));

/* ---- what a path assumes (constraint.c) ---- */
struct range range_of(struct engine *engine, const struct state *state, value_id value);
/* Assumes again what the path has forgotten because nothing can ask for it. */
void ranges_recall(struct engine *engine, struct state *state);
enum truth decide(struct engine *engine, const struct state *state, value_id condition);
/* Adds the assumption that the condition is true (or false); false: the path is infeasible. */
bool assume(struct engine *engine, struct state *state, value_id condition, bool truth);
value_id compare(struct engine *engine, uint32_t op, value_id a, value_id b);
void forget_value(struct engine *engine, struct state *state, value_id value);

/* ---- static locals of which nobody else has the address (confined.c) ---- */
void confined_find(struct program *program);

/* ---- flags that decide at several places (gates.c) ---- */
void gates_begin(struct engine *engine);
/* Counts, once for a run, how often flags are looked at (gate_readers.c). */
void gate_readers_count(struct engine *engine);
/* Does the program read what lies at the place, or call the function, more than once? */
bool gate_is_read_twice(const struct engine *engine, value_id place);
bool gate_is_asked_twice(const struct engine *engine, const struct ir_function *callee);
/* The name of the flag, or of the callee, that the symbol is an answer of; 0: none is known. */
uint32_t gate_name_of_symbol(const struct engine *engine, value_id symbol);
/* The path takes the side `target` of the branch that ends its block, where `condition` says
 * something of the state by now. */
void gate_take(struct engine *engine, struct state *state, value_id condition,
               const struct ir_block *branch, ir_id target);
/* Stands for a stream capture among the blocks of memory. */
#define GATES_CAPTURE VALUE_NONE
/* The block was allocated, released, registered or unregistered. */
void gates_memory_changed(struct engine *engine, struct state *state, value_id block);
/* The program itself stores the value there. */
void gates_stored(struct engine *engine, struct state *state, value_id place, value_id value);
/* ... or writes to the object at that address. */
void gates_written(struct engine *engine, struct state *state, value_id object);
/* Flags at places, and blocks, that are lost are forgotten. The first member of what tells which
 * they are: `place` is VALUE_NONE for what a call gave, `name` (ahead.h) is 0 for a block. */
struct gates_lost {
    bool (*is_lost)(const struct gates_lost *lost, value_id place, uint32_t name);
};
void gates_forget(struct engine *engine, struct state *state, const struct gates_lost *lost);

/* ---- ends of scopes (exits.c) ---- */
/* A registration that the call at the site made is undone on the path. */
void exits_note_undone(struct engine *engine, site_id registered);
/* Fills in the candidate's keys: what it says happens where a local ends. */
void exits_describe(struct engine *engine, const struct event *event, site_id site,
                    struct candidate *candidate);
/* Is the same mistake told where the text comes to it first? */
bool exits_are_told(const struct engine *engine, const struct candidate *candidate);
/* Adds the other places to the finding. */
void exits_add(const struct engine *engine, struct candidate *candidate);

/* ---- who keeps a block (holders.c) ---- */
/* A cell was forgotten. A block that only it kept can be met again (rows[i] in the next loop) by
 * an address that does not say so: what becomes of its registration is not known. */
void holders_lose_track(struct engine *engine, struct state *state, value_id content);
/* True when a path or an object outside can still reach the block at its end. */
bool holders_are_outside(struct engine *engine, const struct state *state, value_id block,
                         value_id returned);

/* ---- what others set meanwhile (signals.c) ---- */
void signals_collect(struct engine *engine);
/* May the place have changed since the path wrote there? */
bool signal_may_set(const struct engine *engine, value_id address);

/* ---- blocks and registrations (blocks.c) ---- */
/* A live block of which nothing has been seen yet. */
struct block block_blank(enum provenance memory);
bool block_get(struct engine *engine, const struct state *state, value_id base,
               struct block *block);
/* The local at `base` is gone: what is known of it too, where nothing was found out that later
 * calls with a stale address have to know. */
void block_end(struct engine *engine, struct state *state, value_id base);
void block_set(struct engine *engine, struct state *state, value_id base, struct block block);
/* As block_get, with what the region itself says (stack, static, constant) where nothing is set. */
bool block_describe(struct engine *engine, const struct state *state, value_id base,
                    struct block *block);
void block_add_flags(struct engine *engine, struct state *state, value_id base, uint32_t flags);
/* Was it made on this path, and has nobody else come by it? */
bool block_is_private(struct engine *engine, const struct state *state, value_id base);
void registration_add(struct engine *engine, struct state *state, struct registration record);
/* How the call with that status went, the path cannot tell: nor what is registered of the blocks of
 * those registrations. */
void registrations_doubt(struct engine *engine, struct state *state, pmap registrations,
                         value_id status);
/* What is registered of the blocks of all registrations, the path cannot tell. */
void registrations_doubt_all(struct engine *engine, struct state *state);
const struct registration *registration_at(const struct engine *engine, uint64_t key);
/* One of the registrations that lie in the block with that base; false: there is none. */
bool registration_find(const struct engine *engine, const struct state *state, value_id block,
                       struct registration *found);
/* The path knows nothing of them any more. */
void registrations_drop(struct engine *engine, struct state *state, value_id block);
/* What is registered of the block, and what memory it is, is not known any more. */
void block_doubt(struct engine *engine, struct state *state, value_id block);
/* The pointer went where the checker cannot follow. */
void escape(struct engine *engine, struct state *state, value_id value);
/* So did what an object holds, but not the object. */
void escape_contents(struct engine *engine, struct state *state, value_id object);
void escape_reachable(struct engine *engine, struct state *state, value_id value, uint64_t salt);
/* As escape_reachable, but the object itself is constant there: its own members stay as they are.
 */
void escape_from(struct engine *engine, struct state *state, value_id object, uint64_t salt);
/* The pointer lies where code after this function, or code out of sight, may find it. */
void hand_on(struct engine *engine, struct state *state, value_id value);
/* A status or a block's address is now known to be zero or not: settle what hung on it. */
void settle(struct engine *engine, struct state *state, value_id symbol);

/* ---- statuses (status.c) ---- */
value_id status_new(struct engine *engine, struct state *state, site_id site,
                    const struct model_function *model, const struct ir_unit *unit, ir_id type);
void status_look(struct engine *engine, struct state *state, value_id value);
/* It is compared with a code. */
void status_look_for(struct engine *engine, struct state *state, value_id value, int64_t code);
void status_discard(struct engine *engine, struct state *state, value_id value, site_id site);
/* The place at `address` is about to lose its content; `kept` survives elsewhere. */
void status_overwritten(struct engine *engine, struct state *state, value_id address,
                        value_id kept);
/* The call with this status failed: what a last-error query says on this path is of that call, and
 * of none before it whose own status was thrown away. */
void status_covered(struct engine *engine, struct state *state, value_id failed);
void status_next_call(struct engine *engine, struct state *state, bool reads_last_error);
void status_finish(struct engine *engine, struct state *state);
/* Is the status, held or not, known to be a failure? */
bool status_has_failed(struct engine *engine, const struct state *state, value_id status);
/* The program compares the status with an error code: it expects that failure. */
void status_expects(struct engine *engine, value_id status, int64_t code);

/* Drops what the path cannot come by any more, at the start of a block (forget.c). */
void forget_out_of_reach(struct engine *engine, struct state *state);

/* ---- walking (roots.c, walk.c, branches.c, loops.c, step.c) ---- */
enum step {
    STEP_NEXT,  /* on to the next operation */
    STEP_MOVED, /* the state stands somewhere else now: in a callee, a handler */
    STEP_ENDED
};
void walk_root(struct engine *engine, uint32_t function);
/* For -v, once: what was not seen or not walked (engine.c). */
void engine_note(struct engine *engine, const char *note);
/* Walks what was pushed until nothing is left or the budget is used up. */
void walk_paths(struct engine *engine);
void walk_push(struct engine *engine, const struct state *state);
/* Is half of the root's budget spent? */
bool walk_runs_short(const struct engine *engine);
/* Have as many paths come to the block as are worth it that are nearly the same (alike.c)? */
bool alike_are_enough(struct engine *engine, const struct state *state);
/* Moves the path to another block of its function; false: it ends there. */
bool walk_go_to(struct engine *engine, struct state *state, ir_id target);
/* A call that may have ended the process was made: where the path meets those that did not make
 * it, it ends. True: nothing that matters lies between, so it may end at once. */
bool walk_may_have_exited(struct engine *engine, struct state *state);
/* The function that the path is in. */
const struct ir_function *walk_function(const struct engine *engine, const struct state *state);
struct flow *walk_flow(const struct engine *engine, const struct state *state);
/* Terminators with several targets. False: the path is over. */
bool step_branch(struct engine *engine, struct state *state, const struct ir_block *block);
bool step_switch(struct engine *engine, struct state *state, const struct ir_block *block);
enum step step_op(struct engine *engine, struct state *state, ir_id op_id);
/* The path has come to a loop head. False: enough turns, it ends here. */
/* Variables that take only values which the program writes out (choices.c). */
enum turn_kind {
    TURN_COUNTS,      /* none of them changed, or too many did */
    TURN_CHOOSES,     /* some did, and other memory */
    TURN_ONLY_CHOOSES /* nothing else did */
};
void choice_note_store(struct engine *engine, const struct state *state, value_id cell,
                       ir_value stored);
/* Both contents of the cell are such values. */
bool choice_is(const struct engine *engine, value_id cell, value_id before, value_id now);
/* What the turn did, at whose start memory was `store_before`. */
enum turn_kind choice_turn(const struct engine *engine, const struct state *state,
                           pmap store_before);

/* The path comes to a loop's head. False: enough of its turns were walked. */
bool loop_enter(struct engine *engine, struct state *state, ir_id head, bool is_back_edge);
/* A branch is about to be decided: where it is a loop's test, how far the loop is from its end. */
void loop_note_test(struct engine *engine, struct state *state, const struct ir_block *block);
struct assumption {
    value_id condition;
    bool truth;
};
/* The path forks where `leaving` may leave loops by going to `target`: what that says of both. */
void loop_note_exit(struct engine *engine, struct state *leaving, ir_id target,
                    struct state *staying, struct assumption assumed);
/* Is the path in a loop, of any frame, that it could leave or go round at will? */
bool loop_is_open(const struct engine *engine, const struct state *state);
/* How often the path has come round a loop since it entered it. */
uint32_t loop_turn(const struct state *state, context_id context, ir_id head);
value_id operand(struct engine *engine, const struct state *state, ir_value value);
void set_result(struct engine *engine, struct state *state, ir_id op, value_id value);
value_id unknown_result(struct engine *engine, struct state *state, ir_id op_id);

/* ---- exceptions (unwind.c) ---- */
enum step step_throw(struct engine *engine, struct state *state);
/* Where there is a handler around, a user's function out of sight may throw into it. */
void unwind_maybe(struct engine *engine, const struct state *state,
                  const struct ir_function *callee);
/* An exception of the operation's type is under way; and does a clause take it (exceptions.c)? */
void exception_thrown(struct engine *engine, struct state *state, const struct ir_op *op);
value_id exception_is_caught(struct engine *engine, struct state *state, ir_id op_id);
/* A function with handlers came back: which one is under way around the call is not known. */
void exception_after_call(struct state *state, const struct ir_function *callee);
/* Is the path leaving scopes because of an exception? */
bool is_unwinding(struct engine *engine, const struct state *state);

/* ---- the end of a path (leaks.c) ---- */
void path_ends(struct engine *engine, struct state *state, value_id result, bool ends_process);
/* A function that registers memory of its caller owes the unregister only where another of its
 * paths does it; when paths are missing from the walk, nothing is claimed. */
void leaks_report(struct engine *engine);

/* ---- kernel launches (launches.c): events like the given one ---- */
void launch_gives(struct event like, struct state *state, value_id pointer);
/* An object by value: whatever it holds. */
void launch_gives_object(struct event like, struct state *state, value_id object);
/* The array of the arguments' addresses. */
void launch_gives_array(struct event like, struct state *state, value_id array);

/* ---- events (events.c) ---- */
struct event event_new(struct engine *engine, struct state *state, enum event_kind kind,
                       site_id site, value_id pointer);
void event_raise(struct engine *engine, struct event *event);
/* Was a part of a function around the site lost on the way from the text? */
bool site_is_degraded(const struct engine *engine, site_id site);
void release_block(struct engine *engine, struct state *state, site_id site, value_id pointer,
                   enum release_kind how, uint32_t expects, const char *call,
                   const struct model_function *model, const struct ir_op *op);
struct position position_of(const struct engine *engine, struct arena *arena, site_id site);
/* Where the context's function, which has a parent, is called; SITE_NONE: by no code of anybody's.
 */
site_id call_site(struct engine *engine, const struct context *called);

/* ---- what rules reported (candidates.c) ---- */
/* Where the candidate goes, or NULL: a better one is there that stands whenever it does. */
struct candidate *candidates_place(struct engine *engine, const struct candidate *candidate);
/* All paths were walked: those that stand become findings. */
void candidates_finish(struct engine *engine);

/* ---- fixes (fixer.c) ---- */
/* Asks the rule for the fix of what it reported at the site. */
void fix_add(const struct rule *rule, const struct event *event, site_id site,
             struct finding *finding);

/* ---- replays (replay.c) ---- */
/* Notes on a step of the path what the event did there; `kind` is an enum replay_kind. */
void trail_did(struct trail *step, uint32_t kind, const struct event *event);

#endif

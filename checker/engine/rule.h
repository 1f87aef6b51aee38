/* What a rule is: a name, a level, and a function that hears events.
 *
 * The engine says what happens on a path (memory is registered, released, ...), with the state at
 * that point; a rule answers with findings through rule_report, or with nothing. A rule folder
 * rules/<name>/ holds <name>.c that defines `const struct rule rule_<name>` ('-' becomes '_') and
 * <name>.md; CMake collects the folders into rules_all. */
#ifndef CUHOSTLINT_ENGINE_RULE_H
#define CUHOSTLINT_ENGINE_RULE_H

#include "engine/state/state.h"
#include "findings/finding.h"

enum event_kind {
    EVENT_ALLOCATE,   /* a modelled allocator: model, size, flags (before its effect) */
    EVENT_REGISTER,   /* a register call, before its effect */
    EVENT_UNREGISTER, /* an unregister call, before its effect */
    EVENT_RELEASE,    /* memory is released, before its effect: `release` says how */
    EVENT_DROPPED,    /* a status that nobody looked at on any path: `advice` for the mild kind */
    EVENT_LEAKED,     /* a path ended with `registration` alive and nobody left to undo it */
    EVENT_LAUNCH,     /* `pointer` is given to a kernel */
    EVENT_PAIR        /* a member or file-local static stays registered after a member function or
                         a function of the file, and no other undoes it: see engine/pairs/pairs.c */
};

enum release_kind {
    RELEASE_CALL, /* free, delete, munmap, cudaFreeHost ...: `expects` says what for */
    RELEASE_REALLOC,
    RELEASE_GROWTH,      /* a container may move its buffer */
    RELEASE_DESTRUCTION, /* a container or smart pointer dies */
    RELEASE_SCOPE,       /* automatic storage dies */
    RELEASE_UNMAP
};

struct engine;

enum { KEEPER_COMPANIONS = 8 };

struct event {
    enum event_kind kind;
    struct engine *engine;
    struct state *state;
    site_id site;
    const struct model_function *model; /* of the call, or NULL */
    const char *call;                   /* name of the call for messages: "cudaHostRegister" */
    value_id pointer;                   /* as given */
    value_id size, flags;               /* VALUE_NONE: absent */
    value_id base;      /* the block that `pointer` lies in, VALUE_NONE: not a pointer */
    value_id offset;    /* bytes from its start, VALUE_NONE: not known */
    struct block block; /* what is known of it */
    bool block_known;
    value_id status;        /* the symbol of the call's status, VALUE_NONE: none */
    const struct ir_op *op; /* the operation, or NULL for a terminator */
    enum release_kind release;
    uint32_t expects;     /* RELEASE_CALL: the provenance that the call is for */
    bool is_handed_out;   /* RELEASE_CALL: an owner that outlives the path does it */
    bool is_advice;       /* EVENT_DROPPED: unregister and free calls */
    bool drop_is_certain; /* ... whatever other paths do: the next turn of a loop overwrites it */
    uint32_t steps;       /* of the path up to here; EVENT_DROPPED: up to the call */
    bool ends_process;    /* EVENT_LEAKED: main returns, exit */
    struct registration registration; /* EVENT_LEAKED, and the live one that EVENT_RELEASE hits */
    bool has_registration;
    const char *keeper;      /* EVENT_PAIR: the member or static variable that keeps the pointer */
    bool keeper_is_of_file;  /* EVENT_PAIR: that is a static, or a member of a struct of the file;
                                else a member of the class whose function the root is */
    bool keeper_is_released; /* EVENT_PAIR: the event's place releases what the member points to,
                                and another member function registered it */
    site_id owner_dies;  /* the member is an owner (vector, unique_ptr): where the destructor ends
                            it; else SITE_NONE */
    uint64_t keeper_key; /* EVENT_PAIR; EVENT_LEAKED: of the static whose own memory it is, or 0 */
    uint64_t keeper_instance; /* keeper_is_released: of a class template, which instance; else 0 */
    uint64_t place_key;       /* keeper_is_released: of the place (always_key), or 0 */
    bool keeper_is_in_doubt;  /* ... by a flag that the path has asked: stands only where what lies
                                 there is always registered */
    uint64_t deleters; /* EVENT_PAIR: stands only where all deleters that the member of that key
                          (deleters.h) has release; or 0 */
    uint64_t companions[KEEPER_COMPANIONS]; /* other keys under which it may be undone; 0: none */
    bool fails;         /* set by rules: the call must fail, so it changes nothing */
    bool is_impossible; /* set by rules: the path cannot be, it ends here */
    bool reported;      /* set by rule_report */
};

struct fixer;

struct rule {
    const char *name;
    enum level level;      /* the usual one */
    const char *summary;   /* one line: what it finds */
    bool needs_whole_body; /* its claims rest on what code does not do: it hears nothing of
                              paths of which parts were lost (ir_function.is_in_doubt) */
    bool hears_uses;       /* what it says holds whatever a client ought to have called before: it
                              hears of an object that a member function is called of, and no more */
    bool hears_stories;    /* it also hears what member functions do that no caller in sight calls
                              one after the other (stories.h) */
    void (*hear)(const struct rule *rule, struct event *event);
    bool (*fix)(struct fixer *fixer); /* mends what was reported (engine/fixes/fixer.h), false: not
                                         here; NULL: never */
};

/* Makes a finding at the event's place, or at `site`. `predicted` is the status that the call is
 * expected to give (0: no prediction). The path's steps about the block become its notes. */
void rule_report(const struct rule *rule, struct event *event, enum level level, int predicted,
                 const char *format, ...) __attribute__((format(printf, 5, 6)));
void rule_report_at(const struct rule *rule, struct event *event, site_id site, enum level level,
                    int predicted, const char *format, ...) __attribute__((format(printf, 6, 7)));

/* ---- questions a rule may ask about the state ---- */

/* May the integer be zero on this path; must it be? */
bool rule_may_be_zero(const struct event *event, value_id value);
bool rule_must_be_zero(const struct event *event, value_id value);

/* Does the path begin in a private member function, or in one of a class that no other unit knows,
 * that others in sight call? What they give it, the paths that begin in them know. */
bool rule_has_callers(const struct event *event);

/* Is this in the same function as the other site, met by another call path, and did the path choose
 * in between by something that it does not know (a count, an atomic exchange, what a map has)? That
 * may be a gate which lets only one of the two through. */
bool rule_may_be_gated(const struct event *event, site_id other);

/* Does every way to the event's place run the other site first, whatever its branches ask? */
bool rule_follows_always(const struct event *event, site_id other);

/* Both were found in memory of unknown history, and the path knows that the pointer is there, or
 * was registered: a size that it takes for 0 need not be what goes with it. */
bool rule_is_found_pair(const struct event *event, value_id pointer, value_id size);

/* Was the pointer found in memory that code out of sight may have written, on a path with live
 * registrations? It may lead to what one of them is of. */
bool rule_may_be_registered(const struct event *event);

/* The known number, or false. */
bool rule_number(const struct event *event, value_id value, int64_t *number);

/* Is a <= b, a < b certain on this path? */
bool rule_at_most(const struct event *event, value_id a, value_id b);
bool rule_below(const struct event *event, value_id a, value_id b);
/* ... a < b, where b is not 0: n * 4 is below n * 8. */
bool rule_below_unless_zero(const struct event *event, value_id a, value_id b);

/* Are the two addresses, in one object, certainly different? */
bool rule_differ(const struct event *event, value_id a, value_id b);

/* Live registrations, one after another: start with *cursor = 0. */
bool rule_next_registration(const struct event *event, struct pmap_iter *iter,
                            struct registration *registration);
struct pmap_iter rule_registrations(const struct event *event);

/* True when [a, a + a_size) and [b, b + b_size) certainly share a byte; both in one block. */
bool rule_overlap(const struct event *event, value_id a, value_id a_size, value_id b,
                  value_id b_size);

/* "pinned by cudaMallocHost", "the stack", ...: names a block's provenance for a message. */
const char *rule_memory_name(const struct event *event);

/* Where something happened, as "line 12": for messages. */
const char *rule_place(const struct event *event, site_id site);

/* The operation behind argument `index` of the event's call, casts taken off; NULL: none. */
const struct ir_op *rule_argument(const struct event *event, size_t index);

/* Where that argument was written: an operation, casts taken off, of the event's function or of one
 * that calls it. A number is followed through wrappers' parameters, variables that are set once and
 * functions that only give it back; a pointer, as far as its type says what it points to. False:
 * there is no such argument. (origins.c) */
struct rule_origin {
    const struct ir_unit *unit;
    const struct ir_function *function;
    const struct ir_op *op;
    context_id context; /* CONTEXT_NONE: of no call that the path is in */
};
bool rule_origin(const struct event *event, size_t index, struct rule_origin *origin);
/* ... the same of the arguments, 0 and more, that the size of the event's block is made of in the
 * call that allocated it on the path. */
bool rule_allocated_by(const struct event *event, size_t number, struct rule_origin *origin);

/* The arguments' positions of a register call in the model's words: of its pointer and size. */
const struct model_effect *rule_effect(const struct event *event, enum model_effect_kind kind);

/* The flag enumerator or macro of that name, or NULL. */
const struct model_constant *rule_constant(const struct event *event, const char *name,
                                           size_t length);

/* The enumerator of that family and value which belongs to the API of the event's call, or NULL. */
const char *rule_constant_of(const struct event *event, const char *family, uint64_t value);

/* True when the event's call was made for the same block in an earlier turn of the loop, and undone
 * in that turn. */
bool rule_was_here_before(const struct event *event);

/* a * b, a + b: VALUE_NONE where an operand is. */
value_id rule_product(const struct event *event, value_id a, int64_t factor);
value_id rule_sum(const struct event *event, value_id a, value_id b);

/* The type of the variable whose address `event->pointer` is, or NULL: no plain variable. */
const struct ir_type *rule_variable_type(const struct event *event);

/* The block that this variable, a pointer, points to; false where nothing is known of it. */
bool rule_pointee(const struct event *event, struct block *block);

/* Was the very address that the event is about unregistered on the path, and not registered since?
 * `*at`: by the call there. */
bool rule_was_unregistered(const struct event *event, site_id *at);

/* What comes of the registration of that pointer variable, for itself and for the block that it
 * points to, is an echo of what was reported. */
void rule_settle_variable(const struct event *event);

/* Do the elements of such a container lie in the object itself, as std::array's? */
bool rule_holds_elements(const struct event *event, const struct ir_unit *unit, ir_id type);

/* The unit of the event, for types and names. */
const struct ir_unit *rule_unit(const struct event *event);
const struct ir_function *rule_function(const struct event *event);

/* All rules, made by CMake from the folders under rules/, in the order of their names. */
extern const struct rule *const rules_all[];
extern const size_t rules_count;

#endif

/* One path's knowledge at one point: where it stands, what memory holds, which blocks there are,
 * what is registered, which statuses nobody has looked at, and what the path has assumed.
 * States are values: copying the struct forks the path. */
#ifndef CUHOSTLINT_ENGINE_STATE_STATE_H
#define CUHOSTLINT_ENGINE_STATE_STATE_H

#include "engine/value/pmap.h"
#include "engine/value/value.h"
#include "ir/ir.h"
#include "models/model.h"

/* A call path: which function, called from which operation of which context. Interned, so that a
 * context number is the identity of a frame. */
typedef uint32_t context_id;
#define CONTEXT_NONE UINT32_MAX
struct context {
    context_id parent; /* CONTEXT_NONE: the root function */
    uint32_t function; /* number in the program */
    uint32_t call_op;  /* the operation of the parent's function that calls */
    uint32_t depth;
};

/* A place in a context: an operation, or a block's terminator. Interned. */
typedef uint32_t site_id;
#define SITE_NONE UINT32_MAX
struct site {
    context_id context;
    uint32_t op; /* IR_NONE: the terminator of `block` */
    uint32_t block;
    uint32_t instance; /* how often the path was here before (loops), capped */
};

/* Where a block of memory comes from: the models' kinds, and what needs no call. */
enum provenance {
    PROVENANCE_UNKNOWN = MODEL_MEMORY_UNKNOWN,
    PROVENANCE_PINNED = MODEL_MEMORY_PINNED,
    PROVENANCE_HEAP = MODEL_MEMORY_HEAP,
    PROVENANCE_NEW = MODEL_MEMORY_NEW,
    PROVENANCE_NEW_ARRAY = MODEL_MEMORY_NEW_ARRAY,
    PROVENANCE_MAPPING = MODEL_MEMORY_MAPPING,
    PROVENANCE_SHM = MODEL_MEMORY_SHM,
    PROVENANCE_NUMA = MODEL_MEMORY_NUMA,
    PROVENANCE_DEVICE = MODEL_MEMORY_DEVICE,
    PROVENANCE_MANAGED = MODEL_MEMORY_MANAGED,
    PROVENANCE_OTHER = MODEL_MEMORY_OTHER,
    PROVENANCE_ALLOCA = MODEL_MEMORY_STACK,
    PROVENANCE_CONTAINER = 32, /* the buffer of a container */
    PROVENANCE_STACK,
    PROVENANCE_STATIC,
    PROVENANCE_CONSTANT, /* const static data, string literals */
    PROVENANCE_ARGUMENT  /* main's argv strings and the like: ordinary, somebody else's */
};

enum block_life { BLOCK_LIVE, BLOCK_RELEASED, BLOCK_GONE /* nothing is known any more */ };

enum block_flags {
    BLOCK_ESCAPED = 1,     /* code out of sight may have freed, registered or kept it */
    BLOCK_HANDED_ON = 2,   /* stored where it outlives the function */
    BLOCK_REG_UNKNOWN = 4, /* which parts are registered is not known */
    BLOCK_REPORTED = 8,    /* a finding about it was made on this path: what follows is its echo */
    BLOCK_RESET = 16,      /* its registration went with the device's reset */
    BLOCK_QUERIED = 32,    /* the program asked the runtime what memory this is */
    BLOCK_UNREGISTERED = 64,     /* an unregister call was made for it on this path */
    BLOCK_FAILED_REGISTER = 128, /* a register call for it failed on this path */
    BLOCK_OWN = 256,          /* allocated, or declared, on this path: its whole history is known */
    BLOCK_READ_ONLY = 512,    /* mapping without PROT_WRITE */
    BLOCK_NO_ACCESS = 1024,   /* PROT_NONE */
    BLOCK_SHARED_FILE = 2048, /* writable MAP_SHARED mapping of a regular file */
    BLOCK_DEVICE_FILE = 4096, /* mapping of something under /dev, or of an unknown descriptor */
    BLOCK_ANONYMOUS = 8192,   /* mapping of no file */
    BLOCK_BEYOND_LOOP = 16384, /* history depends on a loop whose trips are not known */
    BLOCK_UNDONE = 32768,      /* a registration that the path made was undone on it */
    BLOCK_SHOWN = 65536,       /* a result that nothing is known of may point into it (shown.c) */
    BLOCK_CONCURRENT = 131072, /* a body that may run at any time reaches it (concurrent.c) */
    BLOCK_KEPT = 262144,       /* what memory it is, the stores of others say (kept.h) */
    BLOCK_ASKED = 524288       /* the program asked the runtime while it was registered */
};

struct block {
    uint32_t memory; /* enum provenance */
    uint32_t life;   /* enum block_life */
    uint32_t flags;
    value_id size;     /* bytes, VALUE_NONE unknown */
    value_id status;   /* of the allocating or releasing call while untested, or VALUE_NONE */
    site_id allocated; /* SITE_NONE: before the path began */
    site_id released;
    uint32_t released_as;  /* enum provenance that the releasing call is for; 0: none of them */
    value_id unregistered; /* the address last unregistered, VALUE_NONE: none, or a later call may
                              have registered it again */
    site_id unregistered_at;
    uint32_t unpinned_before; /* the addresses unregistered before it (unpinned.h), 0: none */
    value_id failed;        /* the address whose register call failed on this path, or VALUE_NONE */
    value_id failed_status; /* ... of that call */
    value_id unregister_status; /* of that call while untested */
    value_id refused; /* the status of a call that a rule says must fail to free or unregister the
                         block, or VALUE_NONE */
    value_id owner;   /* address of the owning container, or VALUE_NONE */
    site_id owned;    /* where a smart pointer that was made of it took it, or SITE_NONE */
    value_id moved_from; /* realloc: the old block, released unless the call failed */
    uint32_t element;    /* bytes of an element where known, else 0 */
};

struct registration {
    value_id address, size, flags;
    value_id block;  /* value_base(address) */
    value_id status; /* of the register call; VALUE_NONE: it is known to have succeeded */
    site_id site;
    uint32_t is_driver;
};

/* The status of a modelled call that nobody has looked at yet. */
struct pending_status {
    site_id site; /* where a drop is reported */
    context_id made_in;
    uint32_t is_advice;  /* unregister and free calls: note only */
    uint32_t model;      /* index into the model set */
    uint32_t discarded;  /* nothing holds it: only a last-error query can still look */
    uint32_t is_partial; /* it was compared with codes of failures: who gives it on passes it on */
    uint32_t
        is_excused; /* (void): that nobody looks at it is meant, a query's answer still tells */
    uint32_t is_covered; /* another call has failed since: a query's answer is that call's */
};

/* What a step of a path did, for a replay on a GPU. */
struct deed {
    uint32_t kind; /* enum replay_kind; 0: nothing that a replay has to do */
    const char *call;
    value_id pointer, size, flags, status; /* VALUE_NONE: absent */
    uint32_t release;                      /* enum release_kind */
    uint32_t expects;
};

/* The steps that led here, newest first: for the notes of a finding. */
struct trail {
    const struct trail *previous;
    site_id site;
    value_id subject; /* block that the step is about; VALUE_NONE: the path as such */
    const char *message;
    uint32_t length;
    bool is_past; /* the side of a branch that has no unregister call, where the other has one */
    struct deed deed;
};

enum state_flags {
    STATE_MAY_THROW = 1,          /* on the path because a call out of sight might throw */
    STATE_SKIPPED_REGISTER = 2,   /* assumed that a loop with register calls ran zero times */
    STATE_SKIPPED_UNREGISTER = 4, /* ... one with unregister calls, or how many turns it ran is not
                                     known */
    STATE_SKIPPED_LOOP = 8,       /* ... any loop that assigns something */
    STATE_AFTER_FAILURE = 16,     /* a modelled call is known to have failed */
    STATE_ASSUMED_CONTENT = 128,  /* took a branch on a flag in memory of unknown history */
    STATE_ASSUMED_FLAG = 32,      /* ... that is no count: of turns, or changed before */
    STATE_CHOSE = 256, /* took a branch on something that it does not know since it last registered
                          or unregistered: that may be a gate */
    STATE_SKIPPED_STORE = 1024, /* ... a loop that stores something: a block's address, perhaps */
    STATE_OTHER_CAPTURE_MODE = 512,  /* the thread's mode was exchanged: it may be Relaxed */
    STATE_MISPLACED_REPORTED = 2048, /* a register call that must fail, or a release of registered
                                        memory, was reported: the unregister call that belongs to it
                                        may be made for another block, and then it is its echo */
    STATE_ASSUMED_TURN = 8192,   /* took a gate by a flag or count that turns of a loop changed */
    STATE_TOLD_OTHERS = 32768,   /* came by a register call, perhaps past it, with a call beside it
                                    that may tell code out of sight how it went */
    STATE_TOLD_OBJECT = 65536,   /* a function in sight told how a call went by an object that only
                                    code out of sight can read */
    STATE_ZERO_OR_ELSE = 16384,  /* took a number for 0 where that is one of two reasons to go on */
    STATE_CONTRADICTED = 131072, /* took a side that it had said of the same state is not so */
    STATE_IN_DOUBT = 4096,       /* ran through an operation in doubt (ir_op.is_in_doubt) */
    STATE_NULL_REPORTED = 64     /* that a pointer is NULL was reported: what follows is its echo */
};

struct state {
    context_id context;
    ir_id block;   /* in the context's function */
    uint32_t next; /* index of the next operation in the block */
    uint32_t flags;
    pmap store;  /* address (value) -> content (value) */
    pmap temps;  /* context << 32 | operation -> value: those used beyond their block or a call */
    pmap fill;   /* base address -> what its unwritten parts hold (see memory.c) */
    pmap ranges; /* value -> range */
    pmap blocks; /* base address -> block */
    pmap registrations; /* registration -> 1 */
    pmap statuses;      /* symbol -> pending status */
    pmap choices;       /* what was asked -> the choice that was taken last (gates.c) */
    pmap decided;       /* choice -> blocks (block_sets.c): that became of them at its word */
    pmap loops;         /* context << 32 | block -> visit */
    uint64_t epoch;     /* changes when code out of sight may have written anywhere */
    uint64_t
        doubt; /* context << 32 | join, + 1: a call that may have ended the process stands before
                  that block, so a path that falls through to it proves nothing; 0: none */
    pmap ends; /* context << 32 | object -> unit << 32 | type: those that an operation
                  of the context ends, one after the other (elements.c) */
    uint32_t capture; /* 0 none, else mode + 1 */
    site_id capture_site;
    value_id capture_status; /* of the call that began it, while untested */
    uint64_t thrown; /* the exception under way, or caught last: unit << 32 | type, + 1; 0: of
                        a type that is not known */
    pmap asked;      /* question -> place << 32 | answer (questions.c) */
    pmap past;       /* ranges of values that nothing holds any more: only replays ask for them */
    const struct trail *trail;
};

/* Everything but what was asked, the choices, the past and the trail: equal states have equal
 * hashes. */
uint64_t state_hash(const struct state *state);

#endif

/* What a program has to do to make the path of a finding happen: the block of memory that it is
 * about and each step that changes it, in order, with a number wherever the source has an
 * expression. Numbers that the source leaves open are chosen so that what the path has assumed
 * holds. */
#ifndef CUHOSTLINT_ENGINE_EVENTS_REPLAY_H
#define CUHOSTLINT_ENGINE_EVENTS_REPLAY_H

#include "engine/rule.h"
#include "findings/finding.h"

enum replay_kind {
    REPLAY_ALLOCATE = 1,
    REPLAY_REGISTER,
    REPLAY_UNREGISTER,
    REPLAY_RELEASE, /* `release` says how */
    REPLAY_PROTECT, /* mprotect; what it comes to is in the block's flags, `flags` is the access */
    REPLAY_RESET,   /* cudaDeviceReset */
    REPLAY_CAPTURE, /* a stream capture begins; `flags` is its mode */
    REPLAY_LAUNCH   /* a kernel is given the pointer */
};

enum replay_place {
    REPLAY_BLOCK,  /* in the finding's block */
    REPLAY_FORMER, /* in the block that realloc moved to the finding's block */
    REPLAY_NULL,   /* the pointer is NULL */
    REPLAY_FAILED  /* ... is MAP_FAILED */
};

struct replay_step {
    enum replay_kind kind;
    struct position at;
    VEC(struct position)
    callers;          /* calls that lead from the path's function to `at`, outermost
                         first */
    const char *call; /* "cudaHostRegister"; NULL: no call, as at the end of a scope */
    enum replay_place place;
    enum release_kind release;
    uint32_t expects; /* enum provenance that a release is for */
    int64_t offset;   /* bytes from the start of the block */
    int64_t size;     /* bytes */
    bool has_size;
    bool is_chosen;       /* the source leaves the size open */
    bool is_place_chosen; /* ... the offset */
    int64_t flags;
    bool has_flags;
    bool fails; /* the path assumes that this call failed */
};

struct replay {
    uint32_t memory;      /* enum provenance */
    uint32_t block_flags; /* enum block_flags: the kinds of mappings */
    uint32_t element;     /* bytes of an element where known, else 0 */
    int64_t size;         /* of the block; as large as the steps need where that is not known */
    bool is_chosen;
    VEC(struct replay_step) steps; /* the last one is the finding's own */
};

/* The replay of a finding that a rule makes at `event`; lives in `arena`. NULL: there is nothing
 * to replay. */
const struct replay *replay_new(struct arena *arena, struct event *event);

#endif

/* The text of a reproducer while it is being written. */
#ifndef CUHOSTLINT_VALIDATE_WRITER_H
#define CUHOSTLINT_VALIDATE_WRITER_H

#include "engine/events/replay.h"
#include "findings/finding.h"
#include "findings/text.h"
#include "support/strbuf.h"

/* Parts of the program that are there only where they are used. */
enum program_part {
    PART_RUNTIME = 1 << 0,  /* prints a cudaError_t */
    PART_DRIVER = 1 << 1,   /* prints a CUresult */
    PART_MUST = 1 << 2,     /* a call that has to succeed */
    PART_NEED = 1 << 3,     /* a condition that has to hold */
    PART_KERNEL = 1 << 4,   /* a kernel: only nvcc or clang can compile it */
    PART_MEMORY = 1 << 5,   /* <cstdlib> */
    PART_STRINGS = 1 << 6,  /* <cstring> */
    PART_MAPPINGS = 1 << 7, /* <sys/mman.h>, <unistd.h> */
    PART_SHM = 1 << 8,
    PART_SIGNALS = 1 << 9, /* a crash is what is expected */
    PART_VECTOR = 1 << 10,
    PART_CLOCK = 1 << 11,
    PART_AGAIN = 1 << 12,  /* allocates an address again */
    PART_DEVICE = 1 << 13, /* what a copy to the device sees */
    PART_MALLOC = 1 << 14  /* <malloc.h> */
};

struct writer {
    struct arena *arena;
    const struct finding *finding;
    const struct replay *replay;
    struct text_cache *texts;
    const char *root;
    unsigned parts;
    struct strbuf globals; /* what stands before main */
    struct strbuf body;
    const char *block;  /* how the program calls the finding's block */
    const char *former; /* ... the block that realloc moved */
    bool has_block, has_former;
    int registrations; /* of the block, that live */
};

/* Adds a line to the body, indented; an empty one for "". */
void writer_line(struct writer *w, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds "// file:line: source text" for the step's place, below those of the calls that lead there,
 * with `remark` behind it where there is one. */
void writer_place(struct writer *w, const struct replay_step *step, const char *remark);

/* Adds a comment of its own. */
void writer_comment(struct writer *w, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* "src/a.cu:12": the place as people write it. */
const char *writer_place_name(const struct writer *w, const struct position *at);

/* The step's address as an expression: "block + 64". */
const char *writer_pointer(struct writer *w, const struct replay_step *step);

/* The finding's own step; NULL for leaks, which have none. */
const struct replay_step *writer_own_step(const struct writer *w);

/* Declares the finding's block, where no step of the path has. */
void writer_need_block(struct writer *w);

#endif

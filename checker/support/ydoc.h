/* One YAML document as a tree in an arena, and a reader of mappings by tables of keys.
 *
 * Every message names file, line and column. All problems of a text are collected, not only the
 * first. Anchors, aliases and tags are refused: configuration files need none, and a hostile one
 * could grow without bound by them. */
#ifndef CUHOSTLINT_SUPPORT_YDOC_H
#define CUHOSTLINT_SUPPORT_YDOC_H

#include "support/arena.h"
#include "support/error.h"
#include "support/vec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ynode_kind { YNODE_SCALAR, YNODE_SEQUENCE, YNODE_MAPPING };

struct ynode {
    enum ynode_kind kind;
    uint32_t line, column;     /* from 1 */
    bool is_plain;             /* a scalar without quotes */
    const char *text;          /* of a scalar; NUL-terminated, never NULL there */
    VEC(struct ynode *) items; /* of a sequence; of a mapping: key, value, key, value ... */
};

/* What is wrong with one text. */
struct yproblem {
    uint32_t line, column;
    const char *message;
};

struct yproblems {
    struct arena *arena;
    const char *origin; /* the file's name for messages */
    VEC(struct yproblem) list;
};

/* Parses one document. An empty text gives an empty mapping. NULL when the text is no YAML: then a
 * problem says why. */
struct ynode *ydoc_read(struct yproblems *problems, const char *text, size_t len);

/* Notes a problem at a node. */
void ydoc_problem(struct yproblems *problems, const struct ynode *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* NULL when there are none; else an error of kind ERROR_USAGE with the first problem,
 * "origin:line:column: message", and how many more there are. */
const struct error *ydoc_error(const struct yproblems *problems);

struct yfield;

/* "origin:line:column: message" of one problem. */
const char *ydoc_problem_text(const struct yproblems *problems, size_t index);

/* A reader of one value into the object that is being filled. */
typedef void ydoc_reader(struct yproblems *problems, const struct yfield *field,
                         const struct ynode *value, void *object);

struct yfield {
    const char *key;
    ydoc_reader *read;
    const void *detail; /* for the reader; may be NULL */
};

/* Reads a mapping: each key's reader is called with its value. Unknown keys, repeated keys and a
 * node that is no mapping are problems. `what` names the thing in messages: "a function". False
 * where it is no mapping. */
bool ydoc_fields(struct yproblems *problems, const struct ynode *node, const char *what,
                 const struct yfield *fields, size_t count, void *object);

/* The value of a key, or NULL. */
const struct ynode *ydoc_get(const struct ynode *mapping, const char *key);

/* Problem "unknown <what> '<text>'; did you mean '<candidate>'?". Candidates as in suggest(). */
void ydoc_unknown(struct yproblems *problems, const struct ynode *at, const char *what,
                  const char *text, const void *candidates, size_t count, size_t stride);

/* Typed scalars. False, and a problem that says what was expected, where the node is another. */
bool ydoc_string(struct yproblems *problems, const struct ynode *node, const char **value);
bool ydoc_bool(struct yproblems *problems, const struct ynode *node, bool *value);
bool ydoc_uint(struct yproblems *problems, const struct ynode *node, uint64_t max, uint64_t *value);

/* The index of the word among `count` names (as in suggest()), or -1 and a problem. */
int ydoc_word(struct yproblems *problems, const struct ynode *node, const char *what,
              const void *names, size_t count, size_t stride);

#endif

/* What a file's text says to everyone who asks about files before there is a parser, found in one
 * pass and small enough to be kept. */
#ifndef CUHOSTLINT_SOURCE_TEXT_FACTS_H
#define CUHOSTLINT_SOURCE_TEXT_FACTS_H

#include "source/text/sniff.h"
#include "support/stamp.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Facts as one piece of memory, the same in a process and in a file. Behind the struct stand the
 * file's name, its include lines, its pastes, the identifiers, and the functions. */
struct facts {
    uint32_t len; /* of all of it: a multiple of FACTS_ALIGNMENT */
    uint32_t name_len, includes_len, pastes_len;
    uint32_t identifier_count, definition_count;
    struct source_marks marks;
    bool is_binary;  /* a NUL stands near its beginning */
    bool has_nolint; /* "NOLINT" stands somewhere */
    struct stamp stamp;
};

enum { FACTS_ALIGNMENT = 8 };

/* The last part of the file's path. */
const char *facts_name(const struct facts *facts);

/* Runs of strings with their NULs; both end at the pointer that `end` is set to. */
const char *facts_includes(const struct facts *facts, const char **end); /* "\"a.h", "<b/c.h" */
const char *facts_pastes(const struct facts *facts, const char **end); /* see pastes.h: two each */

/* Hashes of all names in code and macro bodies, ascending; comments and literals hold none. */
const uint32_t *facts_identifiers(const struct facts *facts);

/* Hashes (definitions_hash) of the functions that the text seems to define, ascending;
 * of overloads as many as there are. */
const uint32_t *facts_definitions(const struct facts *facts);

/* How a name is found among the identifiers: with or without the suffixes of the driver API
 * ("_v2"). */
uint32_t facts_hash(const char *name, size_t len);
bool facts_have(const struct facts *facts, uint32_t hash);

/* True where `bytes` begin with facts of at most `len` bytes. */
bool facts_are_whole(const unsigned char *bytes, size_t len);

/* The memory that one file after the other is read with. */
struct facts_reader;
struct facts_reader *facts_reader_new(void);
void facts_reader_free(struct facts_reader *reader);

/* The facts of a text or of a regular file, until the reader's next use. NULL: it cannot be read,
 * is no file, or is too large for a source (FILE_LARGEST_TEXT). */
const struct facts *facts_of_text(struct facts_reader *reader, const char *text, size_t len);
const struct facts *facts_of_file(struct facts_reader *reader, const char *path);

#endif

/* One hash of several things. Private to checker/cache/. */
#ifndef CUHOSTLINT_CACHE_HASH_H
#define CUHOSTLINT_CACHE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <xxhash.h>

/* Between hash_begin and hash_end. */
struct hasher {
    XXH3_state_t *state;
};

struct hasher hash_begin(void);
XXH128_hash_t hash_end(struct hasher hasher);

/* Their lengths count too, so that no two sequences give the same bytes. NULL is "". */
void hash_add(struct hasher hasher, const void *bytes, size_t len);
void hash_add_text(struct hasher hasher, const char *text);
void hash_add_number(struct hasher hasher, uint64_t number);

/* The contents of a file, no more than one piece of it in memory at a time; false: it cannot be
 * read. Read and not mapped: a file that is cut short meanwhile must not end the process. */
bool hash_file(const char *path, XXH128_hash_t *hash);

/* Differs between programs: the build's own identity, else that of the program's file. */
XXH128_hash_t hash_program(void);

#endif

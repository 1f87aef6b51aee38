/* Units remembered from one run to the next, so that an unchanged file is not parsed again.
 *
 * A unit is kept under a hash of everything that went into it: the program, the models, the
 * arguments, the contents of every file that was read, and the names in every folder where a file
 * could have been found instead. A list of these inputs (the manifest) stands beside it, with the
 * time stamps of each, so that a look-up reads no contents while nothing has changed.
 *
 * The folder may be deleted, damaged, full, read-only or in use by other processes: the answer is
 * then "not remembered", never an error and never a wrong unit. */
#ifndef CUHOSTLINT_CACHE_CACHE_H
#define CUHOSTLINT_CACHE_CACHE_H

#include "source/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

struct unit_cache;

enum { CACHE_DEFAULT_MIB = 512 };

struct cache_options {
    const char *folder;             /* made when the first unit is stored */
    uint64_t max_bytes;             /* the oldest units go; 0: CACHE_DEFAULT_MIB */
    const char *const *model_files; /* the project's own models: their contents count */
    size_t model_file_count;
    const char *parser; /* the build of the parser that is loaded (lower_parser), where everything
                           in the cache is for it; NULL: each entry knows what its parser was */
    bool is_installed;  /* a part of the installation: nothing is changed in it */
};

/* $XDG_CACHE_HOME/cuhostlint, else ~/.cache/cuhostlint; NULL where neither is an absolute path. */
const char *cache_default_folder(struct arena *arena);

/* Where the installation keeps the prefixes that were precompiled for it (cli/cmd_precompile.c):
 * beside the program in a build folder, else among its libraries; found from where the program
 * lies, so that an installation may be moved, and nowhere else: what is linted has no say. NULL:
 * there are none. */
const char *cache_installed_folder(struct arena *arena);

uint64_t cache_max_bytes(const struct cache_options *options);

/* Touches no file of the cache. What it has seen of a file it believes as long as it lives: open
 * one for each run. */
struct unit_cache *cache_open(struct arena *arena, const struct cache_options *options);

/* What a unit is looked up by, and when. */
struct cache_key {
    unsigned char bytes[16];
    struct timespec since; /* inputs that changed later may not be what the parser saw */
};

/* The key of a unit as source_find made it: call it before the lowering adds to the unit. */
struct cache_key cache_key_of(const struct unit_cache *cache, const struct source_unit *unit);

/* The unit's bytes (ir_write), in `arena`. False: it must be parsed. */
bool cache_find(struct unit_cache *cache, struct arena *arena, const struct cache_key *key,
                const struct source_unit *unit, const unsigned char **bytes, size_t *len);

/* Remembers a unit. `unit` is as the lowering left it, `files` is every file that the parser
 * opened, `library` the file of the parser itself. */
void cache_store(struct unit_cache *cache, const struct cache_key *key,
                 const struct source_unit *unit, const char *const *files, size_t file_count,
                 const char *library, const unsigned char *bytes, size_t len);

#endif

/* Which files, with which arguments: everything that must be known before a parser is started.
 * Reads files and folders; starts no program. */
#ifndef CUHOSTLINT_SOURCE_SOURCE_H
#define CUHOSTLINT_SOURCE_SOURCE_H

#include "support/arena.h"
#include "support/error.h"
#include "support/vec.h"

#include <stdbool.h>
#include <stddef.h>

struct fact_store;
struct finder;
struct source_cache;

enum source_language { SOURCE_C, SOURCE_CXX, SOURCE_CUDA, SOURCE_HIP };

/* What the user asked for (../shared/spec/cli.md). */
struct source_request {
    const char *const *inputs; /* files and folders as named; may be empty */
    size_t input_count;
    const char *database;             /* -p: a folder or the file itself; NULL: search */
    const char *const *compiler_args; /* after "--"; used instead of any database */
    size_t compiler_arg_count;
    bool has_compiler_args;        /* "--" was given, even with nothing after it */
    const char *const *extra_args; /* behind those of any command */
    size_t extra_arg_count;
    const char *cuda_path;  /* --cuda-path, or NULL */
    const char *stdin_path; /* --stdin-filename: standard input stands for this file */
    const char *stdin_text; /* what standard input would hold; NULL: it is read */
    size_t stdin_len;
    struct fact_store *facts;           /* fact_store.h; NULL: nothing is remembered between runs */
    const struct source_memory *memory; /* memory.h; NULL: databases are read anew each time */
};

/* One translation unit to parse. */
struct source_unit {
    const char *path;  /* absolute, symbolic links resolved */
    const char *shown; /* as the user would name it: relative to the current folder if below it */
    const char *directory; /* the working folder of its command */
    const char *root;      /* the project's root: nearest parent with .git, a .cuhostlint, or the
                              folder of the database; else the folder that the user named or that
                              of the file, or the nearest parent with a licence, if that is above */
    enum source_language language;
    VEC(const char *)
    args; /* for libclang: -x, -std, -D, -U, -I, -isystem, -include, -m...: translated
             from nvcc or host compiler, paths absolute, nothing else */
    VEC(const char *)
    cuda_includes; /* the toolkit's include folders, in order; empty: none found */
    const char
        *origin; /* for -v: "compile_commands.json of /x/build", "defaults", "-- arguments" */
    bool is_header;
    const char *through; /* a header's: the source that is parsed because it includes it, whose
                            command and language these are; NULL: the file itself is parsed */
    size_t through_len;  /* how much of it: what stands behind is not needed */
    const struct source_unit *alone; /* then: the header as a file of its own, for want of better */
    bool has_command;                /* a database or "--" gave the arguments */
    bool is_other_branch;            /* of a file that has a unit: its arguments end with switches
                                        of the project that are turned the other way */
    const char *text; /* unsaved contents (standard input, an editor's buffer) or NULL */
    size_t text_len;
    VEC(const char *)
    guessed; /* folders that source_guess_includes added: the project's own,
                which the compiler takes for the system's */
    VEC(const char *) guessed_switches; /* macros that it defined, as nobody said otherwise */
    VEC(const char *) guess_read; /* what source_guess_includes read of the project, for caches */
    bool guess_asked_tree;        /* likewise: it looked for a name in all folders of the root */
    struct source_cache *cache;   /* what the units of a list share; NULL in a unit made by hand */
};

/* The file that the parser is given. */
static inline const char *source_parsed_path(const struct source_unit *unit)
{
    return unit->through ? unit->through : unit->path;
}

struct source_problem { /* one sentence about an input that cannot be linted; the others go on */
    const char *input;
    const struct error *error;
};

struct source_list {
    VEC(struct source_unit) units; /* in a fixed order: as named, folders sorted by path */
    VEC(struct source_problem) problems;
    VEC(const char *) notes; /* for -v */
    struct finder *finder;   /* what the units were made with; NULL: made by hand */
};

/* Whether arguments behind "--" are a whole compile command, its compiler included. */
bool source_args_are_command(const char *const *args, size_t count);

/* Finds everything that the request names. What it points to must outlive the list. */
void source_find(struct arena *arena, const struct source_request *request,
                 struct source_list *list);

/* Include folders below unit->root that would make the missing #include lines of the file (and of
 * what they reach) resolve, found by suffix: "-idirafter" arguments appended to unit->args (a
 * system header of the same name wins). For units without a command, or whose parse said that
 * headers are missing. A source without a command also gets the switches of its project that it
 * cannot be built without ("-DUSE_CUDA=1"): those around includes of the runtime and, of a CUDA
 * source, all that its headers ask for. Bounded in files and time. */
void source_guess_includes(struct arena *arena, struct source_unit *unit);

/* Declarations of our own that take the place of the toolkit's headers: files in memory, under a
 * path that does not exist on disk. */
struct source_virtual_file {
    const char *path; /* "/cuhostlint/include/cuda_runtime.h" */
    const char *text;
    size_t len;
};
const struct source_virtual_file *source_virtual_files(size_t *count);

/* Do the unit's own arguments define the macro, or undefine it? */
bool source_decides_macro(const struct source_unit *unit, const char *macro);

/* The arguments that libclang gets for a unit (without argv[0] and without the file): language,
 * pre-include, the unit's own, CUDA headers. With `bundled` the project's declarations stand
 * before the toolkit's headers (fast; the toolkit's other headers stay reachable), else behind
 * them. The resource folder is the lowering's to add. */
void source_parse_args(struct arena *arena, const struct source_unit *unit, bool bundled,
                       const char ***args, size_t *count);

#endif

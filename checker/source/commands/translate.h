/* Compile commands, of whatever compiler, as arguments for libclang.
 *
 * A command line is untrusted input, and no compiler's options are all understood by another:
 * what comes out is made from tables of known options only. Everything else is dropped. */
#ifndef CUHOSTLINT_SOURCE_COMMANDS_TRANSLATE_H
#define CUHOSTLINT_SOURCE_COMMANDS_TRANSLATE_H

#include "source/commands/words.h"
#include "source/source.h"

/* What a command line says, collected option by option. For options that replace each other the
 * last one wins. */
struct translation {
    struct arena *arena;
    const char *directory; /* relative names start here */
    struct words args;     /* -D -U -I -isystem -include ...: in the order of the command */
    struct words notes;    /* sentences for -v */

    const char *language;         /* "c", "c++", "cuda", "hip": from -x; NULL: by the ending */
    const char *default_language; /* of the compiler, for files that are C by their ending ("c++"),
                                     or C++ too ("hip"); NULL: none */
    const char *standard;         /* the value of -std; NULL: the compiler's default */
    const char *sysroot;
    const char *cuda_path; /* clang's --cuda-path, or the toolkit that nvcc was called from */
    bool is_nvcc;
    bool compiles; /* -c, -dc ...: not a link or a mere preprocessing */
    bool openmp;
    bool relocatable_device_code;
    bool device_debug;
    bool relaxed_constexpr;
    bool whole_program; /* nvcc's -ewp */
    bool per_thread_stream;

    unsigned response_files; /* read so far, and their bytes: both are bounded */
    size_t response_bytes;
    size_t *response_budget; /* what all commands together may still read; NULL: no matter */
};

/* Starts an empty translation. */
void source_translation_init(struct translation *t, struct arena *arena, const char *directory);

/* Translates a whole command: wrappers in front (ccache, env A=B, ...), the compiler, options. */
void source_translate_command(struct translation *t, const struct words *command);

/* Translates arguments that are written for clang or GCC ("-- ARGS" of the command line). */
void source_translate_host(struct translation *t, const struct words *args);

/* Translates nvcc's arguments. */
void source_translate_nvcc(struct translation *t, const struct words *args);

/* Ends the translation: appends what the flags that replace each other came to. */
void source_translation_finish(struct translation *t);

/* Appends the words of a response file. Bounded in depth (the caller's), number and size; a file
 * that cannot be read becomes a note and is empty. */
void source_read_response_file(struct translation *t, const char *name, struct words *words);

/* The arguments with their response files ("@file", and for nvcc "--options-file file" in each
 * form) replaced by what those hold, to a bounded depth; a bounded number of words. */
void source_expand_response_files(struct translation *t, const struct words *args, bool is_nvcc,
                                  struct words *expanded);

/* Appends one option whose value is a path, made absolute: "-I" and "dir" give "-I/abs/dir",
 * options of more letters give two words. */
void source_emit_path(struct translation *t, const char *option, const char *path);

/* Appends option and value as one word: "-DX=1". */
void source_emit_joined(struct translation *t, const char *option, const char *value);

#endif

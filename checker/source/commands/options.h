/* Tables of compiler options, and the one way to look options up in them. */
#ifndef CUHOSTLINT_SOURCE_COMMANDS_OPTIONS_H
#define CUHOSTLINT_SOURCE_COMMANDS_OPTIONS_H

#include "source/commands/words.h"

/* Where an option's value stands. */
enum option_value {
    OPTION_FLAG = 0,     /* none: "-c" */
    OPTION_JOINED = 1,   /* "-Ivalue", "-std=c++17" where the name is "-std=" */
    OPTION_SEPARATE = 2, /* "-I value" */
    OPTION_EQUALS = 4,   /* "-I=value" */
    OPTION_OPERAND = 8   /* with OPTION_SEPARATE: a next word that begins with "-" is no value */
};

enum option_action {
    OPTION_DROP,    /* says nothing to a parser, or must not reach it */
    OPTION_KEEP,    /* the same word goes to libclang */
    OPTION_PATH,    /* libclang's option `emit` with the value as a path */
    OPTION_INCLUDE, /* as OPTION_PATH; a name that is no file below the directory stays as it is */
    OPTION_TEXT,    /* libclang's option `emit` with the value: -D, -U */
    OPTION_LANGUAGE,
    OPTION_STANDARD,
    OPTION_SYSROOT,
    OPTION_CUDA_PATH,
    OPTION_ARCHITECTURE, /* -march=: only the names that every libclang knows */
    OPTION_STDLIB,
    OPTION_HOST_LIST, /* a list of options for the host compiler: -Xcompiler */
    OPTION_HOST_WORD, /* one option for the preprocessor: -Xpreprocessor, -Wp, */
    OPTION_COMPILES,
    OPTION_COMPILES_RELOCATABLE,
    OPTION_OPENMP_ON,
    OPTION_OPENMP_OFF,
    OPTION_NO_EXCEPTIONS,
    OPTION_RELOCATABLE, /* -rdc true|false */
    OPTION_DEVICE_DEBUG,
    OPTION_RELAXED_CONSTEXPR,
    OPTION_WHOLE_PROGRAM,
    OPTION_STREAM,       /* -default-stream legacy|null|per-thread */
    OPTION_RESPONSE_FILE /* replaced before any other is looked at */
};

struct option {
    const char *name;
    unsigned value; /* bits of enum option_value */
    enum option_action action;
    const char *emit;
};

/* One option found at args->data[*index]: `value` is NULL for flags and where the value is
 * missing. */
struct option_match {
    const struct option *option;
    const char *value;
};

/* Looks up the argument at *index. The longest name wins. Moves *index onto the last word that
 * belongs to the option. Gives false for what is no option of the table. */
bool source_option_match(const struct option *table, size_t count, const struct words *args,
                         size_t *index, struct option_match *match);

/* nvcc's own options (nvcc_options.c): every one of `nvcc --help` of CUDA 13, in both spellings,
 * and those of older releases. */
extern const struct option source_nvcc_options[];
extern const size_t source_nvcc_option_count;

/* The options of GCC and clang that matter to a parse, or that have a value in a second word
 * (host_options.c). */
extern const struct option source_host_options[];
extern const size_t source_host_option_count;

#endif

/* Every option of every command in one table: the parser and the help text both read it. */
#ifndef CUHOSTLINT_CLI_OPTION_TABLE_H
#define CUHOSTLINT_CLI_OPTION_TABLE_H

#include "cli/options.h"

/* Puts `value` (NULL for options without one) into `options`. `name` is the option as typed. */
struct option_row;
typedef const struct error *option_reader(struct arena *arena, const struct option_row *row,
                                          const char *name, const char *value,
                                          struct options *options);

struct option_row {
    const char *name;  /* "--rules", or NULL */
    char letter;       /* 'j' for -j, or 0 */
    const char *value; /* "LIST" in the help; NULL: the option takes no value */
    unsigned commands; /* bit 1 << command for each command that has it */
    option_reader *read;
    size_t field;       /* offset in struct options, for the plain readers */
    enum action action; /* for options that replace the command */
    const char *help;   /* lines divided by '\n' */
};

extern const struct option_row option_rows[];
extern const size_t option_row_count;

/* What the commands are called and do, in the order of enum command. */
struct command_row {
    const char *name;
    const char *arguments; /* for the usage line */
    const char *summary;
};
extern const struct command_row command_rows[COMMAND_COUNT];

#endif

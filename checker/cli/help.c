#include "cli/option_table.h"
#include "support/strbuf.h"

#include <string.h>

enum { HELP_COLUMN = 28 };

static const char *const remarks =
    "\nA header is read through a source that includes it, where there is one (-v says which).\n"
    "@FILE stands for the options and names in FILE, quoted as a shell quotes.\n"
    "Exit status: 0 nothing at or above --fail-on; 1 findings; 2 bad option, file or settings;\n"
    "3 some file could not be analysed at all (the others are reported). The highest wins.\n";

static void add_usage(struct strbuf *text, enum command command)
{
    if (command != COMMAND_CHECK) {
        strbuf_addf(text, "usage: cuhostlint %s %s\n%s\n", command_rows[command].name,
                    command_rows[command].arguments, command_rows[command].summary);
        return;
    }
    strbuf_adds(text, "Finds misuse of CUDA host-memory registration in C, C++, CUDA and HIP "
                      "source.\n\nusage:\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        const char *name = i == COMMAND_CHECK ? "[check]" : command_rows[i].name;

        strbuf_addf(text, "  cuhostlint %s%s%s\n      %s\n", name,
                    command_rows[i].arguments[0] != '\0' ? " " : "", command_rows[i].arguments,
                    command_rows[i].summary);
    }
}

/* The option's names and value, then its help in a column of its own. */
static void add_row(struct strbuf *text, const struct option_row *row)
{
    size_t start = text->len, width;
    const char *line = row->help;

    strbuf_adds(text, "  ");
    if (row->letter != 0)
        strbuf_addf(text, "-%c%s", row->letter, row->name != NULL ? ", " : "");
    if (row->name != NULL)
        strbuf_adds(text, row->name);
    if (row->value != NULL)
        strbuf_addf(text, " %s", row->value);
    width = text->len - start;
    while (line != NULL) {
        const char *newline = strchr(line, '\n');
        int len = newline != NULL ? (int)(newline - line) : (int)strlen(line);

        if (width + 1 > HELP_COLUMN) {
            strbuf_addc(text, '\n');
            width = 0;
        }
        strbuf_addf(text, "%*s%.*s\n", (int)(HELP_COLUMN - width), "", len, line);
        width = 0;
        line = newline != NULL ? newline + 1 : NULL;
    }
}

const char *options_help(struct arena *arena, enum command command)
{
    struct strbuf text;

    strbuf_init(&text, arena);
    add_usage(&text, command);
    strbuf_adds(&text, "\noptions:\n");
    for (size_t i = 0; i < option_row_count; i++)
        if ((option_rows[i].commands & (1U << command)) != 0)
            add_row(&text, &option_rows[i]);
    if (command == COMMAND_CHECK)
        strbuf_adds(&text, remarks);
    return text.text;
}

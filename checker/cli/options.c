#include "cli/options.h"

#include "cli/option_table.h"
#include "source/commands/words.h"
#include "support/file.h"
#include "support/suggest.h"

#include <string.h>
#include <unistd.h>

/* Where the parser stands in argv. */
struct reader {
    struct arena *arena;
    char **words;
    int count, next;
    int files; /* of words, so far: one may name itself */
    struct options *options;
};

static bool applies(const struct option_row *row, const struct options *options)
{
    return (row->commands & (1U << options->command)) != 0;
}

static const struct option_row *find_long(const struct reader *reader, const char *name, size_t len)
{
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];

        if (row->name != NULL && applies(row, reader->options) && strlen(row->name) == len &&
            memcmp(row->name, name, len) == 0)
            return row;
    }
    return NULL;
}

static const struct option_row *find_letter(const struct reader *reader, char letter)
{
    for (size_t i = 0; i < option_row_count; i++)
        if (option_rows[i].letter == letter && applies(&option_rows[i], reader->options))
            return &option_rows[i];
    return NULL;
}

static const struct error *unknown_option(const struct reader *reader, const char *name)
{
    VEC(const char *) candidates = {0};
    const char *command = command_rows[reader->options->command].name;
    const char *meant;

    for (size_t i = 0; i < option_row_count; i++)
        if (option_rows[i].name != NULL && applies(&option_rows[i], reader->options))
            vec_push(reader->arena, &candidates, option_rows[i].name);
    meant = suggest(name, candidates.data, candidates.len, sizeof *candidates.data);
    if (meant != NULL)
        return error_new(reader->arena, ERROR_USAGE, "unknown option '%s'; did you mean '%s'?",
                         name, meant);
    return error_new(reader->arena, ERROR_USAGE,
                     "unknown option '%s'; 'cuhostlint %s --help' lists the options", name,
                     command);
}

/* The word after an option is its value, even where it begins with one dash (--rules -*,name);
 * a word with two dashes is the next option. */
static const struct error *following_value(struct reader *reader, const struct option_row *row,
                                           const char *name, const char **value)
{
    if (reader->next >= reader->count || strncmp(reader->words[reader->next], "--", 2) == 0)
        return error_new(reader->arena, ERROR_USAGE, "%s needs a value: %s", name, row->value);
    *value = reader->words[reader->next++];
    return NULL;
}

static const struct error *read_row(struct reader *reader, const struct option_row *row,
                                    const char *name, const char *value)
{
    const struct error *error;

    if (row->value != NULL && value == NULL) {
        error = following_value(reader, row, name, &value);
        if (error != NULL)
            return error;
    }
    return row->read(reader->arena, row, name, value, reader->options);
}

/* --name, --name value, --name=value */
static const struct error *read_long(struct reader *reader, const char *word)
{
    const char *equals = strchr(word, '=');
    size_t len = equals != NULL ? (size_t)(equals - word) : strlen(word);
    const char *name = arena_strndup(reader->arena, word, len);
    const struct option_row *row = find_long(reader, word, len);

    if (row == NULL)
        return unknown_option(reader, name);
    if (equals != NULL && row->value == NULL)
        return error_new(reader->arena, ERROR_USAGE, "%s takes no value", name);
    return read_row(reader, row, name, equals != NULL ? equals + 1 : NULL);
}

/* -v, -qv, -j4, -j 4, -p=DIR */
static const struct error *read_letters(struct reader *reader, const char *word)
{
    for (const char *letter = word + 1; *letter != '\0'; letter++) {
        const struct option_row *row = find_letter(reader, *letter);
        const char *name = arena_printf(reader->arena, "-%c", *letter);
        const char *attached = letter[1] == '=' ? letter + 2 : letter + 1;
        const struct error *error;

        if (row == NULL)
            return unknown_option(reader, letter == word + 1 ? word : name);
        if (row->value != NULL)
            return read_row(reader, row, name, letter[1] != '\0' ? attached : NULL);
        error = read_row(reader, row, name, NULL);
        if (error != NULL)
            return error;
    }
    return NULL;
}

static bool parses(const struct options *options)
{
    return options->command == COMMAND_CHECK || options->command == COMMAND_VALIDATE ||
           options->command == COMMAND_INDEX;
}

static bool reports(const struct options *options)
{
    return options->command == COMMAND_CHECK || options->command == COMMAND_VALIDATE ||
           options->command == COMMAND_LINK;
}

/* The rest of the line after "--": a program where one is run, compiler arguments where something
 * is parsed, plain words elsewhere. */
static void read_rest(struct reader *reader)
{
    struct options *options = reader->options;

    options->has_compiler_args = parses(options) && !options->run;
    for (; reader->next < reader->count; reader->next++)
        if (options->run)
            vec_push(reader->arena, &options->program, reader->words[reader->next]);
        else if (options->has_compiler_args)
            vec_push(reader->arena, &options->compiler_args, reader->words[reader->next]);
        else
            vec_push(reader->arena, &options->inputs, reader->words[reader->next]);
}

/* @FILE: more words, quoted as a shell quotes, in place of this one. A file that has that name is
 * meant itself. */
static bool is_list_of_words(const char *word)
{
    return word[0] == '@' && word[1] != '\0' && access(word, F_OK) != 0;
}

enum { MOST_WORDS = 1 << 20, MOST_FILES_OF_WORDS = 64 };

static const struct error *read_words_of_file(struct reader *reader, const char *name)
{
    struct words words = {0};
    const char *text;
    size_t len, rest = (size_t)(reader->count - reader->next);
    const struct error *error = file_read(reader->arena, name, &text, &len);
    char **all;

    if (error != NULL)
        return error;
    source_words_split(reader->arena, text, &words);
    if (words.len + rest > MOST_WORDS)
        return error_new(reader->arena, ERROR_USAGE, "@%s: too many words", name);
    all = arena_new_array(reader->arena, words.len + rest + 1, char *);
    for (size_t i = 0; i < words.len; i++)
        all[i] = arena_strdup(reader->arena, words.data[i]);
    if (rest > 0)
        memcpy(all + words.len, reader->words + reader->next, rest * sizeof *all);
    reader->words = all;
    reader->count = (int)(words.len + rest);
    reader->next = 0;
    if (++reader->files > MOST_FILES_OF_WORDS)
        return error_new(reader->arena, ERROR_USAGE,
                         "@%s: more than %d files of options: does one name itself?", name,
                         MOST_FILES_OF_WORDS);
    return NULL;
}

static const struct error *read_words(struct reader *reader)
{
    const struct error *error = NULL;

    while (error == NULL && reader->next < reader->count) {
        const char *word = reader->words[reader->next++];

        if (strcmp(word, "--") == 0)
            read_rest(reader);
        else if (is_list_of_words(word))
            error = read_words_of_file(reader, word + 1);
        else if (strncmp(word, "--", 2) == 0)
            error = read_long(reader, word);
        else if (word[0] == '-' && word[1] != '\0')
            error = read_letters(reader, word);
        else
            vec_push(reader->arena, &reader->options->inputs, word);
    }
    return error;
}

static const struct error *place_outputs(struct arena *arena, struct options *options)
{
    size_t on_stdout = options->fix_dry_run ? 1 : 0; /* the patch is the output */

    if (options->outputs.len == 0 && !options->fix_dry_run)
        vec_push(arena, &options->outputs, (struct output_request){.format = "text"});
    if (options->output_path != NULL) {
        if (options->outputs.len != 1 || options->outputs.data[0].path != NULL)
            return error_new(
                arena, ERROR_USAGE,
                "-o goes with one --format that names no file; with several, give each "
                "its own: --format sarif=out.sarif");
        options->outputs.data[0].path = options->output_path;
    }
    for (size_t i = 0; i < options->outputs.len; i++)
        on_stdout += options->outputs.data[i].path == NULL;
    if (on_stdout > 1)
        return error_new(arena, ERROR_USAGE,
                         "standard output can carry one thing only; give the others a file: "
                         "--format sarif=out.sarif");
    return NULL;
}

static const struct error *check_conflicts(struct arena *arena, const struct options *options)
{
    if (options->since != NULL && options->diff != NULL)
        return error_new(arena, ERROR_USAGE, "--since and --diff exclude each other");
    if (options->fix && options->fix_dry_run)
        return error_new(arena, ERROR_USAGE, "--fix and --fix-dry-run exclude each other");
    if (options->fix && options->stdin_path != NULL)
        return error_new(arena, ERROR_USAGE,
                         "--fix cannot change standard input; --fix-dry-run prints the patch");
    if (options->run && options->program.len == 0)
        return error_new(arena, ERROR_USAGE,
                         "--run needs a program behind --: "
                         "cuhostlint validate --run -- ./app ARGS");
    if (options->stdin_path != NULL && options->diff != NULL && strcmp(options->diff, "-") == 0)
        return error_new(arena, ERROR_USAGE,
                         "--diff - and --stdin-filename both read standard input");
    return NULL;
}

/* "-" among the files means standard input, which must have a name. */
static const struct error *check_dashes(struct arena *arena, struct options *options)
{
    size_t kept = 0;

    for (size_t i = 0; i < options->inputs.len; i++) {
        if (strcmp(options->inputs.data[i], "-") != 0)
            options->inputs.data[kept++] = options->inputs.data[i];
        else if (options->stdin_path == NULL)
            return error_new(arena, ERROR_USAGE,
                             "standard input needs a name: --stdin-filename PATH");
    }
    options->inputs.len = kept;
    return NULL;
}

/* "$FILE" of a shell that has no such variable would stand for the current folder. */
static const struct error *check_names(struct arena *arena, const struct options *options)
{
    bool are_files = options->command != COMMAND_RULES && options->action != ACTION_EXPLAIN;

    for (size_t i = 0; i < options->inputs.len && are_files; i++)
        if (options->inputs.data[i][0] == '\0')
            return error_new(arena, ERROR_USAGE, "the name of a file is empty");
    if (options->command == COMMAND_LSP && options->inputs.len > 0)
        return error_new(arena, ERROR_USAGE, "lsp takes no files: an editor names them");
    return NULL;
}

/* A first word that is no file may be meant for a command. */
static const struct error *check_first_word(struct arena *arena, const char *word)
{
    const char *names[COMMAND_COUNT + 2] = {"--help", "--version"};
    const char *meant;

    if (word[0] == '-' || strpbrk(word, "/.") != NULL || access(word, F_OK) == 0)
        return NULL;
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        names[i + 2] = command_rows[i].name;
    meant = suggest(word, names, COMMAND_COUNT + 2, sizeof *names);
    if (meant == NULL)
        return NULL;
    return error_new(arena, ERROR_USAGE,
                     "there is no file and no command '%s'; did you mean 'cuhostlint %s'?", word,
                     meant);
}

const struct error *options_parse(struct arena *arena, int argc, char **argv,
                                  struct options *options)
{
    struct reader reader = {
        .arena = arena, .words = argv, .count = argc, .next = 1, .options = options};
    const struct error *error;

    *options = (struct options){.command = COMMAND_CHECK, .fail_on = LEVEL_WARNING};
    if (*CUHOSTLINT_PAGES_URI != '\0')
        options->pages_uri = CUHOSTLINT_PAGES_URI;
    for (enum command command = 0; argc > 1 && command < COMMAND_COUNT; command++)
        if (strcmp(argv[1], command_rows[command].name) == 0) {
            options->command = command;
            reader.next = 2;
            break;
        }
    error = reader.next == 1 && argc > 1 ? check_first_word(arena, argv[1]) : NULL;
    if (error == NULL)
        error = read_words(&reader);
    if (error == NULL)
        error = check_names(arena, options);
    if (error == NULL && options->action != ACTION_HELP && reports(options)) {
        error = check_conflicts(arena, options);
        if (error == NULL)
            error = place_outputs(arena, options);
        if (error == NULL)
            error = check_dashes(arena, options);
    }
    return error;
}

#include "source/commands/options.h"

#include <string.h>

/* How many characters of `word` the option's name takes, with the separator; 0: another option. */
static size_t match_length(const struct option *option, const char *word)
{
    size_t len = 0;
    for (; option->name[len]; len++)
        if (word[len] != option->name[len])
            return 0;
    if (word[len] == '\0')
        return option->value == OPTION_FLAG || option->value & (OPTION_SEPARATE | OPTION_JOINED)
                   ? len
                   : 0;
    if (word[len] == '=' && option->value & OPTION_EQUALS)
        return len + 1;
    return option->value & OPTION_JOINED ? len : 0;
}

static bool takes_next_word(const struct option *option, const struct words *args, size_t index)
{
    if (!(option->value & OPTION_SEPARATE) || index + 1 >= args->len)
        return false;
    return !(option->value & OPTION_OPERAND && args->data[index + 1][0] == '-');
}

bool source_option_match(const struct option *table, size_t count, const struct words *args,
                         size_t *index, struct option_match *match)
{
    const char *word = args->data[*index];
    size_t best = 0;
    for (size_t i = 0; i < count; i++) {
        size_t len = match_length(&table[i], word);
        if (len > best) {
            best = len;
            match->option = &table[i];
        }
    }
    if (best == 0)
        return false;
    match->value = NULL;
    if (word[best] != '\0' || word[best - 1] == '=')
        match->value = word + best;
    else if (takes_next_word(match->option, args, *index))
        match->value = args->data[++*index];
    return true;
}

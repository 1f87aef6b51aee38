#include "cli/suggest.h"

#include <stdint.h>
#include <string.h>

enum { LONGEST_NAME = 63 };

static size_t min3(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;

    return least < c ? least : c;
}

/* Number of characters to insert, remove or replace (Levenshtein); SIZE_MAX for long names. */
static size_t edit_distance(const char *a, const char *b)
{
    size_t a_len = strlen(a), b_len = strlen(b);
    size_t row[LONGEST_NAME + 1];

    if (a_len > LONGEST_NAME || b_len > LONGEST_NAME)
        return SIZE_MAX;
    for (size_t j = 0; j <= b_len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        size_t diagonal = row[0];

        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t above = row[j];

            row[j] = min3(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
            diagonal = above;
        }
    }
    return row[b_len];
}

void suggestion_offer(struct suggestion *suggestion, const char *candidate)
{
    size_t distance = edit_distance(suggestion->typed, candidate);
    size_t limit = strlen(suggestion->typed) / 3 + 1;

    if (distance > limit || (suggestion->best != NULL && distance >= suggestion->distance))
        return;
    suggestion->best = candidate;
    suggestion->distance = distance;
}

#include "support/suggest.h"

#include <string.h>

enum { LONGEST = 64, LETTERS_PER_MISTAKE = 3 };

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Edits that turn one word into the other; exchanging two neighbouring letters is one edit
 * (optimal string alignment). Both words are shorter than LONGEST. */
static size_t distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b_len; j++)
        last[j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t change = a[i - 1] != b[j - 1];
            row[j] = smallest(last[j] + 1, row[j - 1] + 1, last[j - 1] + change);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = smallest(row[j], row[j], before[j - 2] + 1);
        }
        size_t *oldest = before;
        before = last;
        last = row;
        row = oldest;
    }
    return last[b_len];
}

const char *suggest(const char *word, const void *candidates, size_t count, size_t stride)
{
    size_t len = strlen(word);
    if (len > LONGEST)
        return NULL;
    const char *nearest = NULL;
    size_t least = len / LETTERS_PER_MISTAKE + 1;
    for (size_t i = 0; i < count; i++) {
        const char *candidate;
        memcpy(&candidate, (const char *)candidates + i * stride, sizeof candidate);
        size_t candidate_len = candidate ? strlen(candidate) : LONGEST + 1;
        if (candidate_len > LONGEST)
            continue;
        size_t edits = distance(word, len, candidate, candidate_len);
        if (edits < len && (edits < least || (edits == least && !nearest))) {
            nearest = candidate;
            least = edits;
        }
    }
    return nearest;
}

/* What an error of the parser says about a name that it does not know. Private to lower/parse/. */
#ifndef CUHOSTLINT_LOWER_PARSE_NAME_COMPLAINTS_H
#define CUHOSTLINT_LOWER_PARSE_NAME_COMPLAINTS_H

#include <stdbool.h>
#include <stddef.h>

/* What an error says about a name: "no template named 'Fst' in namespace 'fst'", "no member named
 * 'at' in the global namespace". */
struct complaint {
    const char *name; /* NULL: it is about something else */
    size_t len;
    unsigned uses;      /* of enum unknown_use: what the error alone says */
    const char *scopes; /* text of the namespace's name, or NULL */
};

/* `error`: its text, which the names point into. */
struct complaint complaint_of(const char *error);

/* The name of a class that is declared only, "ns::table" of "incomplete definition of type
 * 'ns::table'" and of "... of type 'alias' (aka 'const struct ns::table')"; NULL: the error is
 * about something else. */
const char *complaint_incomplete_class(const char *error);

/* "array<void *, 4>'" of a template that one header of the library only names; NULL: the error is
 * about something else. */
const char *complaint_undefined_template(const char *error);

/* A header of the C++ library would undo the error. */
bool complaint_lacks_library(const char *error);

/* Of the identifier that the text begins with; 0: it begins with none. */
size_t complaint_name_length(const char *text);

#endif

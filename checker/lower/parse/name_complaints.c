#include "lower/parse/name_complaints.h"

#include "lower/parse/library_names.h"
#include "lower/parse/unknown_names.h"
#include "support/identifier.h"
#include "support/starts_with.h"

#include <ctype.h>
#include <string.h>

size_t complaint_name_length(const char *text)
{
    size_t len = identifier_span(text);
    return isdigit((unsigned char)*text) ? 0 : len;
}

struct complaint complaint_of(const char *error)
{
    static const struct {
        const char *start;
        unsigned uses;
    } kinds[] = {
        {"use of undeclared identifier '", 0},
        {"unknown type name '", UNKNOWN_TYPE},
        {"no template named '", UNKNOWN_TYPE},
        {"no type named '", UNKNOWN_TYPE},
        {"no member named '", 0},
    };
    static const char in_namespace[] = " in namespace '";
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!starts_with(error, kinds[i].start))
            continue;
        struct complaint complaint = {.name = error + strlen(kinds[i].start),
                                      .uses = kinds[i].uses};
        complaint.len = complaint_name_length(complaint.name);
        if (!complaint.len || complaint.name[complaint.len] != '\'')
            break;
        const char *rest = complaint.name + complaint.len + 1;
        if (starts_with(rest, in_namespace))
            complaint.scopes = rest + strlen(in_namespace);
        else if (starts_with(rest, " in '"))
            break; /* a class that is known, and what it lacks is not */
        return complaint;
    }
    return (struct complaint){0};
}

const char *complaint_incomplete_class(const char *error)
{
    static const char *const starts[] = {"incomplete definition of type '",
                                         "member access into incomplete type '"};
    static const char *const words[] = {"const ", "volatile ", "struct ", "class "};
    const char *name = NULL;
    for (size_t i = 0; !name && i < sizeof starts / sizeof *starts; i++)
        name = starts_with(error, starts[i]) ? error + strlen(starts[i]) : NULL;
    if (!name)
        return NULL;
    static const char aka[] = "' (aka '";
    const char *alias = strstr(name, aka);
    name = alias ? alias + strlen(aka) : name;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        name += starts_with(name, words[i]) ? strlen(words[i]) : 0;
    const char *end = name;
    while (identifier_has(*end) || *end == ':')
        end++;
    return *end == '\'' ? name : NULL;
}

const char *complaint_undefined_template(const char *error)
{
    static const char start[] = "implicit instantiation of undefined template 'std::";
    return starts_with(error, start) ? error + strlen(start) : NULL;
}

/* There is no namespace std. */
static bool lacks_std(const char *error)
{
    return starts_with(error, "use of undeclared identifier 'std'");
}

bool complaint_lacks_library(const char *error)
{
    struct complaint complaint = complaint_of(error);
    const char *undefined = complaint_undefined_template(error);
    return lacks_std(error) ||
           (complaint.scopes && starts_with(complaint.scopes, "std'") &&
            library_header(complaint.name, complaint.len)) ||
           (undefined && library_header(undefined, complaint_name_length(undefined)));
}

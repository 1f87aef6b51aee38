/* The names of the main file that nothing declares, with what its text says about each: a type or
 * a value, a template and its parameters, a namespace and what is in it, a macro before a body.
 * Private to checker/lower/. */
#ifndef CUHOSTLINT_LOWER_PARSE_UNKNOWN_NAMES_H
#define CUHOSTLINT_LOWER_PARSE_UNKNOWN_NAMES_H

#include "lower/text/sites.h"

enum unknown_use {
    UNKNOWN_TYPE = 1,
    UNKNOWN_HEAD = 2,      /* NAME(...) { between declarations: a macro, the head of a function */
    UNKNOWN_BLOCK = 4,     /* NAME(...) { among statements: a macro, a condition or loop */
    UNKNOWN_NAMESPACE = 8, /* a namespace that exists, and lacks names */
    UNKNOWN_PLAIN = 16,    /* anything else, as far as it was mentioned at all */
    UNKNOWN_CHANGED = 32,  /* no constant: something is done with it but to read it */
    UNKNOWN_INSIDE = 64, /* a class, or struct, that is declared only, and whose members are used */
    UNKNOWN_EMPTY = 128, /* a macro in front of the name of a class, or in the head of a function */
    UNKNOWN_ALONE =
        256, /* NAME(the_class) between declarations: a macro that declares what it likes */
    UNKNOWN_MACRO = UNKNOWN_HEAD | UNKNOWN_BLOCK | UNKNOWN_EMPTY | UNKNOWN_ALONE
};

struct unknown_name {
    const char *name;
    uint32_t parent; /* index of the name before the "::", or UINT32_MAX */
    unsigned uses;
    const char *parameters;  /* "class, auto..." of a template, or NULL */
    bool has_parameter_list; /* a head: its own parentheses follow the macro's */
};

struct unknown_names {
    VEC(struct unknown_name) names; /* parents before their children */
    VEC(const char *) members;      /* what the text accesses by '.' and '->' */
    VEC(const char *) templates;    /* of the members, those that are called as x.name<type>() */
    VEC(const char *) called;       /* names before a '(': macros may access members for the text */
    user_errors mentions;           /* where names without a parent stand, heads apart */
};

/* Does the error say that nothing declares a name, which a stand-in would undo? */
bool unknown_names_has(const struct user_error *error);

/* The header of the C++ library that declares the name, "vector"; NULL: it is none of the
 * library's. No mention of such a name is noted. */
const char *unknown_name_header(const struct unknown_names *unknown, uint32_t index);

/* The macros in front of the names of classes are known already, and begin the list. */
void unknown_names_collect(struct arena *arena, const char *text, size_t len,
                           const user_errors *errors, struct unknown_names *unknown);

#endif

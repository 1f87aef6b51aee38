/* Names of declarations, as the IR and the models spell them. */
#ifndef CUHOSTLINT_LOWER_DECLARATIONS_NAMES_H
#define CUHOSTLINT_LOWER_DECLARATIONS_NAMES_H

#include "lower/builder.h"

#include <stdbool.h>

/* A copy of a libclang string in the unit's arena ("" for NULL); disposes the original. */
const char *names_take(struct unit_builder *u, CXString string);

/* As clang prints the type, with the folders of "(lambda at FILE:3:4)" left out. */
const char *names_of_type(struct unit_builder *u, CXType type);

/* True for such a type: only its place tells it from others of its scope. */
bool names_has_place(const char *type);

const char *names_spelling(struct unit_builder *u, CXCursor cursor);

/* "Buffer" of "Buffer<T>": constructors and destructors of templates carry arguments. */
const char *names_plain(struct unit_builder *u, CXCursor cursor);

/* "ns::Buffer::~Buffer": no template arguments, no inline or anonymous namespaces. */
const char *names_qualified(struct unit_builder *u, CXCursor cursor);

/* clang's USR. */
const char *names_usr(struct unit_builder *u, CXCursor cursor);

/* The link key: the USR, with the file's path before it when the linkage is internal. */
const char *names_key(struct unit_builder *u, CXCursor cursor);

/* Is the name one of those in the list? */
bool names_is_one_of(const char *name, const char *const *names, size_t count);

/* Internal linkage: static, or in an anonymous namespace. */
bool names_is_internal(struct unit_builder *u, CXCursor cursor);

/* Declared in the global namespace or extern "C". */
bool names_at_global_scope(struct unit_builder *u, CXCursor cursor);

#endif

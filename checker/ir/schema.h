/* What the structs of ir.h consist of, as data: the writer, the reader and the checks walk this
 * one description. A new field in ir.h is one line in schema.c. Private to checker/ir/. */
#ifndef CUHOSTLINT_IR_SCHEMA_H
#define CUHOSTLINT_IR_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum schema_kind {
    SCHEMA_BOOL,
    SCHEMA_U8,
    SCHEMA_U32,
    SCHEMA_U64,
    SCHEMA_I64,
    SCHEMA_ENUM,
    SCHEMA_TEXT,     /* const char * */
    SCHEMA_STRUCT,   /* a struct in the struct */
    SCHEMA_OPTIONAL, /* a pointer to a struct, may be NULL */
    SCHEMA_LIST,     /* a VEC of structs */
    SCHEMA_NUMBERS,  /* a VEC of uint32_t */
    SCHEMA_TEXTS     /* a VEC of const char * */
};

/* The table that a number is an index into. */
enum schema_table {
    TABLE_NONE, /* a plain number */
    TABLE_FILES,
    TABLE_MACROS,
    TABLE_TYPES,
    TABLE_RECORDS,
    TABLE_GLOBALS,
    TABLE_FUNCTIONS,
    TABLE_LOCALS, /* of the function around */
    TABLE_OPS,
    TABLE_BLOCKS,
    TABLE_COUNT
};

struct schema_field {
    const char *name;
    enum schema_kind kind;
    size_t offset;
    size_t size;
    const struct schema *schema; /* of the inner struct */
    enum schema_table table;
    uint32_t highest; /* of an enumeration */
    bool may_be_null; /* a text */
};

struct schema {
    const char *name;
    size_t size;
    const struct schema_field *fields;
    size_t count;
};

extern const struct schema schema_unit, schema_function;

/* Changes whenever a struct's description does: files of another schema are not read. */
uint64_t schema_hash(void);

/* Any VEC. */
struct schema_vector {
    void *data;
    size_t len, cap;
};

#endif

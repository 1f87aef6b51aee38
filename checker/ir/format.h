/* The bytes of a serialised unit. Private to checker/ir/.
 *
 * A header of 32 bytes, then the payload: the string table (count; length and bytes of each), then
 * the unit, field by field in the order of schema.c. Every number is an LEB128 varint of at most
 * 64 bits, so byte order does not matter:
 *
 *     32-bit numbers    number + 1 modulo 2^32: IR_NONE takes one byte
 *     64-bit numbers    number + 1 modulo 2^64: IR_SIZE_UNKNOWN likewise
 *     signed numbers    zigzag: 0, -1, 1, -2 ... are 0, 1, 2, 3 ...
 *     text              index in the string table + 1; 0: NULL
 *     list              length, then the elements
 *     optional struct   0, or 1 and the struct */
#ifndef CUHOSTLINT_IR_FORMAT_H
#define CUHOSTLINT_IR_FORMAT_H

enum {
    FORMAT_MAGIC = 0x52494843, /* "CHIR", little endian */
    FORMAT_VERSION = 1,        /* of the rules above; schema_hash covers the structs */

    /* Offsets in the header; all numbers little endian. */
    FORMAT_AT_MAGIC = 0,     /* 4 bytes */
    FORMAT_AT_VERSION = 4,   /* 4 bytes */
    FORMAT_AT_SCHEMA = 8,    /* 8 bytes: schema_hash() */
    FORMAT_AT_LENGTH = 16,   /* 8 bytes: of the payload */
    FORMAT_AT_CHECKSUM = 24, /* 8 bytes: hash_bytes of the payload */
    FORMAT_HEADER = 32
};

#endif

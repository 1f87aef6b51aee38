/* The documents that the editor has open, and what is known of each. Private to checker/server/. */
#ifndef CUHOSTLINT_SERVER_DOCUMENT_H
#define CUHOSTLINT_SERVER_DOCUMENT_H

#include "server/encoding.h"
#include "server/worker.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct document {
    char *uri;       /* as the client spells it */
    char *path;      /* absolute, symbolic links resolved; NULL: not a file, never checked */
    char *file_uri;  /* of `path`, as reports spell it */
    int64_t version; /* of `text` */
    char *text;      /* UTF-8, NUL-terminated */
    size_t len;
    bool is_dirty;    /* the text is not what is on disk */
    bool needs_check; /* from `due` on */
    bool needs_fresh; /* that check reads settings and compile commands anew */
    double due;       /* see clock_seconds */
    struct worker worker;
    bool is_checked;         /* once at least */
    int64_t checked_version; /* that `files` speaks of */
    json_t *files;           /* findings: {"uri": [diagnostic...]}; NULL: none yet */
    json_t *proofs;          /* {"fingerprint": whether the fix of that finding holds} */
    bool proof_died;         /* the last attempt to prove some cost the worker's life */
    json_t *waiting;         /* requests for code actions: [{"id", "params"}...] */
};

/* A document for an item of didOpen. NULL: the item lacks something. */
struct document *document_open(const json_t *item);

/* Stops its worker and releases it. */
void document_free(struct document *document);

/* Applies contentChanges of didChange, in order. False: they make no sense; the text is as it
 * was after the last that does. */
bool document_change(struct document *document, enum encoding encoding, const json_t *changes);

/* The byte offset of a position (line and character from 0). What lies beyond the end of a line is
 * its end, beyond the last line the end of the text. */
size_t document_offset(const struct document *document, enum encoding encoding,
                       const json_t *position);

#endif

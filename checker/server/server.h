/* The language server: LSP 3.17 on a pair of descriptors, one worker process per open document.
 *
 * What a check is it does not know: it is given one as a function. */
#ifndef CUHOSTLINT_SERVER_SERVER_H
#define CUHOSTLINT_SERVER_SERVER_H

#include "findings/finding.h"
#include "findings/rule_info.h"
#include "findings/suppress.h"
#include "support/arena.h"
#include "support/error.h"

#include <stdbool.h>
#include <stddef.h>

/* A document as the editor shows it. */
struct server_job {
    const char *path; /* absolute, symbolic links resolved */
    const char *text;
    size_t len;
    bool is_fresh; /* settings and compile commands may have changed since the last check */
};

struct server_report {
    struct findings *findings;
    const struct suppress_problem *comments; /* suppressions that do nothing */
    size_t comment_count;
    const char *const *warnings; /* about the run as a whole: broken settings, unreadable files */
    size_t warning_count;
};

/* What the editor's user has set; NULL: nothing. */
struct server_settings {
    const char *rules, *config, *database, *cuda_path, *header_filter;
};

struct server_checker {
    void *context;
    /* Takes the settings over, in the server's process. Strings live only during the call. */
    void (*configure)(void *context, const struct server_settings *settings);
    /* Checks one document, always the same one in a process. The report lives until the next
     * check. Error (in `arena`): it could not be analysed. */
    const struct error *(*check)(void *context, struct arena *arena, const struct server_job *job,
                                 struct server_report *report);
    /* Whether the fix of a finding of the last check holds: the text parses as well with it, that
     * finding is gone and there is no new one. */
    bool (*prove)(void *context, const char *fingerprint);
    /* Called in idle moments after a check: makes the next one of this document faster. */
    void (*warm_up)(void *context, const struct server_job *job);
};

struct server_options {
    int in, out;
    const char *version;
    struct rule_table rules;
    const char *pages_uri; /* where the rules' pages are published, unless the client says
                              otherwise (uri_of_page); NULL: nowhere */
    struct server_checker checker;
};

/* How a session ended; the program's exit status. */
enum server_end {
    SERVER_SHUT_DOWN = 0,  /* shutdown, then exit (or the end of the input) */
    SERVER_CUT_OFF = 1,    /* exit or the end of the input without shutdown: the editor died */
    SERVER_NO_PROTOCOL = 2 /* the input is not LSP */
};

/* Serves one client until it goes. Standard error gets a line where the client breaks the
 * protocol; nothing but messages goes to `out`. */
enum server_end server_run(const struct server_options *options);

#endif

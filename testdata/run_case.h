/* Runs one function of a test program by name, so that a GPU can confirm each case alone:
 * `program` lists the cases, `program NAME` runs one. */
#ifndef CUHOSTLINT_TESTDATA_RUN_CASE_H
#define CUHOSTLINT_TESTDATA_RUN_CASE_H

#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct run_case {
    const char *name;
    void (*function)(void);
};

#define CASE(function) {#function, function}

#define RUN_CASES(cases) run_cases(argc, argv, cases, sizeof(cases) / sizeof((cases)[0]))

static inline int run_cases(int argc, char **argv, const struct run_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (argc < 2) {
            puts(cases[i].name);
        } else if (strcmp(argv[1], cases[i].name) == 0) {
            cases[i].function();
            return 0;
        }
    }
    return argc < 2 ? 0 : 2;
}

#endif

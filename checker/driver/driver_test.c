/* The pool of workers, with sources that hurt the parser. */
#include "driver/driver.h"
#include "driver/worker.h"
#include "source/project/relevance.h"
#include "support/file.h"
#include "support/testing.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct project {
    struct arena *arena;
    const char *root;
    struct model_set models;
    VEC(struct source_unit) units;
};

static int set_up(void **state)
{
    static const char models[] = "api: runtime\n"
                                 "functions:\n"
                                 "  - {name: cudaHostUnregister, args: 1, unregisters: 0}\n";
    struct arena *arena = arena_new();
    struct project *project = arena_new_object(arena, struct project);
    project->arena = arena;
    project->models.arena = arena;
    project->root = testing_folder(arena);
    if (models_read(&project->models, models, sizeof models - 1, "test", false) != NULL)
        return -1;
    models_index(&project->models);
    *state = project;
    return 0;
}

static int tear_down(void **state)
{
    struct project *project = *state;
    int status = testing_remove(project->arena, project->root);
    arena_free(project->arena);
    return status;
}

static void add_unit(struct project *project, const char *name, const char *text)
{
    const char *path = arena_printf(project->arena, "%s/%s", project->root, name);
    assert_null(file_replace(project->arena, path, text, strlen(text)));
    struct source_unit unit = {
        .path = path,
        .shown = name,
        .directory = project->root,
        .root = project->root,
        .language = SOURCE_C,
        .has_command = true,
    };
    vec_push(project->arena, &project->units, unit);
}

static const char good[] = "cudaError_t cudaHostUnregister(void *);\n"
                           "int f(void *p) { return cudaHostUnregister(p); }\n";
static const char crash[] = "#pragma clang __debug crash\n";
static const char hang[] = "#pragma clang __debug overflow_stack\n";

static struct driver_result *run(struct project *project, const struct driver_options *options)
{
    struct driver_result *results = NULL;
    const struct error *error = driver_run(project->arena, project->units.data, project->units.len,
                                           &project->models, options, &results);
    if (error)
        fail_msg("%s", error->message);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* no worker is left */
    assert_int_equal(errno, ECHILD);
    return results;
}

static void assert_good(const struct project *project, const struct driver_result *results,
                        size_t unit)
{
    const struct driver_result *result = &results[unit];
    if (result->error)
        fail_msg("%s", result->error->message);
    assert_non_null(result->unit);
    assert_string_equal(result->unit->source, project->units.data[unit].path);
    assert_int_equal(result->unit->sites.len, 1); /* the declaration is none */
    assert_int_equal(result->unit->sites.data[0].state, IR_SITE_ANALYSED);
    assert_int_equal(result->unit->sites.data[0].loc.line, 2);
    assert_true(result->len > 0 && result->parses == 1 && result->parse_seconds > 0);
}

static void assert_error(const struct driver_result *result, const char *part, const char *file)
{
    assert_non_null(result->error);
    assert_null(result->unit);
    assert_int_equal(result->error->kind, ERROR_ANALYSIS);
    if (!strstr(result->error->message, part) || !strstr(result->error->message, file))
        fail_msg("%s", result->error->message);
}

static void count_unit(void *context, size_t unit, const struct driver_result *result)
{
    (void)result;
    ((unsigned *)context)[unit]++;
}

static void results_stand_in_the_order_of_the_units(void **state)
{
    struct project *project = *state;
    enum { UNITS = 20 };
    for (int i = 0; i < UNITS; i++)
        add_unit(project, arena_printf(project->arena, "unit%d.c", i), good);
    for (unsigned jobs = 1; jobs <= 3; jobs++) {
        unsigned done[UNITS] = {0};
        struct driver_result *results =
            run(project,
                &(struct driver_options){.jobs = jobs, .progress = count_unit, .context = done});
        for (size_t i = 0; i < UNITS; i++) {
            assert_good(project, results, i);
            assert_int_equal(done[i], 1);
        }
    }
}

static void a_crash_costs_one_unit(void **state)
{
    struct project *project = *state;
    add_unit(project, "first.c", good);
    add_unit(project, "crash.c", crash);
    add_unit(project, "second.c", good);
    add_unit(project, "crash2.c", crash);
    for (unsigned jobs = 1; jobs <= 2; jobs++) {
        struct driver_result *results = run(project, &(struct driver_options){.jobs = jobs});
        assert_good(project, results, 0);
        assert_error(&results[1], "the parser crashed (signal ", "crash.c");
        assert_good(project, results, 2);
        assert_error(&results[3], "the parser crashed (signal ", "crash2.c");
    }
}

static void a_unit_without_end_is_stopped(void **state)
{
    struct project *project = *state;
    add_unit(project, "hang.c", hang);
    add_unit(project, "after.c", good);
    struct driver_result *results =
        run(project, &(struct driver_options){.jobs = 1, .timeout_seconds = 1});
    assert_error(&results[0], "the parser was stopped after ",
                 "hang.c"); /* 1 s; 5 on a busy machine */
    assert_good(project, results, 1);
}

/* A pipe that nobody writes into takes no processor time. */
static void a_unit_that_waits_is_stopped(void **state)
{
    struct project *project = *state;
    const char *pipe = arena_printf(project->arena, "%s/pipe.h", project->root);
    assert_int_equal(mkfifo(pipe, 0600), 0);
    add_unit(project, "waits.c", "#include \"pipe.h\"\nvoid wait(void) { watched(0); }\n");
    struct driver_result *results =
        run(project, &(struct driver_options){.jobs = 1, .timeout_seconds = 1});
    assert_error(&results[0], "the parser was stopped after 2 s on ", "waits.c");
    assert_non_null(strstr(results[0].error->message, "it waited for a file"));
}

static void an_unreadable_file_is_an_error_of_its_own(void **state)
{
    struct project *project = *state;
    add_unit(project, "gone.c", good);
    add_unit(project, "there.c", good);
    assert_int_equal(unlink(project->units.data[0].path), 0);
    struct driver_result *results = run(project, &(struct driver_options){.jobs = 1});
    assert_error(&results[0], "cannot read", "gone.c");
    assert_good(project, results, 1);
}

static void bad_arguments_are_an_error_of_the_unit(void **state)
{
    struct project *project = *state;
    add_unit(project, "bad.c", good);
    add_unit(project, "good.c", good);
    vec_push(project->arena, &project->units.data[0].args, "/nowhere/second.c");
    struct driver_result *results = run(project, &(struct driver_options){.jobs = 1});
    assert_error(&results[0], "arguments of its compile command", "bad.c");
    assert_good(project, results, 1);
}

static void what_holds_no_call_is_not_parsed(void **state)
{
    struct project *project = *state;
    add_unit(project, "plain.c", "#pragma clang __debug crash\n");
    const struct driver_options options = {
        .jobs = 1, .relevance = relevance_new(project->arena, &project->models)};
    struct driver_result *results = run(project, &options);
    assert_null(results[0].error);
    assert_null(results[0].unit);
    assert_true(results[0].is_irrelevant);
    assert_int_equal(results[0].parses, 0);
}

static void no_units_are_no_problem(void **state)
{
    run(*state, &(struct driver_options){0});
}

/* How many worker processes there are now, at most so far. */
static void count_workers(void *context, size_t unit, const struct driver_result *result)
{
    size_t *most = context, count = 0;
    int pid;
    FILE *children = fopen("/proc/thread-self/children", "r");
    (void)unit;
    (void)result;
    assert_non_null(children);
    while (fscanf(children, "%d", &pid) == 1)
        count++;
    fclose(children);
    if (count > *most)
        *most = count;
}

static void make_says_how_many_work(void **state)
{
    struct project *project = *state;
    int ends[2];
    char tokens[4];
    size_t most = 0;
    for (int i = 0; i < 6; i++)
        add_unit(project, arena_printf(project->arena, "%d.c", i), good);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "+", 1), 1);
    setenv("MAKEFLAGS",
           arena_printf(project->arena, "-j2 --jobserver-auth=%d,%d", ends[0], ends[1]), 1);
    struct driver_result *results = run(
        project, &(struct driver_options){.jobs = 4, .progress = count_workers, .context = &most});
    unsetenv("MAKEFLAGS");
    for (size_t i = 0; i < 6; i++)
        assert_good(project, results, i);
    assert_int_equal(most, 2);
    assert_int_equal(read(ends[0], tokens, sizeof tokens), 1); /* given back */
    close(ends[0]);
    close(ends[1]);
}

static void without_libclang_the_run_ends(void **state)
{
    struct project *project = *state;
    add_unit(project, "a.c", good);
    add_unit(project, "b.c", good);
    setenv("CUHOSTLINT_LIBCLANG", "/nowhere/libclang.so", 1);
    struct driver_result *results = NULL;
    const struct error *error =
        driver_run(project->arena, project->units.data, project->units.len, &project->models,
                   &(struct driver_options){.jobs = 2}, &results);
    unsetenv("CUHOSTLINT_LIBCLANG");
    assert_non_null(error);
    assert_int_equal(error->kind, ERROR_USAGE);
    assert_non_null(strstr(error->message, "/nowhere/libclang.so"));
}

/* Lets the process open so many files; gives what it could before. */
static struct rlimit limit_files(rlim_t count)
{
    struct rlimit before, after;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    after = (struct rlimit){count, before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &after), 0);
    return before;
}

static void without_descriptors_no_worker_starts(void **state)
{
    struct project *project = *state;
    add_unit(project, "a.c", good);
    struct rlimit before = limit_files(STDERR_FILENO + 1);
    struct driver_result *results = NULL;
    const struct error *error =
        driver_run(project->arena, project->units.data, project->units.len, &project->models,
                   &(struct driver_options){.jobs = 1}, &results);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_non_null(error);
    assert_string_equal(error->message, "cannot start a worker process: Too many open files");
}

static void jobs_may_be_more_than_descriptors(void **state)
{
    struct project *project = *state;
    enum { UNITS = 40 };
    for (int i = 0; i < UNITS; i++)
        add_unit(project, arena_printf(project->arena, "%d.c", i), good);
    struct rlimit before = limit_files(UNITS - 1);
    struct driver_result *results = run(project, &(struct driver_options){.jobs = UNITS});
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    for (size_t i = 0; i < UNITS; i++)
        assert_good(project, results, i);
}

static void a_worker_that_ends_is_not_taken_for_a_lack_of_memory(void **state)
{
    struct project *project = *state;
    add_unit(project, "a.c", good);
    setenv("CUHOSTLINT_LIBCLANG", ENDING_PARSER, 1);
    struct driver_result *results = run(project, &(struct driver_options){.jobs = 1});
    unsetenv("CUHOSTLINT_LIBCLANG");
    assert_error(&results[0], "the parser ended with status 7", "a.c");
}

static void assert_lie(struct project *project, enum frame_kind kind, uint64_t len,
                       const char *part)
{
    setenv("CUHOSTLINT_LIBCLANG", LYING_PARSER, 1);
    setenv("LIE", arena_printf(project->arena, "%d %" PRIu64, (int)kind, len), 1);
    struct driver_result *results = run(project, &(struct driver_options){.jobs = 1});
    assert_error(&results[0], part, "a.c");
    unsetenv("LIE");
    unsetenv("CUHOSTLINT_LIBCLANG");
}

static void what_a_worker_says_is_not_believed(void **state)
{
    struct project *project = *state;
    add_unit(project, "a.c", good);
    for (uint64_t by = 0; by < 2 * sizeof(struct frame); by += sizeof(struct frame) - 1)
        assert_lie(project, FRAME_ERROR, UINT64_MAX - by, "the parser crashed (signal 9)");
    assert_lie(project, FRAME_UNIT, 8, "a.c: ");
    assert_lie(project, (enum frame_kind)77, 0, "the parser went astray");
    setenv("LIE_AND_CLOSE", "1", 1);
    assert_lie(project, FRAME_UNIT, 100, "the parser crashed (signal 9)");
    unsetenv("LIE_AND_CLOSE");
}

/* GCC says by a macro, clang by a feature, that the sanitizer is on, with which memory is not. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ADDRESS_SANITIZER
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define HAS_ADDRESS_SANITIZER
#endif

#ifndef HAS_ADDRESS_SANITIZER
static void memory_is_limited(void **state)
{
    struct project *project = *state;
    add_unit(project, "big.c",
             "#define TWICE(...) __VA_ARGS__, __VA_ARGS__\n"
             "#define A(...) TWICE(TWICE(TWICE(__VA_ARGS__)))\n"
             "int numbers[] = {A(A(A(A(A(A(A(A(1))))))))};\n"); /* 16 million */
    add_unit(project, "small.c", good);
    struct driver_result *results =
        run(project, &(struct driver_options){.jobs = 1, .memory_mib = 500});
    assert_error(&results[0], "more than 500 MiB of memory", "big.c");
    assert_good(project, results, 1);
}
#endif

#define test(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(results_stand_in_the_order_of_the_units),
        test(a_crash_costs_one_unit),
        test(a_unit_without_end_is_stopped),
        test(a_unit_that_waits_is_stopped),
        test(an_unreadable_file_is_an_error_of_its_own),
        test(bad_arguments_are_an_error_of_the_unit),
        test(what_holds_no_call_is_not_parsed),
        test(no_units_are_no_problem),
        test(make_says_how_many_work),
        test(without_libclang_the_run_ends),
        test(without_descriptors_no_worker_starts),
        test(jobs_may_be_more_than_descriptors),
        test(a_worker_that_ends_is_not_taken_for_a_lack_of_memory),
        test(what_a_worker_says_is_not_believed),
#ifndef HAS_ADDRESS_SANITIZER
        test(memory_is_limited),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

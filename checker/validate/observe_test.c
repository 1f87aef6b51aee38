/* Logs as the recorder writes them, and what they come to. */
#include "support/file.h"
#include "support/scratch.h"
#include "support/testing.h"
#include "validate/observe.h"

#include <stdlib.h>
#include <string.h>

struct fixture {
    struct arena *arena;
    const char *folder;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);

    fixture->arena = arena_new();
    *state = fixture;
    return scratch_make(fixture->arena, &fixture->folder) != NULL;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    scratch_remove(fixture->folder);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static const struct error *read(struct fixture *fixture, const char *text, struct run_log *log)
{
    const char *path = arena_printf(fixture->arena, "%s/7.log", fixture->folder);

    *log = (struct run_log){0};
    assert_null(file_replace(fixture->arena, path, text, strlen(text)));
    return run_log_read(fixture->arena, fixture->folder, log);
}

/* The only thing that the log shows, apart from failed calls as such; NULL: nothing. */
static const struct observation *only(struct fixture *fixture, const char *text)
{
    struct observations *seen = arena_new_object(fixture->arena, struct observations);
    struct run_log log;
    const struct observation *found = NULL;

    assert_null(read(fixture, text, &log));
    observe(fixture->arena, &log, seen);
    for (size_t i = 0; i < seen->list.len; i++) {
        if (strcmp(seen->list.data[i].rule, "unchecked-call") == 0)
            continue;
        assert_null(found);
        found = &seen->list.data[i];
    }
    return found;
}

#define HEAD                                                                                       \
    "process 1 7 /bin/app\ncupti watches 21\nmodule 0 /bin/app\nstack 5 0+12ab 0+ff\nstack 9 "     \
    "0+77\n"

static void assert_says(struct fixture *fixture, const char *text, const char *rule,
                        enum observation_kind kind, const char *part)
{
    const struct observation *seen = only(fixture, text);

    assert_non_null(seen);
    assert_string_equal(seen->rule, rule);
    assert_int_equal(seen->kind, kind);
    assert_non_null(strstr(seen->what, part));
}

static void reads_what_a_recorder_writes(void **state)
{
    struct fixture *fixture = *state;
    struct run_log log;

    assert_null(read(fixture,
                     HEAD
                     "call cudaHostRegister 5 1 712 8100 7f00 4096 1 block=7e00,8192 map=rw-p\n"
                     "release free 9 2 7f00 64\nend\n",
                     &log));
    const struct run_process *process = &log.processes.data[0];
    const struct run_event *call = &process->events.data[0];
    assert_int_equal(process->pid, 7);
    assert_string_equal(process->program, "/bin/app");
    assert_true(process->has_ended);
    assert_int_equal(call->status, 712);
    assert_int_equal(call->nanoseconds, 8100);
    assert_int_equal(call->pointer, 0x7f00);
    assert_int_equal(call->size, 4096);
    assert_int_equal(call->block, 0x7e00);
    assert_int_equal(call->block_size, 8192);
    assert_string_equal(call->map, "rw-p");
    assert_int_equal(call->stack->frames.len, 2);
    assert_int_equal(call->stack->frames.data[0].address, 0x12ab);
    assert_string_equal(call->stack->frames.data[0].module, "/bin/app");
    assert_true(process->events.data[1].is_release);
}

static void refuses_what_is_no_log(void **state)
{
    struct fixture *fixture = *state;
    struct run_log log;

    assert_non_null(run_log_read(fixture->arena,
                                 arena_printf(fixture->arena, "%s/none", fixture->folder), &log));
    assert_non_null(read(fixture, HEAD "hello\n", &log));
    assert_non_null(read(fixture, "process 2 7 /bin/app\n", &log));
    assert_non_null(read(fixture, "stack 3 0+12\n", &log)); /* of no module */
    assert_non_null(read(fixture, HEAD "call cudaHostRegister 5\n", &log));
    assert_null(read(fixture, HEAD "call cudaHostRegi", &log)); /* killed while it wrote */
}

static void explains_code_1(void **state)
{
    struct fixture *fixture = *state;

#define FAILS(rest) HEAD "call cudaHostRegister 5 1 1 90 7f0000 " rest "\nend\n"
    assert_says(fixture, FAILS("0 0 map=rw-p"), "zero-size", OBSERVED, "fails with 1");
    assert_says(fixture, FAILS("64 0 map=device"), "not-host-memory", OBSERVED, "device memory");
    assert_says(fixture, FAILS("64 0 map=none"), "not-host-memory", OBSERVED, "no memory");
    assert_says(fixture, FAILS("64 0 map=r--p"), "readonly-memory", OBSERVED, "written");
    assert_says(fixture, FAILS("64 0 map=rw-s"), "unpinnable-mapping", OBSERVED, "shared");
    assert_says(fixture, FAILS("64 0 map=---p"), "unpinnable-mapping", OBSERVED, "accessed");
    assert_says(fixture, FAILS("64 10 map=rw-p"), "invalid-flags", OBSERVED, "0x10");
    assert_null(only(fixture, FAILS("64 0 map=rw-p"))); /* who knows why */
    assert_says(fixture,
                HEAD "call cudaHostAlloc 9 1 0 90 7f0000 4096 0\n"
                     "call cudaHostRegister 5 1 1 90 7f0100 64 0\nend\n",
                "already-pinned", OBSERVED, "pinned allocator");
}

/* A call that fails says which rule it fails by. */
static void explains_the_other_calls(void **state)
{
    static const struct {
        const char *call, *rule, *part;
    } cases[] = {
        {"cudaHostUnregister 5 1 900 90 7f0000 0 0", "register-in-capture", "being captured"},
        {"cudaHostUnregister 5 1 713 90 7f0000 0 0", "unregister-unregistered", "no registration"},
        {"cudaHostAlloc 5 1 900 90 0 64 0", "register-in-capture", "being captured"},
        {"cudaHostAlloc 5 1 1 90 0 64 40", "invalid-flags", "no flag has these bits"},
        {"cudaFreeHost 5 1 900 90 7f0000 0 0", "register-in-capture", "being captured"},
        {"cudaFreeHost 5 1 1 90 7f0000 0 0", "mismatched-free", "of no pinned allocator"},
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_says(fixture, arena_printf(fixture->arena, HEAD "call %s\nend\n", cases[i].call),
                    cases[i].rule, OBSERVED, cases[i].part);
    assert_says(fixture,
                HEAD "call cudaMallocHost 9 1 0 90 7f0000 4096 0\n"
                     "call cudaFree 5 1 1 90 7f0000 0 0\n",
                "mismatched-free", OBSERVED, "the memory is of a pinned allocator");
    assert_says(fixture, HEAD "call cudaHostRegister 5 1 0 90 7f0000 64 40 block=7f0000,64\n",
                "invalid-flags", OBSERVED_AGAINST, "no flag has these bits");
}

static void follows_memory(void **state)
{
    struct fixture *fixture = *state;

#define REGISTERS HEAD "call cudaHostRegister 5 1 0 90 7f0000 4096 0\n"
    assert_says(fixture, REGISTERS "end\n", "register-leak", OBSERVED, "still registered");
    assert_null(only(fixture, REGISTERS "full\nend\n")); /* the unregister call may be missing */
    assert_null(only(fixture, REGISTERS)); /* killed: nothing was left behind on purpose */
    assert_null(only(fixture, REGISTERS "call cudaHostUnregister 9 1 0 90 7f0000 0 0\nend\n"));
    assert_null(only(fixture, REGISTERS "call cudaDeviceReset 9 1 0 90 0 0 0\nend\n"));
    assert_says(fixture, REGISTERS "release munmap 9 1 7f0800 4096\nend\n",
                "freed-while-registered", OBSERVED, "'munmap'");
    assert_says(fixture,
                HEAD "call cudaMallocHost 9 1 0 90 7f0000 4096 0\nrelease free 5 1 7f0000 1\n",
                "mismatched-free", OBSERVED, "'free'");
}

static void hears_what_speaks_against_a_rule(void **state)
{
    struct fixture *fixture = *state;

    assert_says(fixture, HEAD "call cudaHostRegister 5 1 0 90 7f0000 0 0\n", "zero-size",
                OBSERVED_AGAINST, "succeeds");
    assert_says(fixture, HEAD "call cudaHostUnregister 5 1 0 90 7f0000 0 0\n",
                "unregister-unregistered", OBSERVED_AGAINST, "succeeds");
    assert_says(fixture, HEAD "call cudaHostRegister 5 1 0 90 7f0000 64 0 block=7f0000,128\n",
                "size-mismatch", OBSERVED_BESIDE, "64 bytes of a block of 128");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads_what_a_recorder_writes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_what_is_no_log, set_up, tear_down),
        cmocka_unit_test_setup_teardown(explains_code_1, set_up, tear_down),
        cmocka_unit_test_setup_teardown(explains_the_other_calls, set_up, tear_down),
        cmocka_unit_test_setup_teardown(follows_memory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hears_what_speaks_against_a_rule, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

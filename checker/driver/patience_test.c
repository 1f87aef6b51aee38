/* Who works, who waits, and who was stopped by the user, for whom the clock stood still. */
#include "driver/driver.h"
#include "driver/patience.h"
#include "support/testing.h"

#include <sched.h>
#include <unistd.h>

enum { LIMIT = 10 };

/* A child that has said so: it waits for ever, or never ends. */
static struct child_process start(struct arena *arena, bool works)
{
    struct child_process child;
    char byte = 0;
    assert_null(child_fork(arena, DRIVER_MEMORY_MIB, &child));
    if (child.pid == 0) {
        child_send(child.socket, &byte, 1);
        for (;;)
            if (!works)
                pause();
    }
    assert_true(child_receive(child.socket, &byte, 1));
    return child;
}

static void one_that_does_nothing_waits(void **state)
{
    struct arena *arena = *state;
    struct child_process child = start(arena, false);
    struct patience patience = patience_begin(&child, 100, LIMIT);
    assert_int_equal(patience_look(&patience, &child, 109, LIMIT), PATIENCE_GOES_ON);
    assert_int_equal(patience_look(&patience, &child, 111, LIMIT), PATIENCE_WAITING);
    patience_prolong(&patience, 30);
    assert_int_equal(patience_look(&patience, &child, 139, LIMIT), PATIENCE_GOES_ON);
    assert_int_equal(patience_look(&patience, &child, 141, LIMIT), PATIENCE_WAITING);
    child_bury(&child);
}

static void one_that_works_has_five_times_as_long(void **state)
{
    struct arena *arena = *state;
    struct child_process child = start(arena, true);
    struct patience patience = patience_begin(&child, 100, LIMIT);
    for (int i = 1; i < DRIVER_PATIENCE; i++) {
        double before = child_cpu_seconds(&child);
        while (child_cpu_seconds(&child) - before < 2e-3)
            sched_yield();
        assert_int_equal(patience_look(&patience, &child, 100 + i * LIMIT, LIMIT),
                         PATIENCE_GOES_ON);
        assert_true(patience.deadline > 100 + i * LIMIT);
    }
    assert_int_equal(patience_look(&patience, &child, 150, LIMIT), PATIENCE_BUSY);
    patience.cpu_started -= (double)LIMIT;
    assert_int_equal(patience_look(&patience, &child, 101, LIMIT), PATIENCE_BUSY);
    child_bury(&child);
}

int main(void)
{
    struct arena *arena = arena_new();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(one_that_does_nothing_waits, arena),
        cmocka_unit_test_prestate(one_that_works_has_five_times_as_long, arena),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}

/* In builds for coverage only (CUHOSTLINT_COVERAGE): a worker may be killed at any time, so its
 * counters are written after each answer; and no counter is lost where a process just leaves. */
#include <gcov.h>
#include <stdbool.h>
#include <stddef.h>

bool __real_child_send(int socket, const void *bytes, size_t len);
bool __wrap_child_send(int socket, const void *bytes, size_t len);
_Noreturn void __real__exit(int status);
_Noreturn void __wrap__exit(int status);

bool __wrap_child_send(int socket, const void *bytes, size_t len)
{
    bool is_sent = __real_child_send(socket, bytes, len);
    __gcov_dump();
    __gcov_reset();
    return is_sent;
}

_Noreturn void __wrap__exit(int status)
{
    __gcov_dump();
    __real__exit(status);
}

// The check comes from a header: it is known where the file uses it, and behind that.
#include "checks.h"

static char area[4096];

static void before_the_use()
{
    cudaHostRegister(area, sizeof area, 0); // expect: unchecked-call
    HEADER_CHECK(cudaHostUnregister(area));
}

#if defined(UNUSED)
#endif

static void behind_the_use()
{
    cudaHostRegister(area, sizeof area, 0); // expect: unchecked-call
    cudaHostUnregister(area);               // expect: unchecked-call
}

int main()
{
    before_the_use();
    behind_the_use();
    return 0;
}

#include <hip/hip_runtime.h>

static const int table[] = {1, 2, 3};
static int writable_table[] = {1, 2, 3};

bool hip_constant()
{
    return hipHostRegister(const_cast<int *>(table), sizeof table, hipHostRegisterDefault) == hipSuccess; // expect: readonly-memory
}

bool hip_writable()
{
    return hipHostRegister(writable_table, sizeof writable_table, hipHostRegisterDefault) == hipSuccess &&
           hipHostUnregister(writable_table) == hipSuccess;
}

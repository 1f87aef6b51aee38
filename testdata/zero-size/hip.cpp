#include <hip/hip_runtime.h>

#include <cstdio>

static float table[256];

bool hip_zero()
{
    return hipHostRegister(table, 0, hipHostRegisterDefault) == hipSuccess; // expect: zero-size
}

bool hip_whole()
{
    if (hipHostRegister(table, sizeof table, hipHostRegisterDefault) != hipSuccess)
        return false;
    return hipHostUnregister(table) == hipSuccess;
}

#include <hip/hip_runtime.h>

static char area[8192];

int hip_twice()
{
    if (hipHostRegister(area, 4096, hipHostRegisterDefault) != hipSuccess)
        return 1;
    if (hipHostRegister(area, 4096, hipHostRegisterDefault) != hipSuccess) { // expect: double-register
        (void)hipHostUnregister(area);
        return 1;
    }
    return hipHostUnregister(area) != hipSuccess;
}

int hip_side_by_side()
{
    if (hipHostRegister(area, 4096, hipHostRegisterDefault) != hipSuccess)
        return 1;
    if (hipHostRegister(area + 4096, 4096, hipHostRegisterDefault) != hipSuccess) {
        (void)hipHostUnregister(area);
        return 1;
    }
    return hipHostUnregister(area + 4096) != hipSuccess || hipHostUnregister(area) != hipSuccess;
}

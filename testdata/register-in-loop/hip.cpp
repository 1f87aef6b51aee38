#include <hip/hip_runtime.h>

static char area[4096];

void hip_each_turn()
{
    for (int turn = 0; turn < 4; turn++) {
        if (hipHostRegister(area, sizeof area, hipHostRegisterDefault) != hipSuccess) // expect: register-in-loop
            return;
        area[turn] = 1;
        if (hipHostUnregister(area) != hipSuccess)
            return;
    }
}

void hip_once()
{
    if (hipHostRegister(area, sizeof area, hipHostRegisterDefault) != hipSuccess)
        return;
    for (int turn = 0; turn < 4; turn++)
        area[turn] = 1;
    (void)hipHostUnregister(area);
}

#include <cuda.h>
#include <cuda_runtime_api.h>

#include <stdio.h>
#include <stdlib.h>

#include "../run_case.h"

static char area[8192];

void driver_each_turn(void)
{
    (void)cudaFree(NULL);
    for (int turn = 0; turn < 4; turn++) {
        if (cuMemHostRegister(area, sizeof area, 0) != CUDA_SUCCESS) /* expect: register-in-loop */
            break;
        area[turn] = 1;
        if (cuMemHostUnregister(area) != CUDA_SUCCESS)
            break;
    }
}

/* Two buffers take turns: each is registered in each second turn only, and the code could keep
 * both. It is the address that differs from turn to turn: silent. */
void two_buffers(char *buffers[2])
{
    (void)cudaFree(NULL);
    for (int turn = 0; turn < 4; turn++) {
        if (cuMemHostRegister(buffers[turn % 2], 4096, 0) != CUDA_SUCCESS)
            break;
        (void)cuMemHostUnregister(buffers[turn % 2]);
    }
}

static const struct run_case cases[] = {CASE(driver_each_turn)};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}

// Loops whose numbers of turns have nothing to do with each other: what one of them assumed is of no
// use behind it, so that a leak after many of them is found as after none.
#include <cuda_runtime.h>
#include <stdlib.h>

int next(int);
void show(const char *text, size_t length);

int after_many_loops(int n, int m, const int *numbers)
{
    for (int i = 0; i < n; i++)
        next(i);
    for (int i = 0; i < m; i++)
        next(i);
    int turns = next(n);
    for (int i = 0; i < turns; i++)
        next(i);
    for (int i = next(1); i > 0; i--) {
        char text[16];
        text[0] = (char)i;
        show(text, sizeof text);
    }
    while (next(2) > 0)
        next(3);
    for (int i = 0; i < next(4); i++)
        if (numbers[i] > 0)
            next(i);
    int total = 0;
    for (int i = 0; i < 1000000; i++)
        total += i % 7;
    for (int i = 0; i < next(5); i++)
        for (int j = 0; j < next(6); j++)
            next(i + j);
    char *p = (char *)malloc(4096);
    if (!p)
        return -1;
    if (cudaHostRegister(p, 4096, cudaHostRegisterDefault) != cudaSuccess) { // expect: register-leak
        free(p);
        return -1;
    }
    return total;
}

// Functions of the C library that allocate text.
#define _GNU_SOURCE
#include <cuda_runtime.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Right: the buffer and its size are the library's.
int a_line(FILE *file)
{
    char *line = NULL;
    size_t size = 0;
    if (getline(&line, &size, file) < 0)
        return 1;
    if (size > 0 && cudaHostRegister(line, size, cudaHostRegisterDefault) != cudaSuccess)
        return 1;
    if (cudaHostUnregister(line) != cudaSuccess)
        abort();
    free(line);
    return 0;
}

// Right, as far as one can see: the line may still fit.
int another_line(FILE *file, char *line, size_t size)
{
    if (cudaHostRegister(line, size, cudaHostRegisterPortable) != cudaSuccess) // expect: nonconstant-size
        abort();
    if (getdelim(&line, &size, ',', file) < 0)
        return 1;
    if (cudaHostUnregister(line) != cudaSuccess)
        abort();
    return 0;
}

int in_memory(void)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    if (!file)
        return 1;
    fputs("text", file);
    fclose(file);
    if (size > 0 && cudaHostRegister(text, size, cudaHostRegisterDefault) != cudaSuccess)
        return 1;
    if (cudaHostUnregister(text) != cudaSuccess)
        abort();
    free(text);
    return 0;
}

int printed(void)
{
    char *text = NULL;
    if (asprintf(&text, "%4095d", 1) < 0)
        return 1;
    if (cudaHostRegister(text, 4096, cudaHostRegisterDefault) != cudaSuccess)
        return 1;
    free(text); // expect: freed-while-registered
    return 0;
}

int copied(const char *text)
{
    char *copy = strdup(text);
    if (!copy)
        return 1;
    return cudaFreeHost(copy) != cudaSuccess; // expect: mismatched-free
}

/* Runs under the recorder in run.sh: `program CASE`, by itself as `program twice`. Lines that
 * run.sh looks for carry a mark. */
#include <cuda_runtime.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *lock(size_t size)
{
    char *block = malloc(65536);

    if (block == NULL || cudaHostRegister(block, size, cudaHostRegisterDefault) != cudaSuccess)
        abort();
    return block;
}

static void clean(void)
{
    char *block = lock(65536), *pinned;

    if (cudaHostAlloc((void **)&pinned, 8192, cudaHostAllocDefault) != cudaSuccess)
        abort();
    if (cudaHostUnregister(block) != cudaSuccess || cudaFreeHost(pinned) != cudaSuccess)
        abort();
    free(block);
}

static void twice(void)
{
    char *block = malloc(65536);

    if (block == NULL || cudaHostRegister(block, 4096, 0) != cudaSuccess)
        abort();
    if (cudaHostRegister(block, 4096, 0) != cudaSuccess) /* mark: twice */
        block[0] = 1;
    if (cudaHostUnregister(block) != cudaSuccess)
        abort();
    free(block);
}

static void released(void)
{
    char *block = lock(65536);

    free(block); /* mark: released */
}

static void moved(void)
{
    char *block = lock(65536);
    char *between = malloc(4096);
    char *larger = realloc(block, 1 << 20); /* mark: moved */

    free(between);
    if (larger != NULL && cudaHostUnregister(larger) == cudaSuccess) /* mark: stranger */
        abort();
    free(larger);
}

/* One path of two is wrong: the linter says so, a run without the argument does not get there. */
static int chosen(int is_wrong)
{
    char *block = malloc(65536);
    int status = 0;

    if (block == NULL)
        return 1;
    if (cudaHostRegister(block, is_wrong ? 0 : 4096, 0) != cudaSuccess) /* mark: chosen */
        status = 2;
    else if (cudaHostUnregister(block) != cudaSuccess)
        status = 3;
    free(block);
    return status;
}

static void loop(void)
{
    char *block = malloc(65536);

    for (int i = 0; block != NULL && i < 300; i++) {
        if (cudaHostRegister(block, 65536, 0) != cudaSuccess) /* mark: loop */
            abort();
        if (cudaHostUnregister(block) != cudaSuccess)
            abort();
    }
    free(block);
}

static void left(void)
{
    printf("%p\n", (void *)lock(65536));
}

/* Objects that die with their function's frame, which nothing releases. */
static void on_stack(void)
{
    char object[8192];

    if (cudaHostRegister(object, sizeof object, cudaHostRegisterDefault) != cudaSuccess)
        puts("again"); /* the one before is still registered */
} /* mark: on_stack */

static void stack(const char *what)
{
    on_stack();
    if (strcmp(what, "stack-then-call") == 0)
        clean();
    if (strcmp(what, "stack-again") == 0)
        on_stack();
}

int main(int argc, char **argv)
{
    const char *wanted = argc > 1 ? argv[1] : "twice";

    if (strcmp(wanted, "clean") == 0)
        clean();
    if (strcmp(wanted, "twice") == 0)
        twice();
    if (strcmp(wanted, "released") == 0)
        released();
    if (strcmp(wanted, "moved") == 0)
        moved();
    if (strcmp(wanted, "loop") == 0)
        loop();
    if (strcmp(wanted, "left") == 0)
        left();
    if (strncmp(wanted, "stack", 5) == 0)
        stack(wanted);
    if (strncmp(wanted, "chosen", 6) == 0)
        return chosen(wanted[6] == '!');
    return 0;
}

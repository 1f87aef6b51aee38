// `goto *address` may go to each label whose address the function takes; setjmp in a statement
// expression is one.
#include <cuda_runtime.h>

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

int undone_on_one_way(int i)
{
    static void *const ways[] = {&&undo, &&leave};
    void *p = malloc(64);
    if (!p)
        return 1;
    if (cudaHostRegister(p, 64, cudaHostRegisterDefault) != cudaSuccess)
        abort();
    goto *ways[i];
undo:
    if (cudaHostUnregister(p) != cudaSuccess)
        abort();
leave:
    free(p); // expect: freed-while-registered
    return 0;
}

int undone_on_both(int i)
{
    static void *const ways[] = {&&say, &&leave, &&leave};
    void *p = malloc(64);
    if (!p)
        return 1;
    if (cudaHostRegister(p, 64, cudaHostRegisterDefault) != cudaSuccess)
        abort();
    goto *ways[i];
say:
    puts("leaving");
leave:
    if (cudaHostUnregister(p) != cudaSuccess)
        abort();
    free(p);
    return 0;
}

/* The program is somebody else's: whether it registers first is not known. */
int interpreter(const unsigned char *program)
{
    static void *const operations[] = {&&allocate, &&pin, &&unpin, &&stop};
    void *p = NULL;
    goto *operations[*program++];
allocate:
    p = malloc(64);
    if (!p)
        return 1;
    goto *operations[*program++];
pin:
    if (cudaHostRegister(p, 64, cudaHostRegisterDefault) != cudaSuccess)
        return 1;
    goto *operations[*program++];
unpin:
    if (cudaHostUnregister(p) != cudaSuccess)
        return 1;
    goto *operations[*program++];
stop:
    return 0;
}

static jmp_buf back;

int comes_back(void)
{
    void *p = malloc(64);
    if (!p)
        return 1;
    if (cudaHostRegister(p, 64, cudaHostRegisterDefault) != cudaSuccess)
        abort();
    if (({
            int code = setjmp(back);
            code;
        })) {
        free(p); // expect: freed-while-registered
        return 1;
    }
    longjmp(back, 1);
}

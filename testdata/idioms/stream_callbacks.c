/* A stream calls a function of the program when it gets there: with what it is given that does what
 * its body does, and no more. */
#include <cuda_runtime.h>
#include <stdlib.h>

struct request {
    void *buffer;
    int done;
};

static void mark_done(void *data)
{
    struct request *request = data;
    request->done = 1;
}

static void finish(void *data)
{
    struct request *request = data;
    cudaHostUnregister(request->buffer); // expect: unchecked-call
    free(request->buffer);
    free(request);
}

static struct request *request_new(void)
{
    struct request *request = calloc(1, sizeof *request);
    if (!request)
        return NULL;
    request->buffer = malloc(4096);
    if (request->buffer && cudaHostRegister(request->buffer, 4096, 0) == cudaSuccess)
        return request;
    free(request->buffer);
    free(request);
    return NULL;
}

/* Right: the callback only says that it is done. */
int waits(cudaStream_t stream)
{
    struct request *request = request_new();
    if (!request)
        return -1;
    int failed = cudaLaunchHostFunc(stream, mark_done, request) != cudaSuccess;
    failed |= cudaStreamSynchronize(stream) != cudaSuccess;
    failed |= !request->done;
    (void)cudaHostUnregister(request->buffer);
    free(request->buffer);
    free(request);
    return failed;
}

/* Wrong: where the call fails, the buffer is registered still. */
int frees(cudaStream_t stream)
{
    struct request *request = request_new();
    if (!request)
        return -1;
    if (cudaLaunchHostFunc(stream, mark_done, request) != cudaSuccess) {
        free(request->buffer); // expect: freed-while-registered
        free(request);
        return -1;
    }
    (void)cudaStreamSynchronize(stream);
    free(request->buffer); // expect: freed-while-registered
    free(request);
    return 0;
}

/* Right: the callback undoes it all. */
int leaves_to_callback(cudaStream_t stream)
{
    struct request *request = request_new();
    if (!request)
        return -1;
    if (cudaLaunchHostFunc(stream, finish, request) != cudaSuccess) {
        finish(request);
        return -1;
    }
    return cudaStreamSynchronize(stream) == cudaSuccess ? 0 : -1;
}

int main(void)
{
    return waits(0) || frees(0) || leaves_to_callback(0);
}

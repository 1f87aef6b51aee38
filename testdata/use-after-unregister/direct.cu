// "is given to a kernel launch after it was unregistered on the path"
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "../run_case.h"
#include "../unseen.h"

#define CHECK(call)                                                                                \
    do {                                                                                           \
        cudaError_t status_ = (call);                                                              \
        if (status_ != cudaSuccess) {                                                              \
            std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, cudaGetErrorString(status_));  \
            std::exit(1);                                                                          \
        }                                                                                          \
    } while (0)

enum { COUNT = 1024, BYTES = COUNT * sizeof(float) };

__global__ void scale(float *values, int count)
{
    int i = blockIdx.x * blockDim.x + threadIdx.x;

    if (i < count)
        values[i] *= 2;
}

__global__ void add(float *to, const float *from)
{
    to[threadIdx.x] += from[threadIdx.x];
}

static void sync(void)
{
    CHECK(cudaGetLastError());
    CHECK(cudaDeviceSynchronize());
}

// "the pointer"
void launched_after()
{
    float *values = static_cast<float *>(std::calloc(COUNT, sizeof(float)));

    if (values == nullptr)
        return;
    CHECK(cudaHostRegister(values, BYTES, cudaHostRegisterMapped));
    CHECK(cudaHostUnregister(values));
    scale<<<COUNT / 256, 256>>>(values, COUNT); // expect: use-after-unregister
    sync();
    std::free(values);
}

// "or the device pointer that `cudaHostGetDevicePointer` gave for it"
void device_pointer_after()
{
    float *values = static_cast<float *>(std::calloc(COUNT, sizeof(float)));
    float *view = nullptr;

    if (values == nullptr)
        return;
    CHECK(cudaHostRegister(values, BYTES, cudaHostRegisterMapped));
    CHECK(cudaHostGetDevicePointer(&view, values, 0));
    scale<<<COUNT / 256, 256>>>(view, COUNT);
    sync();
    CHECK(cudaHostUnregister(values));
    scale<<<COUNT / 256, 256>>>(view, COUNT); // expect: use-after-unregister
    sync();
    std::free(values);
}

void part_after()
{
    float *values = static_cast<float *>(std::calloc(COUNT, sizeof(float)));

    if (values == nullptr)
        return;
    CHECK(cudaHostRegister(values, BYTES, cudaHostRegisterMapped));
    CHECK(cudaHostUnregister(values));
    scale<<<1, 256>>>(values + 256, 256); // expect: use-after-unregister
    sync();
    std::free(values);
}

// One of two arguments.
void one_of_two()
{
    float *first = static_cast<float *>(std::calloc(COUNT, sizeof(float)));
    float *second = static_cast<float *>(std::calloc(COUNT, sizeof(float)));

    if (first == nullptr || second == nullptr)
        return;
    CHECK(cudaHostRegister(first, BYTES, cudaHostRegisterMapped));
    CHECK(cudaHostRegister(second, BYTES, cudaHostRegisterMapped));
    CHECK(cudaHostUnregister(second));
    add<<<1, 256>>>(first, second); // expect: use-after-unregister
    sync();
    CHECK(cudaHostUnregister(first));
    std::free(second);
    std::free(first);
}

// On one path.
void unregistered_early(float *values)
{
    CHECK(cudaHostRegister(values, BYTES, cudaHostRegisterMapped));
    bool early = unseen_choice() != 0;
    if (early)
        CHECK(cudaHostUnregister(values));
    scale<<<COUNT / 256, 256>>>(values, COUNT); // expect: use-after-unregister
    sync();
    if (!early)
        CHECK(cudaHostUnregister(values));
}

// In the second turn.
void second_turn(float *values)
{
    CHECK(cudaHostRegister(values, BYTES, cudaHostRegisterMapped));
    for (int turn = 0; turn < 2; turn++) {
        scale<<<COUNT / 256, 256>>>(values, COUNT); // expect: use-after-unregister
        sync();
        if (turn == 0)
            CHECK(cudaHostUnregister(values));
    }
}

static void launch(float *values)
{
    scale<<<COUNT / 256, 256>>>(values, COUNT); // expect: use-after-unregister
    sync();
}

void through_a_helper(float *values)
{
    CHECK(cudaHostRegister(values, BYTES, cudaHostRegisterMapped));
    launch(values);
    CHECK(cudaHostUnregister(values));
    launch(values);
}

// Right: the launch is before; unregister waits for it.
void launched_before(float *values)
{
    CHECK(cudaHostRegister(values, BYTES, cudaHostRegisterMapped));
    scale<<<COUNT / 256, 256>>>(values, COUNT);
    CHECK(cudaGetLastError());
    CHECK(cudaHostUnregister(values));
    CHECK(cudaDeviceSynchronize());
}

// Right: "Copies of it are fine."
void copied_after(float *values, float *device_values)
{
    CHECK(cudaHostRegister(values, BYTES, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(values));
    CHECK(cudaMemcpy(device_values, values, BYTES, cudaMemcpyHostToDevice));
    CHECK(cudaMemcpyAsync(values, device_values, BYTES, cudaMemcpyDeviceToHost, nullptr));
    scale<<<COUNT / 256, 256>>>(device_values, COUNT);
    sync();
}

// Right: the host reads it.
float read_after(float *values)
{
    CHECK(cudaHostRegister(values, BYTES, cudaHostRegisterMapped));
    scale<<<COUNT / 256, 256>>>(values, COUNT);
    sync();
    CHECK(cudaHostUnregister(values));
    return values[0] + values[COUNT - 1];
}

// Right: registered again.
void registered_again(float *values)
{
    float *view = nullptr;

    CHECK(cudaHostRegister(values, BYTES, cudaHostRegisterMapped));
    CHECK(cudaHostUnregister(values));
    CHECK(cudaHostRegister(values, BYTES, cudaHostRegisterMapped));
    CHECK(cudaHostGetDevicePointer(&view, values, 0));
    add<<<1, 256>>>(values, view);
    sync();
    CHECK(cudaHostUnregister(values));
}

// Right: the variable holds device memory by then.
void replaced(float *values)
{
    CHECK(cudaHostRegister(values, BYTES, cudaHostRegisterMapped));
    CHECK(cudaHostUnregister(values));
    CHECK(cudaMalloc(&values, BYTES));
    CHECK(cudaMemset(values, 0, BYTES));
    scale<<<COUNT / 256, 256>>>(values, COUNT);
    sync();
    CHECK(cudaFree(values));
}

// Right: another block.
void other_block(float *device_values)
{
    float *host = static_cast<float *>(std::calloc(COUNT, sizeof(float)));

    if (host == nullptr)
        return;
    CHECK(cudaHostRegister(host, BYTES, cudaHostRegisterDefault));
    CHECK(cudaMemcpy(device_values, host, BYTES, cudaMemcpyHostToDevice));
    CHECK(cudaHostUnregister(host));
    std::free(host);
    scale<<<COUNT / 256, 256>>>(device_values, COUNT);
    sync();
}

// Right: the flag decides at both places.
void correlated(float *values, float *device_values)
{
    bool zero_copy = unseen_choice() != 0;

    CHECK(cudaHostRegister(values, BYTES, cudaHostRegisterMapped));
    if (!zero_copy) {
        CHECK(cudaMemcpy(device_values, values, BYTES, cudaMemcpyHostToDevice));
        CHECK(cudaHostUnregister(values));
    }
    scale<<<COUNT / 256, 256>>>(zero_copy ? values : device_values, COUNT);
    sync();
    if (zero_copy)
        CHECK(cudaHostUnregister(values));
}

static float *host_block()
{
    static float block[COUNT];

    return block;
}

static float *device_block()
{
    float *values = nullptr;

    CHECK(cudaMalloc(&values, BYTES));
    return values;
}

static void early_run()
{
    unregistered_early(host_block());
}

static void turns_run()
{
    second_turn(host_block());
}

static void helper_run()
{
    through_a_helper(host_block());
}

static void right_run()
{
    float *device_values = device_block();

    launched_before(host_block());
    copied_after(host_block(), device_values);
    (void)read_after(host_block());
    registered_again(host_block());
    replaced(host_block());
    other_block(device_values);
    correlated(host_block(), device_values);
    CHECK(cudaFree(device_values));
}

static const struct run_case cases[] = {
    CASE(launched_after), CASE(device_pointer_after), CASE(part_after), CASE(one_of_two),
    CASE(early_run), CASE(turns_run), CASE(helper_run), CASE(right_run),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}

// "the same block is registered and unregistered in each turn of a loop"
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

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

enum { SIZE = 65536 };

static char area[SIZE];

void each_turn(void *device)
{
    for (int turn = 0; turn < 4; turn++) {
        CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault)); // expect: register-in-loop
        CHECK(cudaMemcpy(device, area, SIZE, cudaMemcpyHostToDevice));
        CHECK(cudaHostUnregister(area));
    }
}

void while_loop(void *device)
{
    char *block = static_cast<char *>(std::malloc(SIZE));

    if (block == nullptr)
        return;
    while (std::fgets(block, SIZE, stdin) != nullptr) {
        CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterDefault)); // expect: register-in-loop
        CHECK(cudaMemcpy(device, block, SIZE, cudaMemcpyHostToDevice));
        CHECK(cudaHostUnregister(block));
    }
    std::free(block);
}

// The turns are counted by the caller's list.
void of_a_vector(const std::vector<int> &requests, void *device)
{
    std::vector<char> bytes(SIZE);

    for (int request : requests) {
        CHECK(cudaHostRegister(bytes.data(), bytes.size(), cudaHostRegisterDefault)); // expect: register-in-loop
        bytes[0] = static_cast<char>(request);
        CHECK(cudaMemcpy(device, bytes.data(), SIZE, cudaMemcpyHostToDevice));
        CHECK(cudaHostUnregister(bytes.data()));
    }
}

static void upload(char *block, void *device)
{
    CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterDefault)); // expect: register-in-loop
    CHECK(cudaMemcpy(device, block, SIZE, cudaMemcpyHostToDevice));
    CHECK(cudaHostUnregister(block));
}

void by_a_helper(void *device)
{
    for (int turn = 0; turn < 4; turn++)
        upload(area, device);
}

// The inner loop has nothing to do with it; the outer one has.
void outer_loop(void *device)
{
    for (int turn = 0; turn < 4; turn++) {
        CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault)); // expect: register-in-loop
        for (int i = 0; i < SIZE; i++)
            area[i] = static_cast<char>(turn);
        CHECK(cudaMemcpy(device, area, SIZE, cudaMemcpyHostToDevice));
        CHECK(cudaHostUnregister(area));
    }
}

// Right: once around the loop.
void around_the_loop(void *device)
{
    CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
    for (int turn = 0; turn < 4; turn++)
        CHECK(cudaMemcpy(device, area, SIZE, cudaMemcpyHostToDevice));
    CHECK(cudaHostUnregister(area));
}

// Right: a new block in each turn.
void own_block(void *device)
{
    for (int turn = 0; turn < 4; turn++) {
        char *block = static_cast<char *>(std::malloc(SIZE));

        if (block == nullptr)
            return;
        CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterDefault));
        CHECK(cudaMemcpy(device, block, SIZE, cudaMemcpyHostToDevice));
        CHECK(cudaHostUnregister(block));
        std::free(block);
    }
}

void own_vector(void *device)
{
    for (int turn = 0; turn < 4; turn++) {
        std::vector<char> bytes(SIZE);

        CHECK(cudaHostRegister(bytes.data(), bytes.size(), cudaHostRegisterDefault));
        CHECK(cudaMemcpy(device, bytes.data(), SIZE, cudaMemcpyHostToDevice));
        CHECK(cudaHostUnregister(bytes.data()));
    }
}

// Right: another part in each turn.
void parts(void *device)
{
    for (int part = 0; part < 4; part++) {
        char *start = area + part * (SIZE / 4);

        CHECK(cudaHostRegister(start, SIZE / 4, cudaHostRegisterDefault));
        CHECK(cudaMemcpy(device, start, SIZE / 4, cudaMemcpyHostToDevice));
        CHECK(cudaHostUnregister(start));
    }
}

void blocks_of_a_table(char **blocks, int count, void *device)
{
    for (int i = 0; i < count; i++) {
        CHECK(cudaHostRegister(blocks[i], SIZE, cudaHostRegisterDefault));
        CHECK(cudaMemcpy(device, blocks[i], SIZE, cudaMemcpyHostToDevice));
        CHECK(cudaHostUnregister(blocks[i]));
    }
}

void blocks_of_a_list(std::vector<std::vector<char>> &blocks, void *device)
{
    for (auto &block : blocks) {
        if (block.empty())
            continue;
        CHECK(cudaHostRegister(block.data(), block.size(), cudaHostRegisterDefault));
        CHECK(cudaMemcpy(device, block.data(), block.size(), cudaMemcpyHostToDevice));
        CHECK(cudaHostUnregister(block.data()));
    }
}

// Right: one pass for each.
void two_loops(void *device)
{
    for (int part = 0; part < 4; part++)
        CHECK(cudaHostRegister(area + part * 1024, 1024, cudaHostRegisterDefault));
    CHECK(cudaMemcpy(device, area, 4096, cudaMemcpyHostToDevice));
    for (int part = 0; part < 4; part++)
        CHECK(cudaHostUnregister(area + part * 1024));
}

// Right: the loop is left after the first turn.
void first_that_works(void *device)
{
    for (int tries = 0; tries < 4; tries++) {
        if (cudaHostRegister(area, SIZE, cudaHostRegisterDefault) != cudaSuccess)
            continue;
        CHECK(cudaMemcpy(device, area, SIZE, cudaMemcpyHostToDevice));
        CHECK(cudaHostUnregister(area));
        break;
    }
}

void once_as_a_block(void *device)
{
    do {
        CHECK(cudaHostRegister(area, SIZE, cudaHostRegisterDefault));
        CHECK(cudaMemcpy(device, area, SIZE, cudaMemcpyHostToDevice));
        CHECK(cudaHostUnregister(area));
    } while (0);
}

static void *device_block()
{
    void *device = nullptr;

    CHECK(cudaMalloc(&device, SIZE));
    return device;
}

static void all_run()
{
    void *device = device_block();

    each_turn(device);
    while_loop(device);
    of_a_vector(std::vector<int>(3), device);
    by_a_helper(device);
    outer_loop(device);
    around_the_loop(device);
    own_block(device);
    own_vector(device);
    parts(device);
    two_loops(device);
    first_that_works(device);
    once_as_a_block(device);
    CHECK(cudaFree(device));
}

static const struct run_case cases[] = {CASE(all_run)};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}

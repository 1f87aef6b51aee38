// Threads that lie in a container, or that the library makes: what their bodies are given, and what
// they may do with it.
#include <cstdlib>
#include <cuda_runtime.h>
#include <future>
#include <memory>
#include <thread>
#include <vector>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

static float *pinned()
{
    float *block = new float[4096];
    check(cudaHostRegister(block, 4096 * sizeof(float), 0));
    return block;
}

static void drop(float *block)
{
    check(cudaHostUnregister(block));
    delete[] block;
}

static void fill(float *block, std::size_t count)
{
    for (std::size_t i = 0; i < count; i++)
        block[i] = 0;
}

static void undo(float *block)
{
    check(cudaHostUnregister(block));
}

static void join(std::vector<std::thread> &threads)
{
    for (auto &thread : threads)
        thread.join();
}

// ---- bodies that only write numbers ----

void filled()
{
    float *block = pinned();
    std::vector<std::thread> threads;
    threads.emplace_back(fill, block, 4096);
    for (auto &thread : threads)
        thread.join();
    drop(block);
}

void filled_and_freed()
{
    float *block = pinned();
    std::vector<std::thread> threads;
    threads.emplace_back(fill, block, 4096);
    for (auto &thread : threads)
        thread.join();
    delete[] block; // expect: freed-while-registered
}

void filled_in_parts(int count)
{
    float *block = pinned();
    std::vector<std::thread> threads;
    for (int i = 0; i < count; i++)
        threads.emplace_back([&, i] { block[i] = 1; });
    join(threads);
    drop(block);
}

void filled_in_parts_and_freed(int count)
{
    float *block = pinned();
    std::vector<std::thread> threads;
    for (int i = 0; i < count; i++)
        threads.emplace_back([&, i] { block[i] = 1; });
    for (auto &thread : threads)
        thread.join();
    delete[] block; // expect: freed-while-registered
}

void moved_in(int count)
{
    float *block = pinned();
    std::vector<std::thread> threads;
    for (int i = 0; i < count; i++)
        threads.push_back(std::thread([&, i] { block[i] = 1; }));
    for (auto &thread : threads)
        thread.join();
    drop(block);
}

void elements_filled(int count)
{
    std::vector<float> samples(4096);
    check(cudaHostRegister(samples.data(), 4096 * sizeof(float), 0));
    std::vector<std::thread> threads;
    for (int i = 0; i < count; i++)
        threads.emplace_back([&, i] { samples[i] = 0; });
    threads.emplace_back([&] { fill(samples.data(), 4096); });
    for (auto &thread : threads)
        thread.join();
    check(cudaHostUnregister(samples.data()));
}

void elements_filled_and_freed(int count)
{
    std::vector<float> samples(4096);
    check(cudaHostRegister(samples.data(), 4096 * sizeof(float), 0));
    std::vector<std::thread> threads;
    for (int i = 0; i < count; i++)
        threads.emplace_back([&, i] { samples[i] = 0; });
    threads.emplace_back([&] { fill(samples.data(), 4096); });
    for (auto &thread : threads)
        thread.join();
} // expect: freed-while-registered

void of_several(std::vector<float *> &blocks)
{
    for (auto block : blocks)
        check(cudaHostRegister(block, 4096 * sizeof(float), 0));
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < blocks.size(); i++)
        threads.emplace_back([&, i] { blocks[i][0] = 1; });
    for (auto &thread : threads)
        thread.join();
    for (auto block : blocks)
        check(cudaHostUnregister(block));
}

void of_an_array()
{
    float *blocks[2] = {pinned(), pinned()};
    std::vector<std::thread> threads;
    threads.emplace_back([&] { blocks[0][0] = blocks[1][0] = 1; });
    threads[0].join();
    drop(blocks[0]);
    drop(blocks[1]);
}

struct task {
    float *block;
    int state;
};

void of_a_structure()
{
    task one{pinned(), 0};
    std::vector<std::thread> threads;
    threads.emplace_back([&] { one.block[one.state++] = 1; });
    threads[0].join();
    drop(one.block);
}

void of_its_caller(float *block, std::size_t count)
{
    check(cudaHostRegister(block, 4096 * sizeof(float), 0));
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < count; i++)
        threads.emplace_back([&, i] { block[i] = 1; });
    for (auto &thread : threads)
        thread.join();
    check(cudaHostUnregister(block));
}

// ---- futures ----

void awaited(int count)
{
    float *block = pinned();
    std::vector<std::future<int>> results;
    for (int i = 0; i < count; i++)
        results.emplace_back(std::async(std::launch::async, [&, i] {
            block[i] = 1;
            return i;
        }));
    for (auto &result : results)
        result.get();
    drop(block);
}

void awaited_and_freed()
{
    float *block = pinned();
    std::vector<std::future<void>> results;
    results.push_back(std::async(std::launch::async, fill, block, 4096));
    for (auto &result : results)
        result.get();
    delete[] block; // expect: freed-while-registered
}

// ---- bodies that undo, register or make ----

void undone_by_address()
{
    float *block = pinned();
    std::vector<std::thread> threads;
    threads.emplace_back([&] { undo(block); });
    for (auto &thread : threads)
        thread.join();
    delete[] block;
}

void undone_by_function()
{
    float *block = pinned();
    std::vector<std::thread> threads;
    threads.emplace_back(undo, block);
    threads[0].join();
    delete[] block;
}

void dropped_by_address()
{
    float *block = pinned();
    std::vector<std::thread> threads;
    threads.emplace_back([&] {
        drop(block);
        block = nullptr;
    });
    threads[0].join();
    delete[] block;
}

void registered_by_thread()
{
    float *block = new float[4096];
    std::vector<std::thread> threads;
    threads.emplace_back([&] { check(cudaHostRegister(block, 4096 * sizeof(float), 0)); });
    threads[0].join();
    drop(block);
}

void made_by_thread()
{
    float *block = nullptr;
    std::vector<std::thread> threads;
    threads.emplace_back([&] { block = pinned(); });
    threads[0].join();
    drop(block);
}

// ---- threads on the heap ----

void undone_on_the_heap()
{
    float *block = pinned();
    auto thread = std::make_unique<std::thread>([&] { undo(block); });
    thread->join();
    delete[] block;
}

void filled_on_the_heap()
{
    float *block = pinned();
    auto thread = std::make_unique<std::thread>(fill, block, 4096);
    thread->join();
    drop(block);
}

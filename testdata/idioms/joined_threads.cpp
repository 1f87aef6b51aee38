// A thread that is joined before anything else counts does its part where it is started.
#include <atomic>
#include <cstdlib>
#include <cuda_runtime.h>
#include <future>
#include <memory>
#include <pthread.h>
#include <stdexcept>
#include <thread>
#include <vector>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

void registers_and_forgets()
{
    char *samples = new char[4096];
    std::thread worker([&] { check(cudaHostRegister(samples, 4096, 0)); });
    worker.join();
    delete[] samples; // expect: freed-while-registered
}

void registers_and_undoes()
{
    char *samples = new char[4096];
    std::thread worker([&] { check(cudaHostRegister(samples, 4096, 0)); });
    worker.join();
    check(cudaHostUnregister(samples));
    delete[] samples;
}

void unregisters_twice()
{
    char *samples = new char[4096];
    check(cudaHostRegister(samples, 4096, 0));
    std::thread worker{[&] { check(cudaHostUnregister(samples)); }};
    int sum = 0;
    for (int i = 0; i < 10; i++)
        sum += i;
    worker.join();
    check(cudaHostUnregister(samples)); // expect: unregister-unregistered
    delete[] samples;
}

void frees_if_it_can_be_joined()
{
    char *samples = new char[4096];
    check(cudaHostRegister(samples, 4096, 0));
    auto work = [samples] { delete[] samples; }; // expect: freed-while-registered
    std::thread worker(work);
    if (worker.joinable())
        worker.join();
}

static void pin(char *data, size_t size)
{
    if (size == 4096)
        check(cudaHostRegister(data, size, 0));
}

void passes_arguments()
{
    char *samples = new char[4096];
    std::thread worker(pin, samples, 4096);
    worker.join();
    delete[] samples; // expect: freed-while-registered
}

struct stage {
    char *samples;
    void pin()
    {
        check(cudaHostRegister(samples, 4096, 0));
    }
    void run()
    {
        samples = new char[4096];
        std::thread worker(&stage::pin, this);
        worker.join();
        delete[] samples; // expect: freed-while-registered
    }
};

void joined_by_its_destructor()
{
    char *samples = new char[4096];
    {
        std::jthread worker([&] { check(cudaHostRegister(samples, 4096, 0)); });
    }
    delete[] samples; // expect: freed-while-registered
}

void asks_the_future()
{
    std::vector<char> samples(8192);
    auto done = std::async(std::launch::async, [&] { check(cudaHostRegister(samples.data(), 8192, 0)); });
    done.get();
    samples.resize(100000); // expect: freed-while-registered
}

void waits_for_the_future()
{
    std::vector<char> samples(8192);
    std::async([&] { check(cudaHostRegister(samples.data(), 8192, 0)); }).wait();
} // expect: freed-while-registered

// A body that is deferred does not run where nobody asks.
void deferred_for_good()
{
    std::vector<char> samples(8192);
    auto done = std::async(std::launch::deferred, [&] { check(cudaHostRegister(samples.data(), 8192, 0)); });
}

bool status_from_the_future()
{
    char *samples = new char[4096];
    auto pinned = std::async([&] { return cudaHostRegister(samples, 4096, 0); });
    if (pinned.get() != cudaSuccess) {
        delete[] samples;
        return false;
    }
    check(cudaHostUnregister(samples));
    delete[] samples;
    return true;
}

static void *pin_all(void *data)
{
    check(cudaHostRegister(data, 4096, 0));
    return data;
}

void with_posix_threads()
{
    void *samples = malloc(4096);
    pthread_t worker;
    if (pthread_create(&worker, nullptr, pin_all, samples) != 0) {
        free(samples);
        return;
    }
    pthread_join(worker, nullptr);
    free(samples); // expect: freed-while-registered
}

static void *free_all(void *data)
{
    check(cudaHostUnregister(data));
    free(data);
    return data;
}

void with_posix_threads_rightly()
{
    void *samples = malloc(4096);
    check(cudaHostRegister(samples, 4096, 0));
    pthread_t worker;
    if (pthread_create(&worker, nullptr, free_all, samples) != 0) {
        free_all(samples);
        return;
    }
    pthread_join(worker, nullptr);
}

// What leaves a thread by an exception ends the process.
static void must(cudaError_t status)
{
    if (status != cudaSuccess)
        throw std::runtime_error("CUDA");
}

void throws_between()
{
    std::vector<char> first(8192), second(8192);
    std::thread worker([&] {
        must(cudaHostRegister(first.data(), 8192, 0));
        must(cudaHostRegister(second.data(), 8192, 0));
    });
    worker.join();
    check(cudaHostUnregister(first.data()));
    check(cudaHostUnregister(second.data()));
}

// One waits for the other, in which order nobody knows.
void two_at_once()
{
    char *samples = new char[4096];
    std::promise<void> ready;
    auto is_ready = ready.get_future();
    std::thread second([&] {
        is_ready.wait();
        check(cudaHostUnregister(samples));
    });
    std::thread first([&] {
        check(cudaHostRegister(samples, 4096, 0));
        ready.set_value();
    });
    first.join();
    second.join();
    delete[] samples;
}

void told_to_stop()
{
    std::vector<char> samples(8192);
    std::atomic<bool> stop{false};
    check(cudaHostRegister(samples.data(), 8192, 0));
    std::thread worker([&] {
        while (!stop)
            std::this_thread::yield();
        check(cudaHostUnregister(samples.data()));
    });
    stop = true;
    worker.join();
}

void perhaps_detached(bool alone)
{
    char *samples = new char[4096];
    check(cudaHostRegister(samples, 4096, 0));
    std::thread worker([samples] {
        check(cudaHostUnregister(samples));
        delete[] samples;
    });
    if (alone)
        worker.detach();
    else
        worker.join();
}

// The thread has a copy of what it is given, and of an owner the only one.
static void unpin(std::unique_ptr<char[]> owner)
{
    check(cudaHostUnregister(owner.get()));
}

void takes_the_owner()
{
    auto owner = std::make_unique<char[]>(4096);
    check(cudaHostRegister(owner.get(), 4096, 0));
    std::thread worker(unpin, std::move(owner));
    worker.join();
}

// ---- bodies that do nothing to a registration ----

static void fill(char *samples, int with)
{
    samples[0] = (char)with;
}

void filled_and_freed()
{
    char *samples = new char[4096];
    check(cudaHostRegister(samples, 4096, 0));
    std::thread worker(fill, samples, 7);
    worker.join();
    delete[] samples; // expect: freed-while-registered
}

int filled_and_left(bool early)
{
    char samples[4096];
    check(cudaHostRegister(samples, sizeof samples, 0));
    std::thread worker([&] { samples[0] = 7; });
    worker.join();
    if (early)
        return samples[0]; // expect: freed-while-registered
    check(cudaHostUnregister(samples));
    return 0;
}

int summed(int count)
{
    std::vector<char> samples(4096);
    check(cudaHostRegister(samples.data(), samples.size(), 0));
    auto sum = std::async(std::launch::async, [&samples, count] {
        int all = 0;
        for (int i = 0; i < count; i++)
            all += samples[i];
        return all;
    });
    int all = sum.get();
    if (all > 0)
        check(cudaHostUnregister(samples.data()));
    return all; // expect: freed-while-registered
}

void filled_and_undone()
{
    char *samples = new char[4096];
    check(cudaHostRegister(samples, 4096, 0));
    std::thread worker(fill, samples, 7);
    worker.join();
    check(cudaHostUnregister(samples));
    delete[] samples;
}

// The flag that the thread sets says what is to be done.
void decided_in_the_thread(int what)
{
    char *samples = new char[4096];
    bool is_to_be_pinned = false;
    std::thread worker([&] { is_to_be_pinned = what > 3; });
    worker.join();
    if (is_to_be_pinned)
        check(cudaHostRegister(samples, 4096, 0));
    if (what > 3)
        check(cudaHostUnregister(samples));
    delete[] samples;
}

// A body that another thread runs may do its part before or after what stands below it.
#include <cstdlib>
#include <cuda_runtime.h>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

void start(std::function<void()> body);
void wait_for_it();

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

void undone_in_a_thread()
{
    std::vector<char> samples(4096);
    std::thread worker([&] { check(cudaHostUnregister(samples.data())); });
    check(cudaHostRegister(samples.data(), 4096, 0));
    worker.join();
}

void undone_in_a_thread_of_a_pointer()
{
    char *samples = new char[4096];
    std::thread worker([&] { check(cudaHostUnregister(samples)); });
    check(cudaHostRegister(samples, 4096, 0));
    worker.join();
    delete[] samples;
}

void undone_in_a_pool(std::unique_ptr<char[]> &samples)
{
    start([&samples] { check(cudaHostUnregister(samples.get())); });
    check(cudaHostRegister(samples.get(), 4096, 0));
    wait_for_it();
    samples.reset();
}

struct stage {
    std::vector<char> samples;
    std::thread worker;
    void run()
    {
        worker = std::thread([this] { check(cudaHostUnregister(samples.data())); });
        check(cudaHostRegister(samples.data(), 4096, 0));
        worker.join();
        samples.clear();
        samples.shrink_to_fit();
    }
};

// A body that only computes changes nothing.
void computed_in_a_thread()
{
    std::vector<char> samples(4096);
    char *data = samples.data();
    check(cudaHostRegister(data, samples.size(), 0));
    int sum = 0;
    std::thread worker([&sum] { sum++; });
    worker.join();
} // expect: freed-while-registered

// What a deleter holds is one more owner.
struct buffer {
    char *data;
    explicit buffer(size_t size) : data(new char[size])
    {
    }
    ~buffer()
    {
        delete[] data;
    }
};

void kept_by_the_deleter()
{
    auto owner = std::make_shared<buffer>(4096);
    std::unique_ptr<char, std::function<void(char *)>> pin(
        owner->data, [owner](char *data) { check(cudaHostUnregister(data)); });
    check(cudaHostRegister(pin.get(), 4096, 0));
    owner.reset();
    wait_for_it();
}

struct counted {
    int *count;
    explicit counted(int *of) : count(of)
    {
    }
    counted(const counted &other) : count(other.count)
    {
        ++*count;
    }
    void operator()(char *data) const
    {
        check(cudaHostUnregister(data));
        delete[] data;
    }
};

void reset_with_another_deleter()
{
    int count = 0;
    char *one = new char[4096], *two = new char[4096];
    check(cudaHostRegister(one, 4096, 0));
    std::shared_ptr<char> pin(one, counted(&count));
    check(cudaHostRegister(two, 4096, 0));
    counted next(&count);
    pin.reset(two, next);
}

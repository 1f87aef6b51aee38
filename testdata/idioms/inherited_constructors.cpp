// using base::base: what the base's constructor takes over is the derived object's.
#include <cstdlib>
#include <cuda_runtime.h>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

using bytes = std::vector<char>;

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

struct buffer {
    char *data;
    explicit buffer(size_t size) : data(new char[size])
    {
    }
    buffer(const buffer &) = delete;
    ~buffer()
    {
        delete[] data; // expect: freed-while-registered
    }
};

struct named : buffer {
    using buffer::buffer;
    const char *name = "none";
};

void undone()
{
    named one(8192);
    check(cudaHostRegister(one.data, 8192, 0));
    check(cudaHostUnregister(one.data));
}

void left_registered()
{
    named one(8192);
    check(cudaHostRegister(one.data, 8192, 0));
}

struct keeper {
    bytes kept;
    keeper(bytes &&given) : kept(std::move(given))
    {
    }
    keeper(bytes given, int) : kept(std::move(given))
    {
    }
};

struct second_keeper : keeper {
    using keeper::keeper;
};

void taken_over()
{
    bytes one(8192), two(8192);
    check(cudaHostRegister(one.data(), 8192, 0));
    check(cudaHostRegister(two.data(), 8192, 0));
    second_keeper first(std::move(one));
    second_keeper second(std::move(two), 1);
    check(cudaHostUnregister(first.kept.data()));
    check(cudaHostUnregister(second.kept.data()));
}

struct owner : std::unique_ptr<char[]> {
    using unique_ptr::unique_ptr;
};

struct either : std::variant<int, bytes> {
    using variant::variant;
};

void of_the_library()
{
    char *data = new char[8192];
    bytes more(8192);
    check(cudaHostRegister(data, 8192, 0));
    check(cudaHostRegister(more.data(), 8192, 0));
    owner one(data);
    either other = std::move(more);
    check(cudaHostUnregister(one.get()));
    check(cudaHostUnregister(std::get<1>(other).data()));
}

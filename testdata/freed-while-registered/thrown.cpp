// Local memory and exceptions that a callee throws.
#include <cuda_runtime.h>
#include <new>
#include <stdexcept>
#include <vector>

struct Control {
    int flag;
    int pad[15];
};

static Control table[4];

static void must(cudaError_t e)
{
    if (e != cudaSuccess)
        throw std::runtime_error(cudaGetErrorName(e));
}

static void want(int n)
{
    if (n > 7)
        throw std::out_of_range("n");
}

// What a failed call made it throw is not searched.
int two_at_once()
{
    Control local{};
    must(cudaHostRegister(&local, sizeof local, cudaHostRegisterMapped));
    must(cudaHostRegister(table, sizeof table, cudaHostRegisterMapped));
    int flag = local.flag;
    must(cudaHostUnregister(table));
    must(cudaHostUnregister(&local));
    return flag;
}

class Engine
{
  public:
    Engine()
    {
        must(cudaHostRegister(&control_, sizeof control_, cudaHostRegisterMapped));
        must(cudaHostRegister(table, sizeof table, cudaHostRegisterPortable));
    }
    ~Engine()
    {
        (void)cudaHostUnregister(table);
        (void)cudaHostUnregister(&control_);
    }
    Engine(const Engine &) = delete;
    int flag() const
    {
        return control_.flag;
    }

  private:
    Control control_{};
};

int with_engine()
{
    return Engine().flag();
}

// The program's own exception ends the scope where the call stands.
int checked_late(int n)
{
    char local[100];
    must(cudaHostRegister(local, sizeof local, cudaHostRegisterMapped));
    want(n); // expect: freed-while-registered
    must(cudaHostUnregister(local));
    return 0;
}

int checked_early(int n)
{
    char local[100];
    want(n);
    must(cudaHostRegister(local, sizeof local, cudaHostRegisterMapped));
    must(cudaDeviceSynchronize());
    must(cudaHostUnregister(local));
    return 0;
}

// A handler takes what is thrown, whatever its type says: it is what it was written for.
int undone_by_handler(size_t n)
{
    std::vector<char> data(n + 1);
    bool registered = false;
    try {
        must(cudaHostRegister(data.data(), data.size(), cudaHostRegisterDefault));
        registered = true;
        if (data[0])
            throw std::logic_error("dirty");
        must(cudaHostUnregister(data.data()));
        registered = false;
    } catch (const std::exception &) {
        if (registered)
            (void)cudaHostUnregister(data.data());
        return -1;
    }
    return 0;
}

int undone_by_the_last(int n)
{
    char local[64];
    must(cudaHostRegister(local, sizeof local, cudaHostRegisterDefault));
    try {
        want(n);
    } catch (const std::bad_alloc &) {
        must(cudaHostUnregister(local));
        return -1;
    } catch (const std::out_of_range &) {
        must(cudaHostUnregister(local));
        return -2;
    }
    must(cudaHostUnregister(local));
    return 0;
}

int forgotten_by_handler(int n)
{
    char local[64];
    must(cudaHostRegister(local, sizeof local, cudaHostRegisterDefault));
    try {
        want(n);
    } catch (const std::out_of_range &) {
        return -1; // expect: freed-while-registered
    }
    must(cudaHostUnregister(local));
    return 0;
}

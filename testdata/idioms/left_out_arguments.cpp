// What a container or an owner makes is made with the arguments that the call gives; for those that
// it leaves out the constructor's declaration says what they are.
#include <cuda_runtime_api.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <vector>

// How the memory is registered, and whether it is.
enum class Use : unsigned { once, portable };

class Guard {
public:
    explicit Guard(void *memory, std::size_t bytes, Use use = Use::portable, bool wanted = true);
    Guard(const Guard &) = delete;
    Guard &operator=(const Guard &) = delete;
    ~Guard()
    {
        if (memory_)
            (void)cudaHostUnregister(memory_);
    }

private:
    void *memory_ = nullptr;
};

Guard::Guard(void *memory, std::size_t bytes, Use use, bool wanted)
{
    if (!wanted || bytes == 0)
        return;
    if (cudaHostRegister(memory, bytes, static_cast<unsigned>(use)) != cudaSuccess)
        throw std::runtime_error("cudaHostRegister");
    memory_ = memory;
}

// Another pointer, for the like of a name.
struct Named {
    Named(void *memory, std::size_t bytes, const char *name = nullptr) : memory(memory)
    {
        if (name || bytes == 0)
            throw std::invalid_argument("a name");
        if (cudaHostRegister(memory, bytes, cudaHostRegisterDefault) != cudaSuccess)
            throw std::runtime_error("cudaHostRegister");
    }
    Named(const Named &) = delete;
    ~Named() { (void)cudaHostUnregister(memory); }
    void *memory;
};

int undone_before_it_grows(void *device)
{
    std::vector<float> values(4096);
    std::optional<Guard> guard;
    guard.emplace(values.data(), values.size() * sizeof(float));
    int status = cudaMemcpy(device, values.data(), 16384, cudaMemcpyHostToDevice) != cudaSuccess;
    guard.reset();
    values.push_back(0.0F);
    return status;
}

int grows_while_guarded(void *device)
{
    std::vector<float> values(4096);
    std::optional<Guard> guard;
    guard.emplace(values.data(), values.size() * sizeof(float));
    int status = cudaMemcpy(device, values.data(), 16384, cudaMemcpyHostToDevice) != cudaSuccess;
    values.push_back(0.0F); // expect: freed-while-registered
    guard.reset();
    return status;
}

int freed_after_the_guard()
{
    auto memory = std::make_unique<char[]>(8192);
    auto guard = std::make_unique<Guard>(memory.get(), 8192);
    guard.reset();
    memory.reset();
    return 0;
}

int freed_before_the_guard()
{
    auto memory = std::make_unique<char[]>(8192);
    auto guard = std::make_unique<Guard>(memory.get(), 8192);
    memory.reset(); // expect: freed-while-registered
    guard.reset();
    return 0;
}

int freed_after_no_name()
{
    auto memory = std::make_unique<char[]>(8192);
    auto named = std::make_unique<Named>(memory.get(), 8192);
    named.reset();
    memory.reset();
    return 0;
}

int freed_before_no_name()
{
    auto memory = std::make_unique<char[]>(8192);
    auto named = std::make_unique<Named>(memory.get(), 8192);
    memory.reset(); // expect: freed-while-registered
    named.reset();
    return 0;
}

// What a variant or a tuple holds becomes the arguments of a call.
#include <cstdlib>
#include <cuda_runtime.h>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

template <class... Functions> struct overloaded : Functions... {
    using Functions::operator()...;
};
template <class... Functions> overloaded(Functions...) -> overloaded<Functions...>;

struct ordinary {
    char *data;
};
struct pinned {
    char *data;
};

struct freeing {
    void operator()(ordinary &memory) const
    {
        delete[] memory.data; // expect: freed-while-registered
    }
    void operator()(pinned &memory) const
    {
        check(cudaFreeHost(memory.data));
    }
};

void freed_by_a_visitor()
{
    std::variant<ordinary, pinned> memory = ordinary{new char[4096]};
    check(cudaHostRegister(std::get<ordinary>(memory).data, 4096, 0));
    std::visit(freeing{}, memory);
}

struct undoing {
    void operator()(ordinary &memory) const
    {
        check(cudaHostUnregister(memory.data));
        delete[] memory.data;
    }
    void operator()(pinned &memory) const
    {
        check(cudaFreeHost(memory.data));
    }
};

void undone_by_a_visitor()
{
    std::variant<ordinary, pinned> memory = ordinary{new char[4096]};
    check(cudaHostRegister(std::get<ordinary>(memory).data, 4096, 0));
    std::visit(undoing{}, memory);
    pinned other;
    check(cudaMallocHost((void **)&other.data, 4096));
    memory = other;
    std::visit(undoing{}, memory);
}

void registered_by_an_overload()
{
    std::variant<int, std::vector<char>> memory = std::vector<char>(8192);
    std::visit(overloaded{[](int) {},
                          [](std::vector<char> &samples) { check(cudaHostRegister(samples.data(), 8192, 0)); }},
               memory);
} // expect: freed-while-registered

void undone_by_an_overload()
{
    std::variant<int, std::vector<char>> memory = std::vector<char>(8192);
    std::visit(overloaded{[](int) {},
                          [](std::vector<char> &samples) { check(cudaHostRegister(samples.data(), 8192, 0)); }},
               memory);
    std::visit(overloaded{[](int) {}, [](std::vector<char> &samples) { check(cudaHostUnregister(samples.data())); }},
               memory);
}

// Each closure of an overload set has captures of its own, also by one name.
void captured_by_one_name()
{
    char *first = new char[4096], *second = new char[4096];
    std::variant<int, long> which = 5;
    check(cudaHostRegister(first, 4096, 0));
    std::visit(overloaded{[data = first](int) { check(cudaHostUnregister(data)); }, [data = second](long) {}}, which);
    check(cudaHostRegister(second, 4096, 0));
    std::visit(overloaded{[data = second](int) { delete[] data; }, [data = first](long) {}}, which); // expect: freed-while-registered
    delete[] first;
}

bool tells_how_it_went()
{
    char *samples = new char[4096];
    std::variant<char *, int> memory = samples;
    bool is_registered = std::visit(
        overloaded{[](char *data) { return cudaHostRegister(data, 4096, 0) == cudaSuccess; }, [](int) { return false; }},
        memory);
    if (!is_registered) {
        delete[] samples;
        return false;
    }
    check(cudaHostUnregister(samples));
    delete[] samples;
    return true;
}

// A template takes what is not const better than a function that makes it so, and worse than one
// that takes it as it is.
void taken_by_the_template()
{
    std::variant<ordinary, pinned> memory = ordinary{new char[4096]};
    check(cudaHostRegister(std::get<ordinary>(memory).data, 4096, 0));
    std::visit(overloaded{[](const ordinary &held) { delete[] held.data; },
                          [](auto &&held) {
                              check(cudaHostUnregister(held.data));
                              delete[] held.data;
                          }},
               memory);
}

void taken_by_the_function()
{
    char *samples = new char[4096];
    std::variant<char *, int> memory = samples;
    check(cudaHostRegister(samples, 4096, 0));
    std::visit(overloaded{[](char *data) { check(cudaHostUnregister(data)); }, [](auto) {}}, memory);
    delete[] samples;
}

void applied_to_a_tuple()
{
    std::tuple<char *, size_t> memory{new char[4096], 4096};
    std::apply([](char *data, size_t) { check(cudaHostRegister(data, 4096, 0)); }, memory);
    delete[] std::get<0>(memory); // expect: freed-while-registered
}

static void give_back(char *data, size_t)
{
    check(cudaHostUnregister(data));
    delete[] data;
}

void applied_rightly()
{
    char *samples = new char[4096];
    check(cudaHostRegister(samples, 4096, 0));
    std::apply(give_back, std::make_tuple(samples, 4096));
}

void applied_to_references()
{
    std::vector<char> samples(8192);
    int flags = 0;
    std::apply([](std::vector<char> &data, int flags) { check(cudaHostRegister(data.data(), 8192, flags)); },
               std::tie(samples, flags));
    std::apply([](std::vector<char> &data, int) { check(cudaHostUnregister(data.data())); }, std::tie(samples, flags));
}

void applied_to_a_reference_and_forgotten()
{
    std::vector<char> samples(8192);
    std::apply([](std::vector<char> &data) { check(cudaHostRegister(data.data(), 8192, 0)); }, std::tie(samples));
} // expect: freed-while-registered

static void let_go(ordinary &memory)
{
    check(cudaHostUnregister(memory.data));
    delete[] memory.data;
}
static void let_go(pinned &memory)
{
    check(cudaFreeHost(memory.data));
}

// A generic lambda does with each alternative what its text says, as long as that does not ask of
// which type the alternative is.
void generic(int way)
{
    std::variant<ordinary, pinned> memory = ordinary{new char[4096]};
    check(cudaHostRegister(std::get<ordinary>(memory).data, 4096, 0));
    if (way == 1)
        std::visit([](auto &held) { let_go(held); }, memory);
    else if (way == 2)
        std::visit(
            [](auto &held) {
                if constexpr (std::is_same_v<decltype(held), ordinary &>)
                    check(cudaHostUnregister(held.data));
                delete[] held.data;
            },
            memory);
    else if (way == 3)
        std::visit(
            [](auto &held) {
                check(cudaHostUnregister(held.data));
                delete[] held.data;
            },
            memory);
    else
        std::visit(
            [](auto &&held) {
                delete[] held.data; // expect: freed-while-registered
            },
            memory);
}

// What a closure captures by copy is another object: a container there has a buffer of its own.
#include "../run_case.h"

#include <cstdlib>
#include <cuda_runtime_api.h>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#define CHECK(call)                                                                                \
    do {                                                                                           \
        if ((call) != cudaSuccess)                                                                 \
            std::abort();                                                                          \
    } while (0)

void undone_by_a_copy()
{
    std::vector<float> host(4096);
    auto unpin = [host]() mutable {
        CHECK(cudaHostUnregister(host.data())); // expect: unregister-unregistered
    };
    CHECK(cudaHostRegister(host.data(), 4096 * sizeof(float), 0));
    unpin();
} // expect: freed-while-registered

void undone_by_reference()
{
    std::vector<float> host(4096);
    auto unpin = [&host]() mutable { CHECK(cudaHostUnregister(host.data())); };
    CHECK(cudaHostRegister(host.data(), 4096 * sizeof(float), 0));
    unpin();
}

void moved_in()
{
    std::vector<float> host(4096);
    CHECK(cudaHostRegister(host.data(), 4096 * sizeof(float), 0));
    auto unpin = [v = std::move(host)]() mutable { CHECK(cudaHostUnregister(v.data())); };
    unpin();
}

void address_captured()
{
    std::vector<float> host(4096);
    float *p = host.data();
    CHECK(cudaHostRegister(p, 4096 * sizeof(float), 0));
    auto unpin = [p]() { CHECK(cudaHostUnregister(p)); };
    unpin();
}

void pointers_copied()
{
    std::vector<char *> v;
    char *p = new char[64];
    CHECK(cudaHostRegister(p, 64, 0));
    v.push_back(p);
    auto undo = [v] {
        for (auto q : v) {
            CHECK(cudaHostUnregister(q));
            delete[] q;
        }
    };
    undo();
}

void copies_own_life()
{
    std::vector<char> v(64);
    std::function<void()> f = [v]() mutable {
        CHECK(cudaHostRegister(v.data(), 64, 0));
        CHECK(cudaHostUnregister(v.data()));
    };
    f();
}

void copy_left()
{
    std::vector<char> v(64);
    auto f = [v]() mutable { CHECK(cudaHostRegister(v.data(), 64, 0)); }; // expect: freed-while-registered
    f();
}

void shared()
{
    auto host = std::make_shared<std::vector<float>>(64);
    CHECK(cudaHostRegister(host->data(), 64 * sizeof(float), 0));
    auto unpin = [host] { CHECK(cudaHostUnregister(host->data())); };
    unpin();
}

static const struct run_case cases[] = {
    CASE(undone_by_a_copy), CASE(undone_by_reference), CASE(moved_in),  CASE(address_captured),
    CASE(pointers_copied),  CASE(copies_own_life),     CASE(copy_left), CASE(shared),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}

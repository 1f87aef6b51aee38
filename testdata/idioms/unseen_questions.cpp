// What a function of a missing header is asked twice is one question.
#include "not_there_settings.h"

#include <cstdlib>
#include <cuda_runtime.h>
#include <string>

struct setting {
    operator bool() const;
};

void the_same_twice()
{
    char *block = static_cast<char *>(std::malloc(4096));
    if (use_pinned() && cudaHostRegister(block, 4096, 0) != cudaSuccess)
        std::abort();
    block[0] = 1;
    if (use_pinned() && cudaHostUnregister(block) != cudaSuccess)
        std::abort();
    std::free(block);
}

void of_a_constant()
{
    char *block = static_cast<char *>(std::malloc(4096));
    if (USE_PINNED && cudaHostRegister(block, 4096, 0) != cudaSuccess)
        std::abort();
    block[0] = 1;
    if (USE_PINNED && cudaHostUnregister(block) != cudaSuccess)
        std::abort();
    std::free(block);
}

void two_questions()
{
    char *block = static_cast<char *>(std::malloc(4096));
    if (use_pinned() && cudaHostRegister(block, 4096, 0) != cudaSuccess)
        std::abort();
    block[0] = 1;
    if (use_device() && cudaHostUnregister(block) != cudaSuccess)
        std::abort();
    std::free(block); // expect: freed-while-registered
}

void about_two_things()
{
    char *block = static_cast<char *>(std::malloc(4096));
    if (uses(1) && cudaHostRegister(block, 4096, 0) != cudaSuccess)
        std::abort();
    block[0] = 1;
    if (uses(2) && cudaHostUnregister(block) != cudaSuccess)
        std::abort();
    std::free(block); // expect: freed-while-registered
}

void of_an_object(const setting &pins)
{
    char *block = static_cast<char *>(std::malloc(4096));
    if (pins && cudaHostRegister(block, 4096, 0) != cudaSuccess)
        std::abort();
    block[0] = 1;
    if (pins && cudaHostUnregister(block) != cudaSuccess)
        std::abort();
    std::free(block);
}

struct key {
    int space, number;
};
bool holds(const key &one);
bool is_set(const std::string &name);
bool any_of(key one, key other);

// Temporaries that are made of the same are one question.
void about_temporaries(int space, key wanted)
{
    char *block = static_cast<char *>(std::malloc(4096));
    if (holds(key{space, 1}) && cudaHostRegister(block, 4096, 0) != cudaSuccess)
        std::abort();
    block[0] = 1;
    if (holds({space, 1}) && cudaHostUnregister(block) != cudaSuccess)
        std::abort();
    if (is_set("pin") && cudaHostRegister(block, 4096, 0) != cudaSuccess)
        std::abort();
    block[0] = 2;
    if (is_set("pin") && cudaHostUnregister(block) != cudaSuccess)
        std::abort();
    if (any_of(wanted, key{4, 4}) && cudaHostRegister(block, 4096, 0) != cudaSuccess)
        std::abort();
    block[0] = 3;
    if (any_of(wanted, key{4, 4}) && cudaHostUnregister(block) != cudaSuccess)
        std::abort();
    std::free(block);
}

void about_other_temporaries(int space, int other)
{
    char *block = static_cast<char *>(std::malloc(4096));
    if (holds(key{space, 1}) && cudaHostRegister(block, 4096, 0) != cudaSuccess)
        std::abort();
    block[0] = 1;
    if (holds(key{other, 1}) &&
        cudaHostUnregister(block) != cudaSuccess) // expect: unregister-unregistered
        std::abort();
    std::free(block); // expect: freed-while-registered
}

void about_other_names()
{
    char *block = static_cast<char *>(std::malloc(4096));
    if (is_set("pin") && cudaHostRegister(block, 4096, 0) != cudaSuccess)
        std::abort();
    block[0] = 1;
    if (is_set("unpin") &&
        cudaHostUnregister(block) != cudaSuccess) // expect: unregister-unregistered
        std::abort();
    std::free(block); // expect: freed-while-registered
}

/* A class whose members are out of line. */
#include "helpers.h"

#include <cstdlib>

Store::Store(std::size_t bytes) : data_(std::malloc(bytes))
{
}

Store::~Store()
{
    std::free(data_); // expect: freed-while-registered
}

void *Store::data() const
{
    return data_;
}

void Store::drop()
{
    std::free(data_); // expect: freed-while-registered
    data_ = nullptr;
}

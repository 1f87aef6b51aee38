#include "host_memory.h"

#include <vector>

void in_order(std::size_t size);

int main()
{
    std::vector<float> samples(1024);

    in_order(1000);
    must(pin(samples.data(), samples.size() * sizeof(float)));
    must(unpin(samples.data()));
    must(unpin(samples.data())); // the finding is in host_memory.cpp
    return 0;
}

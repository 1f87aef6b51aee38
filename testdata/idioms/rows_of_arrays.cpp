// Arrays in arrays, and in objects of which nothing else is known: data() points to as many bytes as
// size() elements have.
#include <array>
#include <cuda_runtime_api.h>

struct frames {
    std::array<std::array<unsigned short, 4096>, 3> rows;
    std::array<float, 4096> gains;

    // Right
    bool pin(int i)
    {
        return cudaHostRegister(rows[i].data(), sizeof(rows[i]), 0) == cudaSuccess;
    }
    void unpin(int i)
    {
        (void)cudaHostUnregister(rows[i].data());
    }
    // Wrong: elements, not bytes.
    bool pin_short(int i)
    {
        return cudaHostRegister(rows[i].data(), rows[i].size(), 0) == cudaSuccess; // expect: size-mismatch
    }
    bool pin_gains()
    {
        return cudaHostRegister(gains.data(), gains.size(), 0) == cudaSuccess; // expect: size-mismatch
    }
    void unpin_gains()
    {
        (void)cudaHostUnregister(gains.data());
    }
};

static frames all;

int main()
{
    if (all.pin(1))
        all.unpin(1);
    if (all.pin_short(2))
        all.unpin(2);
    if (all.pin_gains())
        all.unpin_gains();
}

#ifndef SET_ELSEWHERE_HPP
#define SET_ELSEWHERE_HPP
#include <cstddef>
#include <cuda_runtime.h>

class staging
{
  public:
    bool allocate(std::size_t count);
    bool allocate_open();
    bool pin();
    void release();
    void release_others();
    void adopt(float *memory)
    {
        adopted_ = memory;
    }
    float **show()
    {
        return &shown_;
    }

    float *open = nullptr; // of anybody

  private:
    float *host_ = nullptr, *adopted_ = nullptr, *shown_ = nullptr;
    std::size_t count_ = 0;
    bool is_up_ = false;
};
#endif

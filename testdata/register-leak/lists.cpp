// Blocks that a member, or a static, holds at the head of a list.
#include <cstddef>
#include <cuda_runtime.h>
#include <sys/mman.h>

struct Slab {
    Slab *next;
    size_t bytes;
    bool pinned;
};

class Pool
{
  public:
    Pool() = default;
    Pool(const Pool &) = delete;
    ~Pool()
    {
        while (slabs_) {
            Slab *slab = slabs_;
            slabs_ = slab->next;
            const size_t bytes = slab->bytes;
            if (slab->pinned)
                (void)cudaHostUnregister(slab);
            munmap(slab, bytes);
        }
    }
    bool add()
    {
        void *memory =
            mmap(nullptr, 65536, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | MAP_PRIVATE, -1, 0);
        if (memory == MAP_FAILED)
            return false;
        Slab *slab = static_cast<Slab *>(memory);
        slab->next = slabs_;
        slab->bytes = 65536;
        slab->pinned = cudaHostRegister(memory, 65536, cudaHostRegisterPortable) == cudaSuccess;
        slabs_ = slab;
        return true;
    }

  private:
    Slab *slabs_ = nullptr;
};

class Forgets
{
  public:
    Forgets() = default;
    Forgets(const Forgets &) = delete;
    ~Forgets()
    {
        while (slabs_) {
            Slab *slab = slabs_;
            slabs_ = slab->next;
            slab->bytes = 0;
        }
    }
    bool add(void *memory)
    {
        Slab *slab = static_cast<Slab *>(memory);
        slab->next = slabs_;
        const cudaError_t error =
            cudaHostRegister(slab, 65536, cudaHostRegisterPortable); // expect: register-leak
        slabs_ = slab;
        return error == cudaSuccess;
    }

  private:
    Slab *slabs_ = nullptr;
};

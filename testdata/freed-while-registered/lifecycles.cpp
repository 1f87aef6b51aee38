/* Classes whose objects nobody makes here: what any client may do with them. */
#include <cstdlib>
#include <cuda_runtime.h>
#include <utility>
#include <vector>

static void ck(cudaError_t e)
{
    if (e != cudaSuccess)
        abort();
}

/* The inverted test. */
class Inverted
{
    void *block_;
    bool pinned_;

  public:
    Inverted() : block_(malloc(4096))
    {
        pinned_ = cudaHostRegister(block_, 4096, cudaHostRegisterDefault) == cudaSuccess;
    }
    ~Inverted()
    {
        if (!pinned_)
            (void)cudaHostUnregister(block_); // expect: unregister-unregistered
        free(block_);                         // expect: freed-while-registered
    }
    Inverted(const Inverted &) = delete;
    Inverted &operator=(const Inverted &) = delete;
};

/* Registered always, unregistered if it was asked for. */
class Asked
{
    void *block_;
    bool on_gpu_;

  public:
    explicit Asked(bool on_gpu) : block_(malloc(4096)), on_gpu_(on_gpu)
    {
        ck(cudaHostRegister(block_, 4096, cudaHostRegisterDefault));
    }
    ~Asked()
    {
        if (on_gpu_)
            (void)cudaHostUnregister(block_);
        free(block_); // expect: freed-while-registered
    }
    Asked(const Asked &) = delete;
    Asked &operator=(const Asked &) = delete;
};

/* The moved-from object ends the registration, too. */
class Moved
{
    void *block_;

  public:
    Moved() : block_(malloc(4096))
    {
        ck(cudaHostRegister(block_, 4096, cudaHostRegisterDefault));
    }
    Moved(Moved &&other) noexcept : block_(other.block_)
    {
    }
    ~Moved()
    {
        if (block_) {
            (void)cudaHostUnregister(block_); // expect: unregister-unregistered
            free(block_);
        }
    }
};

/* What the target held is overwritten. */
class Assigned
{
    void *block_;

  public:
    Assigned() : block_(malloc(4096))
    {
        ck(cudaHostRegister(block_, 4096, cudaHostRegisterDefault)); // expect: register-leak
    }
    Assigned(const Assigned &) = delete;
    Assigned &operator=(Assigned &&other) noexcept
    {
        block_ = other.block_;
        other.block_ = nullptr;
        return *this;
    }
    ~Assigned()
    {
        if (block_) {
            (void)cudaHostUnregister(block_);
            free(block_);
        }
    }
};

/* Right: one condition at both ends, whatever its value. */
enum class Mode { Pageable, Registered, Pinned };
class Modes
{
    char *block_ = nullptr;
    Mode mode_;

  public:
    explicit Modes(Mode mode) : mode_(mode)
    {
        switch (mode_) {
        case Mode::Pinned:
            ck(cudaMallocHost((void **)&block_, 4096));
            break;
        case Mode::Registered:
            block_ = new char[4096];
            ck(cudaHostRegister(block_, 4096, cudaHostRegisterDefault));
            break;
        case Mode::Pageable:
            block_ = new char[4096];
            break;
        }
    }
    ~Modes()
    {
        if (mode_ == Mode::Pinned) {
            (void)cudaFreeHost(block_);
            return;
        }
        if (mode_ == Mode::Registered)
            (void)cudaHostUnregister(block_);
        delete[] block_;
    }
    Modes(const Modes &) = delete;
    Modes &operator=(const Modes &) = delete;
};

/* Right: swaps and exchanges. */
class Exchanged
{
    void *block_;

  public:
    Exchanged() : block_(malloc(4096))
    {
        ck(cudaHostRegister(block_, 4096, cudaHostRegisterDefault));
    }
    Exchanged(Exchanged &&other) noexcept : block_(std::exchange(other.block_, nullptr))
    {
    }
    Exchanged &operator=(Exchanged &&other) noexcept
    {
        std::swap(block_, other.block_);
        return *this;
    }
    ~Exchanged()
    {
        if (!block_)
            return;
        (void)cudaHostUnregister(block_);
        free(block_);
    }
};

/* Right: nobody but the class itself may end it, and that goes another way. */
class Counted
{
    void *block_;
    int count_ = 1;
    ~Counted()
    {
        free(block_);
    }

  public:
    Counted() : block_(malloc(4096))
    {
        ck(cudaHostRegister(block_, 4096, cudaHostRegisterDefault));
    }
    void release()
    {
        if (--count_ == 0) {
            (void)cudaHostUnregister(block_);
            delete this;
        }
    }
};

/* Right: the derived class undoes what its base registered. */
class Base
{
  protected:
    void *block_;

  public:
    Base() : block_(malloc(4096))
    {
        ck(cudaHostRegister(block_, 4096, cudaHostRegisterDefault));
    }
    virtual ~Base()
    {
        free(block_);
    }
};
class Derived : public Base
{
  public:
    ~Derived() override
    {
        (void)cudaHostUnregister(block_);
    }
};

int main()
{
    Modes a(Mode::Registered), b(Mode::Pinned), c(Mode::Pageable);
    Exchanged d, e(std::move(d));
    Derived f;
}

struct Open {
    std::vector<char> memory;
    void open()
    {
        memory.resize(4096);
        ck(cudaHostRegister(memory.data(), memory.size(), 0));
    }
};
void undone_by_its_user()
{
    Open object;
    object.open();
    ck(cudaHostUnregister(object.memory.data()));
}

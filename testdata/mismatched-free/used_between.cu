// What a member function leaves in its object, the destructor ends: whoever uses the class may call
// one before. Nobody does here.
#include <cstdlib>
#include <cuda_runtime.h>

class lazy {
public:
    lazy() {}
    lazy(const lazy &) = delete;
    ~lazy();
    void count(unsigned n) { count_ = n; }
    bool fetch(const double *device);

private:
    double *x_ = nullptr;
    double *y_ = nullptr;
    unsigned count_ = 0;
};

lazy::~lazy()
{
    if (x_)
        delete[] x_; // expect: mismatched-free
    free(y_);        // expect: mismatched-free
}

bool lazy::fetch(const double *device)
{
    const size_t bytes = count_ * sizeof(double);
    if (count_ == 0)
        return false;
    if (!x_ && cudaMallocHost(&x_, bytes) != cudaSuccess) {
        x_ = nullptr;
        return false;
    }
    if (!y_ && cudaMallocHost(&y_, bytes) != cudaSuccess) {
        y_ = nullptr;
        return false;
    }
    return cudaMemcpy(x_, device, bytes, cudaMemcpyDeviceToHost) == cudaSuccess;
}

class no_constructor {
public:
    ~no_constructor()
    {
        if (memory)
            cudaFree(memory); // expect: mismatched-free
    }
    int open(size_t bytes)
    {
        return cudaHostAlloc(&memory, bytes, 0) == cudaSuccess ? 0 : -1;
    }

private:
    void *memory;
};

// The way that the class frees its memory follows from how it came.
class either {
public:
    explicit either(bool pinned) : pinned_(pinned) {}
    either(const either &) = delete;
    ~either()
    {
        if (pinned_)
            (void)cudaFreeHost(memory_);
        else
            free(memory_);
    }
    bool open(size_t bytes)
    {
        if (!pinned_)
            memory_ = malloc(bytes);
        else if (cudaMallocHost(&memory_, bytes) != cudaSuccess)
            memory_ = nullptr;
        return memory_ != nullptr;
    }

private:
    const bool pinned_;
    void *memory_ = nullptr;
};

// What must be called first to turn a member's meaning is not known here.
class told {
public:
    told() {}
    told(const told &) = delete;
    ~told()
    {
        if (kind_ == 1)
            (void)cudaFreeHost(memory_);
        else
            free(memory_);
    }
    void use_pinned() { kind_ = 1; }
    bool open_pinned(size_t bytes)
    {
        return kind_ == 1 && cudaMallocHost(&memory_, bytes) == cudaSuccess;
    }
    bool open_plain(size_t bytes)
    {
        memory_ = kind_ == 1 ? nullptr : malloc(bytes);
        return memory_ != nullptr;
    }

private:
    int kind_ = 0;
    void *memory_ = nullptr;
};

// A number that the constructor was given says how the object works, as the flag beside it does.
class by_mode {
public:
    explicit by_mode(int mode) : mode_(mode), on_heap_(mode == 2) {}
    by_mode(const by_mode &) = delete;
    ~by_mode()
    {
        if (on_heap_)
            free(memory_);
        else
            (void)cudaFreeHost(memory_);
    }
    bool open(size_t bytes)
    {
        if (mode_ == 2)
            memory_ = malloc(bytes);
        else if (cudaMallocHost(&memory_, bytes) != cudaSuccess)
            memory_ = nullptr;
        return memory_ != nullptr;
    }

private:
    int mode_;
    bool on_heap_;
    void *memory_ = nullptr;
};

// How to free it is kept beside it.
class by_function {
public:
    by_function() : free_(std::free) {}
    by_function(const by_function &) = delete;
    ~by_function()
    {
        if (memory_)
            free_(memory_);
    }
    bool open(size_t bytes)
    {
        if (cudaMallocHost(&memory_, bytes) != cudaSuccess)
            return false;
        free_ = [](void *memory) { (void)cudaFreeHost(memory); };
        return true;
    }
    void open_plain(size_t bytes)
    {
        memory_ = malloc(bytes);
        free_ = std::free;
    }

private:
    void *memory_ = nullptr;
    void (*free_)(void *);
};

// Only its own member function frees it, or the caller does.
class handed_out {
public:
    handed_out() {}
    handed_out(const handed_out &) = delete;
    ~handed_out() { free(kept_); }
    void *pinned(size_t bytes)
    {
        void *memory = nullptr;
        return cudaMallocHost(&memory, bytes) == cudaSuccess ? memory : nullptr;
    }
    bool staged(size_t bytes)
    {
        if (cudaMallocHost(&kept_, bytes) != cudaSuccess)
            return false;
        (void)cudaFreeHost(kept_);
        kept_ = malloc(bytes);
        return kept_ != nullptr;
    }

private:
    void *kept_ = nullptr;
};

// Other rules wait for somebody who does it: a size must be set first, a registration undone.
class patient {
public:
    patient() {}
    patient(const patient &) = delete;
    ~patient() { free(memory_); }
    bool resize(size_t bytes)
    {
        bytes_ = bytes;
        memory_ = malloc(bytes);
        return memory_ != nullptr;
    }
    bool pin()
    {
        return bytes_ > 0 && cudaHostRegister(memory_, bytes_, 0) == cudaSuccess;
    }
    bool unpin() { return cudaHostUnregister(memory_) == cudaSuccess; }

private:
    void *memory_ = nullptr;
    size_t bytes_ = 0;
};

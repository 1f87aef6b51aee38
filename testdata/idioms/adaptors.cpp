// An adaptor passes calls on to another object of its base's: the same member function runs in it,
// which is no recursion.
#include <cuda_runtime.h>

#include <cstdlib>
#include <memory>

class resource {
public:
    virtual ~resource() = default;
    void *allocate(size_t size)
    {
        return do_allocate(size);
    }
    void deallocate(void *data)
    {
        do_deallocate(data);
    }

private:
    virtual void *do_allocate(size_t size) = 0;
    virtual void do_deallocate(void *data) = 0;
};

class heap : public resource {
    void *do_allocate(size_t size) override
    {
        void *data = std::malloc(size);
        if (!data)
            abort();
        return data;
    }
    void do_deallocate(void *data) override
    {
        std::free(data); // expect: freed-while-registered
    }
};

class pins : public resource {
protected:
    void *do_allocate(size_t size) override
    {
        void *data = upstream_.allocate(size);
        if (cudaHostRegister(data, size, cudaHostRegisterDefault) != cudaSuccess) // expect: nonconstant-size
            abort();
        return data;
    }
    void do_deallocate(void *data) override
    {
        (void)cudaHostUnregister(data);
        upstream_.deallocate(data);
    }
    heap upstream_;
};

class forgets : public pins {
    void do_deallocate(void *data) override
    {
        upstream_.deallocate(data);
    }
};

void undone()
{
    pins memory;
    void *data = memory.allocate(8192);
    memory.deallocate(data);
}

void forgotten()
{
    std::unique_ptr<resource> memory = std::make_unique<forgets>();
    void *data = memory->allocate(8192);
    memory->deallocate(data);
}

class pinned : public resource {
    void *do_allocate(size_t size) override
    {
        void *data = nullptr;
        if (cudaMallocHost(&data, size) != cudaSuccess)
            abort();
        return data;
    }
    void do_deallocate(void *data) override
    {
        (void)cudaFreeHost(data);
    }
};

class pins_what_it_is_given : public resource {
public:
    explicit pins_what_it_is_given(resource &upstream) : upstream_(upstream)
    {
    }

private:
    void *do_allocate(size_t size) override
    {
        void *data = upstream_.allocate(size);
        if (size > 0 && cudaHostRegister(data, size, cudaHostRegisterDefault) != cudaSuccess) // expect: already-pinned
            abort();
        return data;
    }
    void do_deallocate(void *data) override
    {
        (void)cudaHostUnregister(data);
        upstream_.deallocate(data);
    }
    resource &upstream_;
};

void pinned_twice()
{
    pinned below;
    pins_what_it_is_given memory(below);
    void *data = memory.allocate(8192);
    memory.deallocate(data);
}

// What calls itself on one object is not followed further.
class node {
public:
    void release()
    {
        if (next_ && next_ != this)
            next_->release();
        (void)cudaHostUnregister(data_);
        std::free(data_);
        data_ = nullptr;
    }

private:
    node *next_ = this;
    void *data_ = nullptr;
};

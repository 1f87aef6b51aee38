// What a class keeps its base, out of sight, cannot name: its functions may be called in between.
#include <cuda_runtime.h>

#include <cstdlib>
#include <string>

class node {
public:
    explicit node(const char *name);
    virtual ~node();
    void set_kind(int kind);
    virtual void start();
    virtual void stop();

protected:
    void *of_the_base_ = nullptr;

private:
    const char *name_;
};

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        abort();
}

class zeros : public node {
public:
    explicit zeros(size_t bytes) : node("zeros"), buffer_(calloc(1, bytes))
    {
        if (bytes > 0)
            check(cudaHostRegister(buffer_, bytes, cudaHostRegisterDefault));
        set_kind(3);
    }
    ~zeros() override
    {
        set_kind(0);
        free(buffer_); // expect: freed-while-registered
    }
    void start() override
    {
        std::string name = "zeros";
        used_ += name.size();
    }

private:
    void *buffer_;
    size_t used_ = 0;
};

// the base calls it
class stopping : public node {
public:
    explicit stopping(size_t bytes) : node("stopping"), buffer_(calloc(1, bytes))
    {
        if (bytes > 0)
            check(cudaHostRegister(buffer_, bytes, cudaHostRegisterDefault));
        set_kind(3);
    }
    ~stopping() override
    {
        set_kind(0);
        free(buffer_);
    }
    void stop() override
    {
        if (is_on_)
            check(cudaHostUnregister(buffer_));
        is_on_ = false;
    }

private:
    void *buffer_;
    bool is_on_ = true;
};

class changing : public node {
public:
    explicit changing(size_t bytes) : node("changing"), buffer_(calloc(1, bytes))
    {
        if (bytes > 0)
            check(cudaHostRegister(buffer_, bytes, cudaHostRegisterDefault));
        set_kind(3);
    }
    ~changing() override { free(buffer_); }
    void start() override { buffer_ = nullptr; }

private:
    void *buffer_;
};

// a member of the base
class of_base : public node {
public:
    explicit of_base(size_t bytes) : node("of_base")
    {
        of_the_base_ = calloc(1, bytes);
        if (bytes > 0)
            check(cudaHostRegister(of_the_base_, bytes, cudaHostRegisterDefault));
        set_kind(3);
    }
    ~of_base() override { free(of_the_base_); }
};

class known;
void tell_others(known *whole);

class known : public node {
public:
    explicit known(size_t bytes) : node("known"), buffer_(calloc(1, bytes))
    {
        if (bytes > 0)
            check(cudaHostRegister(buffer_, bytes, cudaHostRegisterDefault));
        tell_others(this);
        set_kind(3);
    }
    ~known() override { free(buffer_); }
    void forget() { check(cudaHostUnregister(buffer_)); }

private:
    void *buffer_;
};

// ... through a function of its own
class by_helper : public node {
public:
    explicit by_helper(size_t bytes) : node("by_helper"), buffer_(malloc(bytes + 1))
    {
        if (buffer_ && cudaHostRegister(buffer_, bytes + 1, cudaHostRegisterDefault) != cudaSuccess)
            drop();
        set_kind(3);
        if (buffer_)
            free(buffer_);
    }
    void stop() override { drop(); }

private:
    void drop() { exchange(nullptr); }
    void exchange(void *other)
    {
        free(buffer_);
        buffer_ = other;
    }
    void *buffer_;
};

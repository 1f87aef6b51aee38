// Members of aggregates, made from a braced list: the list as written hides their constructors.
#include <cuda_runtime.h>

#include <utility>

class Handle {
public:
    explicit Handle(void *block) : block_(block) {}
    Handle(Handle &&other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
    ~Handle()
    {
        if (block_)
            (void)cudaHostUnregister(block_);
    }

private:
    void *block_;
};

struct Task {
    Handle handle;
    int number;
};

struct Batch {
    Task first;
    long deadline;
};

struct CopyableHandle {
    explicit CopyableHandle(void *to) : block(to) {}
    CopyableHandle(const CopyableHandle &other) : block(other.block) {}
    ~CopyableHandle()
    {
        (void)cudaHostUnregister(block); // expect: unregister-unregistered
    }
    void *block;
};

struct CopyableTask {
    CopyableHandle handle;
};

// Right.
void moved_into_a_member(void *block)
{
    if (cudaHostRegister(block, 4096, 0) != cudaSuccess)
        return;
    Handle handle(block);
    Task task{std::move(handle), 3};
}

// Right: Task's own constructor moves its members.
void moved_with_its_aggregate(void *block)
{
    if (cudaHostRegister(block, 4096, 0) != cudaSuccess)
        return;
    Handle handle(block);
    Task task{std::move(handle), 3};
    Batch batch{std::move(task), 4};
}

void copied_into_a_member(void *block)
{
    if (cudaHostRegister(block, 4096, 0) != cudaSuccess)
        return;
    CopyableHandle handle(block);
    CopyableTask task{handle};
}

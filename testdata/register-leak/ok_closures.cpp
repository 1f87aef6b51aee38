/* A closure that a member function makes undoes what the class registers: the deleter of a pointer
 * that a base class holds. */
#include <cstdlib>
#include <cuda_runtime.h>
#include <functional>
#include <memory>
static void must(cudaError_t status)
{
    if (status != cudaSuccess)
        throw status;
}
template <typename T> class Handle
{
  protected:
    Handle() = default;
    T object{};
    std::shared_ptr<T> manager;
};
class Region : public Handle<void *>
{
  public:
    explicit Region(void *memory)
    {
        object = memory;
        must(cudaHostRegister(object, 4096, cudaHostRegisterDefault));
        manager = std::shared_ptr<void *>(new (void *)(object), [](void **held) {
            (void)cudaHostUnregister(*held);
            delete held;
        });
    }
};
/* The closure is made in another one. */
class Nested : public Handle<void *>
{
  public:
    explicit Nested(void *memory)
    {
        object = memory;
        must(cudaHostRegister(object, 4096, cudaHostRegisterDefault));
        auto keep = [this]() {
            manager = std::shared_ptr<void *>(new (void *)(object), [](void **held) {
                (void)cudaHostUnregister(*held);
                delete held;
            });
        };
        keep();
    }
};

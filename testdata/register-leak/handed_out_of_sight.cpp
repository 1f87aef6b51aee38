// Functions that do nothing but hand a member or a static to code out of sight: it may undo there
// what another function of the class, or of the file, registered.
#include <cuda_runtime.h>

#include <cstdlib>

void pool_give_back(void *);
int pool_size();

class Handed
{
    void *memory;

  public:
    explicit Handed(void *p) : memory(p)
    {
        if (cudaHostRegister(memory, 4096, cudaHostRegisterDefault) != cudaSuccess)
            abort();
    }
    Handed(const Handed &) = delete;
    ~Handed()
    {
        pool_give_back(memory);
    }
};

class HandedByAClosure
{
    void *memory;

  public:
    explicit HandedByAClosure(void *p) : memory(p)
    {
        if (cudaHostRegister(memory, 4096, cudaHostRegisterDefault) != cudaSuccess)
            abort();
    }
    HandedByAClosure(const HandedByAClosure &) = delete;
    ~HandedByAClosure()
    {
        [this] { pool_give_back(memory); }();
    }
};

template <class Put> class HandedByAPolicy
{
    void *memory;

  public:
    explicit HandedByAPolicy(void *p) : memory(p)
    {
        if (cudaHostRegister(memory, 4096, cudaHostRegisterDefault) != cudaSuccess)
            abort();
    }
    HandedByAPolicy(const HandedByAPolicy &) = delete;
    ~HandedByAPolicy()
    {
        auto put = [this] { Put::put(memory); };
        put();
    }
};

struct Unregisters {
    static void put(void *p)
    {
        if (cudaHostUnregister(p) != cudaSuccess)
            abort();
    }
};

void use(void *p)
{
    HandedByAPolicy<Unregisters> buffer(p);
}

class Kept
{
    void *memory;

  public:
    explicit Kept(void *p) : memory(p)
    {
        if (cudaHostRegister(memory, 4096, cudaHostRegisterDefault) != cudaSuccess) // expect: register-leak
            abort();
    }
    Kept(const Kept &) = delete;
    ~Kept()
    {
        if (pool_size() > 4)
            memory = nullptr;
    }
};

static void *given, *forgotten;

void start()
{
    given = malloc(4096);
    forgotten = malloc(4096);
    if (!given || !forgotten)
        abort();
    if (cudaHostRegister(given, 4096, cudaHostRegisterDefault) != cudaSuccess ||
        cudaHostRegister(forgotten, 4096, cudaHostRegisterDefault) != cudaSuccess) // expect: register-leak
        abort();
}

void stop()
{
    pool_give_back(given);
}

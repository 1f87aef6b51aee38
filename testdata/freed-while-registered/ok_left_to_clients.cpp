// A class may leave it to its clients to undo what its constructor registered.
#include <cuda_runtime.h>
#include <vector>

class stage
{
    std::vector<int> items_;

  public:
    stage() : items_(1024)
    {
        if (cudaHostRegister(items_.data(), 4096, cudaHostRegisterDefault) != cudaSuccess)
            throw 1;
    }
    stage(const stage &) = delete;
    void shut_down()
    {
        (void)cudaHostUnregister(items_.data());
    }
};

void shut_down_in_time()
{
    stage s;
    s.shut_down();
}

// One of them forgets.
class forgotten // expect: freed-while-registered
{
    std::vector<int> items_;

  public:
    forgotten() : items_(1024)
    {
        if (cudaHostRegister(items_.data(), 4096, cudaHostRegisterDefault) != cudaSuccess)
            throw 1;
    }
    forgotten(const forgotten &) = delete;
    void shut_down()
    {
        (void)cudaHostUnregister(items_.data());
    }
};

void forget()
{
    forgotten f;
}

// Where the destructor undoes it, another way to lose the memory is a mistake all the same.
class moved
{
    char *memory_;

  public:
    moved() : memory_(new char[4096])
    {
        if (cudaHostRegister(memory_, 4096, cudaHostRegisterDefault) != cudaSuccess)
            throw 1;
    }
    moved(const moved &) = delete;
    moved &operator=(moved &&other) noexcept
    {
        delete[] memory_; // expect: freed-while-registered
        memory_ = other.memory_;
        other.memory_ = nullptr;
        return *this;
    }
    void close()
    {
        if (!memory_)
            return;
        (void)cudaHostUnregister(memory_);
        delete[] memory_;
        memory_ = nullptr;
    }
    ~moved()
    {
        close();
    }
};

// What a client has to call before, the class does not say.
class parked
{
  public:
    parked() : data(new char[4096])
    {
    }
    parked(const parked &) = delete;
    ~parked()
    {
        unlock();
        delete[] data;
    }
    void lock()
    {
        if (cudaHostRegister(data, 4096, 0) != cudaSuccess)
            throw 1;
        locked = true;
    }
    void unlock()
    {
        if (locked)
            (void)cudaHostUnregister(data);
        locked = false;
    }
    void close()
    {
        delete[] data;
        data = nullptr;
    }

  private:
    char *data;
    bool locked = false;
};

// Where it unlocks as well, it is called for what is locked.
class parked_by_itself
{
  public:
    parked_by_itself() : data(new char[4096])
    {
    }
    parked_by_itself(const parked_by_itself &) = delete;
    ~parked_by_itself()
    {
        unlock();
        delete[] data;
    }
    void lock()
    {
        if (cudaHostRegister(data, 4096, 0) != cudaSuccess)
            throw 1;
        locked = true;
    }
    void unlock()
    {
        if (locked)
            (void)cudaHostUnregister(data); // expect: unregister-unregistered
        locked = false;
    }
    void close()
    {
        if (locked)
            (void)cudaHostUnregister(data);
        delete[] data;
        data = nullptr;
    }

  private:
    char *data;
    bool locked = false;
};

// A factory registers what an object's private member points to; the object frees it.
#include <cuda_runtime_api.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <mutex>

class Storage : public std::enable_shared_from_this<Storage> {
  public:
    explicit Storage(std::size_t bytes) : raw_(::operator new(bytes)) {}
    Storage(const Storage &) = delete;
    ~Storage()
    {
        ::operator delete(raw_); // expect: freed-while-registered
    }

    static std::shared_ptr<Storage> create(std::size_t pages)
    {
        const std::size_t bytes = 4096 * (pages + 1);
        auto storage = std::make_shared<Storage>(bytes);
        if (cudaHostRegister(storage->raw_, bytes, cudaHostRegisterPortable) != cudaSuccess)
            throw bytes;
        return storage;
    }

  private:
    void *raw_;
};

// Members of the library's that begin and end beside it have nothing to do with it.
class Logged {
  public:
    explicit Logged(const char *path) : log_(path), text_(new char[8192]) {}
    Logged(const Logged &) = delete;
    ~Logged()
    {
        delete[] text_; // expect: freed-while-registered
    }

    static Logged *create(const char *path)
    {
        auto *logged = new Logged(path);
        if (cudaHostRegister(logged->text_, 8192, 0) != cudaSuccess) {
            delete logged;
            return nullptr;
        }
        return logged;
    }

  private:
    std::ofstream log_;
    std::mutex lock_;
    char *text_;
};

// ---- right ----

class Undone : public std::enable_shared_from_this<Undone> {
  public:
    Undone() : memory_(new char[8192]) {}
    Undone(const Undone &) = delete;
    ~Undone()
    {
        if (is_pinned_ && cudaHostUnregister(memory_) != cudaSuccess)
            std::abort();
        delete[] memory_;
    }

    static std::shared_ptr<Undone> create()
    {
        auto undone = std::make_shared<Undone>();
        undone->is_pinned_ = cudaHostRegister(undone->memory_, 8192, 0) == cudaSuccess;
        return undone;
    }

  private:
    char *memory_;
    bool is_pinned_ = false;
};

// Another function of the class's undoes it.
class Lent {
  public:
    Lent() : given_(new char[8192]) {}
    Lent(const Lent &) = delete;
    ~Lent() { delete[] given_; }

    static Lent *create()
    {
        auto *lent = new Lent;
        if (cudaHostRegister(lent->given_, 8192, 0) != cudaSuccess) {
            delete lent;
            return nullptr;
        }
        return lent;
    }
    static void destroy(Lent *lent)
    {
        if (cudaHostUnregister(lent->given_) != cudaSuccess)
            std::abort();
        delete lent;
    }

  private:
    char *given_;
};

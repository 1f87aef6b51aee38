/* An exception that leaves a constructor: no destructor runs for the object. */
#include <cuda_runtime.h>
#include <cstdlib>
#include <memory>
#include <stdexcept>

struct Unpin {
    void operator()(char *p) const
    {
        (void)cudaHostUnregister(p);
        delete[] p;
    }
};

class Loses {
    char *data_;

public:
    explicit Loses(bool bad) : data_(new char[4096])
    {
        if (cudaHostRegister(data_, 4096, cudaHostRegisterDefault) != cudaSuccess) // expect: register-leak
            throw std::runtime_error("no registration");
        if (bad)
            throw std::runtime_error("bad");
    }
    ~Loses()
    {
        (void)cudaHostUnregister(data_);
        delete[] data_;
    }
    Loses(const Loses &) = delete;
};

class Undoes {
    char *data_;

public:
    explicit Undoes(bool bad) : data_(new char[4096])
    {
        if (cudaHostRegister(data_, 4096, cudaHostRegisterDefault) != cudaSuccess) {
            delete[] data_;
            throw std::runtime_error("no registration");
        }
        if (bad) {
            (void)cudaHostUnregister(data_);
            delete[] data_;
            throw std::runtime_error("bad");
        }
    }
    ~Undoes()
    {
        (void)cudaHostUnregister(data_);
        delete[] data_;
    }
    Undoes(const Undoes &) = delete;
};

class MemberUndoes {
    std::unique_ptr<char[], Unpin> data_;

public:
    explicit MemberUndoes(bool bad)
    {
        char *data = new char[4096];
        if (cudaHostRegister(data, 4096, cudaHostRegisterDefault) != cudaSuccess) {
            delete[] data;
            throw std::runtime_error("no registration");
        }
        data_.reset(data);
        if (bad)
            throw std::runtime_error("bad");
    }
};

class Catches {
    char *data_;

public:
    explicit Catches(bool bad) : data_(new char[4096])
    {
        if (cudaHostRegister(data_, 4096, cudaHostRegisterDefault) != cudaSuccess)
            throw std::runtime_error("no registration");
        try {
            if (bad)
                throw std::runtime_error("bad");
        } catch (...) {
            (void)cudaHostUnregister(data_);
            delete[] data_;
            throw;
        }
    }
    ~Catches()
    {
        (void)cudaHostUnregister(data_);
        delete[] data_;
    }
};

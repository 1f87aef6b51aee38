// Static members that member functions alone can name.
#include <cstdlib>
#include <cuda_runtime.h>

static void ck(cudaError_t e)
{
    if (e != cudaSuccess)
        abort();
}

class Table
{
    static char cells_[65536];

  public:
    static void start()
    {
        ck(cudaHostRegister(cells_, sizeof cells_, 0)); // expect: register-leak
    }
    static void stop()
    {
        cells_[0] = 0;
    }
};
char Table::cells_[65536];

class Staging
{
    static inline char *block_ = nullptr;

  public:
    static void start()
    {
        block_ = static_cast<char *>(malloc(8192));
        ck(cudaHostRegister(block_, 8192, cudaHostRegisterDefault));
    }
    static void stop()
    {
        free(block_); // expect: freed-while-registered
        block_ = nullptr;
    }
};

// Right: another class undoes it, a friend; or one inside.
class Shown
{
    static inline char *block_ = nullptr;
    friend class Undoes;

  public:
    static void start()
    {
        block_ = static_cast<char *>(malloc(8192));
        ck(cudaHostRegister(block_, 8192, cudaHostRegisterDefault));
    }
};

class Undoes
{
  public:
    ~Undoes()
    {
        ck(cudaHostUnregister(Shown::block_));
        free(Shown::block_);
    }
};

class Outer
{
    static char cells_[65536];
    struct Guard {
        ~Guard()
        {
            ck(cudaHostUnregister(cells_));
        }
    };

  public:
    static void start()
    {
        static Guard guard;
        ck(cudaHostRegister(cells_, sizeof cells_, cudaHostRegisterDefault));
    }
};
char Outer::cells_[65536];

// Right: a member function stands elsewhere.
class Elsewhere
{
    static inline char *block_ = nullptr;

  public:
    static void start()
    {
        block_ = static_cast<char *>(malloc(8192));
        ck(cudaHostRegister(block_, 8192, cudaHostRegisterDefault));
    }
    static void stop();
};

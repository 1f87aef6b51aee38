// Right, as far as this rule goes: who drops what a wrapper answers takes the call to have
// succeeded.
#include <cuda_runtime_api.h>
#include <memory>
#include <optional>
#include <string>
enum class Code { Ok, Failed };
struct Status {
    int code;
    std::string why;
};
static bool w2(void *p)
{
    if (cudaHostRegister(p, 4096, 0) != cudaSuccess) {
        return false;
    }
    return true;
}
static int w3(void *p)
{
    if (cudaHostRegister(p, 4096, 0) != cudaSuccess) {
        return 1;
    }
    return 0;
}
static Status w4(void *p)
{
    if (auto e = cudaHostRegister(p, 4096, 0))
        return {(int)e, "no"};
    return {0, {}};
}
static std::optional<int> w7(void *p)
{
    if (cudaHostRegister(p, 4096, 0))
        return std::nullopt;
    return 1;
}
static void *w8(void *p)
{
    if (cudaHostRegister(p, 4096, 0))
        return nullptr;
    return p;
}
static std::string w9(void *p)
{
    cudaError_t e = cudaHostRegister(p, 4096, 0);
    if (e != cudaSuccess) {
        return "bad";
    }
    return "";
}
void f2(void *p)
{
    w2(p);
    (void)cudaHostUnregister(p);
}
void f3(void *p)
{
    w3(p);
    (void)cudaHostUnregister(p);
}
void f4(void *p)
{
    w4(p);
    (void)cudaHostUnregister(p);
}
void f7(void *p)
{
    w7(p);
    (void)cudaHostUnregister(p);
}
void f8(void *p)
{
    w8(p);
    (void)cudaHostUnregister(p);
}
void f9(void *p)
{
    w9(p);
    (void)cudaHostUnregister(p);
}

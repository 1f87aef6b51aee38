/* A constructor that throws leaves no element: its container ends nothing in its place. */
#include <cuda_runtime_api.h>
#include <deque>
#include <exception>
#include <list>
#include <map>
#include <new>
#include <optional>
#include <stdexcept>
#include <variant>
#include <vector>

class pin
{
    void *at_;

  public:
    explicit pin(char *at) : at_(at)
    {
        if (cudaHostRegister(at_, 4096, cudaHostRegisterDefault) != cudaSuccess)
            throw std::runtime_error("pin");
    }
    pin(const pin &) = delete;
    ~pin()
    {
        if (cudaHostUnregister(at_) != cudaSuccess)
            std::terminate();
    }
    void *at() const
    {
        return at_;
    }
};

struct two_pins {
    pin first, second;
    explicit two_pins(char *at) : first(at), second(at + 4096)
    {
    }
};

#define TRY(statement)                                                                             \
    try {                                                                                          \
        statement;                                                                                 \
    } catch (const std::exception &) {                                                             \
        return;                                                                                    \
    }

void in_an_optional(char *at)
{
    std::optional<pin> one;
    TRY(one.emplace(at))
}

void both_in_an_optional(char *at)
{
    std::optional<two_pins> both;
    TRY(both.emplace(at))
}

void in_a_list(char *at)
{
    std::list<pin> all;
    TRY(all.emplace_back(at))
}

void in_a_vector(char *at)
{
    std::vector<pin> all;
    all.reserve(4);
    TRY(all.emplace_back(at))
}

void in_a_deque(char *at)
{
    std::deque<pin> all;
    TRY(all.emplace_front(at))
}

void in_a_map(char *at)
{
    std::map<int, pin> all;
    TRY(all.try_emplace(1, at))
}

void in_a_variant(char *at)
{
    std::variant<std::monostate, pin> one;
    TRY(one.emplace<pin>(at))
}

class member
{
    std::optional<pin> one_;

  public:
    explicit member(char *at)
    {
        one_.emplace(at);
    }
};

bool asked(char *at)
{
    std::optional<pin> one;
    try {
        one.emplace(at);
    } catch (const std::exception &) {
    }
    if (one)
        return one->at() == at;
    return cudaHostRegister(at, 8192, cudaHostRegisterDefault) == cudaSuccess &&
           cudaHostUnregister(at) == cudaSuccess;
}

void once_more()
{
    char *at = new char[8192];
    std::optional<pin> one;
    try {
        one.emplace(at);
    } catch (const std::exception &) {
        one.emplace(at);
    }
    delete[] at; // expect: freed-while-registered
}

void the_first_stays()
{
    char *at = new char[8192];
    std::list<pin> all;
    all.emplace_back(at);
    try {
        all.emplace_back(at + 4096);
    } catch (const std::exception &) {
        delete[] at; // expect: freed-while-registered
        return;
    }
    all.clear();
    delete[] at;
}

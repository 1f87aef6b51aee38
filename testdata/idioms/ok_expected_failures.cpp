// Test frameworks whose comparisons are out of sight: the failure is what the test asks for.
#include <cuda_runtime.h>
#include <stdlib.h>

// As Catch2 does it: (decomposer() <= f()) == e
template <class T> struct binary_expression;

template <class T> struct left_hand_side {
    template <class R> binary_expression<T> operator==(const R &right) const;
    template <class R> binary_expression<T> operator!=(const R &right) const;
    const T &value;
};

struct decomposer {
    template <class T> left_hand_side<T> operator<=(const T &value) const;
};

template <class T> struct binary_expression {
    T left, right;
    binary_expression(T l, T r);
    ~binary_expression();
};

struct assertion_handler {
    assertion_handler(const char *text);
    template <class T> void handle(const binary_expression<T> &expression);
    void complete();
};

#define REQUIRE(...)                                                                               \
    do {                                                                                           \
        assertion_handler handler(#__VA_ARGS__);                                                   \
        handler.handle(decomposer() <= __VA_ARGS__);                                               \
        handler.complete();                                                                        \
    } while (0)

#define CHECK_ERROR(call, expected)                                                                \
    do {                                                                                           \
        cudaError_t status = call;                                                                 \
        REQUIRE(status == expected);                                                               \
    } while (0)

// As googletest does it: a call with both, by reference
template <class T, class U>
bool compare_equal(const char *left_text, const char *right_text, const T &left, const U &right);

#define EXPECT_EQ(left, right)                                                                     \
    do {                                                                                           \
        if (!compare_equal(#left, #right, left, right))                                            \
            abort();                                                                               \
    } while (0)

// Its CmpHelperNE has a body, and what its answer means is out of sight
struct assertion_result {
    explicit assertion_result(bool holds);
    assertion_result(const assertion_result &);
    ~assertion_result();
    operator bool() const;
};

template <class T, class U>
assertion_result compareNE(const char *left_text, const char *right_text, const T &left,
                           const U &right)
{
    return assertion_result(left != right);
}

void report(const char *text);

#define EXPECT_NE(left, right)                                                                     \
    if (const assertion_result result = compareNE(#left, #right, left, right))                     \
        ;                                                                                          \
    else                                                                                           \
        report(#left)

void nothing_to_register(size_t n)
{
    char *p = nullptr;
    CHECK_ERROR(cudaHostRegister(p, 16, 0), cudaErrorInvalidValue);
    p = static_cast<char *>(malloc(16));
    CHECK_ERROR(cudaHostRegister(p, 0, 0), cudaErrorInvalidValue);
    REQUIRE(cudaHostUnregister(p) == cudaErrorHostMemoryNotRegistered);
    EXPECT_EQ(cudaErrorHostMemoryNotRegistered, cudaHostUnregister(p));
    EXPECT_EQ(cudaHostRegister(p, 16, 1024), cudaErrorInvalidValue);
    EXPECT_NE(cudaHostRegister(p, 16, 2048), cudaSuccess);
    EXPECT_NE(cudaSuccess, cudaHostRegister(p, 0, 0));
    REQUIRE(cudaHostRegister(p, 0, 0) != cudaSuccess);
    free(p);
}

void registered_twice()
{
    static char area[4096];
    REQUIRE(cudaHostRegister(area, sizeof area, 0) == cudaSuccess);
    REQUIRE(cudaHostRegister(area, sizeof area, 0) == cudaErrorHostMemoryAlreadyRegistered);
    REQUIRE(cudaHostUnregister(area) == cudaSuccess);
    REQUIRE(cudaHostUnregister(area) == cudaErrorHostMemoryNotRegistered);
}

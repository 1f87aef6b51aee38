// GoogleTest keeps what a test expects in objects of its own: they say how the call went. A test that
// has failed is over.
#include <cuda_runtime.h>
#include <vector>

namespace testing
{
class Message
{
  public:
    Message();
    Message(const Message &);
    ~Message();
};
class AssertionResult
{
  public:
    AssertionResult(const AssertionResult &);
    template <class T> explicit AssertionResult(const T &success, void *only = nullptr);
    ~AssertionResult();
    operator bool() const;
    const char *failure_message() const;
};
class Test
{
  public:
    static bool HasFatalFailure();
};
namespace internal
{
bool AlwaysTrue();
class EqHelper
{
  public:
    template <class A, class B>
    static AssertionResult Compare(const char *, const char *, const A &a, const B &b);
};
template <class A, class B>
AssertionResult CmpHelperNE(const char *, const char *, const A &a, const B &b);
template <class A, class B>
AssertionResult CmpHelperGT(const char *, const char *, const A &a, const B &b);
class AssertHelper
{
  public:
    AssertHelper(int type, const char *file, int line, const char *message);
    ~AssertHelper();
    void operator=(const Message &message) const;
};
} // namespace internal
} // namespace testing

#define REPORT(type, text)                                                                         \
    ::testing::internal::AssertHelper(type, __FILE__, __LINE__, text) = ::testing::Message()
#define TEST_RESULT(expression, on_failure)                                                        \
    switch (0)                                                                                     \
    case 0:                                                                                        \
    default:                                                                                       \
        if (const ::testing::AssertionResult result = (expression))                                \
            ;                                                                                      \
        else                                                                                       \
            on_failure(result.failure_message())
#define FATAL(text) return REPORT(2, text)
#define NONFATAL(text) REPORT(1, text)
#define ASSERT_EQ(a, b)                                                                            \
    TEST_RESULT(::testing::internal::EqHelper::Compare(#a, #b, a, b), FATAL)
#define EXPECT_EQ(a, b)                                                                            \
    TEST_RESULT(::testing::internal::EqHelper::Compare(#a, #b, a, b), NONFATAL)
#define ASSERT_NE(a, b) TEST_RESULT(::testing::internal::CmpHelperNE(#a, #b, a, b), FATAL)
#define ASSERT_GT(a, b) TEST_RESULT(::testing::internal::CmpHelperGT(#a, #b, a, b), FATAL)
#define ASSERT_TRUE(a) TEST_RESULT(::testing::AssertionResult(a), FATAL)
#define EXPECT_TRUE(a) TEST_RESULT(::testing::AssertionResult(a), NONFATAL)
#define SUCCEED() REPORT(0, "")

void freed_while_it_is_registered()
{
    char *p = new char[8192];
    ASSERT_EQ(cudaSuccess, cudaHostRegister(p, 4096, 0));
    delete[] p; // expect: freed-while-registered
}

void ends_while_it_is_registered()
{
    std::vector<char> v(8192);
    cudaError_t status = cudaHostRegister(v.data(), v.size(), 0);
    EXPECT_TRUE(status == cudaSuccess);
} // expect: freed-while-registered

void two_parts()
{
    std::vector<char> v(8192);
    ASSERT_EQ(cudaSuccess, cudaHostRegister(v.data(), 4096, 0));
    ASSERT_TRUE(cudaSuccess == cudaHostRegister(v.data() + 4096, 4096, 0));
    EXPECT_EQ(cudaSuccess, cudaHostUnregister(v.data() + 4096));
    EXPECT_EQ(cudaHostUnregister(v.data()), cudaSuccess);
}

void a_failure_is_expected(char *p, void *nothing)
{
    EXPECT_TRUE(cudaHostRegister(nullptr, 4096, 0) != cudaSuccess);
    EXPECT_TRUE(cudaHostRegister(nullptr, 4096, 0) == cudaSuccess); // expect: not-host-memory
    EXPECT_EQ(cudaErrorInvalidValue, cudaHostRegister(p, 0, 0));
    ASSERT_NE(cudaSuccess, cudaHostRegister(p, 4096, 0x400));
    ASSERT_NE(nothing, nullptr);
    ASSERT_EQ(cudaSuccess, cudaHostRegister(nothing, 4096, 0));
    ASSERT_EQ(cudaSuccess, cudaHostUnregister(nothing));
}

void any_size(char *p, size_t size)
{
    ASSERT_GT(size, 0u);
    ASSERT_EQ(cudaSuccess, cudaHostRegister(p, size, 0));
    ASSERT_EQ(cudaSuccess, cudaHostUnregister(p));
}

void registered_twice()
{
    char *p = new char[8192];
    ASSERT_EQ(cudaSuccess, cudaHostRegister(p, 8192, 0));
    ASSERT_EQ(cudaErrorHostMemoryAlreadyRegistered, cudaHostRegister(p, 8192, 0));
    SUCCEED();
    ASSERT_EQ(cudaSuccess, cudaHostUnregister(p));
    ASSERT_EQ(cudaSuccess, cudaHostUnregister(p)); // expect: unregister-unregistered
    delete[] p;
}

void registers(char *p)
{
    ASSERT_EQ(cudaSuccess, cudaHostRegister(p, 4096, 0));
}

void by_a_helper()
{
    char *p = new char[4096];
    registers(p);
    if (::testing::Test::HasFatalFailure())
        return;
    EXPECT_EQ(cudaSuccess, cudaHostUnregister(p));
    delete[] p;
}

#define EXPECT_NO_THROW(statement)                                                                 \
    if (::testing::internal::AlwaysTrue()) {                                                       \
        try {                                                                                      \
            statement;                                                                             \
        } catch (...) {                                                                            \
            goto has_thrown;                                                                       \
        }                                                                                          \
    } else                                                                                         \
    has_thrown:                                                                                    \
        NONFATAL("thrown")

void by_a_throwing_one()
{
    char *p = new char[4096];
    EXPECT_NO_THROW(if (cudaHostRegister(p, 4096, 0) != cudaSuccess) throw 1);
    EXPECT_EQ(cudaSuccess, cudaHostUnregister(p));
    delete[] p;
}

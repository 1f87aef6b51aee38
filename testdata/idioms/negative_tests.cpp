// EXPECT_FALSE(c) and ASSERT_TRUE(c) of a test framework, where c is that a call fails.
#include <cuda_runtime.h>
#include <cstdlib>
#include <type_traits>

namespace testing
{
struct Message {
};
class AssertionResult
{
    bool success_;

  public:
    template <typename T>
    explicit AssertionResult(
        const T &success,
        typename std::enable_if<!std::is_convertible<T, AssertionResult>::value>::type * = nullptr)
        : success_(success)
    {
    }
    operator bool() const { return success_; }
    const char *failure_message() const { return ""; }
};
struct AssertHelper {
    AssertHelper(const char *file, int line, const char *message);
    void operator=(const Message &) const;
};
} // namespace testing

#define TEST_BOOLEAN(condition, text, fail)                                                        \
    switch (0)                                                                                     \
    case 0:                                                                                        \
    default:                                                                                       \
        if (const ::testing::AssertionResult gtest_ar_ = ::testing::AssertionResult(condition))    \
            ;                                                                                      \
        else                                                                                       \
            fail(gtest_ar_.failure_message())
#define FATAL(text)                                                                                \
    return ::testing::AssertHelper(__FILE__, __LINE__, text) = ::testing::Message()
#define NONFATAL(text)                                                                             \
    ::testing::AssertHelper(__FILE__, __LINE__, text) = ::testing::Message()
#define EXPECT_TRUE(condition) TEST_BOOLEAN(condition, #condition, NONFATAL)
#define EXPECT_FALSE(condition) TEST_BOOLEAN(!(condition), #condition, NONFATAL)
#define ASSERT_TRUE(condition) TEST_BOOLEAN(condition, #condition, FATAL)
#define ASSERT_FALSE(condition) TEST_BOOLEAN(!(condition), #condition, FATAL)

static bool pin(void *block, size_t bytes)
{
    return cudaHostRegister(block, bytes, cudaHostRegisterDefault) == cudaSuccess;
}

void fail_as_expected(void *block)
{
    EXPECT_FALSE(cudaHostRegister(block, 0, 0) == cudaSuccess);
    ASSERT_TRUE(cudaHostRegister(block, 0, 0) != cudaSuccess);
    ASSERT_FALSE(pin(nullptr, 4096));
    EXPECT_FALSE(pin(block, 0));
}

void registered_twice()
{
    void *block = std::malloc(8192);
    ASSERT_TRUE(pin(block, 8192));
    EXPECT_FALSE(pin(block, 8192));
    EXPECT_TRUE(cudaHostUnregister(block) == cudaSuccess);
    EXPECT_TRUE(cudaHostUnregister(block) != cudaSuccess);
    std::free(block);
}

void fail_against_expectation()
{
    void *block = std::malloc(8192);
    EXPECT_TRUE(cudaHostRegister(block, 0, 0) == cudaSuccess); // expect: zero-size
    std::free(block);
}

void unregistered_against_expectation()
{
    void *other = std::malloc(8192);
    EXPECT_FALSE(cudaHostUnregister(other) != cudaSuccess); // expect: unregister-unregistered
    std::free(other);
}

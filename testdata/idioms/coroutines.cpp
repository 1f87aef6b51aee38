// A coroutine is over where it says co_return.
#include <coroutine>
#include <cstdlib>
#include <cuda_runtime.h>

struct task {
    struct promise_type {
        int value = 0;
        task get_return_object()
        {
            return {std::coroutine_handle<promise_type>::from_promise(*this)};
        }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_value(int given) { value = given; }
        void unhandled_exception() {}
    };
    std::coroutine_handle<promise_type> handle;
    bool await_ready() { return true; }
    void await_suspend(std::coroutine_handle<>) {}
    int await_resume() { return handle.promise().value; }
};

struct wait {
    cudaError_t status;
    bool await_ready() { return true; }
    void await_suspend(std::coroutine_handle<>) {}
    cudaError_t await_resume() { return status; }
};

struct action {
    struct promise_type {
        action get_return_object() { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() {}
    };
};

task nothing_to_do(void *block, size_t bytes)
{
    if (bytes == 0)
        co_return 0;
    co_return cudaHostRegister(block, bytes, cudaHostRegisterDefault) == cudaSuccess;
}

task given_back_early(bool early)
{
    void *block = std::malloc(8192);
    if (!block)
        co_return -1;
    if (cudaHostRegister(block, 8192, cudaHostRegisterDefault) != cudaSuccess) {
        std::free(block);
        co_return -1;
    }
    if (early) {
        (void)cudaHostUnregister(block);
        std::free(block);
        co_return 1;
    }
    co_await std::suspend_always{};
    (void)cudaHostUnregister(block);
    std::free(block);
    co_return 0;
}

action registered_or_freed(bool early)
{
    void *block = std::malloc(8192);
    if (!block)
        co_return;
    if (early) {
        std::free(block);
        co_return;
    }
    if (cudaHostRegister(block, 8192, cudaHostRegisterDefault) != cudaSuccess)
        std::abort();
    std::free(block); // expect: freed-while-registered
}

// What is waited for is done once, and tells in its own way how it went.
task waits_for_others()
{
    void *block = std::malloc(8192);
    if (!block)
        co_return 1;
    if (co_await nothing_to_do(block, 8192))
        (void)cudaHostUnregister(block);
    std::free(block);
    co_return 0;
}

task waits_for_calls()
{
    void *block = std::malloc(8192);
    if (!block)
        co_return 1;
    if (co_await wait{cudaHostRegister(block, 8192, cudaHostRegisterDefault)} != cudaSuccess) {
        std::free(block);
        co_return 2;
    }
    co_await std::suspend_always{};
    const bool is_undone = co_await wait{cudaHostUnregister(block)} == cudaSuccess;
    std::free(block);
    co_return is_undone;
}

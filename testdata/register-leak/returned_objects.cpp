// An object that is returned says whether the path failed: only then is the other one a rollback.
#include <cstdlib>
#include <cuda_runtime.h>
#include <memory>
#include <optional>
#include <string>
#include <utility>

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

enum class code { ok, bad };

class outcome
{
  public:
    outcome() : code_(code::ok)
    {
    }
    outcome(code c, std::string text) : code_(c), text_(std::move(text))
    {
    }
    bool ok() const
    {
        return code_ == code::ok;
    }

  private:
    code code_;
    std::string text_;
};

outcome elsewhere(int n);

outcome leaves_early(int n, char *data)
{
    check(cudaHostRegister(data, 4096, 0)); // expect: register-leak
    outcome other = elsewhere(n);
    if (!other.ok())
        return other;
    check(cudaHostUnregister(data));
    return outcome();
}

outcome rolls_back(int n, char *data)
{
    check(cudaHostRegister(data, 4096, 0));
    outcome other = elsewhere(n);
    if (!other.ok()) {
        check(cudaHostUnregister(data));
        return other;
    }
    return outcome();
}

std::optional<int> gives_nothing(int n, char *data)
{
    check(cudaHostRegister(data, 4096, 0)); // expect: register-leak
    if (n == 0)
        return std::nullopt;
    check(cudaHostUnregister(data));
    return n;
}

std::optional<int> gives_something(int n, char *data)
{
    check(cudaHostRegister(data, 4096, 0));
    if (n == 0) {
        check(cudaHostUnregister(data));
        return std::nullopt;
    }
    return n;
}

// Where an object stands for the mistake, none of it is success.
struct error {
    std::unique_ptr<int> what;
};

error rolls_back_with_an_error(int n, char *data)
{
    check(cudaHostRegister(data, 4096, 0));
    if (n == 0) {
        check(cudaHostUnregister(data));
        return {std::make_unique<int>(3)};
    }
    return {};
}

std::optional<std::string> rolls_back_with_a_text(int n, char *data)
{
    check(cudaHostRegister(data, 4096, 0));
    if (n == 0) {
        check(cudaHostUnregister(data));
        return "zero";
    }
    return {};
}

// Macros of a header that is not there, given the name of the class that they stand in: they
// declare nothing that hides the class.
#include "not_there/operator.hpp"

#include <cuda_runtime_api.h>
#include <stdlib.h>

class reader : public operator_base {
  public:
    FORWARD_ARGS(reader)

    reader() = default;
    ~reader()
    {
        if (rows_)
            free(rows_); // expect: mismatched-free
    }

    void compute(input_context &input, output_context &) override
    {
        auto rows = input.receive<tensor>("rows").value();
        if (!rows_ || size_ < rows.size()) {
            if (rows_)
                (void)cudaFreeHost(rows_);
            PROJECT_CHECK(cudaMallocHost(&rows_, rows.size() * sizeof(row)));
        }
    }

  private:
    parameter<int> count_;
    row *rows_ = nullptr;
    size_t size_;
};

class writer : public operator_base {
  public:
    FORWARD_ARGS(writer);
    writer() = default;
    ~writer()
    {
        if (rows_)
            (void)cudaFreeHost(rows_);
    }

    void compute(input_context &input, output_context &) override
    {
        auto rows = input.receive<tensor>("rows").value();
        if (!rows_ || size_ < rows.size()) {
            if (rows_)
                (void)cudaFreeHost(rows_);
            PROJECT_CHECK(cudaMallocHost(&rows_, rows.size() * sizeof(row)));
        }
    }

  private:
    row *rows_ = nullptr;
    size_t size_;
};

REGISTER(writer)

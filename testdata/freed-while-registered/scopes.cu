// Storage that ends by itself: containers, smart pointers, local arrays.
#include <cuda_runtime.h>

#include <iterator>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "../run_case.h"
#include "../unseen.h"

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        throw std::runtime_error(cudaGetErrorString(status));
}

// "for storage whose scope ends: the statement or closing brace that ends it"
void vector_dies()
{
    std::vector<float> samples(4096);

    check(cudaHostRegister(samples.data(), samples.size() * sizeof(float), cudaHostRegisterDefault));
    samples[0] = 1;
} // expect: freed-while-registered

void vector_dies_at_a_return(bool early)
{
    std::vector<float> samples(4096);

    check(cudaHostRegister(samples.data(), samples.size() * sizeof(float), cudaHostRegisterDefault));
    if (early)
        return; // expect: freed-while-registered
    check(cudaHostUnregister(samples.data()));
}

// "growth [...] of the owning container"
void grows()
{
    std::vector<int> values(16, 1);

    check(cudaHostRegister(values.data(), 16 * sizeof(int), cudaHostRegisterDefault));
    values.push_back(2); // expect: freed-while-registered
}

void resized()
{
    std::vector<int> values(16, 1);

    check(cudaHostRegister(&values[0], 16 * sizeof(int), cudaHostRegisterDefault));
    values.resize(4096); // expect: freed-while-registered
}

void assigned()
{
    std::vector<int> values(16, 1);

    check(cudaHostRegister(values.data(), 16 * sizeof(int), cudaHostRegisterDefault));
    values = std::vector<int>(4096, 2); // expect: freed-while-registered
}

void unique_pointer_dies()
{
    auto block = std::make_unique<char[]>(4096);

    check(cudaHostRegister(block.get(), 4096, cudaHostRegisterDefault));
    block[0] = 1;
} // expect: freed-while-registered

void unique_pointer_reset()
{
    std::unique_ptr<char[]> block(new char[4096]);

    check(cudaHostRegister(block.get(), 4096, cudaHostRegisterDefault));
    block.reset(); // expect: freed-while-registered
}

// "end of scope of a local array"
void local_array()
{
    char block[4096];

    check(cudaHostRegister(block, sizeof block, cudaHostRegisterDefault));
    block[0] = 1;
} // expect: freed-while-registered

void local_array_of_an_inner_scope()
{
    const void *seen = nullptr;
    {
        char block[4096] = {0};

        check(cudaHostRegister(block, sizeof block, cudaHostRegisterDefault));
        seen = block;
    } // expect: freed-while-registered
    check(cudaHostUnregister(const_cast<void *>(seen)));
}

std::string text_that_is_returned_by_copy()
{
    std::string text(4096, 'x');
    std::string copy;

    check(cudaHostRegister(&text[0], text.size(), cudaHostRegisterDefault));
    copy = text;
    return copy; // expect: freed-while-registered
}

// "A `throw` of the function's own that unwinds a container while it is registered"
void throws_while_registered(int count)
{
    std::vector<float> samples(4096);

    check(cudaHostRegister(samples.data(), samples.size() * sizeof(float), cudaHostRegisterDefault));
    if (count < 0)
        throw std::invalid_argument("count"); // expect: freed-while-registered
    check(cudaHostUnregister(samples.data()));
}

// Right: unregistered before the scope ends. That a failed `check` throws is no reason for a finding.
void vector_in_order()
{
    std::vector<float> samples(4096);

    check(cudaHostRegister(samples.data(), samples.size() * sizeof(float), cudaHostRegisterDefault));
    samples[0] = 1;
    check(cudaHostUnregister(samples.data()));
}

// Right: the guard is destroyed before the vector that was declared before it.
struct registration {
    explicit registration(void *block) : block_(block)
    {
        check(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    }
    registration(const registration &) = delete;
    registration &operator=(const registration &) = delete;
    ~registration()
    {
        (void)cudaHostUnregister(block_);
    }
    void *block_;
};

void guarded()
{
    std::vector<char> bytes(4096);
    registration pinned(bytes.data());

    if (unseen_choice())
        throw std::runtime_error("unwound in the right order");
    bytes[0] = 1;
}

// The other order of declaration, and the vector dies first.
void guarded_in_the_wrong_order()
{
    std::unique_ptr<registration> pinned;
    std::vector<char> bytes(4096);

    pinned.reset(new registration(bytes.data()));
    bytes[0] = 1;
} // expect: freed-while-registered

// Right: the block was moved out; what dies here is empty.
std::vector<float> moved_out()
{
    std::vector<float> samples(4096);

    check(cudaHostRegister(samples.data(), samples.size() * sizeof(float), cudaHostRegisterDefault));
    return samples;
}

void moved_to_a_member(std::vector<std::vector<float>> &all)
{
    std::vector<float> samples(4096);

    check(cudaHostRegister(samples.data(), samples.size() * sizeof(float), cudaHostRegisterDefault));
    all.push_back(std::move(samples));
}

char *released()
{
    auto block = std::make_unique<char[]>(4096);

    check(cudaHostRegister(block.get(), 4096, cudaHostRegisterDefault));
    return block.release();
}

// Right: "unless a `reserve` in sight shows that the block stays"
void reserved()
{
    std::vector<int> values;

    values.reserve(1024);
    values.resize(16);
    check(cudaHostRegister(values.data(), 1024 * sizeof(int), cudaHostRegisterDefault));
    values.push_back(1);
    values.resize(100);
    check(cudaHostUnregister(values.data()));
}

// Right: reading and writing elements moves nothing.
void only_elements()
{
    std::vector<int> values(1024, 0);

    check(cudaHostRegister(values.data(), values.size() * sizeof(int), cudaHostRegisterDefault));
    for (int &value : values)
        value = 1;
    values.back() = values.front() + values.at(3);
    values.pop_back();
    check(cudaHostUnregister(values.data()));
}

// Right: the elements of the outer vector move, the registered block of the inner one does not.
void outer_vector_grows()
{
    std::vector<std::unique_ptr<char[]>> blocks;

    for (int i = 0; i < 4; i++) {
        blocks.push_back(std::make_unique<char[]>(4096));
        check(cudaHostRegister(blocks.back().get(), 4096, cudaHostRegisterDefault));
    }
    for (auto &block : blocks)
        check(cudaHostUnregister(block.get()));
}

// Right: a static array does not die.
char *static_array()
{
    static char block[4096];

    check(cudaHostRegister(block, sizeof block, cudaHostRegisterDefault));
    return block;
}

void static_array_undone()
{
    check(cudaHostUnregister(static_array()));
}

// Right: a deleter that knows.
struct unregister_and_delete {
    void operator()(char *block) const
    {
        (void)cudaHostUnregister(block);
        delete[] block;
    }
};

void deleter_in_order()
{
    std::unique_ptr<char[], unregister_and_delete> block(new char[4096]);

    check(cudaHostRegister(block.get(), 4096, cudaHostRegisterDefault));
    block[0] = 1;
}

struct delete_and_unregister {
    void operator()(char *block) const
    {
        delete[] block; // expect: freed-while-registered
        (void)cudaHostUnregister(block);
    }
};

void deleter_in_the_wrong_order()
{
    std::unique_ptr<char[], delete_and_unregister> block(new char[4096]);

    check(cudaHostRegister(block.get(), 4096, cudaHostRegisterDefault));
    block[0] = 1;
}

static void early_run()
{
    vector_dies_at_a_return(true);
}

static void throw_run()
{
    try {
        throws_while_registered(-1);
    } catch (const std::invalid_argument &) {
    }
}

static void text_run()
{
    (void)text_that_is_returned_by_copy();
}

static void moved_run()
{
    std::vector<float> samples = moved_out();

    check(cudaHostUnregister(samples.data()));
}

static const struct run_case cases[] = {
    CASE(vector_dies), CASE(early_run), CASE(grows), CASE(resized), CASE(assigned),
    CASE(unique_pointer_dies), CASE(unique_pointer_reset), CASE(local_array),
    CASE(local_array_of_an_inner_scope), CASE(text_run), CASE(throw_run), CASE(vector_in_order),
    CASE(guarded), CASE(guarded_in_the_wrong_order), CASE(moved_run), CASE(reserved),
    CASE(only_elements), CASE(outer_vector_grows), CASE(static_array_undone),
    CASE(deleter_in_order), CASE(deleter_in_the_wrong_order),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}

// Right: the functions beside the containers' own methods move nothing either.
void elements_by_free_functions()
{
    std::vector<int> values(1024, 0);

    check(cudaHostRegister(values.data(), values.size() * sizeof(int), cudaHostRegisterDefault));
    for (auto at = std::begin(values); at != std::end(values); ++at)
        *at = 1;
    for (auto at = std::rbegin(values); at != std::rend(values); ++at)
        *at = 2;
    check(cudaHostUnregister(values.data()));
}

// Right, as far as one can see: a function of the library may have moved the text.
void a_line_is_read_into_it(std::istream &input)
{
    std::string text(4096, 'x');

    check(cudaHostRegister(&text[0], text.size(), cudaHostRegisterDefault));
    std::getline(input, text);
    check(cudaHostUnregister(&text[0]));
}

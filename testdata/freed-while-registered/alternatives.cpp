/* What a variant or an any keeps dies when something else takes its place. */
#include <any>
#include <cuda_runtime.h>
#include <memory>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

using bytes = std::vector<char>;
using owner = std::unique_ptr<char[]>;
using block = std::variant<std::monostate, bytes, owner>;

static bool pin(void *data, size_t size)
{
    return cudaHostRegister(data, size, 0) == cudaSuccess;
}

void assigned()
{
    block b;
    b = bytes(8192);
    if (!pin(std::get<bytes>(b).data(), 8192))
        return;
    b = std::monostate{}; // expect: freed-while-registered
}

void emplaced()
{
    std::variant<int, owner> b(std::make_unique<char[]>(8192));
    auto *held = std::get_if<1>(&b);
    if (!held || !pin(held->get(), 8192))
        return;
    b.emplace<int>(3); // expect: freed-while-registered
}

void out_of_scope()
{
    block b(std::in_place_type<owner>, new char[8192]);
    if (std::holds_alternative<owner>(b) && pin(std::get<2>(b).get(), 8192))
        b.index();
} // expect: freed-while-registered

void moved_over()
{
    block b = bytes(8192), other = bytes(4096);
    if (!pin(std::get<1>(b).data(), 8192))
        return;
    b = std::move(other); // expect: freed-while-registered
}

void moved_elsewhere()
{
    block b = bytes(8192);
    if (!pin(std::get<1>(b).data(), 8192))
        return;
    std::vector<block> all;
    all.push_back(std::move(b));
    all.clear(); // expect: freed-while-registered
}

void any_reset()
{
    std::any a = bytes(8192);
    if (!pin(std::any_cast<bytes &>(a).data(), 8192))
        return;
    a.reset(); // expect: freed-while-registered
}

void any_assigned()
{
    std::any a;
    a.emplace<bytes>(8192);
    if (!pin(std::any_cast<bytes>(&a)->data(), 8192))
        return;
    a = 3; // expect: freed-while-registered
}

void any_moved()
{
    std::any a = bytes(8192);
    if (!pin(std::any_cast<bytes &>(a).data(), 8192))
        return;
    std::any b = std::move(a);
    if (auto *held = std::any_cast<bytes>(&b))
        held->resize(65536); // expect: freed-while-registered
}

int main()
{
    assigned();
    emplaced();
    out_of_scope();
    moved_over();
    moved_elsewhere();
    any_reset();
    any_assigned();
    any_moved();
    return 0;
}

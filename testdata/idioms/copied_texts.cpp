// An object that says by a string how its memory was made is copied, moved and swapped: the copy
// says the same.
#include <cuda_runtime.h>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

struct item {
    void *data = nullptr;
    std::string kind;
};

static item make(bool pinned)
{
    item made;
    if (pinned && cudaMallocHost(&made.data, 8192) == cudaSuccess) {
        made.kind = "pinned";
        return made;
    }
    made.data = std::malloc(8192);
    made.kind = "host";
    return made;
}

static void drop(const item &gone)
{
    if (gone.kind == "host")
        std::free(gone.data);
    else
        (void)cudaFreeHost(gone.data);
}

void copies(bool pinned)
{
    const item first = make(pinned);
    const item second = first;
    drop(second);
}

void in_a_vector(bool pinned)
{
    std::vector<item> items;
    item one = make(pinned);
    items.push_back(one);
    items.push_back(make(!pinned));
    for (const item &each : items)
        drop(each);
}

void by_move(bool pinned)
{
    item first = make(pinned);
    item second(std::move(first)), third;
    third = std::move(second);
    drop(third);
}

void swapped(bool pinned)
{
    item first = make(pinned), second = make(!pinned);
    std::swap(first.data, second.data);
    first.kind.swap(second.kind);
    drop(first);
    drop(second);
}

void unknown(item &given)
{
    if (given.kind == "pinned") {
        if (cudaHostRegister(given.data, 8192, 0) != cudaSuccess)
            return;
    }
    const item copy = given;
    if (copy.kind == "pinned")
        (void)cudaHostUnregister(copy.data);
    std::free(given.data);
}

void another(bool pinned)
{
    item first;
    if (pinned) {
        if (cudaMallocHost(&first.data, 8192) != cudaSuccess)
            return;
        first.kind = "pinned";
    } else {
        first.data = std::malloc(8192);
        first.kind = "host";
    }
    const item second = first;
    if (second.kind == "pinned")
        std::free(first.data); // expect: mismatched-free
    else
        (void)cudaFreeHost(first.data); // expect: mismatched-free
}

void swapped_in_part(item &given, item &other)
{
    if (given.kind == "pinned" && other.kind != "pinned") {
        given.data = std::malloc(8192);
        if (cudaHostRegister(given.data, 8192, 0) != cudaSuccess)
            return;
        given.kind.swap(other.kind);
        if (given.kind == "pinned")
            (void)cudaHostUnregister(given.data);
        std::free(given.data); // expect: freed-while-registered
    }
}

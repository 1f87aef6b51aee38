// Iterators are positions: what they point to is the container's, and how far they are apart says
// how much of it is registered.
#include "../run_case.h"

#include <algorithm>
#include <cstdlib>
#include <cuda_runtime_api.h>
#include <deque>
#include <iterator>
#include <list>
#include <memory>
#include <numeric>
#include <vector>

#define CHECK(call)                                                                                \
    do {                                                                                           \
        if ((call) != cudaSuccess)                                                                 \
            std::abort();                                                                          \
    } while (0)

template <class Iterator> static void pin(Iterator first, Iterator last)
{
    auto count = static_cast<std::size_t>(std::distance(first, last));
    if (count == 0)
        return;
    CHECK(cudaHostRegister(std::addressof(*first), count * sizeof(*first), 0));
}

// Right: pinned by a range, undone by an element.
void by_range()
{
    std::vector<short> samples(100);
    pin(samples.begin(), samples.end());
    CHECK(cudaHostUnregister(&samples.front()));
    pin(samples.begin(), samples.begin() + 10);
    CHECK(cudaHostUnregister(&*samples.begin()));
    pin(samples.begin(), samples.begin());
}

// Right: plain pointers are iterators.
void by_pointers()
{
    short samples[64];
    pin(samples, samples + 64);
    CHECK(cudaHostUnregister(samples));
    pin(std::begin(samples), std::next(std::begin(samples), 8));
    CHECK(cudaHostUnregister(&samples[0]));
}

void dies_registered()
{
    std::vector<float> frame(64);
    pin(frame.cbegin(), frame.cend());
} // expect: freed-while-registered

void undone_elsewhere()
{
    std::vector<int> frame(64);
    auto at = frame.begin();
    CHECK(cudaHostRegister(&*at, 64 * sizeof(int), 0));
    ++at;
    CHECK(cudaHostUnregister(&*at)); // expect: unregister-unregistered
    at--;
    CHECK(cudaHostUnregister(&*at));
}

void too_much()
{
    std::vector<int> frame(64);
    auto from = std::next(frame.begin(), 32);
    std::size_t count = frame.end() - from;
    CHECK(cudaHostRegister(&*from, (count + 1) * sizeof(int), 0)); // expect: size-mismatch
    CHECK(cudaHostUnregister(&from[0]));
    CHECK(cudaHostRegister(&*from, count * sizeof(int), 0));
    CHECK(cudaHostUnregister(&frame[32]));
}

// Algorithms write the elements and leave the buffer where it is.
void filled()
{
    std::vector<int> frame(64), other(64);
    CHECK(cudaHostRegister(frame.data(), 64 * sizeof(int), 0));
    std::iota(other.begin(), other.end(), 1);
    std::copy(other.begin(), other.end(), frame.begin());
    std::sort(frame.begin(), frame.end());
    std::for_each(frame.begin(), frame.end(), [](int &value) { value++; });
} // expect: freed-while-registered

// Right: what an algorithm does to the pointers there is not known.
void undone_by_algorithm()
{
    std::vector<char *> blocks(2);
    for (char *&block : blocks) {
        block = new char[64];
        CHECK(cudaHostRegister(block, 64, 0));
    }
    std::for_each(blocks.begin(), blocks.end(), [](char *block) {
        CHECK(cudaHostUnregister(block));
        delete[] block;
    });
}

// Right: element by element.
void each()
{
    std::vector<char *> blocks(3);
    for (auto it = blocks.begin(); it != blocks.end(); ++it) {
        *it = static_cast<char *>(std::malloc(4096));
        if (!*it)
            std::abort();
        CHECK(cudaHostRegister(*it, 4096, 0));
    }
    for (auto it = blocks.begin(); it != blocks.end(); it++) {
        CHECK(cudaHostUnregister(*it));
        std::free(*it);
    }
}

// Right: where the search ends is not known.
void found(std::vector<char *> &blocks, char *wanted)
{
    auto it = std::find(blocks.begin(), blocks.end(), wanted);
    if (it == blocks.end())
        return;
    CHECK(cudaHostUnregister(*it));
    std::free(*it);
    blocks.erase(it);
}

// Right: from behind.
void backwards()
{
    std::vector<char *> blocks(2);
    for (char *&block : blocks) {
        block = new char[64];
        CHECK(cudaHostRegister(block, 64, 0));
    }
    for (auto it = blocks.rbegin(); it != blocks.rend(); ++it) {
        CHECK(cudaHostUnregister(*it));
        delete[] *it;
    }
}

// Right: nodes of other containers.
void of_deque(std::deque<char *> &ring)
{
    for (auto it = ring.begin(); it != ring.end(); it = std::next(it))
        CHECK(cudaHostRegister(*it, 64, 0));
    for (auto it = ring.begin(); it != ring.end(); std::advance(it, 1))
        CHECK(cudaHostUnregister(*it));
}

static const struct run_case cases[] = {
    CASE(by_range),  CASE(by_pointers), CASE(dies_registered),     CASE(undone_elsewhere),
    CASE(too_much),  CASE(filled),      CASE(undone_by_algorithm), CASE(each),
    CASE(backwards),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}

// What stands behind such a loop, and in it, is reached.
void behind(std::vector<char *> &blocks, void *p)
{
    for (auto at = blocks.rbegin(); at != blocks.rend(); ++at)
        cudaHostRegister(*at, 64, 0); // expect: unchecked-call
    cudaHostRegister(p, 64, 0);       // expect: unchecked-call
}

void last_one_left()
{
    std::vector<char *> blocks(2);
    for (char *&block : blocks) {
        block = new char[64];
        CHECK(cudaHostRegister(block, 64, 0));
    }
    for (auto it = std::rbegin(blocks); it + 1 < std::rend(blocks); ++it) {
        CHECK(cudaHostUnregister(*it));
        delete[] *it;
    }
    delete[] blocks[0]; // expect: freed-while-registered
}

// Objects of which only the library knows how they compare: both ways are open.
void in_pairs(const std::pair<int, int> &a, const std::pair<int, int> &b, void *p)
{
    if (a == b)
        cudaHostRegister(p, 4096, cudaHostRegisterDefault); // expect: unchecked-call
}

// erase() says where the next one stands.
template <class Blocks> static void undone_one_by_one(Blocks &blocks)
{
    for (auto it = blocks.begin(); it != blocks.end();) {
        CHECK(cudaHostUnregister(*it));
        delete[] *it;
        it = blocks.erase(it);
    }
}

void erased_as_they_are_undone()
{
    std::list<char *> listed;
    std::deque<char *> queued;
    std::vector<char *> others;
    for (int i = 0; i < 4; i++) {
        listed.push_back(new char[64]);
        CHECK(cudaHostRegister(listed.back(), 64, 0));
        queued.push_back(new char[64]);
        CHECK(cudaHostRegister(queued.back(), 64, 0));
        others.push_back(new char[64]);
        CHECK(cudaHostRegister(others.back(), 64, 0));
    }
    undone_one_by_one(listed);
    undone_one_by_one(queued);
    undone_one_by_one(others);
}

void erased_but_not_undone()
{
    std::list<char *> listed;
    for (int i = 0; i < 4; i++) {
        listed.push_back(new char[4096]);
        CHECK(cudaHostRegister(listed.back(), 4096, 0));
    }
    for (auto it = listed.begin(); it != listed.end(); it = listed.erase(it))
        delete[] *it; // expect: freed-while-registered
}

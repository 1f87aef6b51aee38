// "the new block after `realloc` or growth", copies of owners, moved-from objects.
#include <cuda_runtime.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

#include "../run_case.h"
#include "../unseen.h"

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        throw std::runtime_error(cudaGetErrorString(status));
}

static char area[8192];

// The root is the growth while registered; that the unregister call fails follows from it.
void grown_while_registered()
{
    std::vector<int> values(16, 1);

    check(cudaHostRegister(values.data(), 16 * sizeof(int), cudaHostRegisterDefault));
    values.resize(4096); // expect: freed-while-registered
    (void)cudaHostUnregister(values.data());
}

// "the new block after [...] growth": this registration was undone, the new block never was
// registered.
void second_undo_after_growth()
{
    std::vector<int> values(16, 1);

    check(cudaHostRegister(values.data(), 16 * sizeof(int), cudaHostRegisterDefault));
    check(cudaHostUnregister(values.data()));
    values.resize(4096);
    (void)cudaHostUnregister(values.data()); // expect: unregister-unregistered
}

void second_undo_after_realloc()
{
    char *block = static_cast<char *>(std::malloc(4096));

    if (block == nullptr)
        return;
    check(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    check(cudaHostUnregister(block));
    char *larger = static_cast<char *>(std::realloc(block, 1 << 20));
    if (larger == nullptr) {
        std::free(block);
        return;
    }
    (void)cudaHostUnregister(larger); // expect: unregister-unregistered
    std::free(larger);
}

// A guard that can be copied undoes twice.
class copyable
{
  public:
    explicit copyable(void *block) : block_(block)
    {
        check(cudaHostRegister(block_, 4096, cudaHostRegisterDefault));
    }
    ~copyable()
    {
        (void)cudaHostUnregister(block_); // expect: unregister-unregistered
    }

  private:
    void *block_;
};

void copied()
{
    copyable first(area);
    copyable second = first;
}

// Right: moves leave nothing behind.
class movable
{
  public:
    movable() = default;
    explicit movable(void *block) : block_(block)
    {
        check(cudaHostRegister(block_, 4096, cudaHostRegisterDefault));
    }
    movable(movable &&other) noexcept : block_(std::exchange(other.block_, nullptr))
    {
    }
    movable &operator=(movable &&other) noexcept
    {
        if (this != &other) {
            reset();
            block_ = std::exchange(other.block_, nullptr);
        }
        return *this;
    }
    ~movable()
    {
        reset();
    }
    void reset()
    {
        if (block_ != nullptr)
            (void)cudaHostUnregister(block_);
        block_ = nullptr;
    }

  private:
    void *block_ = nullptr;
};

movable make(void *block)
{
    return movable(block);
}

void moved()
{
    movable first(area);
    movable second(std::move(first));
    movable third;

    third = std::move(second);
    third.reset();
    third = make(area);
}

void kept_in_a_vector()
{
    std::vector<movable> all;

    all.push_back(movable(area));
    all.emplace_back(area + 4096);
}

// Right: shared, undone by the last owner.
struct undo {
    void operator()(char *block) const
    {
        (void)cudaHostUnregister(block);
    }
};

std::shared_ptr<char> share(char *block)
{
    check(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    return std::shared_ptr<char>(block, undo());
}

void shared_by_copies()
{
    std::shared_ptr<char> first = share(area);
    std::shared_ptr<char> second = first;

    first.reset();
    second.get()[0] = 1;
}

void unique_with_deleter()
{
    check(cudaHostRegister(area, 4096, cudaHostRegisterDefault));
    std::unique_ptr<char, undo> owner(area);
    std::unique_ptr<char, undo> other = std::move(owner);

    other.get()[0] = 1;
}

// The deleter runs after the call by hand.
void by_hand_and_by_deleter()
{
    check(cudaHostRegister(area, 4096, cudaHostRegisterDefault));
    {
        std::unique_ptr<char, void (*)(char *)> owner(area, [](char *block) {
            (void)cudaHostUnregister(block); // expect: unregister-unregistered
        });
        check(cudaHostUnregister(owner.get()));
    }
}

// Right: by hand, and the owner lets go.
void by_hand_and_released()
{
    check(cudaHostRegister(area, 4096, cudaHostRegisterDefault));
    std::unique_ptr<char, undo> owner(area);

    check(cudaHostUnregister(owner.release()));
}

// Right: registered again after the growth.
void follows_the_growth()
{
    std::vector<int> values(16, 1);

    check(cudaHostRegister(values.data(), 16 * sizeof(int), cudaHostRegisterDefault));
    check(cudaHostUnregister(values.data()));
    values.resize(4096);
    check(cudaHostRegister(values.data(), 4096 * sizeof(int), cudaHostRegisterDefault));
    check(cudaHostUnregister(values.data()));
}

// Right: the address was kept, and the vector did not move.
void address_kept()
{
    std::vector<int> values(16, 1);
    int *registered = values.data();

    check(cudaHostRegister(registered, 16 * sizeof(int), cudaHostRegisterDefault));
    values[3] = 4;
    check(cudaHostUnregister(&values.front()));
}

// Right: swapped vectors keep their blocks.
void swapped()
{
    std::vector<int> first(16, 1), second(16, 2);

    check(cudaHostRegister(first.data(), 16 * sizeof(int), cudaHostRegisterDefault));
    first.swap(second);
    check(cudaHostUnregister(second.data()));
}

void moved_vector()
{
    std::vector<int> first(16, 1);

    check(cudaHostRegister(first.data(), 16 * sizeof(int), cudaHostRegisterDefault));
    std::vector<int> second = std::move(first);
    check(cudaHostUnregister(second.data()));
}

static const struct run_case cases[] = {
    CASE(grown_while_registered), CASE(second_undo_after_growth), CASE(second_undo_after_realloc),
    CASE(copied), CASE(moved), CASE(kept_in_a_vector), CASE(shared_by_copies),
    CASE(unique_with_deleter), CASE(by_hand_and_by_deleter), CASE(by_hand_and_released),
    CASE(follows_the_growth), CASE(address_kept), CASE(swapped), CASE(moved_vector),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}

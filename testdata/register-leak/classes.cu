// Classes, statics, and who owns what.
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <vector>

#include "../run_case.h"
#include "../unseen.h"

static inline void must(cudaError_t status)
{
    if (status != cudaSuccess)
        throw std::runtime_error(cudaGetErrorString(status));
}

// "For a class: a member registered and no member function unregisters it."
class sender
{
  public:
    sender(char *ring) : ring_(ring)
    {
        must(cudaHostRegister(ring_, 4096, cudaHostRegisterDefault)); // expect: register-leak
    }
    ~sender()
    {
        std::puts("sender ends");
    }

  private:
    char *ring_;
};

// Right: a member function unregisters it.
class receiver
{
  public:
    void open(char *ring)
    {
        ring_ = ring;
        must(cudaHostRegister(ring_, 4096, cudaHostRegisterDefault));
    }
    void close()
    {
        if (ring_ != nullptr)
            must(cudaHostUnregister(ring_));
        ring_ = nullptr;
    }

  private:
    char *ring_ = nullptr;
};

// Right: the base class does it.
class closes_in_base
{
  public:
    virtual ~closes_in_base()
    {
        if (block_ != nullptr)
            (void)cudaHostUnregister(block_);
    }

  protected:
    char *block_ = nullptr;
};

class opens_in_derived : public closes_in_base
{
  public:
    explicit opens_in_derived(char *block)
    {
        must(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
        block_ = block;
    }
};

// "For a file-local static: registered and nothing in the file unregisters it." A note here, as
// `main` is in this file.
static char telemetry[4096];

void pin_telemetry()
{
    must(cudaHostRegister(telemetry, sizeof telemetry, cudaHostRegisterDefault)); // expect: register-leak
}

// Right: another function of the file unregisters it.
static char journal[4096];

void pin_journal()
{
    must(cudaHostRegister(journal, sizeof journal, cudaHostRegisterDefault));
}

void unpin_journal()
{
    must(cudaHostUnregister(journal));
}

// Right: not file-local; another file may do it.
char shared_table[4096];

void pin_shared_table()
{
    must(cudaHostRegister(shared_table, sizeof shared_table, cudaHostRegisterDefault));
}

// Right: a deleter that undoes it.
std::shared_ptr<float> shared_block()
{
    float *block = new float[1024];

    must(cudaHostRegister(block, 1024 * sizeof(float), cudaHostRegisterDefault));
    return std::shared_ptr<float>(block, [](float *registered) {
        (void)cudaHostUnregister(registered);
        delete[] registered;
    });
}

using handle = std::unique_ptr<char[], void (*)(char *)>;

static void undo(char *block)
{
    (void)cudaHostUnregister(block);
    delete[] block;
}

handle function_pointer_as_deleter()
{
    char *block = new char[4096];

    must(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    return handle(block, undo);
}

void local_handle()
{
    handle owner(new char[4096], undo);

    must(cudaHostRegister(owner.get(), 4096, cudaHostRegisterDefault));
    owner[0] = 1;
}

// Right: a scope guard.
template <typename Action>
struct scope_exit {
    explicit scope_exit(Action action) : action_(action)
    {
    }
    scope_exit(const scope_exit &) = delete;
    scope_exit &operator=(const scope_exit &) = delete;
    ~scope_exit()
    {
        action_();
    }
    Action action_;
};

int scope_guard()
{
    char *block = new char[4096];

    must(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    auto undo_it = [block] {
        (void)cudaHostUnregister(block);
        delete[] block;
    };
    scope_exit<decltype(undo_it)> guard(undo_it);
    if (unseen_choice())
        return 1;
    return 0;
}

// Right: kept in a container of the object, or in a map from address to size.
class registry
{
  public:
    void add(char *block)
    {
        must(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
        sizes_[block] = 4096;
    }
    void add_own()
    {
        std::unique_ptr<char[]> block(new char[4096]);

        must(cudaHostRegister(block.get(), 4096, cudaHostRegisterDefault));
        own_.push_back(std::move(block));
    }
    ~registry()
    {
        for (auto &entry : sizes_)
            (void)cudaHostUnregister(entry.first);
        for (auto &block : own_)
            (void)cudaHostUnregister(block.get());
    }

  private:
    std::map<char *, size_t> sizes_;
    std::vector<std::unique_ptr<char[]>> own_;
};

// Right: captured by a function that outlives this one.
void deferred(std::vector<std::function<void()>> &at_end)
{
    char *block = new char[4096];

    must(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    at_end.push_back([block] {
        (void)cudaHostUnregister(block);
        delete[] block;
    });
}

// Right: try and catch, undone in each.
void undone_in_the_handler()
{
    char *block = new char[4096];

    must(cudaHostRegister(block, 4096, cudaHostRegisterDefault));
    try {
        must(cudaMemset(nullptr, 0, 0));
    } catch (...) {
        (void)cudaHostUnregister(block);
        delete[] block;
        throw;
    }
    must(cudaHostUnregister(block));
    delete[] block;
}

// A handler that returns without it.
bool handler_forgets()
{
    char *block = new char[4096];

    must(cudaHostRegister(block, 4096, cudaHostRegisterDefault)); // expect: register-leak
    try {
        if (unseen_choice())
            throw std::runtime_error("no data");
        block[0] = 1;
    } catch (const std::runtime_error &) {
        return false;
    }
    must(cudaHostUnregister(block));
    delete[] block;
    return true;
}

// The owner is released and forgotten.
void released_and_forgotten()
{
    std::unique_ptr<char[]> owner(new char[4096]);

    must(cudaHostRegister(owner.get(), 4096, cudaHostRegisterDefault)); // expect: register-leak
    owner.release();
}

static void journal_run()
{
    pin_journal();
    unpin_journal();
}

static void owners_run()
{
    char block[8192];
    receiver incoming;

    incoming.open(block);
    incoming.close();
    registry all;
    all.add(block);
    all.add_own();
    opens_in_derived derived(block + 4096);
    auto shared = shared_block();
    auto function = function_pointer_as_deleter();
}

static const struct run_case cases[] = {
    CASE(pin_telemetry), CASE(journal_run), CASE(pin_shared_table), CASE(local_handle),
    CASE(undone_in_the_handler), CASE(owners_run), CASE(released_and_forgotten),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}

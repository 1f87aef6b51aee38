/* std::exchange(head, head->next): the new value is what lies at the place that is given by
 * reference, even where nothing is known of that. */
#include <cstdlib>
#include <cuda_runtime.h>
#include <utility>

struct chunk {
    chunk *next;
    bool pinned;
    char bytes[8192];
};

class arena
{
    chunk *head_ = nullptr;
    static void drop(chunk *c) noexcept
    {
        if (c->pinned)
            (void)cudaHostUnregister(c->bytes);
        std::free(c);
    }

  public:
    void add()
    {
        auto *c = static_cast<chunk *>(std::malloc(sizeof(chunk)));
        if (!c)
            std::abort();
        c->next = head_;
        c->pinned = cudaHostRegister(c->bytes, sizeof c->bytes, 0) == cudaSuccess;
        head_ = c;
    }
    ~arena()
    {
        clear();
    }
    void clear() noexcept
    {
        while (head_)
            drop(std::exchange(head_, head_->next));
    }
    struct mark {
        chunk *at;
    };
    mark save() const
    {
        return {head_};
    }
    void restore(mark m) noexcept
    {
        while (head_ != m.at)
            drop(std::exchange(head_, head_->next));
    }
};

static void wrong(chunk *head)
{
    while (head) {
        chunk *c = std::exchange(head, head->next);
        if (cudaHostRegister(c->bytes, sizeof c->bytes, 0) == cudaSuccess)
            std::free(c); // expect: freed-while-registered
    }
}

int main()
{
    arena a;
    a.add();
    arena::mark m = a.save();
    a.add();
    a.restore(m);
    a.clear();
    wrong(static_cast<chunk *>(std::calloc(1, sizeof(chunk))));
    return 0;
}

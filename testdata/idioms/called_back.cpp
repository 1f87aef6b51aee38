// Classes that stand in a function, whose operator() only the library calls.
#include <cstdlib>
#include <cuda_runtime.h>
#include <functional>
#include <variant>

struct nothing {
};
struct plain {
    void *data;
};
struct pinned {
    void *data;
};
using state = std::variant<nothing, plain, pinned>;

static bool pin(void *data)
{
    return cudaHostRegister(data, 8192, 0) == cudaSuccess;
}

class store
{
  public:
    store()
    {
        void *data = std::malloc(8192);
        if (!data)
            return;
        if (pin(data))
            state_ = pinned{data};
        else
            state_ = plain{data};
    }
    store(const store &) = delete;
    ~store()
    {
        struct end {
            void operator()(const nothing &) const
            {
            }
            void operator()(const plain &of) const
            {
                std::free(of.data);
            }
            void operator()(const pinned &of) const
            {
                unpin(of.data);
                std::free(of.data);
            }
        };
        std::visit(end{}, state_);
    }

  private:
    state state_;
};

void stored()
{
    store kept;
}

class careless_store
{
  public:
    careless_store()
    {
        void *data = std::malloc(8192);
        if (!data)
            return;
        if (pin(data))
            state_ = pinned{data};
        else
            state_ = plain{data};
    }
    careless_store(const careless_store &) = delete;
    ~careless_store()
    {
        struct end {
            void operator()(const nothing &) const
            {
            }
            void operator()(const plain &of) const
            {
                std::free(of.data);
            }
            void operator()(const pinned &of) const
            {
                std::free(of.data); // expect: freed-while-registered
            }
        };
        std::visit(end{}, state_);
    }

  private:
    state state_;
};

void stored_carelessly()
{
    careless_store kept;
}

// The visitor is made of several classes.
void visited_by_parts()
{
    struct of_nothing {
        void operator()(const nothing &) const
        {
        }
        void operator()(const plain &of) const
        {
            std::free(of.data);
        }
    };
    struct end : of_nothing {
        using of_nothing::operator();
        void operator()(const pinned &of) const
        {
            unpin(of.data);
            std::free(of.data);
        }
    };
    void *data = std::malloc(8192);
    if (!data)
        return;
    state now = plain{data};
    if (pin(data))
        now = pinned{data};
    std::visit(end{}, now);
}

void invoked()
{
    struct end {
        void operator()(void *data) const
        {
            unpin(data);
            std::free(data);
        }
    };
    void *data = std::malloc(8192);
    if (data && pin(data))
        std::invoke(end{}, data);
    else
        std::free(data);
}

void invoked_too_early()
{
    struct end {
        void operator()(void *data) const
        {
            std::free(data); // expect: freed-while-registered
        }
    };
    void *data = std::malloc(8192);
    if (data && pin(data))
        std::invoke(end{}, data);
    else
        std::free(data);
}

void kept_in_a_function()
{
    struct end {
        void *data;
        void operator()() const
        {
            unpin(data);
        }
    };
    void *data = std::malloc(8192);
    if (!data)
        return;
    if (pin(data)) {
        std::function<void()> undo = end{data};
        undo();
    }
    std::free(data);
}

void kept_in_an_idle_function()
{
    struct end {
        void *data;
        void operator()() const
        {
            cudaDeviceSynchronize();
        }
    };
    void *data = std::malloc(8192);
    if (!data)
        return;
    if (pin(data)) {
        std::function<void()> undo = end{data};
        undo();
    }
    std::free(data); // expect: freed-while-registered
}

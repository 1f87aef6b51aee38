// Bodies that an algorithm calls for each element, and member functions behind pointers.
#include <algorithm>
#include <cstdlib>
#include <cuda_runtime.h>
#include <vector>

void elsewhere();

static void check(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

static void pin(char *data)
{
    check(cudaHostRegister(data, 4096, 0));
}

static void unpin(char *data)
{
    check(cudaHostUnregister(data));
}

void freed_where_each_was_pinned()
{
    std::vector<char *> rows{new char[4096]};
    std::for_each(rows.begin(), rows.end(), pin);
    elsewhere();
    for (char *row : rows)
        delete[] row; // expect: freed-while-registered
}

void undone_for_each()
{
    std::vector<char *> rows{new char[4096]};
    std::for_each(rows.begin(), rows.end(), [](char *row) { pin(row); });
    elsewhere();
    std::for_each(rows.begin(), rows.end(), [](char *row) {
        unpin(row);
        delete[] row;
    });
}

class rows
{
  public:
    explicit rows(int count)
    {
        for (int i = 0; i < count; i++)
            all_.push_back(new char[4096]);
        std::for_each(all_.begin(), all_.end(), pin);
    }
    ~rows()
    {
        std::for_each(all_.begin(), all_.end(), [](char *row) {
            unpin(row);
            delete[] row;
        });
    }
    rows(const rows &) = delete;
    rows &operator=(const rows &) = delete;

  private:
    std::vector<char *> all_;
};

void in_a_class()
{
    rows some(3);
    elsewhere();
}

struct buffer {
    char *data;
    void on()
    {
        pin(data);
    }
    void off()
    {
        unpin(data);
    }
    virtual void change()
    {
        unpin(data);
    }
};

struct other_buffer : buffer {
    void change() override
    {
        elsewhere();
    }
};

template <class C> static void run(C *object, void (C::*step)())
{
    (object->*step)();
}

void freed_behind_a_pointer_to_member()
{
    buffer one;
    one.data = new char[4096];
    run(&one, &buffer::on);
    elsewhere();
    delete[] one.data; // expect: freed-while-registered
}

void undone_behind_a_pointer_to_member()
{
    buffer one;
    one.data = new char[4096];
    void (buffer::*step)() = &buffer::on;
    (one.*step)();
    elsewhere();
    step = &buffer::off;
    (one.*step)();
    delete[] one.data;
}

// Which one is called the object decides.
void changed_behind_a_pointer_to_member(buffer *one)
{
    void (buffer::*step)() = &buffer::change;
    one->data = new char[4096];
    pin(one->data);
    (one->*step)();
    delete[] one->data;
}

// However many rows there are, the loop that undoes them has as many turns.
class pinned_rows
{
  public:
    explicit pinned_rows(int count)
    {
        for (int i = 0; i < count; i++)
            all_.push_back(new char[4096]);
        for (char *row : all_)
            pin(row);
    }
    ~pinned_rows()
    {
        for (char *row : all_)
            unpin(row);
        for (char *row : all_)
            delete[] row;
    }
    pinned_rows(const pinned_rows &) = delete;
    pinned_rows &operator=(const pinned_rows &) = delete;

  private:
    std::vector<char *> all_;
};

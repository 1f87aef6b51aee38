// An element among others of which nothing is known: what is done to each of them is done to it.
#include <cuda_runtime.h>
#include <list>
#include <vector>

struct page {
    std::vector<char> memory;
    bool is_locked = false;
    void lock()
    {
        if (!is_locked && !memory.empty())
            is_locked = cudaHostRegister(memory.data(), memory.size(), 0) == cudaSuccess;
    }
    void unlock()
    {
        if (is_locked)
            (void)cudaHostUnregister(memory.data());
        is_locked = false;
    }
};

static page make()
{
    return page{std::vector<char>(8192), false};
}

void unlock_each(std::vector<page> &pages)
{
    pages.push_back(make());
    pages.back().lock();
    for (page &each : pages)
        each.unlock();
    pages.clear();
}

void unlock_none(std::vector<page> &pages)
{
    pages.push_back(make());
    pages.back().lock();
    pages.back().memory.resize(100000); // expect: freed-while-registered
    for (page &each : pages)
        each.unlock();
    pages.clear();
}

void unlock_each_by_index(page *pages, size_t count, size_t index)
{
    pages[index].memory.resize(8192);
    pages[index].lock();
    for (size_t i = 0; i < count; i++)
        pages[i].unlock();
    pages[index].memory.resize(100000);
}

struct cache {
    std::list<page> pages;
    ~cache()
    {
        for (page &each : pages)
            each.unlock();
    }
    void touch(bool is_known)
    {
        if (is_known) {
            pages.splice(pages.begin(), pages, pages.begin());
            return;
        }
        pages.push_front(make());
        pages.front().lock();
    }
    void drop_last()
    {
        pages.back().unlock();
        pages.pop_back();
    }
    void drop_last_too_early()
    {
        pages.pop_back(); // expect: freed-while-registered
    }
};

void use(bool is_known)
{
    cache all;
    all.touch(is_known);
    all.touch(!is_known);
    all.drop_last();
}

void use_too_early()
{
    cache all;
    all.touch(false);
    all.drop_last_too_early();
}

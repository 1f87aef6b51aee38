// What each turn of a loop asks before and behind code out of sight, which is shown the object and
// may not change it, is the same twice in one turn.
#include <cuda_runtime.h>
#include <cstdlib>
#include <vector>

struct task {
    int mode;
    bool pinned;
    void *data;
};

void handle(const task &one);
bool more();

void by_bit(task &one)
{
    while (more()) {
        void *p = std::malloc(8192);
        if (!p)
            return;
        if ((one.mode & 1) && cudaHostRegister(p, 8192, 0) != cudaSuccess) {
            std::free(p);
            return;
        }
        handle(one);
        if (one.mode & 1)
            (void)cudaHostUnregister(p);
        std::free(p);
    }
}

void of_elements(std::vector<task> &tasks)
{
    for (size_t i = 0; i < tasks.size(); i++) {
        void *p = std::malloc(8192);
        if (!p)
            return;
        if (tasks[i].pinned && cudaHostRegister(p, 8192, 0) != cudaSuccess) {
            std::free(p);
            return;
        }
        handle(tasks[i]);
        if (tasks[i].pinned)
            (void)cudaHostUnregister(p);
        std::free(p);
    }
}

void bits_of_elements(std::vector<task> &tasks)
{
    for (size_t i = 0; i < tasks.size(); i++) {
        void *p = std::malloc(8192);
        if (!p)
            return;
        if ((tasks[i].mode & 4) && cudaHostRegister(p, 8192, 0) != cudaSuccess) {
            std::free(p);
            return;
        }
        handle(tasks[i]);
        if (tasks[i].mode & 4)
            (void)cudaHostUnregister(p);
        std::free(p);
    }
}

void another_bit(task &one)
{
    while (more()) {
        void *p = std::malloc(8192);
        if (!p)
            return;
        if ((one.mode & 1) && cudaHostRegister(p, 8192, 0) != cudaSuccess) {
            std::free(p);
            return;
        }
        handle(one);
        if (one.mode & 2)
            (void)cudaHostUnregister(p);
        std::free(p); // expect: freed-while-registered
    }
}

void another_member(std::vector<task> &tasks)
{
    for (size_t i = 0; i < tasks.size(); i++) {
        void *p = std::malloc(8192);
        if (!p)
            return;
        if (tasks[i].pinned && cudaHostRegister(p, 8192, 0) != cudaSuccess) {
            std::free(p);
            return;
        }
        handle(tasks[i]);
        if (tasks[i].mode & 2)
            (void)cudaHostUnregister(p);
        std::free(p); // expect: freed-while-registered
    }
}

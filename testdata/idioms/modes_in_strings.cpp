// A string says how memory was made: what it says is one and the same until it changes. A string
// that is filled anew, in a loop, says something else.
#include <cuda_runtime.h>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>
#include <utility>

void log_line(const char *text);
std::string next_command();

struct command {
    int what;
    command(const command &);
    ~command();
};
command next_numbered();

int between(const std::string &mode)
{
    void *p = std::malloc(8192);
    if (!p)
        return 1;
    if (mode == "pinned" && cudaHostRegister(p, 8192, 0) != cudaSuccess) {
        std::free(p);
        return 1;
    }
    std::memset(p, 0, 8192);
    log_line(mode.c_str());
    if (mode == "pinned")
        (void)cudaHostUnregister(p);
    std::free(p);
    return 0;
}

int another(const std::string &mode)
{
    void *p = std::malloc(8192);
    if (!p)
        return 1;
    if (mode == "pinned" && cudaHostRegister(p, 8192, 0) != cudaSuccess) {
        std::free(p);
        return 1;
    }
    std::memset(p, 0, 8192);
    if (mode == "mapped")
        (void)cudaHostUnregister(p);
    std::free(p); // expect: freed-while-registered
    return 0;
}

int by_hand(bool falls_back)
{
    std::string kind = "heap";
    void *p = nullptr;
    if (!falls_back && cudaMallocHost(&p, 8192) == cudaSuccess)
        kind = "cuda";
    if (kind != "cuda")
        p = std::malloc(8192);
    if (!p)
        return 1;
    std::memset(p, 1, 8192);
    if (kind == "cuda")
        (void)cudaFreeHost(p);
    else
        std::free(p);
    return 0;
}

int moved(std::string mode)
{
    if (mode == "auto")
        mode = "pinned";
    if (mode != "pinned" && mode != "plain")
        return 2;
    const std::string kept = std::move(mode);
    void *p = std::malloc(8192);
    if (!p)
        return 1;
    if (kept == "pinned" && cudaHostRegister(p, 8192, 0) != cudaSuccess) {
        std::free(p);
        return 1;
    }
    std::memset(p, 0, 8192);
    if (kept != "plain")
        (void)cudaHostUnregister(p);
    std::free(p);
    return 0;
}

class source {
    std::string kind_;
    void *memory_ = nullptr;

public:
    explicit source(std::string kind) : kind_(std::move(kind))
    {
        if (kind_ == "pinned") {
            if (cudaMallocHost(&memory_, 8192) != cudaSuccess)
                throw std::bad_alloc();
            return;
        }
        memory_ = std::malloc(8192);
        if (!memory_)
            throw std::bad_alloc();
    }
    source(const source &) = delete;
    ~source()
    {
        if (kind_ == "pinned")
            (void)cudaFreeHost(memory_);
        else
            std::free(memory_);
    }
};

int sources(int argc, char **argv)
{
    source one("plain"), other("pinned"), third(argc > 1 ? argv[1] : "plain");
    return argc;
}

void told_by_lines()
{
    void *p = std::malloc(8192);
    bool pinned = false;
    std::string line;
    while (p && std::getline(std::cin, line)) {
        if (line == "pin" && !pinned)
            pinned = cudaHostRegister(p, 8192, 0) == cudaSuccess;
        else if (line == "quit") {
            std::free(p); // expect: freed-while-registered
            return;
        }
    }
    if (pinned)
        (void)cudaHostUnregister(p);
    std::free(p);
}

void told_by_words()
{
    void *p = std::malloc(8192);
    bool pinned = false;
    while (p) {
        const std::string word = next_command();
        if (word == "pin" && !pinned)
            pinned = cudaHostRegister(p, 8192, 0) == cudaSuccess;
        else if (word == "quit") {
            std::free(p); // expect: freed-while-registered
            return;
        }
    }
}

void told_by_numbers()
{
    void *p = std::malloc(8192);
    bool pinned = false;
    while (p) {
        const command next = next_numbered();
        if (next.what == 1 && !pinned)
            pinned = cudaHostRegister(p, 8192, 0) == cudaSuccess;
        else if (next.what == 2) {
            std::free(p); // expect: freed-while-registered
            return;
        }
    }
}

struct message {
    std::string tag;
    message(const message &);
    ~message();
};
bool poll(message &into);
void handle(const message &one);

// One and the same in each turn, and this in one and that in another.
int asked_twice_in_each_turn(message &one)
{
    while (poll(one)) {
        void *p = std::malloc(8192);
        if (!p)
            return 1;
        if (one.tag == "pin" && cudaHostRegister(p, 8192, 0) != cudaSuccess) {
            std::free(p);
            return 1;
        }
        handle(one);
        if (one.tag == "pin")
            (void)cudaHostUnregister(p);
        std::free(p);
    }
    return 0;
}

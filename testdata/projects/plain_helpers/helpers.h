/* Functions and classes whose definitions name nothing that registers, unregisters or pins. */
#pragma once
#include <cstddef>

struct Settings {
    std::size_t bytes = 4096;
    unsigned flags = 0;
    bool pinned = false;
};
namespace settings
{
Settings for_upload();
std::size_t trailer(int kind);
bool wants_pinned(int kind);
} // namespace settings

extern char *arena_base;
bool arena_open(std::size_t bytes);
void arena_close();
void pages_drop(void *pages, std::size_t bytes);

class Store
{
  public:
    explicit Store(std::size_t bytes);
    ~Store();
    void *data() const;
    virtual void drop();

  private:
    void *data_ = nullptr;
};

extern const unsigned upload_flags;
extern const std::size_t trailers[2];
extern const struct HeapOps {
    void *(*get)(std::size_t);
    void (*put)(void *);
} heap_ops;

void scale(float *values, float by);

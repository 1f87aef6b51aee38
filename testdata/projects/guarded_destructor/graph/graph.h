#ifndef GRAPH_H
#define GRAPH_H

#include <cstddef>
#include <vector>

/* Where CUDA is off, the compiler makes the destructor; where it is on, device/graph.cpp has it. */
class graph
{
  public:
#ifdef WITH_CUDA
    ~graph();
    void pin(const long *rows, std::size_t count);
#endif
    void take(const long *rows)
    {
        rows_ = rows;
    }

  private:
    const long *rows_ = nullptr;
    std::vector<void *> pinned_;
};

class forgetful_graph
{
  public:
    ~forgetful_graph();
    void pin(const long *rows, std::size_t count);

  private:
    std::vector<void *> pinned_;
};

void build_on_host(const long *rows);

#endif

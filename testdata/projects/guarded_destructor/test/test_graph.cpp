#include "graph/graph.h"

class fixture
{
  public:
    explicit fixture(const long *rows) : rows_(rows)
    {
    }
    void pins() const
    {
        graph pinned;
        pinned.pin(rows_, 512);
    }

  private:
    const long *rows_;
};

class other_fixture
{
  public:
    explicit other_fixture(const long *lines) : lines_(lines)
    {
    }
    void pins() const
    {
        forgetful_graph pinned;
        pinned.pin(lines_, 512);
    }

  private:
    const long *lines_;
};

void run(const long *rows, const long *lines)
{
    fixture(rows).pins();
    fixture(rows).pins(); /* what the first one pinned, its graph has undone */
    other_fixture(lines).pins();
}

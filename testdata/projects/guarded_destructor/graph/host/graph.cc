#include "graph/graph.h"

void build_on_host(const long *rows)
{
    graph built;
    built.take(rows);
}

#include "support/nearness.h"

struct nearness nearness_of(const char *path, const char *from)
{
    struct nearness near = {0};
    size_t i = 0;
    for (; path[i] && path[i] == from[i]; i++)
        near.shared += path[i] == '/';
    for (; path[i]; i++)
        near.own += path[i] == '/';
    return near;
}

int nearness_compare(struct nearness a, struct nearness b)
{
    if (a.shared != b.shared)
        return a.shared > b.shared ? -1 : 1;
    return (a.own > b.own) - (a.own < b.own);
}

// Another unit that calls the same library functions, with many more types before them.
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

struct first {
    int a;
};
struct second {
    first *f;
    const first &g;
};
template <int N> struct numbered {
    first *items[N];
    const second *other;
};

std::map<std::string, std::vector<std::unique_ptr<numbered<3>>>> registry;

void report(const std::string &name, const numbered<5> &what)
{
    for (auto &entry : registry)
        std::fputs(entry.first.c_str(), stdout);
    std::fputs(name.c_str(), stdout);
    std::fwrite(&what, sizeof what, 1, stdout);
}

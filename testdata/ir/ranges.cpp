// Range-for, structured bindings, switch and if with initialisers.
struct Pair {
    int first;
    float *second;
};
struct List {
    Pair *begin();
    Pair *end();
};
int take(int, float *);
int drop(float *);
List list();

int ranges(List &items)
{
    float *pointers[3] = {nullptr};
    for (float *p : pointers)
        drop(p);
    for (auto &item : items)
        take(item.first, item.second);
    for (auto [n, p] : list())
        take(n, p);
    Pair pair{1, pointers[0]};
    auto &[a, b] = pair;
    b = nullptr;
    auto [x, y] = Pair{a, b};
    if (int n = take(x, y); n > 2)
        return n;
    if (int n = drop(y))
        return n;
    switch (int k = a; k) {
    case 1:
        return k;
    }
    static int calls = take(3, b);
    static int zero = 0;
    return calls + zero;
}

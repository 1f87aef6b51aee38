// Captures of every kind, generic lambdas, lambdas as function pointers.
int take(void *);
template <class F> int call(F f)
{
    return f(1);
}

struct S {
    int m;
    int member(int a, int *b, int &r)
    {
        auto copies = [a, b] { return a + *b; };
        auto references = [&a, &r] { return a += r; };
        auto inits = [x = a, &y = b, z = *b]() mutable { return x++ + *y + z; };
        auto self = [this, a] { return m + a; };
        auto all = [=](int q) { return m + a + q; };
        auto any = [&] { return [&] { return a + r; }(); };
        return copies() + references() + inits() + self() + call(all) + any() +
               call([=](int q) { return a - q; });
    }
};

static int global;
int outside()
{
    const int constant = 4;
    auto none = [] { return global + constant; };
    int (*pointer)() = none;
    auto generic = [](auto *p) { return take(p); };
    auto unused = [](auto *p) { return take(p); };
    int x = 0;
    return generic(&x) + pointer() + none();
}

// Bodies of instances; patterns where there is none.
int take(void *, unsigned long);
int drop(void *);

template <class T> struct Pinned {
    T *p;
    unsigned long n;
    explicit Pinned(unsigned long count) : p(new T[count]), n(count) { take(p, n * sizeof(T)); }
    ~Pinned()
    {
        drop(p);
        delete[] p;
    }
    T &operator[](unsigned long i) { return p[i]; }
    void unused() { drop(p); }
};

template <class T> void instantiated(T *p, unsigned long n)
{
    take(p, n * sizeof(T));
    take(p, sizeof *p);
}

template <class T> void pattern(T *p, T &other)
{
    take(p, sizeof(T));
    other.release(p);
    helper(p);
    if constexpr (sizeof(T) == 4)
        drop(p);
}

template <class... T> int all(T *...p)
{
    return (drop(p) + ...);
}

void use(double *d)
{
    Pinned<float> buffer(8);
    buffer[1] = 2;
    instantiated(d, 3);
    all(d, &buffer);
}

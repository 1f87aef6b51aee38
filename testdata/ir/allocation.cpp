// new and delete in all forms.
typedef decltype(sizeof 0) size_t;
namespace std {
struct nothrow_t {};
extern const nothrow_t nothrow;
} // namespace std
void *operator new(size_t, void *) noexcept;
void *operator new(size_t, const std::nothrow_t &) noexcept;
void *operator new[](size_t, const std::nothrow_t &) noexcept;

struct Plain {
    int a, b;
};
struct Rich {
    Rich(int);
    Rich();
    virtual ~Rich();
};

void allocate(size_t n, void *where)
{
    int *one = new int(3);
    int *many = new int[n];
    int *listed = new int[2]{1, 2};
    Plain *plain = new Plain{1, 2};
    Plain *zeroed = new Plain();
    Rich *rich = new Rich(4);
    Rich *riches = new Rich[n + 1];
    int *maybe = new (std::nothrow) int[n];
    Rich *placed = new (where) Rich(5);
    delete one;
    delete[] many;
    delete[] listed;
    delete plain;
    delete zeroed;
    delete rich;
    delete[] riches;
    delete[] maybe;
    placed->~Rich();
}

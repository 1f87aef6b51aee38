/* Class templates whose destructor only the pattern shows: what leads to the buffer there is no
 * call for clang, and one all the same. */
#include <array>
#include <cstdlib>
#include <cuda_runtime_api.h>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#define OK(call)                                                                                   \
    do {                                                                                           \
        if ((call) != cudaSuccess)                                                                 \
            abort();                                                                               \
    } while (0)

template <class T> class Subscripted
{
    std::vector<T> rows;
    std::array<T, 8> columns;
    std::unique_ptr<T[]> cells;

  public:
    Subscripted() : rows(8), cells(new T[8])
    {
        OK(cudaHostRegister(&rows[0], 8 * sizeof(T), 0));
        OK(cudaHostRegister(&columns[0], 8 * sizeof(T), 0));
        OK(cudaHostRegister(&cells[0], 8 * sizeof(T), 0));
    }
    ~Subscripted()
    {
        OK(cudaHostUnregister(&rows[0]));
        OK(cudaHostUnregister(&columns[0]));
        OK(cudaHostUnregister(&cells[0]));
    }
    Subscripted(const Subscripted &) = delete;
};

template <class T> class Named
{
    std::vector<T> rows, columns;

  public:
    Named() : rows(8), columns(8)
    {
        OK(cudaHostRegister(&rows.front(), 8 * sizeof(T), 0));
        OK(cudaHostRegister(&columns.at(0), 8 * sizeof(T), 0));
    }
    ~Named()
    {
        OK(cudaHostUnregister(&rows.front()));
        OK(cudaHostUnregister(&columns.at(0)));
    }
    Named(const Named &) = delete;
};

template <class T> class Dereferenced
{
    std::unique_ptr<T> one;
    std::unique_ptr<std::vector<T>> rows;
    std::vector<T> *columns;

  public:
    Dereferenced() : one(new T), rows(new std::vector<T>(8)), columns(new std::vector<T>(8))
    {
        OK(cudaHostRegister(&*one, sizeof(T), 0));
        OK(cudaHostRegister(&(*rows)[0], 8 * sizeof(T), 0));
        OK(cudaHostRegister(&(*columns)[0], 8 * sizeof(T), 0));
    }
    ~Dereferenced()
    {
        OK(cudaHostUnregister(&*one));
        OK(cudaHostUnregister(&(*rows)[0]));
        OK(cudaHostUnregister(&(*columns)[0]));
        delete columns;
    }
    Dereferenced(const Dereferenced &) = delete;
};

template <class T> class Nested
{
    std::vector<std::vector<T>> rows;
    std::map<int, T *> named;

  public:
    Nested() : rows(1, std::vector<T>(8))
    {
        OK(cudaHostRegister(&rows[0][0], 8 * sizeof(T), 0));
        named[0] = new T[8];
        OK(cudaHostRegister(named[0], 8 * sizeof(T), 0));
    }
    ~Nested()
    {
        OK(cudaHostUnregister(&rows[0][0]));
        OK(cudaHostUnregister(named[0]));
        delete[] named[0];
    }
    Nested(const Nested &) = delete;
};

// A helper of which clang knows no more than that it is a template.
template <class T> void release_rows(T *rows)
{
    OK(cudaHostUnregister(rows));
    delete[] rows;
}

// ... or one of two.
template <class T> void release_columns(T *columns)
{
    release_rows(columns);
}
template <class T> void release_columns(T *columns, int)
{
    release_rows(columns);
}

template <class T> class Helped
{
    T *rows, *columns;
    std::vector<T *> cells;

  public:
    Helped() : rows(new T[8]), columns(new T[8])
    {
        OK(cudaHostRegister(rows, 8 * sizeof(T), 0));
        OK(cudaHostRegister(columns, 8 * sizeof(T), 0));
        cells.push_back(new T[8]);
        OK(cudaHostRegister(cells.back(), 8 * sizeof(T), 0));
    }
    ~Helped()
    {
        release_rows(rows);
        release_columns(columns, 1);
        OK(cudaHostUnregister(cells.back()));
        delete[] cells.back();
    }
    Helped(const Helped &) = delete;
};

// What is given by reference, and what a range holds.
template <class T> class Changed
{
    T *rows, *columns;
    std::array<T *, 2> cells;
    std::array<std::vector<T>, 2> parts;

  public:
    Changed() : rows(new T[8]), columns(new T[8])
    {
        OK(cudaHostRegister(rows, 8 * sizeof(T), 0));
        OK(cudaHostRegister(columns, 8 * sizeof(T), 0));
        for (auto &cell : cells) {
            cell = new T[8];
            OK(cudaHostRegister(cell, 8 * sizeof(T), 0));
        }
        for (auto &part : parts) {
            part.resize(8);
            OK(cudaHostRegister(part.data(), 8 * sizeof(T), 0));
        }
    }
    ~Changed()
    {
        if (T *old = std::exchange(rows, nullptr)) {
            OK(cudaHostUnregister(old));
            delete[] old;
        }
        T *other = nullptr;
        std::swap(columns, other);
        if (other) {
            OK(cudaHostUnregister(other));
            delete[] other;
        }
        for (auto &cell : cells) {
            OK(cudaHostUnregister(cell));
            delete[] cell;
        }
        for (auto &part : parts)
            OK(cudaHostUnregister(part.data()));
    }
    Changed(const Changed &) = delete;
};

// What is not understood may be any member's.
template <class T> class Found
{
    std::map<int, std::vector<T>> rows;

  public:
    Found()
    {
        rows[1].resize(8);
        OK(cudaHostRegister(&rows[1][0], 8 * sizeof(T), 0));
    }
    ~Found()
    {
        auto found = rows.find(1);
        OK(cudaHostUnregister(&found->second[0]));
    }
    Found(const Found &) = delete;
};

int main()
{
    Subscripted<int> subscripted;
    Named<float> named;
    Dereferenced<double> dereferenced;
    Nested<char> nested;
    Helped<long> helped;
    Changed<short> changed;
    Found<int> found;
    return 0;
}

/* A static object ends when the program does: its destructor unregisters. */
#include <cuda_runtime.h>

struct Staging {
    char bytes[4096];
    bool is_pinned = false;
    bool pin()
    {
        is_pinned = cudaHostRegister(bytes, sizeof bytes, 0) == cudaSuccess;
        return is_pinned;
    }
    ~Staging()
    {
        if (is_pinned)
            (void)cudaHostUnregister(bytes);
    }
};

template <class T, size_t N> struct Table {
    T rows[N];
    bool is_pinned = false;
    bool pin()
    {
        is_pinned = cudaHostRegister(rows, sizeof rows, 0) == cudaSuccess;
        return is_pinned;
    }
    ~Table()
    {
        if (is_pinned)
            (void)cudaHostUnregister(rows);
    }
};

struct Both {
    Staging staging;
    Table<int, 4096> table;
    bool pin() { return staging.pin() && table.pin(); }
};

struct Forgetful {
    char bytes[4096];
    bool pin()
    {
        return cudaHostRegister(bytes, sizeof bytes, 0) == cudaSuccess; // expect: register-leak
    }
};

static Both at_file_scope;

Staging &shared()
{
    static Staging staging;
    return staging;
}

bool pin_locals()
{
    static Staging one;
    static Table<long, 1024> table;
    static Both both[2];
    return one.pin() && table.pin() && both[0].pin() && both[1].pin();
}

bool pin_others()
{
    return shared().pin() && at_file_scope.pin();
}

bool pin_forgetful()
{
    static Forgetful forgetful;
    return forgetful.pin();
}

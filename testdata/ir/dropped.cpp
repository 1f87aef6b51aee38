// Statements that clang drops: what of them the text tells.
struct Absent;
int take(void *);
extern int mode;

int returns(int n, void *p)
{
    if (n == 0)
        return Absent::status(p);
    else
        take(p);
    if (n == 1) {
        return Absent::status();
    }
    n = Absent::count, mode = n;
    throw Absent::error();
}

struct Holder {
    void *p;
    void set()
    {
        p = Absent::block;
        take(p);
    }
};

void labels(int n)
{
    switch (n) {
    case Absent::first:
        take(&n);
        break;
    case 2:
        return Absent::none;
    }
}

void undeclared(int n)
{
    if (n)
        absent_macro(n);
    take(&n);
}

// Code that clang could not understand: what is left is lowered, and the function says so.
struct Known {
    Unknown member;
    float *p;
};
int take(void *, unsigned long);
void broken(Known *k, unsigned long n)
{
    take(k->p, n);
    take(k->member.data(), n);
    unknown_function(k->p, n);
    take(undeclared, n);
    take(k->p);
}
void whole(float *p)
{
    take(p, 4);
}
void labels(int n)
{
    void *targets[] = {&&first, &&second};
    goto *targets[n];
first:
    take(targets, 1);
second:;
}
struct Overloaded {
    void add(const char *, bool *, const char *);
    void add(const char *, int *, const char *);
};
void no_such_overload(Overloaded *o, float *p, int n)
{
    o->add("name", p, "a callee with three arguments is no ?:");
    take(p, n ?: 4);
}

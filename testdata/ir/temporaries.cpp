// Temporaries, elision, references that keep them alive, conditionals, the order of ends.
struct R {
    R(int);
    R(const R &);
    ~R();
    operator bool() const noexcept;
    int n;
};
R make(int);
void use(const R &);
void keep(R);
int number(const R &, int = 5, R = R(6));

int temporaries(bool c, R param)
{
    use(make(1));
    R elided = make(2);
    const R &kept = make(3);
    R chosen = c ? make(4) : R(5);
    int n = make(6).n;
    keep(elided);
    number(kept);
    if (R test{7})
        return 1;
    while (make(8))
        n++;
    for (R i(9); c && make(10);) {
        R inner(11);
        if (n)
            break;
        if (c)
            continue;
    }
    return use(chosen), c || n;
}

R by_value()
{
    R local(1);
    return local;
}

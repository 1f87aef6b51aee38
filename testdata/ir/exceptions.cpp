// try, catch, throw, and the ways out of calls that may throw.
struct Guard {
    Guard();
    ~Guard();
};
struct Error {
    int code;
};
void may_throw(int);
void never_throws(int) noexcept;

int handled(int n)
{
    Guard outer;
    try {
        Guard inner;
        may_throw(n);
        never_throws(n);
        if (n > 3)
            throw Error{n};
    } catch (const Error &e) {
        return e.code;
    } catch (int) {
        throw;
    }
    may_throw(1);
    return n ? n : throw 1;
}

void everything() try {
    may_throw(2);
} catch (...) {
    never_throws(3);
}

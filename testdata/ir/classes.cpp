// Constructors, destructors, bases, virtual calls, defaulted and implicit members.
int take(void *);
int drop(void *);

struct Part {
    explicit Part(int n);
    Part(const Part &);
    Part(Part &&) noexcept;
    Part &operator=(const Part &);
    ~Part();
    int n;
};

class Base {
  public:
    Base(int k) : k_(k) {}
    virtual ~Base() {}
    virtual int run() { return k_; }
    static int count();

  protected:
    int k_;
};

class Derived : public Base {
  public:
    Derived(void *p, int n) : part_(n), Base(n), p_(p) { take(p_); }
    Derived() : Derived(nullptr, 1) {}
    Derived(Derived &&) = default;
    ~Derived() override
    {
        if (!p_)
            return;
        drop(p_);
    }
    int run() override { return Base::run() + this->run() + k_ + count(); }

  private:
    void *p_ = nullptr;
    int size_{3};
    Part part_;
    Part pair_[2] = {Part(1), Part(2)};
};

struct Holder {
    Part a, b{2};
    Derived d;
};

int use(Base &base, Base *pointer)
{
    Derived exact;
    Derived moved(static_cast<Derived &&>(exact));
    base.run();
    pointer->run();
    exact.Base::run();
    return exact.run();
}

void copies(Part x)
{
    Part y = x;
    Part z(static_cast<Part &&>(y));
    z = x;
}

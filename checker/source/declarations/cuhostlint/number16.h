/* What half and bfloat16 have in common. The includer names the number, the pair of two and their
 * raw forms (CUHOSTLINT_NUMBER, CUHOSTLINT_PAIR, ..._RAW); it comes once for each. */
typedef struct {
    unsigned short x;
} CUHOSTLINT_NUMBER_RAW;
typedef struct {
    unsigned short x, y;
} CUHOSTLINT_PAIR_RAW;

#ifdef __cplusplus
struct CUHOSTLINT_NUMBER {
    unsigned short __x;
    CUHOSTLINT_NUMBER() = default;
    CUHOSTLINT_NUMBER(float);
    CUHOSTLINT_NUMBER(double);
    CUHOSTLINT_NUMBER(int);
    CUHOSTLINT_NUMBER(unsigned);
    CUHOSTLINT_NUMBER(long);
    CUHOSTLINT_NUMBER(unsigned long);
    CUHOSTLINT_NUMBER(long long);
    CUHOSTLINT_NUMBER(unsigned long long);
    CUHOSTLINT_NUMBER(short);
    CUHOSTLINT_NUMBER(unsigned short);
    CUHOSTLINT_NUMBER(const CUHOSTLINT_NUMBER_RAW &);
    operator float() const;
    operator CUHOSTLINT_NUMBER_RAW() const;
    explicit operator bool() const;
    CUHOSTLINT_NUMBER &operator+=(const CUHOSTLINT_NUMBER &);
    CUHOSTLINT_NUMBER &operator-=(const CUHOSTLINT_NUMBER &);
    CUHOSTLINT_NUMBER &operator*=(const CUHOSTLINT_NUMBER &);
    CUHOSTLINT_NUMBER &operator/=(const CUHOSTLINT_NUMBER &);
};
struct CUHOSTLINT_PAIR {
    CUHOSTLINT_NUMBER x, y;
    CUHOSTLINT_PAIR() = default;
    CUHOSTLINT_PAIR(const CUHOSTLINT_NUMBER &, const CUHOSTLINT_NUMBER &);
    CUHOSTLINT_PAIR(const CUHOSTLINT_PAIR_RAW &);
};
CUHOSTLINT_NUMBER operator+(const CUHOSTLINT_NUMBER &, const CUHOSTLINT_NUMBER &);
CUHOSTLINT_NUMBER operator-(const CUHOSTLINT_NUMBER &, const CUHOSTLINT_NUMBER &);
CUHOSTLINT_NUMBER operator*(const CUHOSTLINT_NUMBER &, const CUHOSTLINT_NUMBER &);
CUHOSTLINT_NUMBER operator/(const CUHOSTLINT_NUMBER &, const CUHOSTLINT_NUMBER &);
CUHOSTLINT_NUMBER operator-(const CUHOSTLINT_NUMBER &);
bool operator==(const CUHOSTLINT_NUMBER &, const CUHOSTLINT_NUMBER &);
bool operator!=(const CUHOSTLINT_NUMBER &, const CUHOSTLINT_NUMBER &);
bool operator<(const CUHOSTLINT_NUMBER &, const CUHOSTLINT_NUMBER &);
bool operator>(const CUHOSTLINT_NUMBER &, const CUHOSTLINT_NUMBER &);
bool operator<=(const CUHOSTLINT_NUMBER &, const CUHOSTLINT_NUMBER &);
bool operator>=(const CUHOSTLINT_NUMBER &, const CUHOSTLINT_NUMBER &);
CUHOSTLINT_PAIR operator+(const CUHOSTLINT_PAIR &, const CUHOSTLINT_PAIR &);
CUHOSTLINT_PAIR operator-(const CUHOSTLINT_PAIR &, const CUHOSTLINT_PAIR &);
CUHOSTLINT_PAIR operator*(const CUHOSTLINT_PAIR &, const CUHOSTLINT_PAIR &);

/* arithmetic, by element and by pair */
#define CUHOSTLINT_OF_TWO(name)                                                                    \
    CUHOSTLINT_NUMBER name(CUHOSTLINT_NUMBER, CUHOSTLINT_NUMBER);                                  \
    CUHOSTLINT_PAIR name##2(CUHOSTLINT_PAIR, CUHOSTLINT_PAIR);
CUHOSTLINT_OF_TWO(__hadd)
CUHOSTLINT_OF_TWO(__hsub)
CUHOSTLINT_OF_TWO(__hmul)
CUHOSTLINT_OF_TWO(__hdiv)
CUHOSTLINT_OF_TWO(__hmin)
CUHOSTLINT_OF_TWO(__hmax)
#undef CUHOSTLINT_OF_TWO
#define CUHOSTLINT_COMPARE(name)                                                                   \
    bool name(CUHOSTLINT_NUMBER, CUHOSTLINT_NUMBER);                                               \
    CUHOSTLINT_PAIR name##2(CUHOSTLINT_PAIR, CUHOSTLINT_PAIR);
CUHOSTLINT_COMPARE(__heq)
CUHOSTLINT_COMPARE(__hne)
CUHOSTLINT_COMPARE(__hlt)
CUHOSTLINT_COMPARE(__hle)
CUHOSTLINT_COMPARE(__hgt)
CUHOSTLINT_COMPARE(__hge)
#undef CUHOSTLINT_COMPARE
#define CUHOSTLINT_OF_ONE(name)                                                                    \
    CUHOSTLINT_NUMBER h##name(CUHOSTLINT_NUMBER);                                                  \
    CUHOSTLINT_PAIR h2##name(CUHOSTLINT_PAIR);
CUHOSTLINT_OF_ONE(sqrt)
CUHOSTLINT_OF_ONE(rsqrt)
CUHOSTLINT_OF_ONE(rcp)
CUHOSTLINT_OF_ONE(exp)
CUHOSTLINT_OF_ONE(exp2)
CUHOSTLINT_OF_ONE(log)
CUHOSTLINT_OF_ONE(log2)
CUHOSTLINT_OF_ONE(sin)
CUHOSTLINT_OF_ONE(cos)
CUHOSTLINT_OF_ONE(floor)
CUHOSTLINT_OF_ONE(ceil)
CUHOSTLINT_OF_ONE(rint)
#undef CUHOSTLINT_OF_ONE
CUHOSTLINT_NUMBER __hfma(CUHOSTLINT_NUMBER, CUHOSTLINT_NUMBER, CUHOSTLINT_NUMBER);
CUHOSTLINT_PAIR __hfma2(CUHOSTLINT_PAIR, CUHOSTLINT_PAIR, CUHOSTLINT_PAIR);
CUHOSTLINT_NUMBER __habs(CUHOSTLINT_NUMBER);
CUHOSTLINT_PAIR __habs2(CUHOSTLINT_PAIR);
CUHOSTLINT_NUMBER __hneg(CUHOSTLINT_NUMBER);
CUHOSTLINT_PAIR __hneg2(CUHOSTLINT_PAIR);
bool __hisnan(CUHOSTLINT_NUMBER);
int __hisinf(CUHOSTLINT_NUMBER);
#else
typedef CUHOSTLINT_NUMBER_RAW CUHOSTLINT_NUMBER;
typedef CUHOSTLINT_PAIR_RAW CUHOSTLINT_PAIR;
#endif

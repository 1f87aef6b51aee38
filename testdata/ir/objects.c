/* Fields, arrays, unions, copies, initialisers, sizes and pointer arithmetic. */
typedef unsigned long size_t;
struct range {
    float *p;
    size_t n;
    union {
        int small;
        double large;
    };
    struct {
        int x, y;
    } at[2];
    unsigned flag : 1;
};
enum kind { FIRST, SECOND = 7 };
static const int limit = 4 * 3;
static const char *const names[] = {"a", "b"};
static const int table[3] = {1, 2, 3};
static float buffer[16];
int counter;

size_t sizes(struct range *r, int n)
{
    char line[n];
    size_t bytes = n * sizeof(float) + sizeof(struct range) + sizeof *r + sizeof line + sizeof(char *);
    return bytes + limit + SECOND + 1024 * 1024;
}

long pointers(float *p, float *q, size_t n)
{
    float *last = p + n - 1;
    p[2] = *q++;
    *--last = 0;
    last += 3;
    3 [p] = 1;
    return &p[n] - q;
}

struct range fields(struct range *r)
{
    struct range copy = *r, empty = {0}, some = {.n = 3, .at[1] = {1, 2}};
    int grid[2][2] = {1, 2, 3};
    char word[8] = "word";
    r->small = copy.at[1].y;
    r->large = 2.5;
    r->flag = 1;
    (*r).p = buffer;
    copy = empty;
    r->n = (size_t)r->p | (size_t)word;
    counter ^= grid[1][0] << 2;
    return (struct range){.p = (float *)names[0], .n = some.n};
}

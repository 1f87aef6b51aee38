// Constant data: elements, members, omitted braces, designators, functions, what is left out.
struct limits {
    const char *name;
    unsigned long bytes;
    bool pinned;
    struct {
        short low, high;
    } range;
};

extern void open_one();
extern void close_one();

static const int plain = 5;
constexpr unsigned char narrow[] = {255, 0, 7};
static const int rows[2][2] = {1, 2, 3};
static const limits table[] = {
    {"first", 2 * sizeof(double), true, {-1, 1}},
    {nullptr, 0, false, {}},
};
static const limits chosen = {.name = "chosen", .range = {.low = 3}};
static void (*const functions[])() = {open_one, &close_one};
static const limits *const best = &chosen;
static const float weights[] = {0.5f};
static int variable[] = {1, 2};

int use()
{
    static const int inner[] = {1, 2};
    return plain + narrow[0] + rows[1][1] + table[0].pinned + chosen.range.low + best->pinned +
           (functions[0] != nullptr) + (int)weights[0] + variable[0] + inner[1];
}

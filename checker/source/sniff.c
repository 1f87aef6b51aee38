#include "source/sniff.h"

#include <ctype.h>
#include <string.h>

enum mark {
    MARK_CUDA,
    MARK_HIP,
    MARK_CXX,
    MARK_CXX20,
    MARK_CXX23,
    MARK_MIN_MAX,
    MARK_MATH,
    MARK_SPECIAL_MATH
};

struct marked_word {
    const char *word;
    enum mark mark;
};

static const struct marked_word words[] = {
    {"__global__", MARK_CUDA},
    {"__device__", MARK_CUDA},
    {"__shared__", MARK_CUDA},
    {"__constant__", MARK_CUDA},
    {"class", MARK_CXX},
    {"template", MARK_CXX},
    {"namespace", MARK_CXX},
    {"constexpr", MARK_CXX},
    {"nullptr", MARK_CXX},
    {"typename", MARK_CXX},
    {"virtual", MARK_CXX},
    {"static_cast", MARK_CXX},
    {"reinterpret_cast", MARK_CXX},
    {"concept", MARK_CXX20},
    {"requires", MARK_CXX20},
    {"co_await", MARK_CXX20},
    {"co_return", MARK_CXX20},
    {"co_yield", MARK_CXX20},
    {"consteval", MARK_CXX20},
    {"constinit", MARK_CXX20},
    {"max", MARK_MIN_MAX},
    {"min", MARK_MIN_MAX},
    {"sqrt", MARK_MATH},
    {"sqrtf", MARK_MATH},
    {"pow", MARK_MATH},
    {"powf", MARK_MATH},
    {"exp", MARK_MATH},
    {"expf", MARK_MATH},
    {"exp2", MARK_MATH},
    {"expm1", MARK_MATH},
    {"log", MARK_MATH},
    {"logf", MARK_MATH},
    {"log2", MARK_MATH},
    {"log10", MARK_MATH},
    {"log1p", MARK_MATH},
    {"sin", MARK_MATH},
    {"sinf", MARK_MATH},
    {"cos", MARK_MATH},
    {"cosf", MARK_MATH},
    {"tan", MARK_MATH},
    {"asin", MARK_MATH},
    {"acos", MARK_MATH},
    {"atan", MARK_MATH},
    {"atan2", MARK_MATH},
    {"sinh", MARK_MATH},
    {"cosh", MARK_MATH},
    {"tanh", MARK_MATH},
    {"tanhf", MARK_MATH},
    {"fabs", MARK_MATH},
    {"fabsf", MARK_MATH},
    {"abs", MARK_MATH},
    {"floor", MARK_MATH},
    {"floorf", MARK_MATH},
    {"ceil", MARK_MATH},
    {"ceilf", MARK_MATH},
    {"round", MARK_MATH},
    {"roundf", MARK_MATH},
    {"rint", MARK_MATH},
    {"trunc", MARK_MATH},
    {"fmod", MARK_MATH},
    {"fmin", MARK_MATH},
    {"fminf", MARK_MATH},
    {"fmax", MARK_MATH},
    {"fmaxf", MARK_MATH},
    {"hypot", MARK_MATH},
    {"cbrt", MARK_MATH},
    {"erf", MARK_MATH},
    {"erfc", MARK_MATH},
    {"fma", MARK_MATH},
    {"isnan", MARK_MATH},
    {"isinf", MARK_MATH},
    {"isfinite", MARK_MATH},
    {"signbit", MARK_MATH},
    {"ldexp", MARK_MATH},
    {"lround", MARK_MATH},
    {"llround", MARK_MATH},
    {"nearbyint", MARK_MATH},
    {"copysign", MARK_MATH},
    {"sincos", MARK_MATH},
    {"tgamma", MARK_MATH},
    {"lgamma", MARK_MATH},
    {"norm", MARK_MATH},
    {"legendre", MARK_SPECIAL_MATH},
    {"assoc_legendre", MARK_SPECIAL_MATH},
    {"sph_legendre", MARK_SPECIAL_MATH},
    {"laguerre", MARK_SPECIAL_MATH},
    {"hermite", MARK_SPECIAL_MATH},
    {"beta", MARK_SPECIAL_MATH},
    {"riemann_zeta", MARK_SPECIAL_MATH},
    {"expint", MARK_SPECIAL_MATH},
    {"cyl_bessel_j", MARK_SPECIAL_MATH},
    {"cyl_neumann", MARK_SPECIAL_MATH},
    {"ellint_1", MARK_SPECIAL_MATH},
    {"ellint_2", MARK_SPECIAL_MATH},
    {"ellint_3", MARK_SPECIAL_MATH},
    {"sph_bessel", MARK_SPECIAL_MATH},
    {"comp_ellint_1", MARK_SPECIAL_MATH},
};

static const struct marked_word headers[] = {
    {"hip/", MARK_HIP},
    {"span", MARK_CXX20},
    {"concepts", MARK_CXX20},
    {"ranges", MARK_CXX20},
    {"bit", MARK_CXX20},
    {"format", MARK_CXX20},
    {"compare", MARK_CXX20},
    {"coroutine", MARK_CXX20},
    {"semaphore", MARK_CXX20},
    {"latch", MARK_CXX20},
    {"barrier", MARK_CXX20},
    {"numbers", MARK_CXX20},
    {"source_location", MARK_CXX20},
    {"stop_token", MARK_CXX20},
    {"version", MARK_CXX20},
    {"expected", MARK_CXX23},
    {"print", MARK_CXX23},
    {"generator", MARK_CXX23},
    {"mdspan", MARK_CXX23},
    {"stacktrace", MARK_CXX23},
    {"flat_map", MARK_CXX23},
};

static void set(struct source_marks *marks, enum mark mark)
{
    marks->cuda |= mark == MARK_CUDA;
    marks->hip |= mark == MARK_HIP;
    marks->cxx |= mark == MARK_CXX || mark == MARK_CXX20 || mark == MARK_CXX23;
    marks->cxx20 |= mark == MARK_CXX20;
    marks->cxx23 |= mark == MARK_CXX23;
    marks->math |= mark == MARK_MATH || mark == MARK_SPECIAL_MATH;
    marks->min_max |= mark == MARK_MIN_MAX;
    marks->special_math |= mark == MARK_SPECIAL_MATH;
}

/* "cudaMalloc" for "cuda": the prefix, then a capital. */
static bool has_prefix(const char *word, size_t len, const char *prefix)
{
    size_t size = strlen(prefix);
    return len > size && strncmp(word, prefix, size) == 0 && isupper((unsigned char)word[size]);
}

static void mark_word(const char *word, size_t len, struct source_marks *marks)
{
    marks->runtime_calls |= has_prefix(word, len, "cuda");
    marks->driver_calls |= has_prefix(word, len, "cu") || has_prefix(word, len, "CU");
    marks->hip_calls |= has_prefix(word, len, "hip");
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i].word[0] == word[0] && strlen(words[i].word) == len &&
            strncmp(words[i].word, word, len) == 0)
            set(marks, words[i].mark);
}

/* `name` is what stands between < and >. A header without an ending is one of C++. */
static void mark_header(const char *name, size_t len, struct source_marks *marks)
{
    if (!memchr(name, '.', len))
        set(marks, MARK_CXX);
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        size_t size = strlen(headers[i].word);
        bool is_folder = headers[i].word[size - 1] == '/';
        if (len >= size && (is_folder || len == size) && strncmp(headers[i].word, name, size) == 0)
            set(marks, headers[i].mark);
    }
}

/* Each of these gives the place behind what begins at `p`. */
static const char *skip_comment(const char *p, const char *end)
{
    bool line = p[1] == '/';
    for (p += 2; p < end; p++) {
        if (line && *p == '\n')
            return p;
        if (!line && *p == '*' && p + 1 < end && p[1] == '/')
            return p + 2;
    }
    return end;
}

static const char *skip_string(const char *p, const char *end)
{
    char quote = *p;
    for (p++; p < end && *p != quote && *p != '\n'; p++)
        if (*p == '\\' && p + 1 < end)
            p++;
    return p < end ? p + 1 : end;
}

/* "#define hipMalloc cudaMalloc": the text brings the one API to the other by itself. */
static const char *read_definition(const char *p, const char *end, struct source_marks *marks)
{
    const char *name = p;
    while (p < end && (isalnum((unsigned char)*p) || *p == '_'))
        p++;
    size_t len = (size_t)(p - name);
    marks->bridges |= has_prefix(name, len, "hip") || has_prefix(name, len, "cuda");
    return p;
}

static const char *read_directive(const char *p, const char *end, struct source_marks *marks)
{
    for (p++; p < end && (*p == ' ' || *p == '\t'); p++)
        ;
    if (end - p > 8 && strncmp(p, "define ", 7) == 0)
        return read_definition(p + 7, end, marks);
    if (end - p < 8 || strncmp(p, "include", 7) != 0)
        return p;
    for (p += 7; p < end && (*p == ' ' || *p == '\t'); p++)
        ;
    if (p == end || (*p != '<' && *p != '"'))
        return p;
    char close = *p == '<' ? '>' : '"';
    const char *name = ++p;
    while (p < end && *p != close && *p != '\n')
        p++;
    mark_header(name, (size_t)(p - name), marks);
    return p;
}

static const char *read_word(const char *p, const char *end, struct source_marks *marks)
{
    const char *word = p;
    while (p < end && (isalnum((unsigned char)*p) || *p == '_'))
        p++;
    mark_word(word, (size_t)(p - word), marks);
    return p;
}

void source_sniff(const char *text, size_t len, struct source_marks *marks)
{
    const char *end = text + len;
    *marks = (struct source_marks){0};
    for (const char *p = text; p < end;) {
        if (*p == '/' && p + 1 < end && (p[1] == '/' || p[1] == '*'))
            p = skip_comment(p, end);
        else if (*p == '"' || *p == '\'')
            p = skip_string(p, end);
        else if (*p == '#')
            p = read_directive(p, end, marks);
        else if (isalpha((unsigned char)*p) || *p == '_')
            p = read_word(p, end, marks);
        else if (end - p >= 3 && strncmp(p, "<<<", 3) == 0)
            marks->cuda = true, p += 3;
        else
            p++;
    }
}

#include "source/text/sniff.h"

#include <ctype.h>
#include <stdlib.h>
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

/* In ascending order: searched by halves. */
static const struct marked_word words[] = {
    {"__constant__", MARK_CUDA},
    {"__device__", MARK_CUDA},
    {"__global__", MARK_CUDA},
    {"__shared__", MARK_CUDA},
    {"abs", MARK_MATH},
    {"acos", MARK_MATH},
    {"asin", MARK_MATH},
    {"assoc_legendre", MARK_SPECIAL_MATH},
    {"atan", MARK_MATH},
    {"atan2", MARK_MATH},
    {"beta", MARK_SPECIAL_MATH},
    {"cbrt", MARK_MATH},
    {"ceil", MARK_MATH},
    {"ceilf", MARK_MATH},
    {"class", MARK_CXX},
    {"co_await", MARK_CXX20},
    {"co_return", MARK_CXX20},
    {"co_yield", MARK_CXX20},
    {"comp_ellint_1", MARK_SPECIAL_MATH},
    {"concept", MARK_CXX20},
    {"consteval", MARK_CXX20},
    {"constexpr", MARK_CXX},
    {"constinit", MARK_CXX20},
    {"construct_at", MARK_CXX20},
    {"copysign", MARK_MATH},
    {"cos", MARK_MATH},
    {"cosf", MARK_MATH},
    {"cosh", MARK_MATH},
    {"cyl_bessel_j", MARK_SPECIAL_MATH},
    {"cyl_neumann", MARK_SPECIAL_MATH},
    {"ellint_1", MARK_SPECIAL_MATH},
    {"ellint_2", MARK_SPECIAL_MATH},
    {"ellint_3", MARK_SPECIAL_MATH},
    {"ends_with", MARK_CXX20},
    {"erf", MARK_MATH},
    {"erfc", MARK_MATH},
    {"exp", MARK_MATH},
    {"exp2", MARK_MATH},
    {"expf", MARK_MATH},
    {"expint", MARK_SPECIAL_MATH},
    {"expm1", MARK_MATH},
    {"fabs", MARK_MATH},
    {"fabsf", MARK_MATH},
    {"floor", MARK_MATH},
    {"floorf", MARK_MATH},
    {"fma", MARK_MATH},
    {"fmax", MARK_MATH},
    {"fmaxf", MARK_MATH},
    {"fmin", MARK_MATH},
    {"fminf", MARK_MATH},
    {"fmod", MARK_MATH},
    {"hermite", MARK_SPECIAL_MATH},
    {"hypot", MARK_MATH},
    {"isfinite", MARK_MATH},
    {"isinf", MARK_MATH},
    {"isnan", MARK_MATH},
    {"jthread", MARK_CXX20},
    {"laguerre", MARK_SPECIAL_MATH},
    {"ldexp", MARK_MATH},
    {"legendre", MARK_SPECIAL_MATH},
    {"lgamma", MARK_MATH},
    {"llround", MARK_MATH},
    {"log", MARK_MATH},
    {"log10", MARK_MATH},
    {"log1p", MARK_MATH},
    {"log2", MARK_MATH},
    {"logf", MARK_MATH},
    {"lround", MARK_MATH},
    {"make_shared_for_overwrite", MARK_CXX20},
    {"make_unique_for_overwrite", MARK_CXX20},
    {"max", MARK_MIN_MAX},
    {"min", MARK_MIN_MAX},
    {"namespace", MARK_CXX},
    {"nearbyint", MARK_MATH},
    {"norm", MARK_MATH},
    {"nullptr", MARK_CXX},
    {"pow", MARK_MATH},
    {"powf", MARK_MATH},
    {"reinterpret_cast", MARK_CXX},
    {"remove_cvref_t", MARK_CXX20},
    {"requires", MARK_CXX20},
    {"riemann_zeta", MARK_SPECIAL_MATH},
    {"rint", MARK_MATH},
    {"round", MARK_MATH},
    {"roundf", MARK_MATH},
    {"signbit", MARK_MATH},
    {"sin", MARK_MATH},
    {"sincos", MARK_MATH},
    {"sinf", MARK_MATH},
    {"sinh", MARK_MATH},
    {"sph_bessel", MARK_SPECIAL_MATH},
    {"sph_legendre", MARK_SPECIAL_MATH},
    {"sqrt", MARK_MATH},
    {"sqrtf", MARK_MATH},
    {"starts_with", MARK_CXX20},
    {"static_cast", MARK_CXX},
    {"tan", MARK_MATH},
    {"tanh", MARK_MATH},
    {"tanhf", MARK_MATH},
    {"template", MARK_CXX},
    {"tgamma", MARK_MATH},
    {"trunc", MARK_MATH},
    {"typename", MARK_CXX},
    {"virtual", MARK_CXX},
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

struct span {
    const char *text;
    size_t len;
};

static int compare_word(const void *key, const void *entry)
{
    const struct span *span = key;
    const struct marked_word *word = entry;
    int order = strncmp(span->text, word->word, span->len);
    return order ? order : -(word->word[span->len] != '\0');
}

static void mark_word(const char *word, size_t len, struct source_marks *marks)
{
    const struct span span = {word, len};
    const struct marked_word *marked =
        bsearch(&span, words, sizeof words / sizeof *words, sizeof *words, compare_word);
    marks->runtime_calls |= has_prefix(word, len, "cuda");
    marks->driver_calls |= has_prefix(word, len, "cu") || has_prefix(word, len, "CU");
    marks->hip_calls |= has_prefix(word, len, "hip");
    if (marked)
        set(marks, marked->mark);
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

/* The name between the quotes or angle brackets of an #include. */
static void mark_include(const struct lexer *lexer, struct source_marks *marks)
{
    const char *p = lexer->text + lexer->at, *end = lexer->text + lexer->len;
    while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    if (p == end || (*p != '<' && *p != '"'))
        return;
    char close = *p == '<' ? '>' : '"';
    const char *name = ++p;
    while (p < end && *p != close && *p != '\n' && *p != '\r')
        p++;
    mark_header(name, (size_t)(p - name), marks);
}

/* "#define hipMalloc cudaMalloc": the text brings the one API to the other by itself. */
static void mark_definition(const struct lexer_token *name, struct source_marks *marks)
{
    marks->bridges |=
        has_prefix(name->text, name->len, "hip") || has_prefix(name->text, name->len, "cuda");
}

static bool is_launch(const struct lexer *lexer, const struct lexer_token *token)
{
    const char *end = lexer->text + lexer->len;
    return end - token->text >= 3 && memcmp(token->text, "<<<", 3) == 0;
}

void sniffer_take(struct sniffer *sniffer, const struct lexer *lexer,
                  const struct lexer_token *token)
{
    struct source_marks *marks = &sniffer->marks;
    bool is_defined = sniffer->is_define;
    sniffer->is_define = false;
    if (token->kind == LEXER_NAME && is_defined)
        mark_definition(token, marks);
    else if (token->kind == LEXER_NAME)
        mark_word(token->text, token->len, marks);
    else if (token->kind == LEXER_OTHER)
        marks->cuda |= is_launch(lexer, token);
    else if (token->kind == LEXER_DIRECTIVE && lexer_is(token, "include"))
        mark_include(lexer, marks);
    else if (token->kind == LEXER_DIRECTIVE)
        sniffer->is_define = lexer_is(token, "define");
}

void source_sniff(const char *text, size_t len, struct source_marks *marks)
{
    struct sniffer sniffer = {.marks = *marks};
    struct lexer lexer = lexer_start(text, len);
    for (;;) {
        struct lexer_token token = lexer_next(&lexer);
        if (token.kind == LEXER_END)
            break;
        sniffer_take(&sniffer, &lexer, &token);
    }
    *marks = sniffer.marks;
}

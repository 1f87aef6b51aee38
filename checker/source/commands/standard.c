#include "source/commands/standard.h"

#include <string.h>

struct standard {
    const char *name;
    const char *value; /* as libclang 17 knows it */
    int year;          /* 0: of C */
};

static const struct standard standards[] = {
    {"c89", "c89", 0},          {"c90", "c90", 0},          {"gnu89", "gnu89", 0},
    {"gnu90", "gnu90", 0},      {"c99", "c99", 0},          {"gnu99", "gnu99", 0},
    {"c9x", "c99", 0},          {"gnu9x", "gnu99", 0},      {"c11", "c11", 0},
    {"gnu11", "gnu11", 0},      {"c1x", "c11", 0},          {"gnu1x", "gnu11", 0},
    {"c17", "c17", 0},          {"gnu17", "gnu17", 0},      {"c18", "c17", 0},
    {"gnu18", "gnu17", 0},      {"c2x", "c2x", 0},          {"gnu2x", "gnu2x", 0},
    {"c23", "c2x", 0},          {"gnu23", "gnu2x", 0},      {"c++98", "c++98", 3},
    {"gnu++98", "gnu++98", 98}, {"c++03", "c++03", 3},      {"gnu++03", "gnu++03", 98},
    {"c++11", "c++11", 11},     {"gnu++11", "gnu++11", 11}, {"c++0x", "c++11", 11},
    {"gnu++0x", "gnu++11", 11}, {"c++14", "c++14", 14},     {"gnu++14", "gnu++14", 14},
    {"c++1y", "c++14", 14},     {"gnu++1y", "gnu++14", 14}, {"c++17", "c++17", 17},
    {"gnu++17", "gnu++17", 17}, {"c++1z", "c++17", 17},     {"gnu++1z", "gnu++17", 17},
    {"c++20", "c++20", 20},     {"gnu++20", "gnu++20", 20}, {"c++2a", "c++20", 20},
    {"gnu++2a", "gnu++20", 20}, {"c++23", "c++2b", 23},     {"gnu++23", "gnu++2b", 23},
    {"c++2b", "c++2b", 23},     {"gnu++2b", "gnu++2b", 23}, {"c++26", "c++2c", 26},
    {"gnu++26", "gnu++2c", 26}, {"c++2c", "c++2c", 26},     {"gnu++2c", "gnu++2c", 26},
};

static const struct standard *find(const char *name)
{
    for (size_t i = 0; name && i < sizeof standards / sizeof standards[0]; i++)
        if (strcmp(name, standards[i].name) == 0)
            return &standards[i];
    return NULL;
}

const char *source_choose_standard(enum source_language language, const char *asked,
                                   const struct source_marks *marks)
{
    const struct standard *standard = find(asked);
    bool is_c = language == SOURCE_C;
    if (standard && (standard->year == 0) != is_c)
        standard = NULL;
    if (is_c)
        return standard ? standard->value : NULL;
    static const struct standard usual = {"gnu++17", "gnu++17", 17}; /* GCC 11, clang 16, nvcc 12 */
    if (!standard)
        standard = &usual;
    int needed = !marks ? 0 : marks->cxx23 ? 23 : marks->cxx20 ? 20 : 0;
    if (standard->year < needed)
        return needed == 23 ? "gnu++2b" : "gnu++20";
    /* kernels and their headers need C++11 at least */
    if (standard->year == 3 && language != SOURCE_CXX)
        return "gnu++11";
    return standard->value;
}

#include "lower/text/other_branch.h"

#include "support/identifier.h"

#include <string.h>

static bool is_word_of(const char *words, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = words; at && (at = strstr(at, word)); at += len)
        if ((at == words || at[-1] == ' ') && (!at[len] || at[len] == ' '))
            return true;
    return false;
}

/* What nvcc alone defines: with it, the file is CUDA. */
static bool is_of_nvcc(const char *macro)
{
    return strcmp(macro, "__CUDACC__") == 0 || strcmp(macro, "__NVCC__") == 0;
}

/* As far as the arguments say. */
static bool is_defined(const struct source_unit *source, const struct ir_unit *unit,
                       const char *macro)
{
    size_t len = strlen(macro);
    bool defined = is_word_of(unit->assumed_macros, macro);
    for (size_t i = 0; i < source->args.len; i++) {
        const char *arg = source->args.data[i];
        if (*arg == '-' && (arg[1] == 'D' || arg[1] == 'U') && strncmp(arg + 2, macro, len) == 0 &&
            !identifier_has(arg[2 + len]))
            defined = arg[1] == 'D';
    }
    return defined;
}

/* Did the user say so? */
static bool is_decided(const struct source_unit *source, const char *macro)
{
    for (size_t i = 0; i < source->guessed_switches.len; i++)
        if (strcmp(source->guessed_switches.data[i], macro) == 0)
            return false;
    return source_decides_macro(source, macro);
}

static bool may_be_read(const struct source_unit *source, const struct ir_unit *unit,
                        const struct assumptions *needs)
{
    for (size_t i = 0; i < needs->wanted.len; i++)
        if (is_decided(source, needs->wanted.data[i]) &&
            !is_defined(source, unit, needs->wanted.data[i]))
            return false;
    for (size_t i = 0; i < needs->refused.len; i++)
        if (is_decided(source, needs->refused.data[i]) &&
            is_defined(source, unit, needs->refused.data[i]))
            return false;
    return true;
}

static bool is_left_out(const struct ir_unit *unit, const struct site *site)
{
    for (size_t i = 0; i < unit->sites.len; i++) {
        const struct ir_site *recorded = &unit->sites.data[i];
        if (recorded->state == IR_SITE_INACTIVE && recorded->loc.offset == site->offset &&
            unit->files.data[recorded->loc.file].is_main)
            return true;
    }
    return false;
}

static struct assumptions what_is_missing(const struct source_unit *source,
                                          const struct site_list *list, const struct ir_unit *unit)
{
    struct assumptions missing = {0};
    for (size_t i = 0; i < list->sites.len; i++)
        if (is_left_out(unit, &list->sites.data[i]) &&
            may_be_read(source, unit, &list->sites.data[i].needs))
            assume_also(unit->arena, &missing, &list->sites.data[i].needs);
    return missing;
}

/* Is there code for a CUDA compiler in a file that another one may compile, too? */
static bool turn_to_cuda(const struct source_unit *source, struct ir_unit *unit,
                         const struct assumptions *missing)
{
    bool is_for_nvcc = false;
    for (size_t i = 0; i < missing->wanted.len; i++)
        is_for_nvcc |= is_of_nvcc(missing->wanted.data[i]);
    if (!is_for_nvcc || source->language != SOURCE_CXX)
        return false;
    vec_push(unit->arena, &unit->other_branch, "-xcuda");
    return true;
}

/* Switches that are on, and exclude one that is to be turned on. */
static void refuse_excluded(const struct source_unit *source, const struct site_list *list,
                            struct ir_unit *unit, struct assumptions *missing)
{
    for (size_t i = 0; i < missing->wanted.len; i++)
        for (size_t k = 0; k < list->assumptions.wanted.len; k++) {
            const char *on = list->assumptions.wanted.data[k];
            const struct assumptions off = {.refused = {.data = &on, .len = 1}};
            if (assume_excludes(missing->wanted.data[i], on) && is_defined(source, unit, on) &&
                !is_decided(source, on))
                assume_also(unit->arena, missing, &off);
        }
}

/* Adds the argument for each switch; true: one of them is not as it was. */
static bool turn(const struct source_unit *source, struct ir_unit *unit, const char *const *macros,
                 size_t count, bool on)
{
    bool turned = false;
    for (size_t i = 0; i < count; i++) {
        if (!assume_is_switch(macros[i]))
            continue;
        turned |= is_defined(source, unit, macros[i]) != on;
        vec_push(unit->arena, &unit->other_branch,
                 arena_printf(unit->arena, on ? "-D%s=1" : "-U%s", macros[i]));
    }
    return turned;
}

void other_branch_note(const struct source_unit *source, const struct site_list *list,
                       struct ir_unit *unit)
{
    if (source->has_command || source->is_other_branch)
        return;
    struct assumptions missing = what_is_missing(source, list, unit);
    refuse_excluded(source, list, unit, &missing);
    bool turned = turn(source, unit, missing.wanted.data, missing.wanted.len, true);
    turned |= turn(source, unit, missing.refused.data, missing.refused.len, false);
    turned |= turn_to_cuda(source, unit, &missing);
    if (!turned)
        unit->other_branch.len = 0;
}

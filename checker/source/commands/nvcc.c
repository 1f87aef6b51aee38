/* nvcc's command lines. */
#include "source/commands/options.h"
#include "source/commands/translate.h"
#include "source/project/path.h"

#include <stdlib.h>
#include <string.h>

/* In a list, \" stands for a quote that is meant, as the shell would have given it. */
static const char *unescape_quotes(struct arena *arena, const char *item)
{
    char *out = arena_alloc(arena, strlen(item) + 1);
    size_t len = 0;
    for (const char *p = item; *p; p++) {
        if (*p == '\\' && p[1] == '"')
            p++;
        out[len++] = *p;
    }
    return out;
}

/* nvcc pastes these options into the shell command of the host compiler. */
static void collect_host_options(struct translation *t, const char *list, struct words *host)
{
    struct words items = {0};
    source_words_split_list(t->arena, list, &items);
    for (size_t i = 0; i < items.len; i++)
        source_words_split(t->arena, items.data[i], host);
}

/* One item of -D -U -I -isystem -include: options of the same meaning for every compiler. */
static void apply_item(struct translation *t, const struct option *option, const char *item)
{
    const char *data[] = {option->emit, unescape_quotes(t->arena, item)};
    source_translate_host(t, &(struct words){.data = data, .len = 2, .cap = 2});
}

static void apply_list(struct translation *t, const struct option *option, const char *list)
{
    struct words items = {0};
    source_words_split_list(t->arena, list, &items);
    for (size_t i = 0; i < items.len; i++)
        apply_item(t, option, items.data[i]);
}

static void apply_single_value(struct translation *t, const struct option *option,
                               const char *value)
{
    switch (option->action) {
    case OPTION_LANGUAGE:
        t->language = strcmp(value, "cu") == 0 ? "cuda" : value;
        break;
    case OPTION_STANDARD:
        t->standard = value;
        break;
    case OPTION_RELOCATABLE:
        t->relocatable_device_code = strcmp(value, "true") == 0;
        break;
    case OPTION_STREAM:
        t->per_thread_stream = strcmp(value, "per-thread") == 0;
        break;
    default:
        break;
    }
}

static void apply_flag(struct translation *t, const struct option *option)
{
    switch (option->action) {
    case OPTION_COMPILES_RELOCATABLE:
        t->relocatable_device_code = true;
        t->compiles = true;
        break;
    case OPTION_COMPILES:
        t->compiles = true;
        break;
    case OPTION_DEVICE_DEBUG:
        t->device_debug = true;
        break;
    case OPTION_RELAXED_CONSTEXPR:
        t->relaxed_constexpr = true;
        break;
    case OPTION_WHOLE_PROGRAM:
        t->whole_program = true;
        break;
    case OPTION_NO_EXCEPTIONS:
        vec_push(t->arena, &t->args, "-fno-exceptions");
        break;
    default:
        break;
    }
}

static void translate_own(struct translation *t, const struct option_match *match,
                          struct words *host)
{
    if (match->option->value == OPTION_FLAG)
        apply_flag(t, match->option);
    else if (!match->value)
        return;
    else if (match->option->action == OPTION_HOST_LIST)
        collect_host_options(t, match->value, host);
    else if (match->option->emit)
        apply_list(t, match->option, match->value);
    else
        apply_single_value(t, match->option, match->value);
}

static void add_environment(struct arena *arena, const char *name, struct words *args)
{
    const char *flags = getenv(name);
    if (flags)
        source_words_split(arena, flags, args);
}

void source_translate_nvcc(struct translation *t, const struct words *args)
{
    struct words all = {0}, expanded = {0}, host = {0};
    add_environment(t->arena, "NVCC_PREPEND_FLAGS", &all);
    source_words_append(t->arena, &all, args);
    add_environment(t->arena, "NVCC_APPEND_FLAGS", &all);
    source_expand_response_files(t, &all, true, &expanded);

    struct translation own = *t;
    own.args = (struct words){0};
    for (size_t i = 0; i < expanded.len; i++) {
        struct option_match match;
        if (source_option_match(source_nvcc_options, source_nvcc_option_count, &expanded, &i,
                                &match))
            translate_own(&own, &match, &host);
        else if (expanded.data[i][0] == '-')
            vec_push(t->arena, &host, expanded.data[i]);
    }

    /* nvcc puts the host compiler's options before its own */
    struct words before = t->args, after = own.args;
    *t = own;
    t->args = before;
    const char *standard = t->standard;
    source_translate_host(t, &host);
    if (standard)
        t->standard = standard; /* nvcc's own wins */
    source_words_append(t->arena, &t->args, &after);
}

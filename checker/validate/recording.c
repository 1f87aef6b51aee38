#include "validate/recording.h"

#include "validate/symbols.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LIBRARY "libcuhostlint-recorder.so"

static const char *first_readable(const char *const *paths, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (access(paths[i], R_OK) == 0)
            return paths[i];
    return NULL;
}

static const char *find_cupti(struct arena *arena, const struct toolchain *toolchain)
{
    if (!toolchain->root)
        return NULL;
    const char *const paths[] = {
        arena_printf(arena, "%s/libcupti.so", toolchain->libraries ? toolchain->libraries : ""),
        arena_printf(arena, "%s/extras/CUPTI/lib64/libcupti.so", toolchain->root),
    };
    return first_readable(paths, sizeof paths / sizeof *paths);
}

const struct error *recorder_find(struct arena *arena, const struct toolchain *toolchain,
                                  struct recorder *recorder)
{
    char program[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);

    program[len > 0 ? len : 0] = '\0';
    char *slash = strrchr(program, '/');
    if (slash)
        *slash = '\0';
    const char *const paths[] = {
        arena_printf(arena, "%s/" LIBRARY, program),
        arena_printf(arena, "%s/" CUHOSTLINT_LIBRARIES "/" LIBRARY, program),
    };
    recorder->library = first_readable(paths, sizeof paths / sizeof *paths);
    recorder->cupti = find_cupti(arena, toolchain);
    if (recorder->library)
        return NULL;
    return error_new(arena, ERROR_USAGE,
                     "the recorder is not installed: neither '%s' nor '%s' is there", paths[0],
                     paths[1]);
}

const char *const *recorder_environment(struct arena *arena, const struct recorder *recorder,
                                        const char *folder)
{
    VEC(const char *) variables = {0};
    const char *preloaded = getenv("LD_PRELOAD"), *given = getenv("CUHOSTLINT_CUPTI");
    const char *cupti = given ? given : recorder->cupti;

    vec_push(arena, &variables,
             arena_printf(arena, "LD_PRELOAD=%s%s%s", recorder->library,
                          preloaded && *preloaded ? ":" : "", preloaded ? preloaded : ""));
    vec_push(arena, &variables, arena_printf(arena, "CUDA_INJECTION64_PATH=%s", recorder->library));
    vec_push(arena, &variables, arena_printf(arena, "CUHOSTLINT_RUN=%s", folder));
    if (cupti)
        vec_push(arena, &variables, arena_printf(arena, "CUHOSTLINT_CUPTI=%s", cupti));
    vec_push(arena, &variables, NULL);
    return variables.data;
}

const struct error *recording_read(struct arena *arena, const char *folder,
                                   struct recording *recording)
{
    const struct error *error = run_log_read(arena, folder, &recording->log);

    if (error)
        return error;
    recording->has_symbols = symbols_find(arena, &recording->log);
    observe(arena, &recording->log, &recording->observations);
    return NULL;
}

const char *recording_gap(const struct run_log *log)
{
    const char *cupti = NULL;

    for (size_t i = 0; i < log->processes.len; i++) {
        const char *said = log->processes.data[i].cupti;
        if (said && strncmp(said, "watches", 7) == 0)
            return NULL;
        cupti = said ? said : cupti;
    }
    if (!cupti)
        return "no CUDA call was seen: the program started no CUDA, or it is linked statically and "
               "takes no library in";
    if (strncmp(cupti, "refuses", 7) == 0)
        return "no CUDA call was seen: CUPTI serves one tool at a time, and the program uses it "
               "itself";
    return "no CUDA call was seen: libcupti of the CUDA Toolkit was not found; --cuda-path names "
           "the toolkit";
}

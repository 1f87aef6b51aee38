#include "validate/whole.h"

#include "findings/text.h"
#include "support/identifier.h"
#include "support/scratch.h"
#include "validate/match.h"
#include "validate/recording.h"

#include <string.h>
#include <sys/stat.h>

struct program_run {
    const char *file, *binary, *folder;
    struct process compile, run;
};

struct whole {
    struct arena *arena;
    struct findings *findings;
    const struct toolchain *toolchain;
    const struct validate_options *options;
    const char *folder;
    struct recorder recorder;
    VEC(struct program_run) programs;
};

static bool has_gpu_answered(const struct findings *findings)
{
    for (size_t i = 0; i < findings->list.len; i++) {
        const struct validation *validation = findings->list.data[i].validation;
        if (validation &&
            (validation->verdict == VERDICT_CONFIRMED || validation->verdict == VERDICT_REFUTED))
            return true;
    }
    return false;
}

/* "main" and a parenthesis: whether it is more than that, the compiler says. */
static bool has_main(const struct text *text)
{
    const char *end = text->bytes + text->len;

    for (const char *p = text->bytes; (p = memmem(p, (size_t)(end - p), "main", 4)) != NULL;
         p += 4) {
        const char *after = p + 4;
        while (after < end && (*after == ' ' || *after == '\n'))
            after++;
        if (after < end && *after == '(' && (p == text->bytes || !identifier_has(p[-1])))
            return true;
    }
    return false;
}

static bool is_known(const struct whole *whole, const char *file)
{
    for (size_t i = 0; i < whole->programs.len; i++)
        if (strcmp(whole->programs.data[i].file, file) == 0)
            return true;
    return false;
}

static void add_program(struct whole *whole, const char *file)
{
    struct arena *arena = whole->arena;
    const char *name = arena_printf(arena, "%s/whole-%zu", whole->folder, whole->programs.len);
    struct program_run program = {
        .file = file, .binary = name, .folder = arena_printf(arena, "%s.run", name)};
    const char **argv = arena_new_array(arena, 2, const char *);
    const char *logs = arena_printf(arena, "%s.log", name);

    argv[0] = program.binary;
    program.compile = (struct process){
        .argv = toolchain_command_of_file(arena, whole->toolchain, file, program.binary,
                                          whole->options->arch),
        .environment = scratch_environment(arena, whole->folder),
        .folder = whole->folder,
        .output = arena_printf(arena, "%s.compiler", name),
    };
    program.run = (struct process){
        .kind = PROCESS_CONFINED,
        .argv = argv,
        .environment = recorder_environment(arena, &whole->recorder, logs),
        .folder = program.folder,
        .output = arena_printf(arena, "%s.out", name),
    };
    if (program.compile.argv && mkdir(program.folder, 0700) == 0 && mkdir(logs, 0700) == 0)
        vec_push(arena, &whole->programs, program);
}

static void choose_programs(struct whole *whole)
{
    for (size_t i = 0; i < whole->findings->list.len; i++) {
        const struct finding *finding = &whole->findings->list.data[i];
        const struct text *text;
        if (finding->suppressed_by || !finding->validation || is_known(whole, finding->at.file))
            continue;
        text = text_get(whole->findings->texts, finding->at.file);
        if (text && has_main(text))
            add_program(whole, finding->at.file);
    }
}

static void announce(const struct whole *whole)
{
    if (whole->programs.len && whole->options->announce)
        whole->options->announce(
            arena_printf(whole->arena,
                         "%zu flagged files have a main: those that compile alone run too, as they "
                         "are, under the same limits",
                         whole->programs.len));
}

/* Those that do not compile alone are left out. */
static void run_programs(struct whole *whole, unsigned timeout)
{
    VEC(struct process) processes = {0};
    size_t kept = 0;

    for (size_t i = 0; i < whole->programs.len; i++)
        vec_push(whole->arena, &processes, whole->programs.data[i].compile);
    processes_run(processes.data, processes.len, whole->options->jobs, COMPILE_TIMEOUT_SECONDS);
    for (size_t i = 0; i < whole->programs.len; i++)
        if (processes.data[i].started && !processes.data[i].timed_out &&
            processes.data[i].status == 0)
            whole->programs.data[kept++] = whole->programs.data[i];
    whole->programs.len = kept;
    processes.len = 0;
    for (size_t i = 0; i < whole->programs.len; i++)
        vec_push(whole->arena, &processes, whole->programs.data[i].run);
    processes_run(processes.data, processes.len, whole->options->jobs, timeout);
}

static void settle_finding(struct arena *arena, struct finding *finding,
                           const struct match_verdict *verdict)
{
    struct validation *validation =
        arena_copy(arena, finding->validation, sizeof *finding->validation);

    validation->in_program = verdict->verdict;
    validation->in_program_reason = verdict->reason;
    if (validation->verdict == VERDICT_INCONCLUSIVE && verdict->verdict == VERDICT_CONFIRMED) {
        validation->verdict = VERDICT_CONFIRMED;
        validation->reason = arena_printf(arena, "in the program itself, %s", verdict->reason);
    }
    finding->validation = validation;
}

static const struct error *judge(struct whole *whole, const struct program_run *program)
{
    struct recording recording = {0};
    const struct error *error = recording_read(
        whole->arena, arena_printf(whole->arena, "%s.log", program->binary), &recording);

    if (error || recording_gap(&recording.log))
        return error;
    const struct match_verdict *verdicts =
        match_findings(whole->arena, whole->findings, &recording.log, &recording.observations);
    for (size_t i = 0; i < whole->findings->list.len; i++) {
        struct finding *finding = &whole->findings->list.data[i];
        if (finding->validation && strcmp(finding->at.file, program->file) == 0)
            settle_finding(whole->arena, finding, &verdicts[i]);
    }
    return NULL;
}

const struct error *whole_programs_run(struct arena *arena, struct findings *findings,
                                       const struct toolchain *toolchain,
                                       const struct validate_options *options, const char *folder)
{
    struct whole whole = {.arena = arena,
                          .findings = findings,
                          .toolchain = toolchain,
                          .options = options,
                          .folder = folder};
    const struct error *error = NULL;

    if (options->dry_run || toolchain->missing || !has_gpu_answered(findings) ||
        recorder_find(arena, toolchain, &whole.recorder))
        return NULL;
    choose_programs(&whole);
    announce(&whole);
    run_programs(&whole, options->timeout ? options->timeout : VALIDATE_TIMEOUT_SECONDS);
    for (size_t i = 0; i < whole.programs.len && !error; i++)
        error = judge(&whole, &whole.programs.data[i]);
    return error;
}

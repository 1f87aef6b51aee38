#include "cli/validate_run.h"

#include "cli/rule_table.h"
#include "support/scratch.h"
#include "validate/interrupt.h"
#include "validate/match.h"
#include "validate/recording.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

struct recorded {
    struct arena *arena;
    const struct options *options;
    struct toolchain toolchain;
    struct recording recording;
    size_t placeless; /* defects that have no place in a source */
};

static void say(const struct recorded *recorded, const char *sentence)
{
    if (!recorded->options->quiet)
        cli_note(sentence);
}

/* ---- the program ------------------------------------------------------------------------ */

static void tell_how_it_ended(const struct recorded *recorded, const struct process *process)
{
    const char *name = process->argv[0];

    if (process->timed_out)
        cli_warning(arena_printf(recorded->arena, "'%s' ran out of time and was ended", name));
    else if (WIFSIGNALED(process->status))
        cli_warning(arena_printf(recorded->arena, "'%s' was ended by signal %d (%s)", name,
                                 WTERMSIG(process->status), strsignal(WTERMSIG(process->status))));
    else if (WEXITSTATUS(process->status) != 0)
        say(recorded, arena_printf(recorded->arena, "'%s' ended with status %d", name,
                                   WEXITSTATUS(process->status)));
}

static const char *const *words_of(const struct recorded *recorded)
{
    VEC(const char *) words = {0};

    for (size_t i = 0; i < recorded->options->program.len; i++)
        vec_push(recorded->arena, &words, recorded->options->program.data[i]);
    vec_push(recorded->arena, &words, NULL);
    return words.data;
}

static const struct error *run_program(struct recorded *recorded, const struct recorder *recorder,
                                       const char *folder)
{
    struct process process = {
        .kind = PROCESS_OF_USER,
        .argv = words_of(recorded),
        .environment = recorder_environment(recorded->arena, recorder, folder),
    };

    say(recorded, arena_printf(recorded->arena, "running '%s' with the recorder %s",
                               process.argv[0], recorder->library));
    processes_run(&process, 1, 1, recorded->options->timeout);
    if (process_cannot_start(&process))
        return error_new(recorded->arena, ERROR_USAGE, "'%s' cannot be started", process.argv[0]);
    tell_how_it_ended(recorded, &process);
    return NULL;
}

static const struct error *record(struct recorded *recorded)
{
    struct recorder recorder;
    const char *folder = NULL;
    struct interrupt interrupt;
    const struct error *error = recorder_find(recorded->arena, &recorded->toolchain, &recorder);

    /* The program hears Ctrl-C too and decides for itself; what it has done by then is reported. */
    void (*former)(int) = signal(SIGINT, SIG_IGN);
    interrupt_watch(&interrupt);
    if (!error)
        error = scratch_make(recorded->arena, &folder);
    if (!error)
        error = run_program(recorded, &recorder, folder);
    if (!error)
        error = recording_read(recorded->arena, folder, &recorded->recording);
    if (folder)
        scratch_remove(folder);
    interrupt_obey(&interrupt);
    signal(SIGINT, former);
    return error;
}

/* ---- beside the findings ---------------------------------------------------------------- */

static void amend(void *context, struct findings *findings)
{
    struct recorded *recorded = context;
    struct recording *recording = &recorded->recording;
    const struct rule_table rules = rule_table_all(recorded->arena);

    const struct match_verdict *verdicts =
        match_findings(recorded->arena, findings, &recording->log, &recording->observations);

    for (size_t i = 0; i < findings->list.len; i++) {
        struct validation *validation = arena_new_object(recorded->arena, struct validation);
        *validation =
            (struct validation){.verdict = verdicts[i].verdict, .reason = verdicts[i].reason};
        findings->list.data[i].validation = validation;
    }
    recorded->placeless =
        match_add_unsaid(findings, &rules, &recording->observations, recorded->toolchain.root);
}

static const struct error *lint(struct recorded *recorded, struct check *check)
{
    struct options *options =
        arena_copy(recorded->arena, recorded->options, sizeof *recorded->options);
    const struct error *error;

    if (options->inputs.len == 0) {
        struct words sources =
            match_sources(recorded->arena, &recorded->recording.log, recorded->toolchain.root);
        for (size_t i = 0; i < sources.len; i++)
            vec_push(recorded->arena, &options->inputs, sources.data[i]);
    }
    *check = (struct check){.amend = amend, .amend_context = recorded};
    if (options->inputs.len)
        error = check_prepare(recorded->arena, options, check);
    else
        error = check_prepare_units(recorded->arena, options, &(struct source_list){0}, check);
    if (!error)
        error = run_lower(&check->run, false);
    return error ? error : check_findings(check);
}

static void tell_the_rest(const struct recorded *recorded)
{
    const struct observations *seen = &recorded->recording.observations;
    const char *gap = recording_gap(&recorded->recording.log);
    struct arena *arena = recorded->arena;

    if (gap)
        cli_warning(gap);
    if (!recorded->recording.has_symbols)
        cli_warning("source lines are not known: install addr2line (binutils)");
    if (recorded->placeless)
        cli_warning(arena_printf(arena,
                                 "the run shows %zu defects in code without debug information: "
                                 "compile it with -g to see where",
                                 recorded->placeless));
    say(recorded, arena_printf(arena,
                               "recorded: %zu host-memory calls, %zu of them failed; %.1f ms in "
                               "register and unregister calls",
                               seen->calls, seen->failed, (double)seen->nanoseconds / 1e6));
    if (seen->pinned_blocks)
        say(recorded, arena_printf(arena, "never freed: %zu blocks of pinned allocators, %.1f MiB",
                                   seen->pinned_blocks, (double)seen->pinned_bytes / (1 << 20)));
}

const struct error *validate_run(struct arena *arena, const struct options *options,
                                 struct check *check)
{
    struct recorded *recorded = arena_new_object(arena, struct recorded);
    const struct error *error;

    *recorded = (struct recorded){
        .arena = arena, .options = options, .toolchain = toolchain_find(arena, options->cuda_path)};
    error = record(recorded);
    if (!error)
        error = lint(recorded, check);
    if (!error)
        tell_the_rest(recorded);
    return error;
}

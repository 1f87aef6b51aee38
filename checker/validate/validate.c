#include "validate/validate.h"

#include "support/file.h"
#include "support/scratch.h"
#include "validate/interrupt.h"
#include "validate/process.h"
#include "validate/program.h"
#include "validate/toolchain.h"
#include "validate/whole.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SHOWN_OUTPUT = 1 << 16 };

/* One finding on its way. */
struct trial {
    struct finding *finding;
    struct validation *validation;
    struct program program;
    const char *source, *binary, *folder;
    struct process compile, run;
};

struct session {
    struct arena *arena;
    const struct validate_options *options;
    struct toolchain toolchain;
    const char *folder; /* temporary */
    VEC(struct trial) trials;
};

static void settle(struct trial *trial, enum verdict verdict, const char *reason)
{
    trial->validation->verdict = verdict;
    trial->validation->reason = reason;
}

static bool is_open(const struct trial *trial)
{
    return trial->validation->verdict == VERDICT_NONE;
}

/* ---- folders --------------------------------------------------------------------------- */

static const struct error *make_folder(struct arena *arena, const char *path)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST)
        return NULL;
    return error_new(arena, ERROR_USAGE, "cannot make the folder '%s': %s", path, strerror(errno));
}

/* ---- programs -------------------------------------------------------------------------- */

/* Two findings of one rule on one line: their programs need two names. */
static const char *unique_name(const struct session *session, const char *name)
{
    size_t same = 1, len = strlen(name);

    for (size_t i = 0; i < session->trials.len; i++) {
        const char *other = session->trials.data[i].program.name;
        same += other && strncmp(other, name, len) == 0 && (!other[len] || other[len] == '_');
    }
    return same == 1 ? name : arena_printf(session->arena, "%s_%zu", name, same);
}

static const struct error *write_program(struct session *session, struct trial *trial)
{
    struct arena *arena = session->arena;
    const char *home = session->options->keep ? session->options->keep : session->folder;
    char *real = realpath(home, NULL);

    trial->source = arena_printf(arena, "%s/%s%s", real ? real : home, trial->program.name,
                                 trial->program.has_kernel ? ".cu" : ".cpp");
    free(real);
    trial->binary = arena_printf(arena, "%s/%s", session->folder, trial->program.name);
    trial->folder = arena_printf(arena, "%s/%s.run", session->folder, trial->program.name);
    if (session->options->keep)
        trial->validation->program = trial->source;
    const struct error *error = make_folder(arena, trial->folder);
    return error ? error
                 : file_replace(arena, trial->source, trial->program.text,
                                strlen(trial->program.text));
}

static const struct error *add_trial(struct session *session, const struct findings *findings,
                                     struct finding *finding)
{
    struct trial trial = {.finding = finding,
                          .validation = arena_new_object(session->arena, struct validation)};
    const struct error *error = NULL;

    finding->validation = trial.validation;
    if (program_write(session->arena, findings, finding, &trial.program)) {
        trial.program.name = unique_name(session, trial.program.name);
        trial.validation->code = trial.program.code;
        error = write_program(session, &trial);
    } else {
        settle(&trial, VERDICT_INCONCLUSIVE, "this finding's path cannot be replayed");
    }
    vec_push(session->arena, &session->trials, trial);
    return error;
}

static const struct error *write_programs(struct session *session, struct findings *findings)
{
    const struct error *error = NULL;

    for (size_t i = 0; i < findings->list.len && !error; i++)
        if (!findings->list.data[i].suppressed_by)
            error = add_trial(session, findings, &findings->list.data[i]);
    return error;
}

/* ---- what programs said ---------------------------------------------------------------- */

static const char *read_output(struct session *session, const struct process *process)
{
    const char *text = "";
    size_t len = 0;

    if (file_read(session->arena, process->output, &text, &len))
        return "";
    return len > SHOWN_OUTPUT ? arena_strndup(session->arena, text, SHOWN_OUTPUT) : text;
}

/* The first line that holds `mark`, or the last line; without its end. */
static const char *telling_line(struct arena *arena, const char *text, const char *mark)
{
    const char *found = mark ? strstr(text, mark) : NULL;

    if (!found) {
        size_t len = strlen(text);
        while (len && text[len - 1] == '\n')
            len--;
        text = arena_strndup(arena, text, len);
        found = strrchr(text, '\n');
        return found ? found + 1 : text;
    }
    while (found > text && found[-1] != '\n')
        found--;
    return arena_strndup(arena, found, strcspn(found, "\n"));
}

/* "refuted: cudaHostRegister fails with 1": what stands behind the word. */
static const char *said(struct arena *arena, const char *output)
{
    const char *line = telling_line(arena, output, NULL), *colon = strchr(line, ':');
    return colon && colon[1] ? colon + 2 : line;
}

static const char *after_equals(const char *line)
{
    const char *equals = strstr(line, "= ");
    return equals ? equals + 2 : line;
}

/* ---- the stages ------------------------------------------------------------------------ */

static void prepare_compilation(struct session *session, struct trial *trial)
{
    const char *reason;
    const char *const *argv =
        toolchain_command(session->arena, &session->toolchain, &trial->program, trial->source,
                          trial->binary, session->options->arch, &reason);

    if (!argv)
        settle(trial, VERDICT_INCONCLUSIVE, reason);
    trial->compile = (struct process){
        .argv = argv,
        .environment = scratch_environment(session->arena, session->folder),
        .folder = session->folder,
        .output = arena_printf(session->arena, "%s.log", trial->binary),
    };
}

static void prepare_run(struct session *session, struct trial *trial)
{
    const char **argv = arena_new_array(session->arena, 2, const char *);

    argv[0] = trial->binary;
    trial->run = (struct process){
        .argv = argv,
        .folder = trial->folder,
        .output = arena_printf(session->arena, "%s.out", trial->binary),
        .kind = PROCESS_CONFINED,
    };
}

static void judge_compilation(struct session *session, struct trial *trial)
{
    const struct process *done = &trial->compile;
    const char *output = read_output(session, done);

    if (process_cannot_start(done))
        settle(trial, VERDICT_INCONCLUSIVE, "the compiler cannot be started");
    else if (done->timed_out)
        settle(trial, VERDICT_INCONCLUSIVE, "the compiler ran out of time");
    else if (done->status != 0)
        settle(trial, VERDICT_INCONCLUSIVE,
               arena_printf(session->arena, "it does not compile: %s",
                            telling_line(session->arena, output, "error")));
    else if (session->options->dry_run)
        settle(trial, VERDICT_INCONCLUSIVE, "compiled, not run (--dry-run)");
}

static void judge_run(struct session *session, struct trial *trial)
{
    const struct process *done = &trial->run;
    const char *output = read_output(session, done);

    trial->validation->output = output;
    if (process_cannot_start(done) || done->timed_out) {
        settle(trial, VERDICT_INCONCLUSIVE,
               done->timed_out ? "it ran out of time" : "it cannot be started");
        return;
    }
    if (!WIFEXITED(done->status)) {
        settle(trial, VERDICT_INCONCLUSIVE,
               arena_printf(session->arena, "it was ended by signal %d", WTERMSIG(done->status)));
        return;
    }
    switch (WEXITSTATUS(done->status)) {
    case PROGRAM_CONFIRMED:
        settle(trial, VERDICT_CONFIRMED, said(session->arena, output));
        break;
    case PROGRAM_REFUTED:
        settle(trial, VERDICT_REFUTED, said(session->arena, output));
        break;
    case PROGRAM_INCONCLUSIVE:
        settle(trial, VERDICT_INCONCLUSIVE,
               strstr(output, "= 0 ")
                   ? said(session->arena, output)
                   : arena_printf(session->arena, "no usable GPU: %s",
                                  after_equals(telling_line(session->arena, output, "= "))));
        break;
    default:
        settle(trial, VERDICT_INCONCLUSIVE, telling_line(session->arena, output, NULL));
    }
}

typedef void prepare_function(struct session *session, struct trial *trial);

enum stage { STAGE_COMPILE, STAGE_RUN, STAGE_RUN_ALONE };

/* Runs one process for each trial that is still open and belongs to the stage, then judges them. */
static void run_stage(struct session *session, enum stage stage, unsigned timeout)
{
    bool is_compilation = stage == STAGE_COMPILE;
    prepare_function *prepare = is_compilation ? prepare_compilation : prepare_run;
    prepare_function *judge = is_compilation ? judge_compilation : judge_run;
    unsigned parallel = stage == STAGE_RUN_ALONE ? 1 : session->options->jobs;
    VEC(struct process) processes = {0};
    VEC(struct trial *) open = {0};

    for (size_t i = 0; i < session->trials.len; i++) {
        struct trial *trial = &session->trials.data[i];
        if (stage == STAGE_RUN && trial->program.is_timed)
            continue;
        if (is_open(trial))
            prepare(session, trial);
        if (!is_open(trial))
            continue;
        vec_push(session->arena, &open, trial);
        vec_push(session->arena, &processes, is_compilation ? trial->compile : trial->run);
    }
    processes_run(processes.data, processes.len, parallel, timeout);
    for (size_t i = 0; i < open.len; i++) {
        *(is_compilation ? &open.data[i]->compile : &open.data[i]->run) = processes.data[i];
        judge(session, open.data[i]);
    }
}

static void announce(const struct session *session, unsigned timeout)
{
    const struct validate_options *options = session->options;
    const char *home = options->keep ? options->keep : session->folder;

    if (!options->announce)
        return;
    options->announce(arena_printf(session->arena, "%zu reproducers in %s, compiled by %s",
                                   session->trials.len, home,
                                   toolchain_name(session->arena, &session->toolchain)));
    if (!options->dry_run && !session->toolchain.missing)
        options->announce(arena_printf(
            session->arena,
            "they run on this machine's GPU, below %s, for at most %u s each, without network "
            "where the system offers that",
            session->folder, timeout));
}

const struct error *validate_findings(struct arena *arena, struct findings *findings,
                                      const struct validate_options *options)
{
    struct session session = {
        .arena = arena, .options = options, .toolchain = toolchain_find(arena, options->cuda_path)};
    unsigned timeout = options->timeout ? options->timeout : VALIDATE_TIMEOUT_SECONDS;
    struct interrupt interrupt;

    interrupt_watch(&interrupt);
    const struct error *error = scratch_make(arena, &session.folder);
    if (!error && options->keep)
        error = make_folder(arena, options->keep);
    if (!error)
        error = write_programs(&session, findings);
    if (!error) {
        announce(&session, timeout);
        run_stage(&session, STAGE_COMPILE, COMPILE_TIMEOUT_SECONDS);
        run_stage(&session, STAGE_RUN, timeout);
        run_stage(&session, STAGE_RUN_ALONE, timeout);
        error = whole_programs_run(arena, findings, &session.toolchain, options, session.folder);
    }
    if (session.folder)
        scratch_remove(session.folder);
    interrupt_obey(&interrupt);
    return error;
}

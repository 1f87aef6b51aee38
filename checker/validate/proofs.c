#include "validate/proofs.h"

#include "validate/calls.h"
#include "validate/memory.h"
#include "validate/story.h"

#include <stdarg.h>
#include <string.h>

enum { PREDICTION_WIDTH = 74, SHORT_CONCLUSION = 74 };

void proof_conclude(struct writer *w, const char *condition, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    const char *text = arena_vprintf(w->arena, format, args);
    va_end(args);
    writer_line(w, "%s", "");
    if (strlen(condition) + strlen(text) <= SHORT_CONCLUSION) {
        writer_line(w, "return conclude(%s, \"%s\");", condition, text);
        return;
    }
    writer_line(w, "return conclude(%s,", condition);
    while (strlen(text) > PREDICTION_WIDTH) {
        size_t len = PREDICTION_WIDTH;
        while (text[len - 1] != ' ')
            len--;
        writer_line(w, "                \"%.*s\"", (int)len, text);
        text += len;
    }
    writer_line(w, "                \"%s\");", text);
}

static void conclude_status(struct writer *w, const char *call)
{
    const struct prediction *predicts = &w->finding->predicts;

    proof_conclude(w, arena_printf(w->arena, "status == %d", predicts->code), "%s fails with %d %s",
                   call, predicts->code, predicts->name ? predicts->name : "");
}

static const char *own_call(struct writer *w, const struct replay_step *step, int64_t size)
{
    const char *pointer = writer_pointer(w, step);

    switch (step->kind) {
    case REPLAY_REGISTER:
        return calls_register(w, step, pointer, size);
    case REPLAY_UNREGISTER:
        return calls_unregister(w, step, pointer);
    case REPLAY_ALLOCATE:
        return calls_allocate(w, step, PROVENANCE_PINNED, w->block,
                              arena_printf(w->arena, "%lld", (long long)story_size(w, step)));
    default:
        return calls_free(w, step, pointer);
    }
}

static const char *name_of_call(struct writer *w, const char *call)
{
    return arena_strndup(w->arena, call, strcspn(call, "("));
}

static void status_of_own_step(struct writer *w, const struct replay_step *step, int64_t size)
{
    const char *call = own_call(w, step, size);

    writer_line(w, "int status = %s;", calls_shown(w, call));
}

static void replay_to_the_end(struct writer *w)
{
    const struct replay_step *own = writer_own_step(w);

    story_tell(w);
    story_finding(w, own);
    if (own->kind == REPLAY_ALLOCATE)
        writer_line(w, "char *%s = nullptr;", w->block);
    status_of_own_step(w, own, story_size(w, own));
}

/* The call fails with the predicted status. */
static void proof_status(struct writer *w)
{
    replay_to_the_end(w);
    conclude_status(w, name_of_call(w, own_call(w, writer_own_step(w), 0)));
}

static void proof_invalid_flags(struct writer *w)
{
    if (w->finding->predicts.code) {
        proof_status(w);
        return;
    }
    replay_to_the_end(w);
    proof_conclude(w, "status == 0",
                   "the flag of another call is taken: its bit means the same by chance");
}

static void proof_nonconstant_size(struct writer *w)
{
    const struct replay_step *own = writer_own_step(w);

    story_tell(w);
    writer_place(w, own, "This is the finding: nothing before it rules out size 0.");
    status_of_own_step(w, own, 0);
    proof_conclude(w, "status == 1", "with size 0, %s fails with 1",
                   name_of_call(w, own_call(w, own, 0)));
}

static void proof_capture(struct writer *w)
{
    replay_to_the_end(w);
    writer_line(w, "%s", "");
    writer_line(w, "cudaGraph_t graph;");
    writer_line(w, "int ended = %s;", calls_shown(w, "cudaStreamEndCapture(stream, &graph)"));
    proof_conclude(w, "status == 900 && ended == 901",
                   "the call fails with 900 and the capture is lost (901)");
}

/* ---- mismatched-free ------------------------------------------------------------------- */

static const char *released_with(const struct replay_step *step)
{
    return step->call ? step->call : "the owner's destructor";
}

static void proof_crash(struct writer *w, const struct replay_step *own)
{
    w->parts |= PART_SIGNALS;
    if (own->release == RELEASE_REALLOC)
        writer_line(w, "void *moved = std::realloc(%s, %lld);", w->block,
                    (long long)(2 * w->replay->size));
    else
        memory_release(w, own);
    if (own->release == RELEASE_REALLOC)
        writer_line(w, "std::printf(\"moved to %%p\\n\", moved);");
    proof_conclude(w, "false", "%s crashes", released_with(own));
}

static void proof_mismatched_free(struct writer *w)
{
    const struct replay_step *own = writer_own_step(w);
    const char *call = calls_free(w, own, writer_pointer(w, own));

    if (!call)
        writer_line(w, "crash_is_the_proof();");
    story_tell(w);
    story_finding(w, own);
    if (!call) {
        proof_crash(w, own);
        return;
    }
    writer_line(w, "int status = %s;", calls_shown(w, call));
    conclude_status(w, name_of_call(w, call));
}

/* ---- the table ------------------------------------------------------------------------- */

static const struct proof_row {
    const char *rule;
    proof_function *write;
} proofs[] = {
    {"address-of-pointer", proof_address_of_pointer},
    {"already-pinned", proof_status},
    {"double-register", proof_status},
    {"freed-while-registered", proof_freed_while_registered},
    {"invalid-flags", proof_invalid_flags},
    {"mismatched-free", proof_mismatched_free},
    {"nonconstant-size", proof_nonconstant_size},
    {"not-host-memory", proof_status},
    {"readonly-memory", proof_status},
    {"register-in-capture", proof_capture},
    {"register-in-loop", proof_register_in_loop},
    {"register-leak", proof_register_leak},
    {"size-mismatch", proof_size_mismatch},
    {"unchecked-call", proof_unchecked_call},
    {"unpinnable-mapping", proof_status},
    {"unregister-unregistered", proof_status},
    {"use-after-unregister", proof_use_after_unregister},
    {"zero-size", proof_status},
};

proof_function *proof_of(const char *rule)
{
    for (size_t i = 0; i < sizeof proofs / sizeof *proofs; i++)
        if (strcmp(proofs[i].rule, rule) == 0)
            return proofs[i].write;
    return NULL;
}

#include "validate/calls.h"
#include "validate/memory.h"
#include "validate/proofs.h"
#include "validate/story.h"

enum { BLOCK_SIZE = 65536 };

/* Makes the call fail in a way that needs nothing but the call itself. */
static const char *failing_call(struct writer *w, const struct replay_step *own)
{
    switch (own->kind) {
    case REPLAY_REGISTER:
        return calls_register(w, own, w->block, 0);
    case REPLAY_UNREGISTER:
        return calls_unregister(w, own, w->block);
    case REPLAY_ALLOCATE:
        return calls_allocate(w, own, PROVENANCE_PINNED, "pinned",
                              "static_cast<std::size_t>(1) << 46");
    default:
        return calls_free(w, own, w->block);
    }
}

static const char *how_it_fails(const struct replay_step *own)
{
    switch (own->kind) {
    case REPLAY_REGISTER:
        return "This is the finding. Size 0 makes the call fail.";
    case REPLAY_UNREGISTER:
        return "This is the finding. Memory that is not registered makes the call fail.";
    case REPLAY_ALLOCATE:
        return "This is the finding. Far too many bytes make the call fail.";
    default:
        return "This is the finding. Memory of no pinned allocator makes the call fail.";
    }
}

/* The runtime keeps the error until somebody asks: the next one who does is blamed. */
static void prove_blame(struct writer *w)
{
    w->parts |= PART_KERNEL;
    writer_line(w, "%s", "");
    writer_comment(w, "A kernel that is right, and the usual question after it:");
    writer_line(w, "touch<<<1, 1>>>(nullptr);");
    writer_line(w, "int blamed = %s;", calls_shown(w, "cudaGetLastError()"));
    proof_conclude(w, "failed != 0 && blamed == failed",
                   "a good kernel launch is blamed with the status that nobody looked at");
}

/* The driver keeps nothing: the status is all that tells. */
static void prove_silence(struct writer *w, const struct replay_step *own)
{
    writer_line(w, "%s", "");
    writer_comment(w, "Nothing else tells: the calls after it succeed.");
    writer_line(w, "int next = %s;", calls_shown(w, "cuCtxSynchronize()"));
    if (own->kind == REPLAY_ALLOCATE) {
        proof_conclude(w, "failed != 0 && next == 0 && pinned == nullptr",
                       "the failure goes unnoticed: the pointer is not set, and the next call "
                       "succeeds");
        return;
    }
    proof_conclude(w, "failed != 0 && next == 0",
                   "the failure goes unnoticed: the next call succeeds");
}

void proof_unchecked_call(struct writer *w)
{
    const struct replay_step *own = writer_own_step(w);

    w->parts |= PART_MEMORY;
    writer_line(w, "%s", "");
    if (own->kind == REPLAY_ALLOCATE)
        writer_line(w, "char *pinned = nullptr;");
    else
        writer_line(w, "char *%s = static_cast<char *>(std::malloc(%d));", w->block, BLOCK_SIZE);
    writer_place(w, own, how_it_fails(own));
    const char *call = failing_call(w, own);
    writer_line(w, "int failed = %s;", calls_shown(w, call));
    if (calls_is_driver(call))
        prove_silence(w, own);
    else
        prove_blame(w);
}

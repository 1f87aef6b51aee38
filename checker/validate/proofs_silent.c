#include "validate/calls.h"
#include "validate/memory.h"
#include "validate/proofs.h"
#include "validate/story.h"

#include <string.h>

static const struct replay_step *last_register(const struct writer *w)
{
    for (size_t i = w->replay->steps.len; i-- > 0;)
        if (w->replay->steps.data[i].kind == REPLAY_REGISTER)
            return &w->replay->steps.data[i];
    return NULL;
}

enum { MMAP_THRESHOLD = 128 * 1024 };

static int64_t size_of_block(const struct writer *w)
{
    return w->replay->size > 0 ? w->replay->size : 4096;
}

/* ---- freed-while-registered ------------------------------------------------------------ */

/* The object dies with the function's frame; the next call of the function has the same frame. */
static void proof_scope(struct writer *w)
{
    const struct replay_step *own = writer_own_step(w), *registration = last_register(w);
    const struct replay_step *step = registration ? registration : own;
    struct strbuf main_body = w->body;

    strbuf_init(&w->body, w->arena);
    writer_need_block(w);
    writer_place(w, step, NULL);
    writer_line(
        w, "int status = %s;",
        calls_shown(w, calls_register(w, step, writer_pointer(w, step), story_size(w, step))));
    writer_line(w, "std::printf(\"the object is at %%p\\n\", static_cast<void *>(%s));", w->block);
    writer_place(w, own, "This is the finding: the memory dies here, registered.");
    writer_line(w, "return status;");
    strbuf_addf(&w->globals, "static __attribute__((noinline)) int frame()\n{%s}\n\n",
                w->body.text);
    w->body = main_body;
    w->parts |= PART_NEED;
    writer_line(w, "need(frame() == 0, \"the first registration\");");
    writer_line(w, "%s", "");
    writer_comment(w, "The next frame has its object at the same address.");
    writer_line(w, "int status = frame();");
    proof_conclude(w, "status == 712",
                   "the dead object is still registered: the next one there fails with 712");
}

/* Data written before and after the address changes hands: 1 and 3. */
static void proof_address_again(struct writer *w, const struct replay_step *own)
{
    long long size = (long long)size_of_block(w);
    const char *place = own->kind == REPLAY_RELEASE ? w->block : writer_pointer(w, own);

    w->parts |= PART_AGAIN | PART_DEVICE | PART_NEED | PART_STRINGS | PART_MAPPINGS | PART_MEMORY |
                PART_MUST | PART_RUNTIME;
    writer_line(w, "%s", "");
    writer_comment(w, "The address is used again, by memory that nobody has registered.");
    writer_line(w, "char *again = allocate_at(%s, %lld);", w->block, size);
    writer_line(w, "need(again != nullptr, \"the address did not come back\");");
    writer_line(w, "std::memset(again, 3, %lld);", size);
    writer_line(w, "int seen = seen_by_device(again, %lld);", size);
    writer_line(w, "int status = %s;",
                calls_shown(w, arena_printf(w->arena,
                                            "cudaHostRegister(again, %lld, "
                                            "cudaHostRegisterDefault)",
                                            size)));
    if (own->kind == REPLAY_UNREGISTER) {
        writer_place(w, own, "Too late, and yet it may succeed.");
        writer_line(w, "%s;", calls_shown(w, calls_unregister(w, own, place)));
    }
    proof_conclude(w, "seen != 3 || status == 712",
                   "the freed block is still registered: the device reads stale data, or a copy "
                   "or a register call there fails");
}

/* glibc maps large blocks, and gives their pages back in free; once a larger one was freed (the
 * CUDA runtime has by now) it keeps them. */
static void take_pages_of_their_own(struct writer *w)
{
    if (size_of_block(w) < MMAP_THRESHOLD)
        return;
    w->parts |= PART_MALLOC;
    writer_line(w, "%s", "");
    writer_comment(w, "glibc's own default, which its free may have raised: larger blocks have "
                      "pages of their own.");
    writer_line(w, "mallopt(M_MMAP_THRESHOLD, %d);", MMAP_THRESHOLD);
}

void proof_freed_while_registered(struct writer *w)
{
    const struct replay_step *own = writer_own_step(w);
    uint32_t memory = w->replay->memory;

    if (memory == PROVENANCE_STACK || memory == PROVENANCE_ALLOCA) {
        proof_scope(w);
        return;
    }
    if (own->kind == REPLAY_UNREGISTER) { /* the release is on the path before it */
        struct replay_step before = *own;
        before.offset = 0;
        take_pages_of_their_own(w);
        writer_need_block(w);
        w->parts |= PART_STRINGS;
        writer_line(w, "std::memset(%s, 1, %lld);", w->block, (long long)size_of_block(w));
        story_need_registration(w, &before);
        story_tell(w);
        proof_address_again(w, own);
        return;
    }
    take_pages_of_their_own(w);
    story_tell(w);
    story_need_registration(w, own);
    w->parts |= PART_STRINGS;
    writer_line(w, "std::memset(%s, 1, %lld);", w->block, (long long)size_of_block(w));
    story_finding(w, own);
    memory_release(w, own);
    proof_address_again(w, own);
}

/* ---- register-leak --------------------------------------------------------------------- */

void proof_register_leak(struct writer *w)
{
    const struct replay_step *registration = last_register(w);

    story_tell(w);
    if (!registration)
        return;
    const char *pointer = writer_pointer(w, registration);
    struct replay_step again = *registration;
    again.call = NULL;
    writer_line(w, "%s", "");
    writer_comment(w, "The path ends here.");
    writer_line(w, "cudaPointerAttributes attributes;");
    calls_must(w, arena_printf(w->arena, "cudaPointerGetAttributes(&attributes, %s)", pointer));
    writer_line(w, "std::printf(\"memory type %%d (1: page-locked host memory)\\n\", "
                   "static_cast<int>(attributes.type));");
    writer_line(w, "int status = %s;",
                calls_shown(w, calls_register(w, &again, pointer, story_size(w, &again))));
    proof_conclude(w, "attributes.type == cudaMemoryTypeHost && status == 712",
                   "the pages stay locked, and registering the block again fails with 712");
}

/* ---- size-mismatch --------------------------------------------------------------------- */

static void proof_too_large(struct writer *w, const struct replay_step *own)
{
    struct replay_step behind = *own;
    behind.offset = size_of_block(w);
    writer_line(w, "if (status != 0)");
    writer_line(w, "    return conclude(true, \"the call fails: the size leaves the mapping\");");
    writer_line(w, "%s", "");
    writer_comment(w, "Behind the block begins somebody else's memory.");
    writer_line(w, "int neighbour = %s;",
                calls_shown(w, calls_register(w, &behind, writer_pointer(w, &behind), 1)));
    proof_conclude(w, "neighbour == 712",
                   "the registration claims its neighbour, whose own fails with 712");
}

/* A copy that begins in memory which is not registered is not held up at its end. */
static void proof_too_small(struct writer *w, const struct replay_step *own)
{
    long long size = (long long)(size_of_block(w) - own->offset);

    w->parts |= PART_NEED;
    writer_line(w, "need(status == 0, \"the registration\");");
    writer_line(w, "%s", "");
    writer_comment(w, "A copy up to the block's end crosses that of the registered part.");
    writer_line(w, "void *device = nullptr;");
    calls_must(w, arena_printf(w->arena, "cudaMalloc(&device, %lld)", size));
    writer_line(w, "int copied = %s;",
                calls_shown(w, arena_printf(w->arena,
                                            "cudaMemcpy(device, %s, %lld, cudaMemcpyHostToDevice)",
                                            writer_pointer(w, own), size)));
    proof_conclude(w, "copied == 1",
                   "a copy that crosses the end of the registered part fails with 1");
}

/* Memory from elsewhere, of which the path says no more than what is registered: its size was
 * chosen as that, and the finding says that there is more. */
static void enlarge_chosen(struct writer *w, const struct replay_step *own)
{
    if (!w->replay->is_chosen || own->offset + own->size != w->replay->size)
        return;
    struct replay *larger = arena_copy(w->arena, w->replay, sizeof *w->replay);
    larger->size += 4096;
    w->replay = larger;
}

void proof_size_mismatch(struct writer *w)
{
    const struct replay_step *own = writer_own_step(w);

    enlarge_chosen(w, own);
    story_tell(w);
    story_finding(w, own);
    writer_line(w, "int status = %s;",
                calls_shown(w, calls_register(w, own, writer_pointer(w, own), story_size(w, own))));
    if (own->offset + story_size(w, own) > w->replay->size)
        proof_too_large(w, own);
    else
        proof_too_small(w, own);
}

/* ---- the rest -------------------------------------------------------------------------- */

void proof_address_of_pointer(struct writer *w)
{
    const struct replay_step *own = writer_own_step(w);
    long long size = (long long)story_size(w, own);

    w->parts |= PART_MEMORY | PART_NEED;
    writer_line(w, "%s", "");
    writer_comment(w, "the buffer, and the variable that points to it");
    writer_line(w, "char *%s = static_cast<char *>(std::malloc(%lld));", w->block,
                size > 0 ? size : 4096);
    writer_line(w, "need(%s != nullptr, \"memory\");", w->block);
    w->has_block = true;
    story_finding(w, own);
    writer_line(w, "%s;",
                calls_shown(w, calls_register(w, own, arena_printf(w->arena, "&%s", w->block),
                                              story_size(w, own))));
    writer_line(w, "%s", "");
    writer_line(w, "cudaPointerAttributes attributes;");
    calls_must(w, arena_printf(w->arena, "cudaPointerGetAttributes(&attributes, %s)", w->block));
    writer_line(w, "std::printf(\"memory type of the buffer %%d (0: not registered)\\n\", "
                   "static_cast<int>(attributes.type));");
    proof_conclude(w, "attributes.type == cudaMemoryTypeUnregistered",
                   "the buffer is not registered: the pointer variable was");
}

void proof_register_in_loop(struct writer *w)
{
    const struct replay_step *own = writer_own_step(w);
    struct replay_step undo = *own;

    undo.call = calls_is_driver(own->call) ? "cuMemHostUnregister" : "cudaHostUnregister";
    w->parts |= PART_CLOCK | PART_NEED;
    writer_need_block(w);
    story_finding(w, own);
    const char *pointer = writer_pointer(w, own);
    const char *call = calls_register(w, own, pointer, story_size(w, own));
    calls_must(w, call);
    calls_must(w, calls_unregister(w, &undo, pointer));
    writer_line(w, "auto start = std::chrono::steady_clock::now();");
    writer_line(w, "for (int turn = 0; turn < 100; turn++)");
    writer_line(w, "    need(%s == 0 &&", call);
    writer_line(w, "         %s == 0,", calls_unregister(w, &undo, pointer));
    writer_line(w, "         \"a turn of the loop\");");
    writer_line(w, "double microseconds =");
    writer_line(w, "    std::chrono::duration<double, std::micro>(");
    writer_line(w, "        std::chrono::steady_clock::now() - start).count() / 100;");
    writer_line(w, "std::printf(\"%%.1f microseconds for each turn\\n\", microseconds);");
    proof_conclude(w, "microseconds > 5",
                   "each turn pays for pinning and unpinning: more than 5 microseconds");
}

void proof_use_after_unregister(struct writer *w)
{
    const struct replay_step *own = writer_own_step(w);

    w->parts |= PART_KERNEL;
    story_tell(w);
    story_finding(w, own);
    writer_line(w, "touch<<<1, 1>>>(%s);", writer_pointer(w, own));
    writer_line(w, "int status = %s;", calls_shown(w, "cudaDeviceSynchronize()"));
    proof_conclude(w, "status == 700", "the kernel fails with 700 cudaErrorIllegalAddress");
}

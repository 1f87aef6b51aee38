#include "validate/story.h"

#include "validate/calls.h"
#include "validate/memory.h"

#include <string.h>

static const char *const capture_modes[] = {"cudaStreamCaptureModeGlobal",
                                            "cudaStreamCaptureModeThreadLocal",
                                            "cudaStreamCaptureModeRelaxed"};

int64_t story_size(const struct writer *w, const struct replay_step *step)
{
    if (step->has_size)
        return step->size;
    return w->replay->size > 0 ? w->replay->size : 4096;
}

void story_need_registration(struct writer *w, const struct replay_step *step)
{
    struct replay_step whole = *step;

    if (w->registrations > 0)
        return;
    whole.kind = REPLAY_REGISTER;
    whole.has_flags = whole.has_size = false;
    whole.call = calls_is_driver(step->call) ? "cuMemHostRegister" : "cudaHostRegister";
    writer_line(w, "%s", "");
    writer_comment(w, "registered before the path begins");
    calls_must(w, calls_register(w, &whole, writer_pointer(w, &whole), story_size(w, &whole)));
    w->registrations++;
}

/* A twin's name, or a project's own function, needs a word. */
static const char *about_call(struct writer *w, const struct replay_step *step, const char *usual)
{
    const char *twin = calls_twin(step->call, usual);

    if (!step->call || strncmp(twin, step->call, strlen(twin)) == 0)
        return NULL;
    return arena_printf(w->arena, "(%s is replayed by %s)", step->call, twin);
}

static const char *about_register(struct writer *w, const struct replay_step *step)
{
    const char *about = about_call(w, step, "cudaHostRegister");

    if (!about && (step->is_chosen || step->is_place_chosen))
        about = arena_printf(w->arena, "(the source leaves the %s open: this one is chosen)",
                             step->is_chosen ? "size" : "place");
    return about;
}

static bool overlap(const struct writer *w, const struct replay_step *a,
                    const struct replay_step *b)
{
    return a->place == b->place && a->offset < b->offset + story_size(w, b) &&
           b->offset < a->offset + story_size(w, a);
}

/* Whether an earlier registration is in the way, of which the path asks no status. */
static bool is_registered_already(const struct writer *w, const struct replay_step *step)
{
    const struct replay_step *live = NULL;

    for (const struct replay_step *earlier = w->replay->steps.data; earlier < step; earlier++) {
        if (earlier->kind == REPLAY_REGISTER && !earlier->fails && overlap(w, earlier, step))
            live = live ? live : earlier;
        else if (earlier->kind == REPLAY_RESET ||
                 (live && earlier->kind == REPLAY_UNREGISTER && earlier->place == live->place &&
                  earlier->offset == live->offset))
            live = NULL;
    }
    return live != NULL;
}

static void tell_register(struct writer *w, const struct replay_step *step)
{
    writer_place(w, step, about_register(w, step));
    if (step->fails) {
        writer_comment(w, "This call fails on the path: nothing is registered.");
        return;
    }
    const char *call = calls_register(w, step, writer_pointer(w, step), story_size(w, step));
    if (is_registered_already(w, step)) {
        writer_comment(w,
                       "The memory is registered already: this call fails, and changes nothing.");
        writer_line(w, "%s;", calls_shown(w, call));
        return;
    }
    calls_must(w, call);
    w->registrations++;
}

static void tell_unregister(struct writer *w, const struct replay_step *step)
{
    story_need_registration(w, step);
    writer_place(w, step, about_call(w, step, "cudaHostUnregister"));
    calls_must(w, calls_unregister(w, step, writer_pointer(w, step)));
    w->registrations--;
}

static void tell_capture(struct writer *w, const struct replay_step *step)
{
    writer_line(w, "%s", "");
    writer_line(w, "cudaStream_t stream;");
    calls_must(w, "cudaStreamCreate(&stream)");
    writer_place(w, step, NULL);
    calls_must(w,
               arena_printf(w->arena, "cudaStreamBeginCapture(stream, %s)",
                            capture_modes[step->flags >= 0 && step->flags < 3 ? step->flags : 0]));
}

static bool is_at(const struct position *a, const struct position *b)
{
    return a->line == b->line && a->column == b->column && strcmp(a->file, b->file) == 0;
}

static void tell_release(struct writer *w, const struct replay_step *step)
{
    if (step->release == RELEASE_REALLOC)
        return; /* the allocation that follows does it */
    writer_place(w, step, about_call(w, step, step->call));
    if (is_at(&w->finding->at, &step->at))
        writer_comment(w, "This is the finding.");
    memory_release(w, step);
}

static void tell_protection(struct writer *w, const struct replay_step *step)
{
    if (!step->has_flags)
        return;
    writer_place(w, step, NULL);
    memory_protect(w, step);
}

/* Size 0 fails whatever the block has been through: what came before could only hide it. */
static bool matters(const struct writer *w, const struct replay_step *step)
{
    bool is_size = strcmp(w->finding->rule, "nonconstant-size") == 0 ||
                   strcmp(w->finding->rule, "zero-size") == 0;
    return !is_size || step->kind == REPLAY_ALLOCATE;
}

/* The finding is that the pointer points nowhere. */
static bool has_no_memory(const struct writer *w)
{
    const struct replay_step *own = writer_own_step(w);
    return own && (own->place == REPLAY_NULL || own->place == REPLAY_FAILED);
}

static void tell(struct writer *w, const struct replay_step *step)
{
    bool is_former = step->place == REPLAY_FORMER;

    if (step->kind == REPLAY_ALLOCATE && has_no_memory(w)) {
        writer_place(w, step, "On the path this fails, and gives no memory.");
        return;
    }
    if (step->kind == REPLAY_ALLOCATE) {
        if (is_former ? !w->has_former : !w->has_block)
            memory_declare(w, step);
        return;
    }
    if (is_former && !w->has_former) {
        struct replay_step made = {.kind = REPLAY_ALLOCATE, .at = step->at, .place = step->place};
        memory_declare(w, &made);
    } else if (!is_former && step->kind != REPLAY_RESET && step->kind != REPLAY_CAPTURE &&
               step->place == REPLAY_BLOCK) {
        writer_need_block(w);
    }
    switch (step->kind) {
    case REPLAY_REGISTER:
        tell_register(w, step);
        break;
    case REPLAY_UNREGISTER:
        tell_unregister(w, step);
        break;
    case REPLAY_RELEASE:
        tell_release(w, step);
        break;
    case REPLAY_RESET:
        writer_place(w, step, NULL);
        calls_must(w, "cudaDeviceReset()");
        break;
    case REPLAY_CAPTURE:
        tell_capture(w, step);
        break;
    case REPLAY_PROTECT:
        tell_protection(w, step);
        break;
    default:
        break;
    }
}

void story_tell(struct writer *w)
{
    const struct replay_step *own = writer_own_step(w);

    for (size_t i = 0; i < w->replay->steps.len; i++)
        if (&w->replay->steps.data[i] != own && matters(w, &w->replay->steps.data[i]))
            tell(w, &w->replay->steps.data[i]);
    if (own && own->kind != REPLAY_ALLOCATE && own->place == REPLAY_BLOCK)
        writer_need_block(w);
}

void story_finding(struct writer *w, const struct replay_step *step)
{
    const char *about = NULL;

    if (step->kind == REPLAY_REGISTER)
        about = about_register(w, step);
    else if (step->call)
        about = about_call(w, step, step->call);
    writer_place(w, step, about);
    writer_comment(w, "This is the finding.");
}

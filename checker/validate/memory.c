#include "validate/memory.h"

#include "validate/calls.h"

#include <string.h>

/* Sizes of objects are positive, whatever the path knows of them. */
static int64_t block_size(const struct writer *w, const struct replay_step *step)
{
    int64_t size = w->replay->size;

    if (step && step->place == REPLAY_FORMER && step->has_size)
        size = step->size;
    return size > 0 ? size : 4096;
}

static const char *size_text(const struct writer *w, const struct replay_step *step)
{
    return arena_printf(w->arena, "%lld", (long long)block_size(w, step));
}

/* ---- ordinary memory ------------------------------------------------------------------- */

static const char *heap_expression(struct writer *w, const struct replay_step *step)
{
    const char *call = step && step->call ? step->call : "malloc", *size = size_text(w, step);

    w->parts |= PART_MEMORY;
    if (step && strcmp(call, "realloc") == 0 && w->has_former && step->place == REPLAY_BLOCK)
        return arena_printf(w->arena, "std::realloc(%s, %s)", w->former, size);
    if (strcmp(call, "calloc") == 0)
        return arena_printf(w->arena, "std::calloc(%s, 1)", size);
    if (strcmp(call, "aligned_alloc") == 0)
        return arena_printf(w->arena, "std::aligned_alloc(4096, %lld)",
                            (long long)(block_size(w, step) + 4095) / 4096 * 4096);
    if (strcmp(call, "memalign") == 0 || strcmp(call, "posix_memalign") == 0) {
        w->parts |= PART_MALLOC;
        return arena_printf(w->arena, "memalign(4096, %s)", size);
    }
    if (strcmp(call, "valloc") == 0)
        return arena_printf(w->arena, "valloc(%s)", size);
    return arena_printf(w->arena, "std::malloc(%s)", size);
}

/* Whether the path changes the block's access later: it begins with all of it. */
static bool is_protected_later(const struct writer *w)
{
    for (size_t i = 0; i < w->replay->steps.len; i++)
        if (w->replay->steps.data[i].kind == REPLAY_PROTECT && w->replay->steps.data[i].has_flags)
            return true;
    return false;
}

static const char *protection(const struct writer *w)
{
    if (is_protected_later(w))
        return "PROT_READ | PROT_WRITE";
    if (w->replay->block_flags & BLOCK_NO_ACCESS)
        return "PROT_NONE";
    return w->replay->block_flags & BLOCK_READ_ONLY ? "PROT_READ" : "PROT_READ | PROT_WRITE";
}

static void declare_mapping(struct writer *w, const char *name)
{
    bool is_file = w->replay->block_flags & BLOCK_SHARED_FILE;
    const char *size = size_text(w, NULL);

    w->parts |= PART_MAPPINGS | PART_NEED;
    if (is_file) {
        w->parts |= PART_MEMORY;
        writer_line(w, "char path[] = \"cuhostlint-XXXXXX\";");
        writer_line(w, "int file = mkstemp(path);");
        writer_line(w,
                    "need(file >= 0 && unlink(path) == 0 && ftruncate(file, %s) == 0, "
                    "\"a temporary file\");",
                    size);
    }
    writer_line(w, "char *%s = static_cast<char *>(", name);
    writer_line(w, "    mmap(nullptr, %s, %s, %s, 0));", size, protection(w),
                is_file ? "MAP_SHARED, file" : "MAP_PRIVATE | MAP_ANONYMOUS, -1");
    writer_line(w, "need(%s != MAP_FAILED, \"mmap\");", name);
}

static void declare_shm(struct writer *w, const char *name)
{
    w->parts |= PART_SHM | PART_NEED;
    writer_line(w, "int segment = shmget(IPC_PRIVATE, %s, IPC_CREAT | 0600);", size_text(w, NULL));
    writer_line(w, "char *%s = static_cast<char *>(shmat(segment, nullptr, 0));", name);
    writer_line(w, "need(segment >= 0 && shmctl(segment, IPC_RMID, nullptr) == 0, \"shmat\");");
}

static void declare_cuda(struct writer *w, const struct replay_step *step, const char *name)
{
    writer_line(w, "char *%s = nullptr;", name);
    calls_must(w, calls_allocate(w, step, w->replay->memory, name, size_text(w, step)));
}

static void declare_heap(struct writer *w, const struct replay_step *step, const char *name)
{
    writer_line(w, "char *%s = static_cast<char *>(%s);", name, heap_expression(w, step));
    w->parts |= PART_NEED;
    writer_line(w, "need(%s != nullptr, \"memory\");", name);
}

static void declare_by_kind(struct writer *w, const struct replay_step *step, const char *name)
{
    const char *size = size_text(w, step);

    switch (w->replay->memory) {
    case PROVENANCE_PINNED:
    case PROVENANCE_DEVICE:
    case PROVENANCE_MANAGED:
        declare_cuda(w, step, name);
        break;
    case PROVENANCE_NEW:
    case PROVENANCE_NEW_ARRAY:
        writer_line(w, "char *%s = new char[%s];", name, size);
        break;
    case PROVENANCE_MAPPING:
    case PROVENANCE_NUMA:
        declare_mapping(w, name);
        break;
    case PROVENANCE_SHM:
        declare_shm(w, name);
        break;
    case PROVENANCE_CONTAINER:
        w->parts |= PART_VECTOR;
        writer_line(w, "std::vector<char> owner(%s);", size);
        writer_line(w, "char *%s = owner.data();", name);
        break;
    case PROVENANCE_STACK:
    case PROVENANCE_ALLOCA:
        writer_line(w, "alignas(64) char %s[%s];", name, size);
        break;
    case PROVENANCE_STATIC:
        writer_line(w, "alignas(64) static char %s[%s];", name, size);
        break;
    case PROVENANCE_CONSTANT:
        writer_line(w, "alignas(4096) static const char constant[%s] = \"constant\";",
                    arena_printf(w->arena, "%lld",
                                 (long long)(w->replay->size > 16 ? w->replay->size : 16)));
        writer_line(w, "char *%s = const_cast<char *>(constant);", name);
        break;
    default:
        declare_heap(w, step, name);
    }
}

static const char *stand_in(uint32_t memory)
{
    switch (memory) {
    case PROVENANCE_STACK:
    case PROVENANCE_ALLOCA:
        return "the local object";
    case PROVENANCE_STATIC:
        return "the static object";
    case PROVENANCE_CONSTANT:
        return "the constant data";
    case PROVENANCE_CONTAINER:
        return "the container's buffer";
    default:
        return "stands for the memory that the path gets from elsewhere";
    }
}

void memory_declare(struct writer *w, const struct replay_step *step)
{
    bool is_former = step && step->place == REPLAY_FORMER;

    if (step) {
        writer_place(w, step,
                     step->is_chosen ? "(the source leaves the size open: this one is chosen)"
                                     : NULL);
    } else {
        writer_line(w, "%s", "");
        writer_comment(w, "%s", stand_in(w->replay->memory));
    }
    if (step && step->call && strcmp(step->call, "realloc") == 0 && !is_former && !w->has_former)
        step = NULL; /* what it moved is out of sight */
    declare_by_kind(w, step, is_former ? w->former : w->block);
    if (is_former)
        w->has_former = true;
    else
        w->has_block = true;
}

void memory_protect(struct writer *w, const struct replay_step *step)
{
    static const char *const accesses[] = {"PROT_NONE", "PROT_READ", "PROT_WRITE",
                                           "PROT_READ | PROT_WRITE"};
    int64_t size = step->has_size ? step->size : block_size(w, step);

    w->parts |= PART_MAPPINGS | PART_NEED;
    writer_line(w, "need(mprotect(%s, %lld, %s) == 0, \"mprotect\");", writer_pointer(w, step),
                (long long)size, accesses[step->flags & 3]);
}

/* ---- giving back ----------------------------------------------------------------------- */

static void release_by_call(struct writer *w, const struct replay_step *step, const char *pointer)
{
    const char *size = size_text(w, step);

    switch (step->expects) {
    case PROVENANCE_NEW:
    case PROVENANCE_NEW_ARRAY:
        writer_line(w, "delete[] %s;", pointer);
        break;
    case PROVENANCE_MAPPING:
    case PROVENANCE_NUMA:
        w->parts |= PART_MAPPINGS | PART_NEED;
        writer_line(w, "need(munmap(%s, %s) == 0, \"munmap\");", pointer, size);
        break;
    case PROVENANCE_SHM:
        w->parts |= PART_SHM | PART_NEED;
        writer_line(w, "need(shmdt(%s) == 0, \"shmdt\");", pointer);
        break;
    default:
        w->parts |= PART_MEMORY;
        writer_line(w, "std::free(%s);", pointer);
    }
}

/* The memory behind the block is taken, so that growing moves it. */
static void release_by_realloc(struct writer *w, const char *pointer)
{
    long long size = (long long)block_size(w, NULL);

    w->parts |= PART_MEMORY | PART_NEED;
    writer_line(w, "void *behind = std::malloc(%lld);", size);
    writer_line(w, "void *moved = std::realloc(%s, %lld);", pointer, 2 * size);
    writer_line(w, "need(behind != nullptr && moved != nullptr && moved != %s,", pointer);
    writer_line(w, "     \"realloc did not move the block\");");
}

void memory_release(struct writer *w, const struct replay_step *step)
{
    const char *pointer = writer_pointer(w, step), *call = calls_free(w, step, pointer);

    switch (step->release) {
    case RELEASE_REALLOC:
        release_by_realloc(w, pointer);
        break;
    case RELEASE_GROWTH:
        writer_line(w, "owner.reserve(owner.capacity() + 1);");
        break;
    case RELEASE_DESTRUCTION:
        if (w->replay->memory == PROVENANCE_CONTAINER)
            writer_line(w, "std::vector<char>().swap(owner); // gives the buffer back");
        else
            release_by_call(w, step, pointer);
        break;
    default:
        if (call)
            calls_must(w, call);
        else
            release_by_call(w, step, pointer);
    }
}

#include "validate/calls.h"

#include <string.h>

static const struct twin {
    const char *name, *cuda;
} twins[] = {
    {"cudaFree", "cudaFree"},
    {"cudaFreeAsync", "cudaFreeAsync"},
    {"cudaFreeHost", "cudaFreeHost"},
    {"cudaHostAlloc", "cudaHostAlloc"},
    {"cudaHostRegister", "cudaHostRegister"},
    {"cudaHostUnregister", "cudaHostUnregister"},
    {"cudaMalloc", "cudaMalloc"},
    {"cudaMallocAsync", "cudaMallocAsync"},
    {"cudaMallocHost", "cudaMallocHost"},
    {"cudaMallocManaged", "cudaMallocManaged"},
    {"cudaMallocPitch", "cudaMallocPitch"},
    {"cuMemAlloc", "cuMemAlloc"},
    {"cuMemAllocHost", "cuMemAllocHost"},
    {"cuMemAllocManaged", "cuMemAllocManaged"},
    {"cuMemFree", "cuMemFree"},
    {"cuMemFreeHost", "cuMemFreeHost"},
    {"cuMemHostAlloc", "cuMemHostAlloc"},
    {"cuMemHostRegister", "cuMemHostRegister"},
    {"cuMemHostUnregister", "cuMemHostUnregister"},
    {"hipFree", "cudaFree"},
    {"hipFreeHost", "cudaFreeHost"},
    {"hipHostAlloc", "cudaHostAlloc"},
    {"hipHostFree", "cudaFreeHost"},
    {"hipHostMalloc", "cudaHostAlloc"},
    {"hipHostRegister", "cudaHostRegister"},
    {"hipHostUnregister", "cudaHostUnregister"},
    {"hipMalloc", "cudaMalloc"},
    {"hipMallocAsync", "cudaMallocAsync"},
    {"hipMallocHost", "cudaMallocHost"},
    {"hipMallocManaged", "cudaMallocManaged"},
    {"hipMallocPitch", "cudaMallocPitch"},
    {"hipMemAllocHost", "cudaMallocHost"},
};

struct flag_name {
    int64_t bit;
    const char *runtime, *driver;
};

static const struct flag_name register_flags[] = {
    {1, "cudaHostRegisterPortable", "CU_MEMHOSTREGISTER_PORTABLE"},
    {2, "cudaHostRegisterMapped", "CU_MEMHOSTREGISTER_DEVICEMAP"},
    {4, "cudaHostRegisterIoMemory", "CU_MEMHOSTREGISTER_IOMEMORY"},
    {8, "cudaHostRegisterReadOnly", "CU_MEMHOSTREGISTER_READ_ONLY"},
    {0, NULL, NULL},
};
static const struct flag_name alloc_flags[] = {
    {1, "cudaHostAllocPortable", "CU_MEMHOSTALLOC_PORTABLE"},
    {2, "cudaHostAllocMapped", "CU_MEMHOSTALLOC_DEVICEMAP"},
    {4, "cudaHostAllocWriteCombined", "CU_MEMHOSTALLOC_WRITECOMBINED"},
    {0, NULL, NULL},
};

bool calls_is_driver(const char *call)
{
    return call && strncmp(call, "cu", 2) == 0 && strncmp(call, "cuda", 4) != 0;
}

static size_t length_without_version(const char *call)
{
    size_t len = strlen(call);
    return len > 3 && call[len - 3] == '_' && call[len - 2] == 'v' ? len - 3 : len;
}

const char *calls_twin(const char *call, const char *usual)
{
    if (!call)
        return usual;
    size_t len = length_without_version(call);
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
        if (strncmp(twins[i].name, call, len) == 0 && twins[i].name[len] == '\0')
            return twins[i].cuda;
    return usual;
}

static const char *flags_text(struct writer *w, const struct replay_step *step,
                              const struct flag_name *names, const char *none)
{
    bool driver = calls_is_driver(step->call);
    int64_t left = step->has_flags ? step->flags & UINT32_MAX : 0;
    const char *text = NULL;

    if (left == 0)
        return none;
    for (const struct flag_name *name = names; name->bit; name++) {
        const char *word = driver ? name->driver : name->runtime;
        if (!(left & name->bit))
            continue;
        left &= ~name->bit;
        text = text ? arena_printf(w->arena, "%s | %s", text, word) : word;
    }
    if (left && text)
        return arena_printf(w->arena, "%s | 0x%llx", text, (unsigned long long)left);
    return left ? arena_printf(w->arena, "0x%llx", (unsigned long long)left) : text;
}

const char *calls_register_flags(struct writer *w, const struct replay_step *step)
{
    return flags_text(w, step, register_flags,
                      calls_is_driver(step->call) ? "0" : "cudaHostRegisterDefault");
}

const char *calls_alloc_flags(struct writer *w, const struct replay_step *step)
{
    return flags_text(w, step, alloc_flags,
                      calls_is_driver(step->call) ? "0" : "cudaHostAllocDefault");
}

const char *calls_register(struct writer *w, const struct replay_step *step, const char *pointer,
                           int64_t size)
{
    const char *size_text =
        size < 0 ? arena_printf(w->arena, "static_cast<std::size_t>(%lld)", (long long)size)
                 : arena_printf(w->arena, "%lld", (long long)size);
    return arena_printf(w->arena, "%s(%s, %s, %s)", calls_twin(step->call, "cudaHostRegister"),
                        pointer, size_text, calls_register_flags(w, step));
}

const char *calls_unregister(struct writer *w, const struct replay_step *step, const char *pointer)
{
    return arena_printf(w->arena, "%s(%s)", calls_twin(step->call, "cudaHostUnregister"), pointer);
}

static const char *usual_allocator(uint32_t memory)
{
    switch (memory) {
    case PROVENANCE_DEVICE:
        return "cudaMalloc";
    case PROVENANCE_MANAGED:
        return "cudaMallocManaged";
    default:
        return "cudaMallocHost";
    }
}

const char *calls_allocate(struct writer *w, const struct replay_step *step, uint32_t memory,
                           const char *pointer, const char *size)
{
    const char *name = calls_twin(step ? step->call : NULL, usual_allocator(memory));
    const char *more = "";

    if (step && (strcmp(name, "cudaHostAlloc") == 0 || strcmp(name, "cuMemHostAlloc") == 0))
        more = arena_printf(w->arena, ", %s", calls_alloc_flags(w, step));
    else if (strcmp(name, "cudaMallocHost") == 0 && step && step->has_flags)
        more = arena_printf(w->arena, ", %s", calls_alloc_flags(w, step));
    else if (strcmp(name, "cuMemAllocManaged") == 0)
        more = ", CU_MEM_ATTACH_GLOBAL";
    else if (strcmp(name, "cudaMallocAsync") == 0)
        more = ", cudaStreamLegacy";
    if (strcmp(name, "cudaMallocPitch") == 0)
        return arena_printf(w->arena, "cudaMalloc(&%s, %s)", pointer, size);
    const char *cast = "";
    if (strncmp(name, "cuMemAlloc", 10) == 0 && strcmp(name, "cuMemAllocHost") != 0)
        cast = "reinterpret_cast<CUdeviceptr *>";
    else if (calls_is_driver(name))
        cast = "reinterpret_cast<void **>";
    return *cast ? arena_printf(w->arena, "%s(%s(&%s), %s%s)", name, cast, pointer, size, more)
                 : arena_printf(w->arena, "%s(&%s, %s%s)", name, pointer, size, more);
}

const char *calls_free(struct writer *w, const struct replay_step *step, const char *pointer)
{
    bool is_cuda = step->expects == PROVENANCE_PINNED || step->expects == PROVENANCE_DEVICE ||
                   step->expects == PROVENANCE_MANAGED;
    if (!is_cuda)
        return NULL;
    const char *name =
        calls_twin(step->call, step->expects == PROVENANCE_PINNED ? "cudaFreeHost" : "cudaFree");
    if (strcmp(name, "cuMemFree") == 0)
        return arena_printf(w->arena, "cuMemFree(reinterpret_cast<CUdeviceptr>(%s))", pointer);
    if (strcmp(name, "cudaFreeAsync") == 0)
        return arena_printf(w->arena, "cudaFreeAsync(%s, cudaStreamLegacy)", pointer);
    return arena_printf(w->arena, "%s(%s)", name, pointer);
}

const char *calls_shown(struct writer *w, const char *call)
{
    w->parts |= calls_is_driver(call) ? PART_DRIVER : PART_RUNTIME;
    return arena_printf(w->arena, "CALL(%s)", call);
}

void calls_must(struct writer *w, const char *call)
{
    w->parts |= PART_MUST | PART_NEED | (calls_is_driver(call) ? PART_DRIVER : PART_RUNTIME);
    writer_line(w, "MUST(%s);", call);
}

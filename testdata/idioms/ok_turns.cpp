// Loops in callees of loops: each turn of each has a block of its own. Pieces of a zeroed object
// whose number is not known.
#include <cstdlib>
#include <cuda_runtime.h>

struct Frame {
    void *data = nullptr;
    bool is_pinned = false;
};

static const unsigned attempts[] = {3, 1, 0};

static bool pin(void *data)
{
    for (const unsigned &flags : attempts) {
        cudaError_t status = cudaHostRegister(data, 64, flags);
        if (status == cudaSuccess)
            return true;
    }
    return false;
}

static bool open(Frame &frame)
{
    frame.data = std::malloc(64);
    if (!frame.data)
        return false;
    frame.is_pinned = pin(frame.data);
    return true;
}

bool open_all(Frame *frames)
{
    for (int i = 0; i < 4; i++)
        if (!open(frames[i]))
            return false;
    return true;
}

struct Image {
    char *memory;
    size_t length;
    void *pieces[4096];
    unsigned count;
};

static void unpin(Image *image)
{
    while (image->count > 0) {
        void *piece = image->pieces[--image->count];
        if (cudaHostUnregister(piece) != cudaSuccess)
            std::abort();
    }
}

Image *pinned_image(char *memory, size_t length)
{
    auto *image = static_cast<Image *>(std::calloc(1, sizeof(Image)));
    if (!image)
        return nullptr;
    image->memory = memory;
    image->length = length;
    size_t step = length;
    for (size_t offset = 0; offset < length;) {
        if (image->count == 4096)
            goto undo;
        size_t size = length - offset < step ? length - offset : step;
        cudaError_t status = cudaHostRegister(memory + offset, size, 0); // expect: nonconstant-size
        if (status == cudaErrorMemoryAllocation && step > 4096) {
            step /= 2;
            continue;
        }
        if (status != cudaSuccess)
            goto undo;
        image->pieces[image->count++] = memory + offset;
        offset += size;
    }
    return image;
undo:
    unpin(image);
    std::free(image);
    return nullptr;
}

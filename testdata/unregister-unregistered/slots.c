/* Slots registered one after the other: what is undone where one of them fails. */
#include <cuda_runtime.h>

struct slot {
    void *ring;
};

struct card {
    struct slot slots[16];
    int count;
};

int failed_slot_too(struct card *card)
{
    int i;
    for (i = 0; i < card->count; i++)
        if (cudaHostRegister(card->slots[i].ring, 4096, 0) != cudaSuccess) {
            (void)cudaHostUnregister(card->slots[i].ring); /* expect: unregister-unregistered */
            break;
        }
    if (i == card->count)
        return 0;
    while (--i >= 0)
        (void)cudaHostUnregister(card->slots[i].ring);
    return -1;
}

/* Right. */
int those_before(struct card *card)
{
    for (int i = 0; i < card->count; i++)
        if (cudaHostRegister(card->slots[i].ring, 4096, 0) != cudaSuccess) {
            while (--i >= 0)
                (void)cudaHostUnregister(card->slots[i].ring);
            return -1;
        }
    return 0;
}

/* Right, as far as anybody can tell: what the flag says of the failure is the program's. */
int flag_decides(struct card *card, const int *is_shared)
{
    cudaError_t status = cudaHostRegister(card->slots[0].ring, 4096, 0);
    if (status != cudaSuccess && *is_shared)
        (void)cudaHostUnregister(card->slots[0].ring);
    return status == cudaSuccess ? 0 : -1;
}

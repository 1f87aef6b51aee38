/* Binary searches: what is halved in each turn is a number inside numbers, as deep as there are turns. */
#include <cuda_runtime.h>
#include <stdlib.h>

struct entry {
    void *client, *server;
};
struct list {
    struct entry *items;
    size_t length;
};
static struct list known;

static struct entry *item(struct list *list, size_t at)
{
    if (list == NULL || at >= list->length)
        return NULL;
    return &list->items[at];
}

static void *find(struct list *list, void *client)
{
    size_t start = 0;
    if (list->length == 0)
        return client;
    size_t end = list->length - 1;
    while (end >= start) {
        size_t mid = start + (end - start) / 2;
        struct entry *entry = item(list, mid);
        if (entry == NULL)
            return NULL;
        if (entry->client > client) {
            end = mid - 1;
            if (mid == 0)
                break;
        } else if (entry->client < client) {
            start = mid + 1;
        } else {
            return entry->server;
        }
    }
    return client;
}

int copies_what_it_found(void *client, void *data, size_t size)
{
    if (size == 0)
        return 1;
    if (cudaHostRegister(data, size, cudaHostRegisterDefault) != cudaSuccess)
        return 1;
    void *server = find(&known, client);
    int result = server ? cudaMemcpy(server, data, size, cudaMemcpyHostToDevice) : 1;
    if (cudaHostUnregister(data) != cudaSuccess)
        return 1;
    return result;
}

int keeps_what_it_did_not_find(void *client, void *data, size_t size)
{
    if (size == 0)
        return 1;
    if (cudaHostRegister(data, size, cudaHostRegisterDefault) != cudaSuccess) // expect: register-leak
        return 1;
    void *server = find(&known, client);
    if (!server)
        return 1;
    int result = cudaMemcpy(server, data, size, cudaMemcpyHostToDevice);
    if (cudaHostUnregister(data) != cudaSuccess)
        return 1;
    return result;
}
